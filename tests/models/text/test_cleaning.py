"""Precision and recall of page cleaning on the labelled pages."""

import sys

import pytest
from benchmarks.cleaning import PAGES, PARTS, main, precision, read_part, recall

# What is reached, rounded down to whole percents.
RECALL = {"development": 0.86, "held-out": 0.75}


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["dense", "blank"])
@pytest.mark.parametrize("part", PARTS)
def test_no_line_of_an_article_is_ever_removed(part: str, separator: str) -> None:
    readings = read_part(part, separator)

    assert [r for r in readings if r.is_article and r.is_removed] == []
    assert precision(readings) == 1.0


@pytest.mark.parametrize("part", PARTS)
def test_most_of_what_surrounds_articles_is_removed(part: str) -> None:
    assert recall(read_part(part)) >= RECALL[part]


def test_the_set_is_large_enough_to_say_so() -> None:
    pages = [path for part in PARTS for path in (PAGES / part).glob("*.txt")]

    assert len(pages) >= 60
    for path in pages:
        assert 10 <= len(path.read_text(encoding="utf-8").splitlines()) <= 40, path.name


def test_the_command_prints_both_parts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["cleaning", "--errors", "development"])

    main()

    printed = capsys.readouterr().out
    assert all(f"\n{part}\n" in printed for part in PARTS)
    assert printed.count("precision 100.0%, recall") == len(PARTS)
    assert "furniture → heading: " in printed
