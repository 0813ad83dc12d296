"""What each line of a page is, by what it says and where it stands."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate
from typing import TypeAlias

from zubda_models.text.boilerplate import (
    RemovalReason,
    fold,
    is_date_or_byline,
    is_dateline,
    is_link_list_heading,
    is_section_label,
    is_terminated,
    opens_comments,
    removal_reason,
)
from zubda_models.text.segment import segment

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

MIN_HEADLINE_WORDS = 4
"""Shorter lines above such a line are labels or a menu."""

MAX_LABEL_WORDS = 3
"""Longer lines above the headline are no labels."""

MAX_NAME_WORDS = 4
"""Longer lines between the headline and the date are sub-headings."""

MAX_DATE_COMPANIONS = 2
"""More words beside a date make a title of it."""

MIN_SENTENCE_WORDS = 4
"""Shorter lines with a full stop below the article are messages of the site."""

_LIST_ITEM = re.compile(r"[-–—•▪●◦*+]|\d+ ?[.)-] |[سج] ?: ")

_ARABIC = re.compile("[\u0600-\u06ff]")
_SPOKEN = re.compile(r"[سج] ?: |[*–-] ")

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


Kind: TypeAlias = BlockRole | RemovalReason


def classify(lines: Sequence[str], *, arabic_page: bool) -> list[Kind]:
    """Tell what each of the lines of a page is, none of them blank."""
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
        if arabic_page:
            _read_foreign(lines, kinds)
        _read_top(lines, kinds)
        _read_comments(lines, kinds)
        _read_tail(lines, kinds, punctuated=punctuated)
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
    if _SPOKEN.match(line):
        return False
    if is_terminated(line):
        question = line.rstrip("\"'”’»)] ").endswith(("؟", "?", "!"))
        return question and words <= MAX_QUESTION_HEADING_WORDS and len(segment(line)) == 1
    if _LIST_ITEM.match(line) or _SENTENCE_OPENING.match(fold(line)):
        return False
    return words <= (MAX_HEADING_WORDS if punctuated else MAX_BARE_HEADING_WORDS)


def _read_foreign(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Remove what has no Arabic letter above the first and below the last Arabic paragraph."""
    arabic = [i for i, line in enumerate(lines) if _ARABIC.search(line)]
    paragraphs = [i for i in arabic if kinds[i] is BlockRole.BODY]
    if not paragraphs:
        return
    for i in {*range(len(lines))}.difference(arabic, range(paragraphs[0], paragraphs[-1])):
        if isinstance(kinds[i], BlockRole) and not _is_long_sentence(lines[i]):
            kinds[i] = RemovalReason.FURNITURE


def _is_long_sentence(line: str) -> bool:
    return is_terminated(line) and len(line.split()) > MAX_BARE_HEADING_WORDS


def _read_top(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Find the headline among the lines above the first paragraph, and what surrounds it."""
    first = kinds.index(BlockRole.BODY)
    if not is_terminated(lines[first]) and _heads_the_page(lines, kinds, first):
        kinds[first] = BlockRole.HEADING
        first = kinds.index(BlockRole.BODY)
    _prefer_later_titles(lines, kinds, first)
    long = [i for i in range(first) if len(lines[i].split()) >= MIN_HEADLINE_WORDS]
    for i in _headings(kinds, range(first)):
        above_another = i < max(long, default=0)
        if is_date_or_byline(lines[i], other_words=MAX_DATE_COMPANIONS if above_another else 0):
            kinds[i] = RemovalReason.FURNITURE
    candidates = _headings(kinds, range(first))
    titles = [i for i in candidates if not is_section_label(lines[i])]
    long = [i for i in titles if len(lines[i].split()) >= MIN_HEADLINE_WORDS]
    if not (headline := (long or titles or candidates)[:1]):
        return
    kinds[headline[0]] = BlockRole.HEADLINE
    is_title = set(titles)
    for i in candidates:
        is_menu = i < headline[0] and len(lines[i].split()) <= MAX_LABEL_WORDS
        if (is_menu and long) or (titles and i not in is_title):
            kinds[i] = RemovalReason.LABEL
    _read_masthead(lines, kinds, range(headline[0] + 1, first))


def _prefer_later_titles(lines: Sequence[str], kinds: list[Kind], first: int) -> None:
    """Of a title that a breadcrumb repeats above the first paragraph, keep the later one."""
    above = {fold(lines[i]): i for i in _headings(kinds, range(first))}
    for i in range(first):
        earlier = above.get(fold(lines[i]))
        if kinds[i] is RemovalReason.REPEATED and earlier is not None:
            kinds[earlier], kinds[i] = RemovalReason.REPEATED, BlockRole.HEADING


def _read_masthead(lines: Sequence[str], kinds: list[Kind], masthead: range) -> None:
    """Remove the place, author and buttons between the headline and the first paragraph.

    A short line above a date or a button is a name; one below them may be a sub-heading.
    """
    for i in _headings(kinds, masthead):
        if is_dateline(lines[i]) or is_date_or_byline(lines[i], other_words=MAX_DATE_COMPANIONS):
            kinds[i] = RemovalReason.FURNITURE
    furniture = [i for i in masthead if kinds[i] is RemovalReason.FURNITURE]
    for i in _headings(kinds, range(masthead.start, max(furniture, default=0))):
        if len(lines[i].split()) <= MAX_NAME_WORDS:
            kinds[i] = RemovalReason.FURNITURE


def _heads_the_page(lines: Sequence[str], kinds: Sequence[Kind], first: int) -> bool:
    """Whether the first paragraph is a long headline: nothing above it, sentences below."""
    below = [lines[i] for i in range(first + 1, len(lines)) if kinds[i] is BlockRole.BODY]
    return (
        len(lines[first].split()) <= MAX_HEADLINE_WORDS
        and not _headings(kinds, range(first))
        and not _LIST_ITEM.match(lines[first])
        and bool(below)
        and all(map(is_terminated, below))
    )


def _read_comments(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Remove what visitors wrote, and the form for it, below most of the prose."""
    words = (
        len(line.split()) if kind is BlockRole.BODY else 0
        for line, kind in zip(lines, kinds, strict=True)
    )
    *above, total = accumulate(words, initial=0)
    for start, line in enumerate(lines):
        if 2 * above[start] > total and opens_comments(line):
            for i in range(start, len(kinds)):
                if isinstance(kinds[i], BlockRole):
                    kinds[i] = RemovalReason.FURNITURE
            return


def _read_tail(lines: Sequence[str], kinds: list[Kind], *, punctuated: bool) -> None:
    """Remove what follows the first button, label or list of links below the article."""
    paragraphs = [i for i, kind in enumerate(kinds) if kind is BlockRole.BODY]
    prose = [i for i in paragraphs if not punctuated or _is_prose(lines[i])]
    last = (prose or paragraphs)[-1]
    link_lists = [i for i, line in enumerate(lines) if is_link_list_heading(line)]
    terminated = [i for i in paragraphs if is_terminated(lines[i])]
    if terminated and any(terminated[-1] < i < last for i in link_lists):
        last = terminated[-1]  # long titles of other articles
    below = False
    for i in range(last + 1, len(kinds)):
        if kinds[i] in (RemovalReason.FURNITURE, RemovalReason.LABEL, RemovalReason.NOTICE):
            below = True
        elif isinstance(kinds[i], BlockRole) and (
            below
            or (
                kinds[i] is BlockRole.HEADING
                and is_date_or_byline(lines[i], other_words=MAX_DATE_COMPANIONS)
            )
        ):
            kinds[i] = RemovalReason.FURNITURE


def _is_prose(line: str) -> bool:
    """Whether a line is a paragraph even where pages of this kind have lists of links."""
    words = len(line.split())
    return (
        (is_terminated(line) and words >= MIN_SENTENCE_WORDS)
        or words > MAX_HEADING_WORDS
        or _LIST_ITEM.match(line) is not None
        or _SENTENCE_OPENING.match(fold(line)) is not None
    )


def _read_inner_links(lines: Sequence[str], kinds: list[Kind]) -> None:
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


def _headings(kinds: Sequence[Kind], indices: range) -> list[int]:
    return [i for i in indices if kinds[i] is BlockRole.HEADING]
