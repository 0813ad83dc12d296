"""What the README promises, over real pages: the real server, the real models, the real CLI."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
# Real pages, where the checkout has them beside it; the project does not need them.
SAMPLES = sorted((ROOT.parent / "shared" / "samples").glob("*.txt"))

pages = pytest.mark.parametrize("page", EXAMPLES + SAMPLES, ids=lambda page: page.stem)
WHITESPACE = re.compile(r"\s+")
LINE_BREAKS = re.compile(r"[\r\n]+")


@pages
def test_a_page_is_translated_whole_with_its_line_breaks(zubda, page: Path) -> None:
    source = page.read_bytes().decode()
    done = zubda("translate", "--file", page, "--json")
    assert done.returncode == 0, done.stderr.decode()
    [result] = json.loads(done.stdout)["translations"]
    assert LINE_BREAKS.findall(result["text"]) == LINE_BREAKS.findall(source)

    position = 0
    for segment in result["segments"]:
        start, end = segment["span"]["start"], segment["span"]["end"]
        assert source[start:end] == segment["source"]
        assert not source[position:start].strip(), "only white space lies between segments"
        position = end
        assert segment["target"].strip(), f"nothing came out for {segment['source']}"
    assert not source[position:].strip()


def test_a_page_translated_into_a_pipe_is_just_the_translation(zubda) -> None:
    page = EXAMPLES[0]
    done = zubda("translate", stdin=page.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    source = page.read_bytes().decode()
    assert LINE_BREAKS.findall(done.stdout.decode()) == LINE_BREAKS.findall(source)


@pages
def test_a_page_is_summarized_in_both_languages(zubda, page: Path) -> None:
    source = page.read_bytes().decode()
    answers = {}
    for language in ("ar", "en"):
        done = zubda("summarize", page, "--to", language, "--sentences", "3", "--json")
        assert done.returncode == 0, done.stderr.decode()
        answers[language] = json.loads(done.stdout)
    for answer in answers.values():
        assert len(answer["sentences"]) == 3
        for sentence in answer["sentences"]:
            span = sentence["span"]
            assert source[span["start"] : span["end"]] == sentence["source"]
    arabic, english = answers["ar"]["sentences"], answers["en"]["sentences"]
    assert [s["source"] for s in arabic] == [s["source"] for s in english]
    assert all(s["text"] == s["source"] for s in arabic)
    assert all(re.search("[A-Za-z]{2}", s["text"]) for s in english)


def test_several_sources_are_summarized_together(zubda) -> None:
    done = zubda("summarize", *EXAMPLES, "--sentences", "5", "--json")
    assert done.returncode == 0, done.stderr.decode()
    sentences = json.loads(done.stdout)["sentences"]
    assert len(sentences) == 5
    texts = [page.read_bytes().decode() for page in EXAMPLES]
    for sentence in sentences:
        span = sentence["span"]
        document = texts[sentence["document_index"]]
        assert document[span["start"] : span["end"]] == sentence["source"]
    assert len({sentence["document_index"] for sentence in sentences}) > 1
