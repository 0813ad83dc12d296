"""How long a summary may be."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SentenceCount:
    """At most this many sentences; 1 or more.

    Raises:
        ValueError: the count is below 1.

    """

    sentences: int

    def __post_init__(self) -> None:
        if self.sentences < 1:
            raise ValueError(f"a summary has 1 sentence or more, not {self.sentences}")


@dataclass(frozen=True, slots=True)
class WordCount:
    """At most this many words, counted between white space; 1 or more.

    Raises:
        ValueError: the count is below 1.

    """

    words: int

    def __post_init__(self) -> None:
        if self.words < 1:
            raise ValueError(f"a summary has 1 word or more, not {self.words}")


@dataclass(frozen=True, slots=True)
class Ratio:
    """At most this share of the words of the cleaned documents; above 0, at most 1.

    Raises:
        ValueError: the share is outside that range, or not a number.

    """

    share: float

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"the share of a summary is above 0 and at most 1, not {self.share}")


Length: TypeAlias = SentenceCount | WordCount | Ratio
