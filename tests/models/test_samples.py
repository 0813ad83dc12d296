"""Whole news pages: the examples, and the samples where they lie beside the repository."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zubda_models.bundle import DEFAULT_SENTENCE_ENCODER, find_model
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.length import Length, Ratio, SentenceCount, WordCount
from zubda_models.summarization.summarizer import Summarizer
from zubda_models.text.page import BlockRole, read_page
from zubda_models.warnings import WarningCode

ROOT = Path(__file__).parents[2]
PAGES = {
    "examples": sorted((ROOT / "examples").glob("*.txt")),
    "samples": sorted((ROOT.parent / "shared" / "samples").glob("*.txt")),
}

# By hand, by file name: the numbers of the lines (from 1) that are no article, and of those
# that are headings. Every other line that is not blank is a paragraph.
NO_ARTICLE = {
    "01-analysis": set(range(27, 52, 2)),
    "02-overview": {15, 16, 17},
    "03-report": {3, 4, 5, 11, 16, 23, 24, 25, 26, 27},
    "04-agency": {2, 3, 10, 22, 23},
    "05-portal": {1, 2, 3, 4, 8, 9, 15, 23, 25, 35, 37, 39, 41, 43, 45, 47},
    "000": {27, 29, 31, 33},
    "001": set(),
    "002": set(),
    "003": {2, 3, 21, 22},
    "004": {1, 2, 30, 32, 34},
}
HEADINGS = {
    "01-analysis": {1, 5, 11, 17, 23},
    "02-overview": {1, 4, 6, 8, 11},
    "03-report": {1, 9, 13, 17, 20},
    "04-agency": set(),
    "05-portal": {6, 17, 27},
    "000": {1, 5, 11, 17, 23},
    "001": {1, 5, 7, 9},
    "002": {1, 5, 8, 10, 12, 15},
    "003": set(),
    "004": {4, 10, 14},
}
LENGTHS = [SentenceCount(3), WordCount(80), Ratio(0.9)]


def key(path: Path) -> str:
    return path.stem if path.parent.name == "examples" else path.stem.partition("_")[0]


def line_numbers(text: str, offsets: list[int]) -> set[int]:
    return {text.count("\n", 0, offset) + 1 for offset in offsets}


@pytest.fixture(scope="module")
def summarizer() -> Iterator[Summarizer]:
    encoder = SentenceEncoder(find_model(DEFAULT_SENTENCE_ENCODER))
    yield Summarizer(encoder)
    encoder.close()


@pytest.fixture(params=PAGES)
def event(request: pytest.FixtureRequest) -> list[Path]:
    paths = PAGES[request.param]
    if not paths:
        pytest.skip("no samples beside this repository")
    return paths


def test_every_line_is_told_for_what_it_is(event: list[Path]) -> None:
    for path in event:
        text = path.read_text(encoding="utf-8")
        page = read_page(text)
        removed = line_numbers(text, [item.span.start for item in page.removed])
        paragraphs = [b.span.start for b in page.blocks if b.role is BlockRole.BODY]
        headings = [b.span.start for b in page.blocks if b.role is not BlockRole.BODY]

        assert removed == NO_ARTICLE[key(path)], path.name
        assert line_numbers(text, headings) == HEADINGS[key(path)], path.name
        filled = {n for n, line in enumerate(text.split("\n"), start=1) if line.strip()}
        articles = filled - NO_ARTICLE[key(path)] - HEADINGS[key(path)]
        assert line_numbers(text, paragraphs) == articles, path.name


@pytest.mark.parametrize("length", LENGTHS, ids=str)
def test_summaries_hold_sentences_of_the_article_only(
    event: list[Path], summarizer: Summarizer, length: Length
) -> None:
    documents = [path.read_text(encoding="utf-8") for path in event]
    for chosen in [*([i] for i in range(len(documents))), list(range(len(documents)))]:
        summary = summarizer.summarize([documents[i] for i in chosen], length)

        assert summary.sentences
        expected = {WarningCode.CONTRADICTION} if len(chosen) > 1 else set()
        assert {warning.code for warning in summary.warnings} == expected
        for sentence in summary.sentences:
            path = event[chosen[sentence.document_index]]
            text = documents[chosen[sentence.document_index]]
            assert sentence.span.of(text) == sentence.text
            assert not re.search(r"[\r\n]", sentence.text)
            forbidden = NO_ARTICLE[key(path)] | HEADINGS[key(path)]
            assert line_numbers(text, [sentence.span.start]).isdisjoint(forbidden), sentence.text


def test_the_summary_of_an_event_hears_several_sources(
    event: list[Path], summarizer: Summarizer
) -> None:
    documents = [path.read_text(encoding="utf-8") for path in event]

    summary = summarizer.summarize(documents, SentenceCount(5))

    assert len({sentence.document_index for sentence in summary.sentences}) >= 3
