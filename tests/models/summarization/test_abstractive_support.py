"""What counts as support, on pairs written for the purpose.

Every line of the file has a document, a statement that it supports and one that it does
not. The limits were set on the design half; the check half tells how well they hold.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from zubda_models.bundle import find_model
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.support import find_support
from zubda_models.text.normalize import normalize

PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("support_pairs.jsonl").read_text("utf-8").splitlines()
]

SEEN = {"number", "other event", "addition", "half"}
"""How an unsupported statement can differ so that it is found."""

UNSEEN = {"name", "sense"}
"""How it can differ unseen: another name, or who did what to whom."""


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[dict[str, Any], bool, bool]]:
    """Each pair, and whether its two statements are found supported."""
    encoder = SentenceEncoder(find_model("e5-small-ar-en"))

    def holds(document: list[str], statement: str) -> bool:
        vectors = encoder.encode([normalize(text) for text in [statement, *document]])
        return bool(find_support(statement, vectors[1:] @ vectors[0], document).sentences)

    return [
        (
            pair,
            holds(pair["document"], pair["supported"]),
            holds(pair["document"], pair["unsupported"]),
        )
        for pair in PAIRS
    ]


def test_pairs_are_many_and_of_all_kinds() -> None:
    assert 2 * len(PAIRS) >= 60
    assert {pair["kind"] for pair in PAIRS} == SEEN | UNSEEN


def test_limits_part_the_design_half(verdicts: list[tuple[dict[str, Any], bool, bool]]) -> None:
    design = [verdict for verdict in verdicts if verdict[0]["half"] == "design"]
    assert all(supported for _, supported, _ in design)
    assert not any(wrong for pair, _, wrong in design if pair["kind"] in SEEN)


def test_limits_hold_on_the_check_half(verdicts: list[tuple[dict[str, Any], bool, bool]]) -> None:
    check = [verdict for verdict in verdicts if verdict[0]["half"] == "check"]
    assert sum(supported for _, supported, _ in check) >= len(check) - 1
    assert not any(wrong for pair, _, wrong in check if pair["kind"] in SEEN)


def test_support_by_several_sentences_is_best_first() -> None:
    document = [
        "وطلبت من المواطنين ترشيد استهلاك أجهزة التكييف.",
        "حذرت وزارة الكهرباء من انقطاعات مبرمجة خلال أيام موجة الحر.",
        "فاز المنتخب بالمباراة.",
    ]
    statement = "انقطاعات مبرمجة للكهرباء في موجة الحر ودعوة إلى ترشيد استهلاك التكييف."
    encoder = SentenceEncoder(find_model("e5-small-ar-en"))
    vectors = encoder.encode([statement, *document])
    support = find_support(statement, vectors[1:] @ vectors[0], document)
    assert support.sentences == (1, 0)
    assert support.missing_numbers == ()
