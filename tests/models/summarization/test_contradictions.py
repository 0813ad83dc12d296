"""Which differences between documents are pointed out, and which are none."""

from pathlib import Path

import pytest

from zubda_models.summarization.candidates import Sentence, read_sentences
from zubda_models.summarization.contradictions import Disagreement, find_disagreements
from zubda_models.text.page import read_page

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "contradiction_cases.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


def sentences(*documents: str) -> list[Sentence]:
    return [
        sentence
        for i, text in enumerate(documents)
        for sentence in read_sentences(i, text, read_page(text))
    ]


def values(found: Disagreement) -> list[str]:
    return [f.fact.span.of(f.sentence.text) for f in found.findings]


@pytest.mark.parametrize(("expected", "one", "other"), CASES)
def test_two_documents(expected: str, one: str, other: str) -> None:
    kinds = [found.kind.value for found in find_disagreements(sentences(one, other))]

    assert kinds == ([] if expected == "agree" else [expected])


@pytest.mark.parametrize(("expected", "one", "other"), CASES)
def test_the_order_of_documents_does_not_matter(expected: str, one: str, other: str) -> None:
    there = find_disagreements(sentences(one, other))
    back = find_disagreements(sentences(other, one))

    assert [values(found) for found in there] == [values(found)[::-1] for found in back]


def test_one_document_alone_does_not_contradict_itself() -> None:
    assert (
        find_disagreements(sentences("كلفة الجسر 40 مليون يورو. تبلغ كلفة الجسر 50 مليون يورو."))
        == []
    )


def test_what_one_document_says_both_of_is_two_facts() -> None:
    both = "كلفة الجسر 40 مليون يورو للمقطع القصير. كلفة الجسر 50 مليون يورو للمقطع الطويل."

    assert (
        find_disagreements(
            sentences("كلفة الجسر 40 مليون يورو.", "كلفة الجسر 50 مليون يورو.", both)
        )
        == []
    )


def test_every_document_is_heard_and_the_fewer_are_outvoted() -> None:
    (found,) = find_disagreements(
        sentences(
            "كلفة الجسر 40 مليون يورو.",
            "تبلغ كلفة الجسر 40 مليون يورو.",
            "كلفة الجسر 55 مليون يورو.",
            "بدأ العمل أمس في حفر الأساسات.",
        )
    )

    assert [f.document for f in found.findings] == [0, 1, 2]
    assert values(found) == ["40 مليون", "40 مليون", "55 مليون"]
    assert [f.document for f in found.outvoted] == [2]


def test_of_two_none_is_outvoted() -> None:
    (found,) = find_disagreements(
        sentences("كلفة الجسر 40 مليون يورو.", "كلفة الجسر 55 مليون يورو.")
    )

    assert found.outvoted == ()
    assert found.divides(found.findings[0].sentence, found.findings[1].sentence)
    assert not found.divides(found.findings[0].sentence, found.findings[0].sentence)
