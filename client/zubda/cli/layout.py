"""Lays text out for a terminal: wrapped, and right-to-left where it is Arabic.

Terminals that know the Unicode bidirectional algorithm order the letters of a line
themselves, but take every line to run from left to right; so Arabic lines are wrapped
here, set to the right edge, and isolated as right-to-left (https://unicode.org/reports/tr9).
"""

import re
import unicodedata

_RIGHT_TO_LEFT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2069"


def lay_out(line: str, columns: int) -> str:
    """One line of text, without its line break, as rows of at most ``columns`` cells."""
    rows = _wrap(line, columns)
    if not _runs_right_to_left(line):
        return "\n".join(rows)
    return "\n".join(
        " " * (columns - _cells(row)) + _RIGHT_TO_LEFT_ISOLATE + row + _POP_ISOLATE for row in rows
    )


def _wrap(line: str, columns: int) -> list[str]:
    """Cut between words; a longer word gets a row of its own."""
    rows, row = [], ""
    for word in re.findall(r"\s*\S+", line):
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


def _runs_right_to_left(line: str) -> bool:
    """By the first letter that has a direction (rule P2)."""
    for character in line:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
