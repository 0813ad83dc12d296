"""What is on the page of a summary; tests/e2e/test_html_page.py looks at it in a browser."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zubda
from zubda.cli.page import page
from zubda.cli.page_sources import Marks

TEXT = "عنوان\n\nوصل الوزير إلى دمشق. وبلغت الكلفة 5.6 مليار دولار.\r\nAll <rights> reserved.\n"
OTHER = "بلغت الكلفة 4.9 مليار دولار."
FIRST, SECOND, NOTICE = (
    "وصل الوزير إلى دمشق.",
    "وبلغت الكلفة 5.6 مليار دولار.",
    "All <rights> reserved.",
)
VOID = {"meta"}


def span(part: str, text: str = TEXT) -> zubda.Span:
    start = text.index(part)
    return zubda.Span(start, start + len(part))


def cite(part: str, document: int = 0, text: str = TEXT) -> zubda.Citation:
    return zubda.Citation(document, span(part, text), part, 1.0)


def sentence(text: str, *citations: zubda.Citation, warnings=()) -> zubda.SummarySentence:
    first = citations[0] if citations else zubda.Citation(0, zubda.Span(0, 0), "", 0.0)
    return zubda.SummarySentence(
        text, first.document_index, first.span, first.source, 1.0, tuple(warnings), citations
    )


def summary(*sentences, removed=(), warnings=(), contradictions=()) -> zubda.Summary:
    return zubda.Summary(
        "\n".join(sentence.text for sentence in sentences), sentences, tuple(removed),
        tuple(warnings), tuple(contradictions), (), zubda.Timings(0, 0, 0, 0),
    )  # fmt: skip


CLAIMS = (
    zubda.Claim(cite(SECOND), "5.6 مليار", span("5.6 مليار")),
    zubda.Claim(cite(OTHER, 1, OTHER), "4.9 مليار", span("4.9 مليار", OTHER)),
)
CONTRADICTION = zubda.Contradiction(zubda.FactKind.NUMBER, CLAIMS)


@pytest.fixture(scope="module")
def info(server) -> zubda.ServiceInfo:
    with zubda.Client(server) as client:
        return client.info()


class Reader(HTMLParser):
    """Checks that tags are closed in order, and keeps what a test asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.elements.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    return reader


def test_a_citation_links_to_its_sentence_and_back(info):
    made = page(summary(sentence("It cost.", cite(SECOND))), ["a.txt"], [TEXT], info)
    read(made)
    assert '<a href="#d1s1" title="a.txt" aria-label="Source 1, a.txt">[1]</a>' in made
    marked = re.search('<mark id="d1s1">(.*?)</mark>', made)[1]
    assert marked.startswith(SECOND)
    assert 'href="#s1"' in marked


def test_sentences_of_a_document_are_numbered_as_they_stand():
    found = summary(sentence("Two.", cite(SECOND)), sentence("One.", cite(FIRST)))
    marks = Marks(found)
    assert [marks.anchor(cite(part)) for part in (FIRST, SECOND)] == ["d1s1", "d1s2"]


def test_a_contradiction_has_both_sides_with_the_value_marked(info):
    warning = zubda.Warning(zubda.WarningCode.CONTRADICTION, "They contradict.", ())
    found = summary(
        sentence("It cost.", cite(SECOND)), contradictions=[CONTRADICTION], warnings=[warning]
    )
    made = page(found, ["a", "b"], [TEXT, OTHER], info)
    reader = read(made)
    assert {"c1", "d1s1", "d2s1"} <= set(reader.ids)
    for value in ("5.6 مليار", "4.9 مليار"):
        assert made.count(f'<b class="value">{value}</b> دولار.') == 2, "in the claim, the source"
    assert re.search('<mark id="d2s1">.*href="#c1"', made)
    assert "They contradict." not in made, "the section says so"


def test_without_a_contradiction_there_is_no_word_of_it(info):
    made = page(summary(sentence("One.", cite(FIRST))), ["a"], [TEXT], info)
    assert "differ" not in made.partition("</style>")[2]


@pytest.mark.parametrize("reason", zubda.RemovalReason)
def test_what_was_left_out_is_greyed_with_its_reason(info, reason):
    removed = zubda.RemovedText(0, span(NOTICE), NOTICE, reason)
    made = page(summary(sentence("One.", cite(FIRST)), removed=[removed]), ["a"], [TEXT], info)
    reader = read(made)
    (found,) = [attributes for tag, attributes in reader.elements if tag == "del" and attributes]
    assert found["data-reason"] == reason
    assert re.fullmatch("Left out: .+", found["title"])
    assert f">{html.escape(NOTICE)}</del>" in made


def test_texts_have_their_direction_and_language(info):
    made = page(summary(sentence("One.", cite(FIRST))), ["a"], [TEXT], info)
    assert '<p dir="ltr" lang="en">One.' in made
    assert f'<p dir="rtl" lang="ar">{FIRST}</p>' in made
    assert '<div class="document" dir="rtl" lang="ar">\n<p>عنوان</p>' in made
    assert f'<p dir="ltr" lang="">{html.escape(NOTICE)}</p>' in made


def test_a_sentence_in_the_source_s_own_words_is_shown_once(info):
    made = page(summary(sentence(FIRST, cite(FIRST))), ["a"], [TEXT], info)
    assert made.partition('class="sources"')[0].count(FIRST) == 1


def test_warnings_stand_where_they_belong(info):
    of_sentence = zubda.Warning(zubda.WarningCode.NUMBER_MISMATCH, "Lost: ٥.", ("٥", "٥"))
    of_all = zubda.Warning(zubda.WarningCode.NOT_ARABIC, "A & B is not Arabic.", ())
    found = summary(sentence("One.", cite(FIRST), warnings=[of_sentence]), warnings=[of_all])
    made = page(found, ["a"], [TEXT], info)
    item = re.search('<li id="s1" dir="ltr">.*?</li>', made)[0]
    assert '<p class="warning" dir="ltr">Lost: <bdi>٥</bdi>.</p>' in item
    assert made.count("A &amp; B is not Arabic.") == 1


def test_an_unsupported_sentence_and_an_empty_summary_have_a_page(info):
    made = page(summary(sentence("Invented.")), ["a"], [TEXT], info)
    assert "Invented.</p></div>" in made
    read(made)
    assert FIRST in read_text(page(summary(), ["a"], [TEXT], info))


def test_licences_of_the_models_are_named(info):
    made = page(summary(), ["a"], [TEXT], info)
    for model in info.models:
        assert f"{model.name} ({model.license})" in made


HOSTILE = "</style><script>alert(\"1\")</script><img src=x onerror='x'>&amp;"


def test_everything_is_escaped(info):
    text, length = f"{HOSTILE} {HOSTILE} {HOSTILE}\n{HOSTILE}", len(HOSTILE)
    last = zubda.Span(len(text) - length, len(text))
    citation = zubda.Citation(0, zubda.Span(length + 1, 2 * length + 1), HOSTILE, 1.0)
    warning = zubda.Warning(zubda.WarningCode.URL_LOST, HOSTILE, (HOSTILE, "&"))
    claim = zubda.Claim(citation, HOSTILE, citation.span)
    found = summary(
        sentence(f"Said: {HOSTILE}", citation, warnings=[warning]),
        warnings=[warning],
        removed=[zubda.RemovedText(0, last, HOSTILE, zubda.RemovalReason.NOTICE)],
        contradictions=[zubda.Contradiction(zubda.FactKind.PERSON, (claim, claim))],
    )
    made = page(found, [HOSTILE], [text], info)
    known = set(re.findall("<([a-z0-9]+)", page(summary(), ["a"], [TEXT], info)))
    known |= {"b", "mark", "del", "section"}
    assert {tag for tag, _ in read(made).elements} <= known
    assert made.count("</style>") == 1


def read_text(page: str) -> str:
    """What a browser shows of the documents, without the links back."""
    documents = page.partition('class="document"')[2].partition("</article>")[0].partition(">")[2]
    without_links = re.sub('<span class="back".*?</span>', "", documents)
    return html.unescape(re.sub("<[^>]*>", "", without_links))


@st.composite
def marked_texts(draw):
    text = draw(st.text("ab <&>\n\r\u2028بت", min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)).map(
        lambda drawn: zubda.Span(drawn[0], min(sum(drawn), len(text)))
    )
    return text, draw(st.lists(spans, max_size=5)), draw(st.lists(spans, max_size=5))


@given(marked_texts())
def test_whatever_is_marked_the_document_is_whole_and_every_link_has_a_target(info, drawn):
    text, cited, removed = drawn
    found = summary(
        *(
            sentence("x", zubda.Citation(0, span, span.of(text), 1.0))
            for span in cited
            if not text[span.start].isspace()
        ),
        removed=[
            zubda.RemovedText(0, span, span.of(text), zubda.RemovalReason.LABEL) for span in removed
        ],
    )
    made = page(found, ["a"], [text], info)
    assert "".join(read_text(made).split()) == "".join(text.split())
    read(made)


def test_the_command_writes_it_beside_its_result(ask, page, tmp_path):
    file = tmp_path / "page.html"
    plain = ask("summarize", page, "--sentences", "2")
    with_page = ask("summarize", page, "--sentences", "2", "--html", str(file))
    assert (with_page.code, with_page.out) == (0, plain.out)
    made = file.read_text("utf-8")
    assert all(html.escape(line) in made for line in plain.out.splitlines())
    assert json.loads(ask("summarize", page, "--json", "--html", str(file)).out)["sentences"]
    assert ask("summarize", page, "--sentences", "2", "--html", str(file)).code == 0
    assert file.read_text("utf-8") == made, "the same summary makes the same page"


def test_of_html_the_extracted_article_is_shown(ask, page, tmp_path):
    lines = Path(page).read_text("utf-8").splitlines()
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    source, file = tmp_path / "article.html", tmp_path / "page.html"
    source.write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    summary = json.loads(ask("summarize", str(source), "--json", "--html", str(file)).out)
    (extract,) = summary["extracts"]
    made = file.read_text("utf-8")
    assert read_text(made).split() == extract["text"].split()
    marked = re.findall("<mark id.*?>(.*?)<span", made)
    assert sorted(marked) == sorted(html.escape(s["source"]) for s in summary["sentences"])


def test_standard_input_is_named(ask, tmp_path):
    file = tmp_path / "page.html"
    assert ask("summarize", "--html", str(file), stdin=TEXT).code == 0
    assert "<bdi>standard input</bdi>" in file.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_explained(ask, page, tmp_path):
    result = ask("summarize", page, "--html", str(tmp_path / "no" / "page.html"))
    assert result.code == 3
    assert "page.html: No such file or directory" in result.err
    assert result.err.count("\n") == 1
