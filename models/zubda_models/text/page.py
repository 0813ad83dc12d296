"""A news page as it was copied off the web: what is the article, what is not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from zubda_models.text.boilerplate import (
    RemovalReason,
    fold,
    is_date_or_byline,
    is_link_list_heading,
    is_section_label,
    is_terminated,
    removal_reason,
)
from zubda_models.text.language import detect_language
from zubda_models.text.segment import segment
from zubda_models.text.span import Span

MAX_HEADING_WORDS = 15
"""Longer lines are paragraphs even without a full stop."""

MAX_HEADLINE_WORDS = 25
"""Longer first lines are paragraphs."""

MAX_BARE_HEADING_WORDS = 8
"""The same on pages whose paragraphs do not end in full stops either."""

MAX_QUESTION_HEADING_WORDS = 12
"""Longer questions are paragraphs even when they have a line of their own."""

MIN_REPEATED_WORDS = 4
"""Shorter lines may come back for good reasons: "نعم." in an interview."""

_LIST_ITEM = re.compile(r"[-–—•▪●◦*]|\d+ ?[.)-] ")

# A verb of reporting with three words or more after it: a sentence, full stop or not.
_SENTENCE_OPENING = re.compile(
    r"[وف]?(?:قال|اضاف|اكد|اعلن|اوضح|ذكر|اشار|نقل|كشف|افاد|بين|شدد|لفت|تابع|راي|يري|تري|وصف|حذر"
    r"|طالب|دعا|دع|نفي|نف)(?:ت|وا)?[:،]? (?:\S+ ){2,}"
)


class BlockRole(StrEnum):
    """What a paragraph of an article is."""

    HEADLINE = "headline"
    """The title of the article."""

    HEADING = "heading"
    """A sub-heading, or another line that is no sentence."""

    BODY = "body"
    """A paragraph of running text."""


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


_Kind: TypeAlias = BlockRole | RemovalReason


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
    for line, kind in zip(lines, _classify(strings, arabic_page=arabic), strict=True):
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


def _classify(lines: Sequence[str], *, arabic_page: bool) -> list[_Kind]:
    removals = [removal_reason(line, arabic_page=arabic_page) for line in lines]
    _mark_repeated(lines, removals)
    kept = [line for line, removal in zip(lines, removals, strict=True) if removal is None]
    punctuated = _is_punctuated(kept)
    headings = {line for line in kept if _looks_like_heading(line, punctuated=punctuated)}
    if headings.issuperset(kept):
        headings.clear()  # A heading heads something: short lines alone are the article.
    kinds = [
        removal or (BlockRole.HEADING if line in headings else BlockRole.BODY)
        for line, removal in zip(lines, removals, strict=True)
    ]
    if BlockRole.BODY in kinds:
        _read_top(lines, kinds)
        _read_tail(lines, kinds)
        _read_inner_links(lines, kinds)
    return kinds


def _mark_repeated(lines: Sequence[str], removals: list[RemovalReason | None]) -> None:
    seen: set[str] = set()
    for i, line in enumerate(lines):
        whole = removals[i] in (None, RemovalReason.CAPTION)
        if not whole or len(line.split()) < MIN_REPEATED_WORDS:
            continue
        folded = fold(line)
        if folded in seen:
            removals[i] = RemovalReason.REPEATED
        seen.add(folded)


def _is_punctuated(lines: Sequence[str]) -> bool:
    """Whether the paragraphs of this page end in full stops."""
    long = [line for line in lines if len(line.split()) > MAX_BARE_HEADING_WORDS] or lines
    return 2 * sum(map(is_terminated, long)) >= len(long)


def _looks_like_heading(line: str, *, punctuated: bool) -> bool:
    words = len(line.split())
    if is_terminated(line):
        question = line.rstrip("\"'”’»)] ").endswith(("؟", "?", "!"))
        return question and words <= MAX_QUESTION_HEADING_WORDS and len(segment(line)) == 1
    if _LIST_ITEM.match(line) or _SENTENCE_OPENING.match(fold(line)):
        return False
    return words <= (MAX_HEADING_WORDS if punctuated else MAX_BARE_HEADING_WORDS)


def _read_top(lines: Sequence[str], kinds: list[_Kind]) -> None:
    """Find the headline among the lines above the first paragraph."""
    first = kinds.index(BlockRole.BODY)
    if not is_terminated(lines[first]) and _heads_the_page(lines, kinds, first):
        kinds[first] = BlockRole.HEADING
        first = kinds.index(BlockRole.BODY)
    for i in _headings(kinds, range(first)):
        if is_date_or_byline(lines[i]):
            kinds[i] = RemovalReason.FURNITURE
    candidates = _headings(kinds, range(first))
    titles = [i for i in candidates if not is_section_label(lines[i])]
    for i in candidates:
        if titles and i not in titles:
            kinds[i] = RemovalReason.LABEL
    for i in (titles or candidates)[:1]:
        kinds[i] = BlockRole.HEADLINE


def _heads_the_page(lines: Sequence[str], kinds: Sequence[_Kind], first: int) -> bool:
    """Whether the first paragraph is a long headline: nothing above it, sentences below."""
    below = [lines[i] for i in range(first + 1, len(lines)) if kinds[i] is BlockRole.BODY]
    return (
        len(lines[first].split()) <= MAX_HEADLINE_WORDS
        and not _headings(kinds, range(first))
        and not _LIST_ITEM.match(lines[first])
        and bool(below)
        and all(map(is_terminated, below))
    )


def _read_tail(lines: Sequence[str], kinds: list[_Kind]) -> None:
    """Remove the list of links that ends the page, and the date or byline below the article."""
    paragraphs = [i for i, kind in enumerate(kinds) if kind is BlockRole.BODY]
    last = [i for i in paragraphs if is_terminated(lines[i])] or paragraphs
    below_link_list = False
    for i in range(last[-1] + 1, len(kinds)):
        if isinstance(kinds[i], RemovalReason):
            below_link_list = below_link_list or is_link_list_heading(lines[i])
        elif below_link_list or (kinds[i] is BlockRole.HEADING and is_date_or_byline(lines[i])):
            kinds[i] = RemovalReason.FURNITURE


def _read_inner_links(lines: Sequence[str], kinds: list[_Kind]) -> None:
    """Remove the links under "اقرأ أيضا" amid an article.

    The last of several lines stays: it may be the sub-heading of what follows.
    """
    for i, line in enumerate(lines):
        if kinds[i] is not RemovalReason.FURNITURE or not is_link_list_heading(line):
            continue
        end = i + 1
        while end < len(kinds) and kinds[end] is BlockRole.HEADING:
            end += 1
        for link in range(i + 1, max(end - 1, min(i + 2, end))):
            kinds[link] = RemovalReason.FURNITURE


def _headings(kinds: Sequence[_Kind], indices: range) -> list[int]:
    return [i for i in indices if kinds[i] is BlockRole.HEADING]


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
