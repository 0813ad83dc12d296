"""A fact of a sentence, ready to be compared with those of other documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zubda_models.summarization.result import FactKind
from zubda_models.text.span import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, date or name, and what it is said of."""

    kind: FactKind
    span: Span
    """Where it stands in its sentence."""

    key: object
    """Only facts of one kind and key are compared: the unit, the office."""

    value: Any
    """In a form that :attr:`agrees` takes."""

    context: frozenset[str]
    """The words around it, which tell what it is said of."""

    firm: bool
    """Whether it states the fact outright: not as a bound, under a condition or denied."""

    identified: bool
    """Whether the key alone tells what it is said of: an office with its country."""

    agrees: Callable[[Any, Any], bool]
    """Whether two values may both be true of one thing."""
