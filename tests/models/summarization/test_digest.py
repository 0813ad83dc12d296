"""Several documents about one event: who says what, and who says otherwise."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zubda_models.summarization import digest as digest_module
from zubda_models.summarization.candidates import Sentence, read_sentences
from zubda_models.summarization.digest import MAX_CANDIDATES, in_reading_order, preselect
from zubda_models.summarization.length import SentenceCount
from zubda_models.summarization.result import FactKind, Summary
from zubda_models.summarization.summarizer import Summarizer
from zubda_models.text.page import read_page
from zubda_models.warnings import WarningCode

EXAMPLES = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[3] / "examples").glob("*.txt"))
]


@pytest.fixture(scope="module")
def digest(summarizer: Summarizer) -> Summary:
    return summarizer.summarize(EXAMPLES, SentenceCount(8))


def sentences(*documents: str) -> list[Sentence]:
    return list(
        chain(*(read_sentences(i, text, read_page(text)) for i, text in enumerate(documents)))
    )


def test_the_only_contradiction_of_the_examples_is_the_cost(digest: Summary) -> None:
    (found,) = digest.contradictions

    assert found.kind is FactKind.NUMBER
    assert [claim.citation.document_index for claim in found.claims] == [0, 1, 2, 3, 4]
    assert [claim.value for claim in found.claims if claim.value != "5.6 مليار"] == [
        "4.9 مليار",
        "٥.٦ مليار",
    ]
    for claim in found.claims:
        document = EXAMPLES[claim.citation.document_index]
        assert claim.value_span.of(document) == claim.value
        assert claim.value in claim.citation.text
    (warning,) = digest.warnings
    assert warning.code is WarningCode.CONTRADICTION
    assert warning.tokens == ("5.6 مليار", "4.9 مليار", "٥.٦ مليار")


def test_the_cost_that_the_others_contradict_is_not_told(digest: Summary) -> None:
    assert not any("4.9" in sentence.text for sentence in digest.sentences)


def test_a_statement_is_cited_by_all_that_carry_it(summarizer: Summarizer) -> None:
    freight = "سينقل 12 مليون طن من البضائع سنويًا"
    summary = summarizer.summarize(EXAMPLES, SentenceCount(50))
    (found,) = [s for s in summary.sentences if freight in s.text or "ينقل الخط 12" in s.text]

    cited = {citation.document_index for citation in found.citations}
    assert cited == {0, 3}


def test_a_contradicting_sentence_is_no_witness(summarizer: Summarizer) -> None:
    one = "تبلغ كلفة الجسر الجديد على النهر 40 مليون يورو. يبدأ العمل في الربيع المقبل."
    other = "كلفة الجسر الجديد على النهر 55 مليون يورو. رحب السكان بالخبر في الأحياء القريبة."

    summary = summarizer.summarize([one, other, one], SentenceCount(6))

    first = next(s for s in summary.sentences if "40" in s.text)
    assert {c.document_index for c in first.citations} == {0, 2}
    assert len(summary.contradictions) == 1


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    documents=st.lists(
        st.lists(st.sampled_from([*chain(*map(str.splitlines, EXAMPLES))]), max_size=6).map(
            "\n".join
        ),
        min_size=1,
        max_size=4,
    ),
    count=st.integers(1, 6),
)
def test_citations_are_verbatim_and_one_of_a_document(
    summarizer: Summarizer, documents: list[str], count: int
) -> None:
    summary = summarizer.summarize(documents, SentenceCount(count))

    for sentence in summary.sentences:
        first, *others = sentence.citations
        assert (first.document_index, first.span) == (sentence.document_index, sentence.span)
        indices = [citation.document_index for citation in others]
        assert indices == sorted(set(indices) - {sentence.document_index})
    claims = [[claim.citation for claim in c.claims] for c in summary.contradictions]
    for citation in chain(*(s.citations for s in summary.sentences), *claims):
        assert citation.span.of(documents[citation.document_index]) == citation.text
        assert 0 < citation.similarity <= 1
    for contradiction in summary.contradictions:
        assert len({claim.value for claim in contradiction.claims}) > 1
    codes = [warning.code for warning in summary.warnings]
    assert codes.count(WarningCode.CONTRADICTION) == len(summary.contradictions)


def test_documents_with_a_date_at_their_top_follow_each_other_in_time() -> None:
    texts = [
        "الأحد 2 آذار 2025\nعاد الهدوء إلى المدينة صباح اليوم.",
        "السبت 1 مارس 2025\nاندلع حريق كبير في الميناء.",
    ]
    found = sentences(*texts)

    assert [s.document_index for s in in_reading_order(found, texts)] == [1, 0]
    undated = [texts[0], "اندلع حريق كبير في الميناء."]
    assert [s.document_index for s in in_reading_order(sentences(*undated), undated)] == [0, 1]


def test_of_very_many_sentences_those_of_the_common_matter_are_embedded() -> None:
    common = "أعلنت الوزارة فتح الجسر الجديد أمام السيارات أمس."
    documents = [
        "\n".join(
            [*(f"كلام{n}{i} لون{n}{i} طعم{n}{i} صوت{n}{i} شكل{n}{i}." for n in range(60)), common]
        )
        for i in range(20)
    ]
    kept = preselect(sentences(*documents))

    assert len(kept) <= MAX_CANDIDATES
    assert [s.document_index for s in kept if s.text == common] == list(range(20))


def test_sentences_that_were_not_embedded_first_are_cited_as_well(
    summarizer: Summarizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = summarizer.summarize(EXAMPLES, SentenceCount(2))
    monkeypatch.setattr(digest_module, "MAX_CANDIDATES", 1)

    few = summarizer.summarize(EXAMPLES, SentenceCount(2))

    carried = {s.span: s.citations for s in whole.sentences}
    compared = [s for s in few.sentences if s.span in carried]
    assert compared
    for sentence in compared:
        assert len(sentence.citations) == len(carried[sentence.span])
