"""What a translation gives back."""

from dataclasses import dataclass
from enum import StrEnum

from zubda_models.text.span import Span
from zubda_models.warnings import Warning  # noqa: A004 - see there


class FinishReason(StrEnum):
    """Why the output of a segment ends where it does."""

    STOP = "stop"
    """The model ended it."""

    LENGTH = "length"
    """It reached the limit of tokens and is cut."""

    PASSED_THROUGH = "passed_through"
    """Nothing was decoded: the target is the source."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A further hypothesis for a segment."""

    text: str
    """The translation."""

    score: float
    """Its score, as in :attr:`SegmentTranslation.score`."""


@dataclass(frozen=True, slots=True)
class SegmentTranslation:
    """One segment of a text and its translation."""

    span: Span
    """Where the segment stands in the text."""

    source: str
    """The segment as it stands there."""

    target: str
    """The translation; the source itself where nothing was decoded."""

    language: str
    """The language found by script, as ``detect_language`` returns it."""

    score: float | None
    """The mean log-probability of a token under the model; None if nothing was decoded."""

    finish_reason: FinishReason
    """Why the target ends where it does."""

    warnings: tuple[Warning, ...] = ()
    """What was, or may have been, lost."""

    alternatives: tuple[Alternative, ...] = ()
    """The next best hypotheses, best first."""


@dataclass(frozen=True, slots=True)
class TextTranslation:
    """The translation of a whole text."""

    text: str
    """The translation, with the white space of the source."""

    segments: tuple[SegmentTranslation, ...]
    """The segments in the order of the source; between them there is only white space."""
