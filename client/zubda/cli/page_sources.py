"""Marks in the documents of a page what a summary cites and what it left out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

import zubda
from zubda.cli.layout import direction

_REASONS = {
    zubda.RemovalReason.FURNITURE: "page furniture: navigation, sharing, comments, other articles",
    zubda.RemovalReason.NOTICE: "a notice of the site's software, licence or cookies",
    zubda.RemovalReason.CAPTION: "the caption or credit of a picture",
    zubda.RemovalReason.REPEATED: "repeats another line",
    zubda.RemovalReason.LABEL: "a category label or tag",
    zubda.RemovalReason.UNSPECIFIED: "no part of the article",
}


@dataclass(slots=True)
class _Cited:
    """A sentence of a document that the page links to."""

    anchor: str
    by: list[str] = field(default_factory=list)
    """The anchors of what cites it."""
    values: set[zubda.Span] = field(default_factory=set)
    """Where other documents state something else."""


class Marks:
    """What is to be marked in the documents of ``summary``.

    The n-th of the cited sentences of document 1 has the anchor ``d1sn``. What cites them
    has ``s1``, ``s2`` … (the sentences of the summary) and ``c1`` … (the contradictions).
    """

    def __init__(self, summary: zubda.Summary) -> None:
        citing = [
            *_numbered("s", (sentence.citations for sentence in summary.sentences)),
            *_numbered("c", ([c.citation for c in x.claims] for x in summary.contradictions)),
        ]
        spans: defaultdict[int, set[zubda.Span]] = defaultdict(set)
        for _, citation in citing:
            spans[citation.document_index].add(citation.span)
        self._cited = {
            (index, span): _Cited(f"d{index + 1}s{number}")
            for index, found in spans.items()
            for number, span in enumerate(sorted(found, key=_order), start=1)
        }
        for by, citation in citing:
            self._cited[citation.document_index, citation.span].by.append(by)
        for contradiction in summary.contradictions:
            for claim in contradiction.claims:
                cited = self._cited[claim.citation.document_index, claim.citation.span]
                cited.values.add(claim.value_span)
        self._removed = summary.removed

    def anchor(self, citation: zubda.Citation) -> str:
        """The anchor of a cited sentence."""
        return self._cited[citation.document_index, citation.span].anchor

    def document(self, index: int, text: str) -> str:
        """The ``text`` of a document as paragraphs of HTML, one for each line."""
        marked: list[tuple[zubda.Span, _Cited | zubda.RemovalReason]] = [
            *((span, cited) for (of, span), cited in self._cited.items() if of == index),
            *((gone.span, gone.reason) for gone in self._removed if gone.document_index == index),
        ]
        marked.sort(key=lambda item: _order(item[0]))
        paragraphs, end = [], 0
        for line in text.splitlines(keepends=True):
            start, end = end, end + len(line)
            if line.strip():
                content = "".join(_line(text, zubda.Span(start, end), marked)).strip()
                way = ' dir="ltr" lang=""' if direction(line) == "ltr" else ""
                paragraphs.append(f"<p{way}>{content}</p>")
        return "\n".join(paragraphs)


def _numbered(
    prefix: str, groups: Iterable[Iterable[zubda.Citation]]
) -> Iterator[tuple[str, zubda.Citation]]:
    for number, group in enumerate(groups, start=1):
        for citation in group:
            yield f"{prefix}{number}", citation


def _order(span: zubda.Span) -> tuple[int, int]:
    return span.start, -span.end


def _line(
    text: str,
    line: zubda.Span,
    marked: Iterable[tuple[zubda.Span, _Cited | zubda.RemovalReason]],
) -> Iterator[str]:
    """A line with its marks; where two overlap, the later one has what is left of it."""
    position = line.start
    for span, mark in marked:
        if span.end <= line.start or span.start >= line.end:
            continue
        start = max(span.start, position)
        end = max(start, min(span.end, line.end))
        yield escape(text[position:start])
        position = end
        if isinstance(mark, _Cited):
            anchor = f' id="{mark.anchor}"' if span.start >= line.start else ""
            back = _back(mark.by) if span.end <= line.end else ""
            yield f"<mark{anchor}>{_with_values(text, start, end, mark.values)}{back}</mark>"
        else:
            yield (
                f'<del data-reason="{mark}" title="Left out: {escape(_REASONS[mark])}">'
                f"{escape(text[start:end])}</del>"
            )
    yield escape(text[position : line.end])


def _with_values(text: str, start: int, end: int, values: set[zubda.Span]) -> str:
    parts = []
    for value in sorted(values, key=_order):
        if start <= value.start < value.end <= end:
            marked = f'<b class="value">{escape(value.of(text))}</b>'
            parts += [escape(text[start : value.start]), marked]
            start = value.end
    return "".join([*parts, escape(text[start:end])])


def _back(citing: Iterable[str]) -> str:
    """Links from a cited sentence to what cites it."""
    links = []
    for by in dict.fromkeys(citing):
        sign, what = ("↑", "summary sentence") if by.startswith("s") else ("differs", "difference")
        label = f"Back to {what} {by[1:]}"
        links.append(
            f'<a href="#{by}" title="{label}" aria-label="{label}">{sign}&nbsp;{by[1:]}</a>'
        )
    return f'<span class="back" dir="ltr" lang="en">{"".join(links)}</span>'
