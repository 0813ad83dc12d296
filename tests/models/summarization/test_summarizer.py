"""The summarizer on the bundled encoder."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zubda_models.summarization.length import Length, Ratio, SentenceCount, WordCount
from zubda_models.summarization.result import Summary
from zubda_models.summarization.summarizer import Summarizer
from zubda_models.warnings import WarningCode

RAIL = """اتفاقية لمد سكة حديد بين البلدين

وقّع وزيرا النقل أمس اتفاقية لمد سكة حديد بين الميناء والعاصمة. وتبلغ كلفة المشروع 5.6 مليار دولار.

كلفة المشروع

يغطي قرض من الصندوق العربي ثلث الكلفة.
وتتحمل الحكومتان الباقي على مدى عشر سنوات. هل يكفي التمويل لإنجازه في موعده؟
وحذّر رئيس نقابة السائقين من فقدان ثلاثة آلاف شاحنة عملها.

اترك تعليقاً
"""
RAIL_AGAIN = """وقّع وزيرا النقل أمس اتفاقية لمد سكة حديد بين الميناء والعاصمة.
وقالت غرفة التجارة إن مدة الشحن ستنخفض من خمسة أيام إلى يوم واحد.
ويبدأ العمل في كانون الثاني المقبل من جهة الميناء.
"""
LENGTHS = st.one_of(
    st.integers(1, 6).map(SentenceCount),
    st.integers(1, 60).map(WordCount),
    st.floats(0, 1, exclude_min=True).map(Ratio),
)


def texts(summary: Summary) -> list[str]:
    return [sentence.text for sentence in summary.sentences]


def codes(summary: Summary) -> list[WarningCode]:
    return [warning.code for warning in summary.warnings]


def words(summary: Summary) -> int:
    return sum(len(text.split()) for text in texts(summary))


def test_a_summary_tells_the_event_and_says_what_was_removed(summarizer: Summarizer) -> None:
    summary = summarizer.summarize([RAIL], SentenceCount(2))

    assert texts(summary)[0] == "وقّع وزيرا النقل أمس اتفاقية لمد سكة حديد بين الميناء والعاصمة."
    assert len(summary.sentences) == 2
    assert [(r.document_index, r.span.of(RAIL), r.reason) for r in summary.removed] == [
        (0, "اترك تعليقاً", "furniture")
    ]
    assert codes(summary) == []


def test_several_documents_are_heard_and_nothing_is_said_twice(summarizer: Summarizer) -> None:
    summary = summarizer.summarize([RAIL, RAIL_AGAIN], SentenceCount(4))

    assert {sentence.document_index for sentence in summary.sentences} == {0, 1}
    assert len(set(texts(summary))) == len(summary.sentences)


def test_the_order_of_reading_is_that_of_the_text(summarizer: Summarizer) -> None:
    summary = summarizer.summarize([RAIL_AGAIN, RAIL], SentenceCount(5))

    lead = summary.sentences[0].document_index
    keys = [(s.document_index != lead, s.document_index, s.span) for s in summary.sentences]
    assert keys == sorted(keys)


def test_a_repetition_gives_the_same_summary(summarizer: Summarizer) -> None:
    assert summarizer.summarize([RAIL, RAIL_AGAIN], Ratio(0.5)) == summarizer.summarize(
        [RAIL, RAIL_AGAIN], Ratio(0.5)
    )


@pytest.mark.parametrize("limit", [12, 20, 30])
def test_a_summary_has_no_more_words_than_asked(summarizer: Summarizer, limit: int) -> None:
    assert 0 < words(summarizer.summarize([RAIL, RAIL_AGAIN], WordCount(limit))) <= limit


def test_one_sentence_is_returned_even_if_it_is_longer(summarizer: Summarizer) -> None:
    assert len(summarizer.summarize([RAIL], WordCount(1)).sentences) == 1
    assert len(summarizer.summarize([RAIL], Ratio(0.001)).sentences) == 1


def test_a_ratio_is_a_share_of_the_words_of_the_articles(summarizer: Summarizer) -> None:
    article = len(RAIL.replace("اترك تعليقاً", "").split())

    assert words(summarizer.summarize([RAIL], Ratio(0.4))) <= 0.4 * article


@pytest.mark.parametrize("length", [SentenceCount(6), WordCount(60)])
def test_a_text_that_holds_no_more_than_asked_is_returned_whole(
    summarizer: Summarizer, length: Length
) -> None:
    summary = summarizer.summarize([RAIL], length)

    assert len(summary.sentences) == 6
    assert "هل يكفي التمويل لإنجازه في موعده؟" in texts(summary)
    assert codes(summary) == [WarningCode.TOO_SHORT]


@pytest.mark.parametrize("length", [SentenceCount(1), WordCount(2), Ratio(0.1)])
@pytest.mark.parametrize(
    "text",
    [
        "وقّع الوزيران اتفاقية للنقل",
        "وقّع الوزيران اتفاقية للنقل البري بين البلدين أمس في عمّان.",
        "كلمة",
    ],
    ids=["headline only", "one line", "one word"],
)
def test_one_sentence_is_its_own_summary(summarizer: Summarizer, text: str, length: Length) -> None:
    summary = summarizer.summarize([text], length)

    assert texts(summary) == [text]
    assert codes(summary) == [WarningCode.TOO_SHORT]


def test_a_page_without_article_leaves_nothing(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(["اترك تعليقاً\nالاسم *\n", RAIL_AGAIN], SentenceCount(1))

    assert codes(summary) == [WarningCode.NOTHING_LEFT]
    assert "Document 0" in summary.warnings[0].message
    assert [s.document_index for s in summary.sentences] == [1]

    alone = summarizer.summarize(["اترك تعليقاً"], SentenceCount(1))
    assert (alone.sentences, codes(alone)) == ((), [WarningCode.NOTHING_LEFT])
    assert len(alone.removed) == 1


def test_blank_documents_are_ignored(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(["", RAIL, " \n"], SentenceCount(2))

    assert codes(summary) == []
    assert {s.document_index for s in summary.sentences} == {1}


def test_blank_documents_alone_leave_nothing(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(["", "\n"], SentenceCount(2))

    assert (summary.sentences, codes(summary)) == ((), [WarningCode.NOTHING_LEFT])


def test_an_english_document_is_summarized_with_a_warning(summarizer: Summarizer) -> None:
    text = (
        "The ministers signed a railway agreement on Tuesday. It costs 5.6 billion dollars. "
        "Truck drivers fear for their work and plan a protest. Work begins in January."
    )

    summary = summarizer.summarize([text], SentenceCount(2))

    assert len(summary.sentences) == 2
    assert codes(summary) == [WarningCode.NOT_ARABIC]


def test_no_documents_are_refused(summarizer: Summarizer) -> None:
    with pytest.raises(ValueError, match="no documents"):
        summarizer.summarize([], SentenceCount(1))


def test_what_fifty_sources_repeat_is_said_once(summarizer: Summarizer) -> None:
    documents = [f"وقّع الوزيران الاتفاقية رقم {i} أمس. {RAIL_AGAIN}" for i in range(50)]

    summary = summarizer.summarize(documents, SentenceCount(20))

    assert 3 <= len(summary.sentences) <= 5
    assert sum("مدة الشحن" in text for text in texts(summary)) == 1


LINES = st.sampled_from([*RAIL.splitlines(), *RAIL_AGAIN.splitlines(), "🙂", "Read more", "؟"])
DOCUMENTS = st.lists(
    st.one_of(st.text(max_size=60), st.lists(LINES).map("\n".join)), min_size=1, max_size=3
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(documents=DOCUMENTS, length=LENGTHS)
def test_every_sentence_is_verbatim_where_it_says(
    summarizer: Summarizer, documents: list[str], length: Length
) -> None:
    summary = summarizer.summarize(documents, length)

    for sentence in summary.sentences:
        assert sentence.span.of(documents[sentence.document_index]) == sentence.text
        assert 0 <= sentence.score <= 1
    for item in summary.removed:
        assert item.span.of(documents[item.document_index]).strip()
    removed = {(r.document_index, r.span) for r in summary.removed}
    assert removed.isdisjoint((s.document_index, s.span) for s in summary.sentences)
    if not summary.sentences:
        assert WarningCode.NOTHING_LEFT in codes(summary)
