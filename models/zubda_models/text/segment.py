"""Sentence segmentation of Arabic text, with English inside it.

The frame is that of UAX #29 (a mark, what closes after it, white space). Arabic needs more:
it has no capital letters, abbreviates titles to one letter (``د.``), and its press often
leaves out the space after a full stop or puts one before it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zubda_models.text.abbreviations import (
    ABBREVIATIONS,
    AFTER_NUMBER,
    BEFORE_NUMBER,
    CONTINUING,
    ET_CETERA,
    FRONTING,
    LETTERED,
    SPEECH_VERBS,
    STARTERS,
    TITLES,
    UNFINISHED,
)
from zubda_models.text.span import Span

# What lies between the line breaks of str.splitlines.
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

_STRONG = "!?؟۔‼⁇⁈⁉"
_INVISIBLE = "\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0f\ufeff"
_DIACRITICS = "\u0610-\u061a\u064b-\u065f\u0670"
_ARABIC = "\u0620-\u065f\u0670-\u06d3"

_OPENING = {"»": "«", "”": "“„”", "“": "”„", "’": "‘", "›": "‹", '"': '"', "'": "'", "«": "»"}
_OPENING |= {")": "(", "]": "[", "}": "{"}
_BRACKETS = ")]}"
_NEVER_FIRST = "،؛,;:.…" + _STRONG
_OPENERS = "«“„‘‹([{"

# Marks, spaced or not ("؟ !", ". . ."), then closing quotation marks and brackets. A sign that
# may also open closes only where no word follows it at once.
_STOP = re.compile(
    rf"([.…{_STRONG}](?:[ \xa0]?[.…{_STRONG}{_INVISIBLE}])*)"
    rf"((?:[ \xa0]?[»”’›)\]}}]|[\"'“«](?![\w{re.escape(_OPENERS)}])|[{_INVISIBLE}])*)"
)
_GAP = re.compile(rf"[\s{_INVISIBLE}]*")
_UNSEEN = re.compile(rf"[{_DIACRITICS}{_INVISIBLE}]+")
_WORD = re.compile(rf"[\w{_DIACRITICS}{_INVISIBLE}]+")
_WORD_BREAK = re.compile(r"[\s«»“”„‘’‹›()\[\]{}\"'،؛:,;–—-]+")
_NUMBER_PREFIX = re.compile(r"\d[\d.,٫٬]*")
_ACRONYM = re.compile(r"و?(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LIST_MARKER = re.compile(
    r"(?:\A|[:،؛]\s)\W{0,5}(?:\d{1,3}(?:\.\d{1,3}){0,4}|[^\W\d_]ـ?|[ivxIVX]{1,4}) ?\Z"
)
_ARABIC_ENDING = re.compile(rf"(?:[{_ARABIC}]{{2}}|\d|[»”)\]])[{_INVISIBLE}\xa0 ]?\Z")
_ARABIC_BEGINNING = re.compile(f"[{_ARABIC}]{{2}}")
_SHORT_ENDING = re.compile(rf"(?<![{_ARABIC}])[{_ARABIC}]{{,3}}\Z")
_SHORT_BEGINNING = re.compile(f"[{_ARABIC}]{{,3}}(?![{_ARABIC}])")
_ADDRESS = re.compile(r"[A-Za-z/_@\\]")

# How far the rules look from a mark, in code points: it keeps the time linear.
_NEAR = 40
_QUOTATION = 400
# What precedes an ellipsis, or an era ("في عام 1990 م."), is no sentence if it is this short.
_LEAD_IN_WORDS = 2
_FRONTED_WORDS = 5


def segment(text: str) -> list[Span]:
    """Cut ``text`` into sentences, headings and list items.

    A segment ends at ``. ! ? ؟ ۔ …``, together with what closes a quotation after the mark,
    and at every line break; never at ``، ؛ :``, nor inside numbers, dates, addresses and
    abbreviations.

    Returns ordered spans that do not overlap and neither begin nor end with white space;
    all that lies outside them is white space. Takes time linear in the length of ``text``.
    """
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(text, start, line.end()):
            piece = text[start:end]
            if stripped := piece.strip():
                start += len(piece) - len(piece.lstrip())
                spans.append(Span(start, start + len(stripped)))
            start = end
    return spans


class _Surroundings(NamedTuple):
    """What the rules for a full stop or an ellipsis look at."""

    words: list[str]
    """The last words before the mark, without diacritics; never empty."""
    opening: bool
    """Whether these are all the words of the sentence so far."""
    head: str
    """The first character after the mark and white space."""
    following: str
    """The word that ``head`` begins, without diacritics; empty if it begins none."""


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the segments of the line ``text[start:end]``."""
    for stop in _STOP.finditer(text, start, end):
        if _is_end(text, start, stop, end):
            start = stop.end()
            yield start
    yield end


def _is_end(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether the sentence that began at ``start`` ends with ``stop``."""
    resumption = _skip_gap(text, stop.end(), end)
    behind = text[max(start, stop.start() - _NEAR) : stop.start()]
    ahead = text[resumption : min(end, resumption + _NEAR)]
    if not ahead or ahead[0] in _NEVER_FIRST or ahead[0].islower():
        return False  # nothing follows (the line break ends the segment), or the sentence goes on
    if resumption == stop.end() and not _is_joined(behind, ahead):
        return False
    following = _UNSEEN.sub("", found.group()) if (found := _WORD.match(ahead)) else ""
    marks, closers = (_UNSEEN.sub("", group).strip() for group in stop.groups())
    strong = not set(marks).isdisjoint(_STRONG)
    if closers:
        before = text[max(start, stop.start() - _QUOTATION) : stop.start()]
        return _ends_after_closer(before, closers[0], strong, following)
    if strong:
        return True
    words = [word for word in _WORD_BREAK.split(_UNSEEN.sub("", behind)) if word]
    around = _Surroundings(words or [""], stop.start() - start <= _NEAR, ahead[0], following)
    if marks != ".":
        return _ends_at_ellipsis(around)
    return not _LIST_MARKER.search(behind) and _ends_at_period(around)


def _skip_gap(text: str, start: int, end: int) -> int:
    gap = _GAP.match(text, start, end)
    return gap.end() if gap else start


def _is_joined(behind: str, ahead: str) -> bool:
    """Whether a sentence may end with no space after it: ``انتهى.وقال``."""
    if ahead[0] in _OPENERS:
        return True
    if not (_ARABIC_ENDING.search(behind) and _ARABIC_BEGINNING.match(ahead)):
        return False
    if _SHORT_ENDING.search(behind) and _SHORT_BEGINNING.match(ahead):
        return False  # the letters of a foreign acronym: "بي.بي.سي"
    return not _ADDRESS.search(behind.rpartition(" ")[2] + ahead.partition(" ")[0])


def _ends_after_closer(before: str, closer: str, strong: bool, following: str) -> bool:
    """Whether a sentence ends at a mark within a quotation or brackets that close after it."""
    opener = max(before.rfind(sign) for sign in _OPENING[closer])
    lead = before[: max(opener, 0)].rstrip()
    if closer in _BRACKETS:
        return not lead
    # In the middle of a clause «من أنت؟» is a title or a phrase, no sentence of its own.
    if strong and lead and lead[-1] not in ":،,":
        return False
    return following not in SPEECH_VERBS


def _ends_at_ellipsis(around: _Surroundings) -> bool:
    return (
        not (around.opening and len(around.words) <= _LEAD_IN_WORDS)
        and around.words[-1].lower() not in UNFINISHED
        and around.following not in CONTINUING
        and not around.head.isdecimal()
    )


def _ends_at_period(around: _Surroundings) -> bool:
    """Whether a full stop is more than the sign of an abbreviation."""
    *earlier, token = around.words
    previous = earlier[-1].lower() if earlier else ""
    word = _NUMBER_PREFIX.sub("", token).lower()
    letter = word.removesuffix("ـ")
    numbered = word != token.lower() or previous[-1:].isdecimal()
    if word in ET_CETERA or (numbered and word in AFTER_NUMBER):
        return _ends_unless_continued(around)
    if len(letter) == 1 and letter.isalpha():
        # An initial or a title; not "فيتامين د.", nor a Latin letter in an Arabic sentence.
        return previous in LETTERED or (letter.isascii() and not around.head.isascii())
    if word in ABBREVIATIONS or (_ACRONYM.fullmatch(word) and word not in TITLES):
        return _begins_sentence(around.following)
    return word not in TITLES and not (word in BEFORE_NUMBER and around.head.isdecimal())


def _ends_unless_continued(around: _Surroundings) -> bool:
    fronted = around.opening and len(around.words) <= _FRONTED_WORDS
    return not (
        (fronted and around.words[0] in FRONTING)
        or around.head.isdecimal()
        or around.following in CONTINUING
        or around.following[1:2].isdecimal()
    )


def _begins_sentence(word: str) -> bool:
    joined = word.startswith("و") and len(word) > 2 and not word.startswith("وال")
    return word.lower() in STARTERS or (joined and word not in CONTINUING)
