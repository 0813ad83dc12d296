"""Which library finds the article in the HTML of a news page.

``python -m benchmarks.extractors`` runs those that are installed over the pages in
``tests/models/text/html``. Each is the page of the same name among the labelled pages, in
the markup of another kind of site: the lines labelled as the article must be in the
extract, the others must not.
"""

import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.cleaning import KINDS, PAGES
from zubda_models.text.html import extract_article
from zubda_models.text.page import BlockRole

HTML = PAGES.parent / "html"

Extractor = Callable[[str], str]


def _trafilatura(**options: bool) -> Extractor:
    from trafilatura import extract

    return lambda page: extract(page, include_comments=False, **options) or ""


def _readability() -> Extractor:
    from lxml.html import fromstring
    from readability import Document

    return lambda page: "\n".join(fromstring(Document(page).summary()).itertext())


def _justext() -> Extractor:
    from justext import get_stoplist, justext

    words = get_stoplist("Arabic")
    return lambda page: "\n".join(
        paragraph.text
        for paragraph in justext(page.encode(), words, encoding="utf-8")
        if not paragraph.is_boilerplate
    )


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: str(extract_plain_text(page, main_content=True, comments=False))


EXTRACTORS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    "this project's, on trafilatura": ("trafilatura", lambda: extract_article),
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura, for precision": ("trafilatura", lambda: _trafilatura(favor_precision=True)),
    "trafilatura, for recall": ("trafilatura", lambda: _trafilatura(favor_recall=True)),
    "readability-lxml": ("readability-lxml", _readability),
    "justext": ("justext", _justext),
    "resiliparse": ("resiliparse", _resiliparse),
}


def kept(extract: str, name: str) -> tuple[list[str], list[str]]:
    """The lines of the article that ``extract`` lacks, and the other lines that it has."""
    words = " ".join(extract.split())
    lines = {" ".join(line.split()) for line in extract.splitlines()}
    missing, foreign = [], []
    page = (PAGES / "development" / f"{name}.txt").read_text(encoding="utf-8")
    for letter, line in (row.split(" ", 1) for row in page.splitlines()):
        if isinstance(KINDS[letter], BlockRole):
            if line.removeprefix("- ") not in words:
                missing.append(line)
        elif line in lines:
            foreign.append(line)
    return missing, foreign


def main() -> None:
    """Print the table."""
    paths: list[Path] = sorted(HTML.glob("*.html"))
    pages = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    print(f"{len(pages)} pages\n")
    print("| extractor | version | article lines lost | other lines left | ms a page |")
    print("|---|---|--:|--:|--:|")
    for name, (package, load) in EXTRACTORS.items():
        try:
            row = f"| {name} | {version(package)} |"
        except PackageNotFoundError:
            print(f"| {name} | not installed | | | |")
            continue
        extract = load()
        for page in pages.values():  # what is loaded and cached on first use
            extract(page)
        started = time.perf_counter()
        extracts = {stem: extract(page) for stem, page in pages.items()}
        milliseconds = (time.perf_counter() - started) * 1000 / len(pages)
        results = [kept(text, stem) for stem, text in extracts.items()]
        lost, left = (sum(map(len, column)) for column in zip(*results, strict=True))
        print(f"{row} {lost} | {left} | {milliseconds:.0f} |")


if __name__ == "__main__":
    main()
