"""Writes a summary with its sources as one HTML page, without scripts or other files."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

import zubda
from zubda.cli.layout import direction
from zubda.cli.page_sources import Marks
from zubda.cli.summary_text import is_reworded, kind_of

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Summary of {title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<div class="result">
<h1>{heading}</h1>
{result}
</div>
<section class="sources" aria-labelledby="sources">
<h2 id="sources">Sources</h2>
<p class="legend">{legend}</p>
{sources}
</section>
</main>
<footer>{footer}</footer>
</body>
</html>
"""


def page(
    summary: zubda.Summary,
    names: Sequence[str],
    texts: Sequence[str],
    info: zubda.ServiceInfo,
) -> str:
    """The page for a summary of documents with these ``names`` and ``texts``.

    ``texts`` are what the spans of the summary refer to; ``info`` is of the server that
    made it. The same arguments always make the same page.
    """
    marks = Marks(summary)
    # That the documents contradict each other is a section of its own.
    said = [w for w in summary.warnings if w.code is not zubda.WarningCode.CONTRADICTION]
    return _PAGE.format(
        heading=f"Summary of {len(names)} documents" if len(names) > 1 else "Summary",
        title=escape(names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")),
        style=resources.files(__package__).joinpath("page.css").read_text("utf-8"),
        result="\n".join(
            [
                *_sentences(summary.sentences, names, marks),
                *_differences(summary.contradictions, names, marks),
                *map(_warning, said),
                *_contents(names),
            ]
        ),
        legend=_legend(summary),
        sources="\n".join(
            _source(number, name, marks.document(number - 1, text))
            for number, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
        ),
        footer=_footer(info),
    )


def _sentences(
    sentences: Iterable[zubda.SummarySentence], names: Sequence[str], marks: Marks
) -> list[str]:
    items = []
    for number, sentence in enumerate(sentences, start=1):
        cites = "".join(_cite(citation, names, marks) for citation in sentence.citations)
        own = _text(sentence.text, f'<span class="cites">{cites}</span>' if cites else "")
        source = _text(sentence.source) if is_reworded(sentence) else ""
        warnings = "".join(map(_warning, sentence.warnings))
        way = direction(sentence.text) or "ltr"
        items.append(
            f'<li id="s{number}" dir="{way}"><div class="texts">{own}{source}</div>{warnings}</li>'
        )
    return ['<ol class="sentences">', *items, "</ol>"] if items else []


def _text(text: str, more: str = "") -> str:
    way, language = ("rtl", "ar") if direction(text) == "rtl" else ("ltr", "en")
    return f'<p dir="{way}" lang="{language}">{escape(text)}{more}</p>'


def _cite(citation: zubda.Citation, names: Sequence[str], marks: Marks) -> str:
    name, number = escape(names[citation.document_index]), citation.document_index + 1
    return (
        f' <a href="#{marks.anchor(citation)}" title="{name}" '
        f'aria-label="Source {number}, {name}">[{number}]</a>'
    )


def _differences(
    contradictions: Iterable[zubda.Contradiction], names: Sequence[str], marks: Marks
) -> list[str]:
    """Both sides of each contradiction, the value marked in its sentence."""
    items = []
    for number, contradiction in enumerate(contradictions, start=1):
        items.append(f'<li id="c{number}"><h3>{kind_of(contradiction).capitalize()}</h3>')
        for claim in contradiction.claims:
            sentence, start = claim.citation.source, claim.citation.span.start
            before = sentence[: claim.value_span.start - start]
            after = sentence[claim.value_span.end - start :]
            items.append(
                f'<div class="claim">{_cite(claim.citation, names, marks)}'
                f'<p dir="{direction(sentence) or "rtl"}" lang="ar">{escape(before)}'
                f'<b class="value">{escape(claim.value)}</b>{escape(after)}</p></div>'
            )
        items.append("</li>")
    if not items:
        return []
    heading = '<h2 id="differences">The sources differ</h2>'
    opening = '<section class="differences" aria-labelledby="differences">'
    return [opening, heading, "<ol>", *items, "</ol>", "</section>"]


def _warning(warning: zubda.Warning) -> str:
    message = escape(warning.message)
    for token in map(escape, dict.fromkeys(warning.tokens)):
        message = message.replace(token, f"<bdi>{token}</bdi>")
    return f'<p class="warning" dir="ltr">{message}</p>'


def _contents(names: Sequence[str]) -> list[str]:
    links = [
        f'<li><a href="#d{number}"><bdi>{escape(name)}</bdi></a></li>'
        for number, name in enumerate(names, start=1)
    ]
    return ['<nav aria-label="Sources">', "<ol>", *links, "</ol>", "</nav>"]


def _legend(summary: zubda.Summary) -> str:
    kinds = ["<mark>cited in the summary</mark>"]
    if summary.contradictions:
        kinds.append('<b class="value">differs between sources</b>')
    if summary.removed:
        kinds.append("<del>left out as no part of the article</del>")
    return " ".join(kinds)


def _source(number: int, name: str, content: str) -> str:
    return (
        f'<article id="d{number}" aria-labelledby="d{number}name">\n'
        f'<h3 id="d{number}name"><span>[{number}]</span> <bdi>{escape(name)}</bdi></h3>\n'
        f'<div class="document" dir="rtl" lang="ar">\n{content}\n</div>\n</article>'
    )


def _footer(info: zubda.ServiceInfo) -> str:
    models = ", ".join(f"{model.name} ({model.license})" for model in info.models)
    return escape(f"Made by Zubda {info.version} with the models {models}.")
