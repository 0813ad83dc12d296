"""The article is found in the markup of several kinds of sites, whatever the markup holds."""

import socket
from pathlib import Path

import pytest
from benchmarks.extractors import HTML, kept

from zubda_models.text.html import extract_article

PAGES = sorted(HTML.glob("*.html"), key=lambda path: path.stem)
PARAGRAPH = "<p>وقال الوزير إن العمل يبدأ غدا في جميع المدن والقرى التابعة للمحافظة.</p>"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_line_of_the_article_is_lost(path: Path) -> None:
    missing, _ = kept(extract_article(path.read_text(encoding="utf-8")), path.stem)

    assert missing == []


def test_most_of_what_surrounds_the_articles_is_left_out() -> None:
    assert len(PAGES) >= 8
    foreign = [
        line
        for path in PAGES
        for line in kept(extract_article(path.read_text(encoding="utf-8")), path.stem)[1]
    ]
    pages = [(HTML.parent / "pages" / "development" / f"{path.stem}.txt") for path in PAGES]
    around = sum(
        row[0] not in "HSB"
        for page in pages
        for row in page.read_text(encoding="utf-8").splitlines()
    )

    assert len(foreign) < around / 6


def test_a_headline_outside_the_article_is_kept() -> None:
    html = f"<body><header><h1>عنوان\n الخبر</h1></header><article>{PARAGRAPH * 5}</article></body>"

    assert extract_article(html).splitlines()[0] == "عنوان الخبر"


def test_files_are_not_read_nor_entities_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر")
    html = (
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "&c;&c;">'
        f'<!ENTITY c "xxx">]><body><p>&a; &b;</p>{PARAGRAPH}</body>'
    )

    text = extract_article(html)

    assert "وقال الوزير" in text
    assert "سر" not in text
    assert "xxx" not in text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    html = (
        '<!DOCTYPE html SYSTEM "http://example.com/a.dtd"><head><base href="http://example.com">'
        '<link rel="stylesheet" href="http://example.com/a.css"><link rel="amphtml" href="/amp">'
        f'</head><body><iframe src="http://example.com/"></iframe>{PARAGRAPH}</body>'
    )

    assert "وقال الوزير" in extract_article(html)


def test_a_declared_encoding_is_not_believed() -> None:
    html = (
        '<?xml version="1.0" encoding="windows-1256"?><html><head><meta http-equiv="Content-Type"'
        f' content="text/html; charset=windows-1256"></head><body>{PARAGRAPH}</body></html>'
    )

    assert extract_article(html).startswith("وقال الوزير")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        (" \n ", ""),
        ("<!-- ملاحظة -->", ""),
        ("<script>alert(1)</script>", ""),
        ("<p>خبر قصير.</p><p>خبر آخر.</p>", "خبر قصير.\nخبر آخر."),
        ("نص بلا وسوم.", "نص بلا وسوم."),
        ("<<<>>><&&&;", "<<<>>><&&&;"),
    ],
)
def test_pages_without_an_article_give_all_their_text(html: str, text: str) -> None:
    assert extract_article(html) == text


@pytest.mark.parametrize("tag", ["div", "b", "h1", "table", "blockquote"])
def test_absurdly_deep_markup_does_no_harm(tag: str) -> None:
    extract_article(f"<{tag}>" * 20_000 + PARAGRAPH)
