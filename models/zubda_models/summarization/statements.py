"""Which sentences make the same statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zubda_models.summarization.lexical import content
from zubda_models.translation.numbers import numbers

Vector = NDArray[np.float32]

SAME_STATEMENT = 0.985
"""Sentences of this likeness and more make the same statement.

Set on labelled pairs (``python -m benchmarks.summaries``); e5's cosine alone lies between
0.85 and 0.94 for all that one event gives to say.
"""

_WORDS_WEIGHT = 0.1
_NUMBER_WEIGHT = 0.02
_MIN_SHARED = 0.4
_YEARS = range(1900, 2100)

_Item = TypeVar("_Item", str, Decimal)


@dataclass(frozen=True, slots=True)
class Statements:
    """Sentences as they are compared: by meaning, by words and by numbers."""

    vectors: Vector
    words: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[Decimal], ...]

    @classmethod
    def read(cls, sentences: Sequence[str], vectors: Vector) -> "Statements":
        """Sentences, and their embeddings as the rows of ``vectors``."""
        return cls(
            vectors,
            tuple(content(sentence) for sentence in sentences),
            tuple(_figures(sentence) for sentence in sentences),
        )

    def take(self, indices: Sequence[int]) -> "Statements":
        """Some of these."""
        return Statements(
            self.vectors[list(indices)],
            tuple(self.words[i] for i in indices),
            tuple(self.numbers[i] for i in indices),
        )

    def joined(self, others: "Statements") -> "Statements":
        """These and ``others`` after them."""
        return Statements(
            np.concatenate([self.vectors, others.vectors]),
            self.words + others.words,
            self.numbers + others.numbers,
        )

    def likeness(self, others: "Statements") -> Vector:
        """How alike each of these (rows) is to each of ``others`` (columns).

        The cosine of the embeddings, a tenth of Dice's coefficient of the words, and a
        little if they share a figure.
        """
        common = _common(self.words, others.words)
        sizes = np.add.outer([len(w) for w in self.words], [len(w) for w in others.words])
        figures = _common(self.numbers, others.numbers) > 0
        alike: Vector = (
            self.vectors @ others.vectors.T
            + _WORDS_WEIGHT * 2 * common / np.maximum(sizes, 1)
            + _NUMBER_WEIGHT * figures
        ).astype(np.float32)
        return alike


def likely_carriers(
    statements: Sequence[frozenset[str]],
    words: Sequence[frozenset[str]],
    documents: Sequence[int],
) -> list[int]:
    """Which sentences, by their words, are worth comparing with ``statements`` by meaning.

    For each statement the one of each document that shares most with it, if it shares enough.
    """
    likely: set[int] = set()
    for statement in statements:
        best: dict[int, tuple[float, int]] = {}
        for i, (own, document) in enumerate(zip(words, documents, strict=True)):
            dice = 2 * len(own & statement) / max(len(own) + len(statement), 1)
            if dice >= _MIN_SHARED and dice > best.get(document, (0.0, 0))[0]:
                best[document] = (dice, i)
        likely |= {i for _, i in best.values()}
    return sorted(likely)


def _figures(sentence: str) -> frozenset[Decimal]:
    """The numbers that a translation would have to keep, without years."""
    return frozenset(
        value
        for number in numbers(sentence)
        if number.required
        for value in number.readings
        if value not in _YEARS
    )


def _common(left: Sequence[frozenset[_Item]], right: Sequence[frozenset[_Item]]) -> Vector:
    """How many items each set of ``left`` shares with each of ``right``."""
    index = {item: i for i, item in enumerate(frozenset(chain(*left)) & frozenset(chain(*right)))}

    def presence(sets: Sequence[frozenset[_Item]]) -> Vector:
        rows = np.zeros((len(sets), len(index)), np.float32)
        for row, items in zip(rows, sets, strict=True):
            row[[index[item] for item in items if item in index]] = 1
        return rows

    shared: Vector = presence(left) @ presence(right).T
    return shared
