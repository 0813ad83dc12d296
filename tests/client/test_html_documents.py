"""HTML documents, from the client and the command line to the real server and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import zubda
from zubda.cli import main
from zubda.cli.local import local_server

HTML = Path(__file__).parents[1] / "models" / "text" / "html"
PAGE = HTML / "jannah-licence.html"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZUBDA_MAX_BATCH_TOKENS", "600")  # ready sooner
        with local_server() as address:
            yield address


@pytest.fixture
def client(address: str) -> Iterator[zubda.Client]:
    with zubda.Client(address, timeout=120) as client:
        yield client


@pytest.mark.parametrize("language", ["ar", "en"])
def test_spans_refer_to_the_extract(client: zubda.Client, language: str) -> None:
    plain = "أعلنت الوزارة أمس خطة لبناء المدارس.\nوقال الوزير إن العمل يبدأ غدا.\nشارك"
    html = zubda.Document(PAGE.read_text("utf-8"), "text/html; charset=utf-8")

    summary = client.summarize([plain, html], to=language, sentences=3)

    (extract,) = summary.extracts
    assert extract.document_index == 1
    assert "<p>" not in extract.text
    assert "أقر البرلمان الأوروبي، اليوم الثلاثاء" in extract.text
    texts = [plain, extract.text]
    assert {sentence.document_index for sentence in summary.sentences} == {0, 1}
    for sentence in summary.sentences:
        assert sentence.span.of(texts[sentence.document_index]) == sentence.source
        for citation in sentence.citations:
            assert citation.span.of(texts[citation.document_index]) == citation.source
    for removed in summary.removed:
        assert removed.span.of(texts[removed.document_index]) == removed.text


def test_one_document_may_stand_alone(client: zubda.Client) -> None:
    html = zubda.Document(PAGE.read_text("utf-8"), "text/html")

    assert client.summarize(html, sentences=1).extracts


def test_text_full_of_tags_stays_text(client: zubda.Client) -> None:
    text = PAGE.read_text("utf-8")

    summary = client.summarize([zubda.Document(text, "text/plain"), text], sentences=2)

    assert summary.extracts == ()
    for sentence in summary.sentences:
        assert sentence.span.of(text) == sentence.source


def test_html_without_text_is_told(client: zubda.Client) -> None:
    empty = zubda.Document("<script>alert(1)</script>", "text/html")

    alone = client.summarize(empty)
    beside = client.summarize([empty, "أعلنت الوزارة أمس خطة لبناء المدارس."])

    assert alone.sentences == ()
    for summary in (alone, beside):
        assert summary.extracts[0].text == ""
        assert "Document 0: its HTML holds no text." in [w.message for w in summary.warnings]
    assert beside.sentences


def test_other_media_types_are_refused_with_those_offered(client: zubda.Client) -> None:
    with pytest.raises(
        zubda.InvalidArgumentError, match="offered: text/plain, text/html"
    ) as caught:
        client.summarize(["نص", zubda.Document("%PDF-1.7", "application/pdf")])

    assert caught.value.reason == "VALUE_OUT_OF_RANGE"
    assert [violation.field for violation in caught.value.violations] == ["documents[1].mime_type"]
    assert caught.value.metadata["media_types"] == "text/plain,text/html"


def test_a_lone_surrogate_is_refused_by_field(client: zubda.Client) -> None:
    with pytest.raises(zubda.InvalidArgumentError, match=r"documents\[0\]\.text: holds a lone"):
        client.summarize([zubda.Document("\ud800", "text/html")])


@pytest.mark.parametrize(("name", "is_html"), [("a.html", True), ("B.HTM", True), ("c.txt", False)])
def test_the_command_line_goes_by_the_name_of_the_file(
    name: str, is_html: bool, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(PAGE.read_text("utf-8"), "utf-8")

    assert main(["summarize", str(path), "--ratio", "1", "--server", address]) == 0

    summary = capsys.readouterr().out
    assert ("<" not in summary) == is_html
