"""Which sentences of the documents support what a model wrote.

A statement is supported where a sentence means much the same (cosine of the embeddings),
the supporting sentences hold most of its content words, and all of its numbers. The two
limits are those that part the design half of ``tests/…/support_pairs.jsonl`` best; the
other half, and what such evidence cannot see, are in docs/summaries.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda_models.summarization.lexical import content
from zubda_models.translation.guards import missing_numbers

MIN_COSINE = 0.90
"""What the best supporting sentence has at least."""

MIN_COVERAGE = 0.6
"""The share of the statement's content words that the supporting sentences hold at least."""

_MAX_SENTENCES = 3
"""A model may draw a statement together from so many."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the documents say to a statement."""

    sentences: tuple[int, ...]
    """The indices of the sentences that support it, best first; none if nothing does."""

    missing_numbers: tuple[str, ...] = ()
    """The numbers of a statement that is else supported, but not in these."""


def find_support(statement: str, cosines: NDArray[np.float32], sentences: Sequence[str]) -> Support:
    """Find the ``sentences`` that support ``statement``.

    Args:
        statement: what the model wrote.
        cosines: how like it each sentence is in meaning.
        sentences: those of all documents.
    """
    nearest = np.argsort(-cosines, kind="stable")[:_MAX_SENTENCES]
    if cosines[nearest[0]] < MIN_COSINE:
        return Support(())
    wanted = content(statement)
    chosen, found = [int(nearest[0])], wanted & content(sentences[nearest[0]])
    for index in nearest[1:]:
        more = wanted & content(sentences[index])
        if not more <= found:
            chosen.append(int(index))
            found |= more
    if len(found) < MIN_COVERAGE * len(wanted):
        return Support(())
    _, added = missing_numbers(" ".join(sentences[index] for index in chosen), statement)
    return Support(() if added else tuple(chosen), tuple(added))
