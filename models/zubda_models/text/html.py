"""The article in the HTML of a news page."""

MAX_HEADLINE_CHARACTERS = 300
"""A longer ``<h1>`` is no headline."""


def extract_article(html: str) -> str:
    """Return the text of the article in ``html``, one paragraph on each line.

    The work is trafilatura's (Barbaresi, ACL 2021 demos), chosen by ``python -m
    benchmarks.extractors``. The page's only ``<h1>`` goes first where trafilatura leaves it
    out; a page in which it finds no article gives all its text. Nothing is fetched, and of
    entities only the characters that HTML names are resolved. A page without text gives an
    empty string.
    """
    # Imported here: plain text does not pay for it.
    from lxml.etree import ParserError  # noqa: PLC0415
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415
    from trafilatura import extract, html2txt  # noqa: PLC0415

    try:
        # Bytes: lxml refuses strings that declare an encoding. UTF-8, whatever is declared.
        tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:
        return ""
    headings = [" ".join("".join(heading.itertext()).split()) for heading in tree.iter("h1")]
    article = extract(tree, include_comments=False) or html2txt(tree)
    headline = headings[0] if len(headings) == 1 else ""
    if not 0 < len(headline) <= MAX_HEADLINE_CHARACTERS or headline in article:
        return article
    return f"{headline}\n{article}"
