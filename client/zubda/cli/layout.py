"""Lays text out for a terminal: wrapped, and right-to-left where it is Arabic.

Terminals that know the Unicode bidirectional algorithm order the letters of a line
themselves, but take every line to run from left to right; so Arabic lines are wrapped
here, set to the right edge, and isolated as right-to-left (https://unicode.org/reports/tr9).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

_RIGHT_TO_LEFT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2069"
_GUTTER = " " * 4


def lay_out(line: str, columns: int) -> str:
    """One line of text, without its line break, as rows of at most ``columns`` cells."""
    return "\n".join(_set(row, columns, line) for row in _wrap(_words(line), columns))


def side_by_side(left: str, right: str, columns: int) -> str:
    """Two lines of text as rows of two columns, each wrapped to the half of ``columns``."""
    width = (columns - len(_GUTTER)) // 2
    left_rows, right_rows = (
        [_set(row, width, line) for row in _wrap(_cut(_words(line), width), width)]
        for line in (left, right)
    )
    rows = zip_longest(left_rows, right_rows, fillvalue="")
    return "\n".join(
        f"{one}{' ' * (width - _cells(one))}{_GUTTER}{other}".rstrip() for one, other in rows
    )


def direction(text: str) -> Literal["ltr", "rtl"] | None:
    """Which way ``text`` runs: by the first letter outside of isolates (rule P2)."""
    isolates = 0
    for character in text:
        bidirectional = unicodedata.bidirectional(character)
        if bidirectional in ("LRI", "RLI", "FSI"):
            isolates += 1
        elif bidirectional == "PDI":
            isolates = max(isolates - 1, 0)
        elif bidirectional in ("L", "R", "AL") and not isolates:
            return "ltr" if bidirectional == "L" else "rtl"
    return None


def _set(row: str, columns: int, line: str) -> str:
    """A row of ``line`` at the edge where the line starts."""
    if direction(line) != "rtl":
        return row
    return " " * (columns - _cells(row)) + _RIGHT_TO_LEFT_ISOLATE + row + _POP_ISOLATE


def _words(line: str) -> list[str]:
    """The words, each with the white space before it."""
    return re.findall(r"\s*\S+", line)


def _cut(words: list[str], columns: int) -> Iterator[str]:
    """Cut what does not fit into ``columns``; a combining mark stays with its letter."""
    for word in words:
        part = ""
        for character in word:
            if part and _cells(part + character) > columns:
                yield part
                part = ""
            part += character
        yield part


def _wrap(words: Iterator[str] | list[str], columns: int) -> list[str]:
    """Put words into rows; one that is too long gets a row of its own."""
    rows, row = [], ""
    for word in words:
        if row and _cells(row + word) > columns:
            rows.append(row)
            row = word.lstrip()
        else:
            row += word
    return [*rows, row]


def _cells(text: str) -> int:
    """How many cells a terminal gives to ``text``."""
    return sum(map(_character_cells, text))


def _character_cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
