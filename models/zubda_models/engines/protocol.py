"""The one interface that every translation engine implements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How to decode one segment. Segments with equal options may share a batch."""

    beam_size: int = 4
    """Hypotheses kept at each step; 1 is greedy search."""

    num_hypotheses: int = 1
    """Hypotheses returned, best first; at most ``beam_size``."""

    max_output_tokens: int = 256
    """The longest output in tokens, the end token not counted."""

    no_repeat_ngram_size: int = 0
    """Forbid an n-gram of this size to occur twice in the output; 0 allows all."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One decoded output."""

    tokens: tuple[str, ...]
    """The target tokens, without the end token."""

    score: float
    """Mean log-probability of a token, the end token included."""

    finished: bool
    """Whether the model ended the output itself (false: the limit cut it)."""


class TranslationEngine(Protocol):
    """Runs one translation model. Methods may be called from several threads at once."""

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``int8_float32``."""

    @property
    def max_source_tokens(self) -> int:
        """The most tokens of one source sequence, the end token not counted."""

    def tokenize(self, text: str) -> list[str]:
        """The source tokens of ``text``, without the end token."""

    def detokenize(self, tokens: Sequence[str]) -> str:
        """The text of target ``tokens``."""

    def is_unknown(self, token: str) -> bool:
        """Whether the model has no entry for the source ``token``."""

    def decode(
        self, batch: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        """Decode a batch of source token sequences; blocks until all are done.

        Returns ``options.num_hypotheses`` hypotheses (or fewer, if the search
        found fewer), best first, for each sequence, in the order of ``batch``.
        """

    def close(self) -> None:
        """Release the model."""
