"""Stretches of text."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of a string, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch of ``text`` that this span names."""
        return text[self.start : self.end]
