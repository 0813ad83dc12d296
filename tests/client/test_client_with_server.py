"""Both clients against the real server with the bundled models."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import zubda
from zubda.cli.local import local_server

PAGES = sorted(Path(__file__).parents[2].joinpath("examples").glob("*.txt"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZUBDA_MAX_BATCH_TOKENS", "600")  # ready sooner
        with local_server() as address:
            yield address


@pytest.fixture
def client(address):
    with zubda.Client(address, timeout=120) as client:
        yield client


def test_the_pieces_of_a_stream_are_the_translation(client):
    text = PAGES[0].read_text("utf-8")[:1500]
    pieces = list(client.stream([text, "\n", ""], beam_size=1))
    whole = client.translate_many([text, "\n", ""], beam_size=1)
    for index, translation in enumerate(whole):
        of_text = [piece for piece in pieces if piece.text_index == index]
        assert "".join(piece.text for piece in of_text) == translation.text
        assert [p.segment.target for p in of_text if p.segment] == [
            segment.target for segment in translation.segments
        ]
        assert [piece.last for piece in of_text] == [False] * (len(of_text) - 1) + [True]
    assert [piece.timings is not None for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def test_spans_index_the_text_as_python_does(client):
    text = "🙂 " + PAGES[0].read_text("utf-8")[:600]
    for segment in client.translate(text, beam_size=1).segments:
        assert segment.span.of(text) == segment.source


def test_a_digest_of_several_pages_cites_each_sentence(client):
    documents = [page.read_text("utf-8") for page in PAGES]
    summary = client.summarize(documents, to="en", sentences=3)
    assert len(summary.sentences) == 3
    assert summary.text.split("\n") == [sentence.text for sentence in summary.sentences]
    for sentence in summary.sentences:
        assert sentence.span.of(documents[sentence.document_index]) == sentence.source
        assert sentence.citations[0].span == sentence.span
        for citation in sentence.citations:
            assert citation.span.of(documents[citation.document_index]) == citation.source
    (found,) = summary.contradictions
    assert found.kind is zubda.FactKind.NUMBER
    assert [claim.value for claim in found.claims].count("4.9 مليار") == 1
    for removed in summary.removed:
        assert removed.span.of(documents[removed.document_index]) == removed.text


def test_a_refusal_names_field_reason_and_request(client):
    with pytest.raises(zubda.InvalidArgumentError) as caught:
        client.translate_many(["نص", "a\0"], beam_size=10_000)
    fields = {violation.field for violation in caught.value.violations}
    assert fields == {"texts[1]", "decoding.beam_size"}
    assert caught.value.reason in ("INVALID_CHARACTER", "VALUE_OUT_OF_RANGE")
    assert caught.value.request_id


async def test_the_async_client_gets_the_same(client, address):
    text = PAGES[0].read_text("utf-8")[:300]
    expected = client.translate(text)
    async with zubda.AsyncClient(address) as other:
        translation = await other.translate(text)
        assert (translation.text, translation.segments) == (expected.text, expected.segments)
        assert await other.info() == client.info()
        pieces = [piece.text async for piece in other.stream(text)]
    assert "".join(pieces) == expected.text
