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
_WORD_BREAK = re.compile(r"[\s«»“”„‘’‹›()\[\]{}\"'،؛:,;/–—-]+")
_NUMBER_PREFIX = re.compile(r"\d[\d.,٫٬]*")
_ACRONYM = re.compile(r"و?(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LIST_MARKER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]ـ?|[ivxIVX]{1,4})")
_ARABIC_ENDING = re.compile(rf"(?:[{_ARABIC}]{{2}}|\d|[»”)\]])[{_INVISIBLE}\xa0 ]?\Z")
_ARABIC_BEGINNING = re.compile(f"[{_ARABIC}]{{2}}")
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
    if resumption == end:
        return False  # the line break ends it
    head = text[resumption]
    ahead = text[resumption : min(end, resumption + _NEAR)]
    behind = text[max(start, stop.start() - _NEAR) : stop.start()]
    if head in "،؛,;:.…" + _STRONG or head.islower():
        return False
    if resumption == stop.end() and not _is_joined(behind, ahead):
        return False
    following = _UNSEEN.sub("", found.group()) if (found := _WORD.match(ahead)) else ""
    marks, closers = (_UNSEEN.sub("", group).strip() for group in stop.groups())
    strong = not set(marks).isdisjoint(_STRONG)
    if closers and not _ends_after_closer(text, start, stop.start(), closers[0], strong, following):
        return False
    if strong or closers:
        return True
    words = [word for word in _WORD_BREAK.split(_UNSEEN.sub("", behind)) if word]
    opening = stop.start() - start <= _NEAR
    if not words:
        return not opening
    around = _Surroundings(words, opening, head, following)
    return _ends_at_period(around) if marks == "." else _ends_at_ellipsis(around)


def _skip_gap(text: str, start: int, end: int) -> int:
    gap = _GAP.match(text, start, end)
    return gap.end() if gap else start


def _is_joined(behind: str, ahead: str) -> bool:
    """Whether a sentence may end with no space after it: ``انتهى.وقال``."""
    if ahead[0] in _OPENERS:
        return True
    if not (_ARABIC_ENDING.search(behind) and _ARABIC_BEGINNING.match(ahead)):
        return False
    token = behind.split()[-1] + ahead.split()[0]
    return not _ADDRESS.search(token)


def _ends_after_closer(
    text: str, start: int, mark: int, closer: str, strong: bool, following: str
) -> bool:
    """Whether a sentence ends at a mark within a quotation or brackets that close after it."""
    near = max(start, mark - _QUOTATION)
    opener = max((text.rfind(sign, near, mark) for sign in _OPENING[closer]), default=-1)
    lead = text[near:opener].rstrip() if opener >= 0 else ""
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
    """Whether a full stop is more than the sign of an abbreviation or of a list item."""
    *earlier, token = around.words
    if around.opening and not earlier and _LIST_MARKER.fullmatch(token):
        return False
    previous = earlier[-1].lower() if earlier else ""
    word = _NUMBER_PREFIX.sub("", token).lower()
    numbered = word != token.lower() or previous[-1:].isdecimal()
    if not word:
        return True
    if numbered and word in AFTER_NUMBER:
        return _ends_after_unit(around)
    if len(word.rstrip("ـ")) == 1 and previous in LETTERED:
        return True
    if word in TITLES or (len(word.rstrip("ـ")) == 1 and _same_script(word, around.head)):
        return False
    if word in ABBREVIATIONS or _ACRONYM.fullmatch(word):
        return _begins_sentence(around.following)
    return not (word in BEFORE_NUMBER and around.head.isdecimal())


def _ends_after_unit(around: _Surroundings) -> bool:
    if around.opening and around.words[0] in FRONTING and len(around.words) <= _FRONTED_WORDS:
        return False
    return not (
        around.head.isdecimal()
        or around.following in CONTINUING
        or around.following[1:2].isdecimal()
    )


def _begins_sentence(word: str) -> bool:
    joined = word.startswith("و") and len(word) > 2 and not word.startswith("وال")
    return word.lower() in STARTERS or (joined and word not in CONTINUING)


def _same_script(letter: str, head: str) -> bool:
    return letter[0].isascii() == head.isascii()
