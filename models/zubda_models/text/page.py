"""A news page as it was copied off the web: what is the article, what is not."""

from dataclasses import dataclass

from zubda_models.text.boilerplate import RemovalReason, removal_reason
from zubda_models.text.language import detect_language
from zubda_models.text.layout import BlockRole, classify
from zubda_models.text.segment import segment
from zubda_models.text.span import Span

__all__ = ["Block", "BlockRole", "Page", "Removed", "read_page"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the article."""

    span: Span
    role: BlockRole


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the page that is no part of the article."""

    span: Span
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order; what is in neither tuple is white space."""

    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]


def read_page(text: str) -> Page:
    """Tell the article on a copied page from everything around it.

    Works line by line: a line is a headline, a sub-heading or a paragraph of the
    article, or it is removed with a reason. Furniture is also cut off both ends
    of a paragraph, for pages copied without line breaks. When the evidence does
    not suffice, the text stays. Spans are trimmed of white space.
    """
    lines = _lines(text)
    strings = [line.of(text) for line in lines]
    arabic = detect_language(text) == "ar"
    blocks: list[Block] = []
    removed: list[Removed] = []
    for line, kind in zip(lines, classify(strings, arabic_page=arabic), strict=True):
        if isinstance(kind, RemovalReason):
            removed.append(Removed(line, kind))
        elif kind is BlockRole.BODY:
            body, edges = _cut_edges(text, line, arabic_page=arabic)
            blocks.append(Block(body, kind))
            removed.extend(edges)
        else:
            blocks.append(Block(line, kind))
    return Page(tuple(blocks), tuple(sorted(removed, key=lambda item: item.span)))


def _lines(text: str) -> list[Span]:
    """The lines that hold more than white space, trimmed."""
    spans = []
    start = 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            indent = len(line) - len(line.lstrip())
            spans.append(Span(start + indent, start + indent + len(content)))
        start += len(line)
    return spans


def _cut_edges(text: str, line: Span, *, arabic_page: bool) -> tuple[Span, list[Removed]]:
    """Cut furniture and notices off both ends of a paragraph that has other sentences."""
    sentences = [Span(line.start + s.start, line.start + s.end) for s in segment(line.of(text))]
    cut = []

    def is_cut(sentence: Span) -> bool:
        reason = removal_reason(sentence.of(text), arabic_page=arabic_page)
        if reason in (RemovalReason.FURNITURE, RemovalReason.NOTICE):
            cut.append(Removed(sentence, reason))
            return True
        return False

    while len(sentences) > 1 and is_cut(sentences[0]):
        sentences.pop(0)
    while len(sentences) > 1 and is_cut(sentences[-1]):
        sentences.pop()
    if not cut:
        return line, []
    return Span(sentences[0].start, sentences[-1].end), cut
