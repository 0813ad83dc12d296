"""How much each sentence matters, and a choice that does not say things twice.

The weights are set by reason and by reading summaries, not fitted to a test set.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zubda_models.summarization.candidates import Sentence

Vector = NDArray[np.float32]

CENTROID_WEIGHT = 0.40
"""What the documents are about on the whole is the main evidence (Radev et al., 2004)."""

HEADLINE_WEIGHT = 0.15
"""A headline says what the editor found important, but also teases; without one, the
centroid takes its share."""

POSITION_WEIGHT = 0.40
"""News is written with the most important first."""

CONCRETE_WEIGHT = 0.05
"""Between two sentences on one matter, the one with the figure tells more."""

DANGLING_FACTOR = 0.6
"""A sentence that leans on one that is not in the summary confuses the reader."""

CONCLUDING_FACTOR = 0.5
"""Closing paragraphs repeat and speculate."""

FRAGMENT_FACTOR = 0.7
"""Items of a list need the line that introduces them."""

RELEVANCE_SHARE = 0.7
"""The lambda of MMR: relevance against novelty."""

UNRELATED_COSINE = 0.82
"""e5 gives sentences about one event that say different things a cosine of about this or
less; it counts as no redundancy."""

NEAR_DUPLICATE_COSINE = 0.93
"""From here on two sentences say the same; one of them is enough."""

SAME_DOCUMENT_COST = 0.05
"""What each sentence already chosen from a document takes off its others, so that several
sources are heard."""


def salience(
    sentences: Sequence[Sentence], vectors: Vector, headline_vectors: Vector | None
) -> Vector:
    """How much each sentence matters among all, from 0 to 1, its form aside."""
    centrality = _stretched(vectors @ _document_mean(sentences, vectors))
    if headline_vectors is None:
        topic = centrality
    else:
        topic = _stretched(vectors @ headline_vectors.mean(axis=0))
    position = np.array([(1 + s.position) ** -0.5 for s in sentences], dtype=np.float32)
    concrete = np.array([s.concrete for s in sentences], dtype=np.float32)
    score: Vector = (
        CENTROID_WEIGHT * centrality
        + HEADLINE_WEIGHT * topic
        + POSITION_WEIGHT * position
        + CONCRETE_WEIGHT * concrete
    )
    for i, sentence in enumerate(sentences):
        score[i] *= CONCLUDING_FACTOR if sentence.concluding else 1
        score[i] *= FRAGMENT_FACTOR if sentence.fragment else 1
    return score.clip(0, 1)


def choose(
    sentences: Sequence[Sentence],
    vectors: Vector,
    scores: Vector,
    *,
    max_sentences: float,
    max_words: float,
) -> list[int]:
    """The indices of the sentences of a summary, most valuable first, at least one.

    Greedy maximal marginal relevance (Carbonell and Goldstein, 1998), passing over
    what no longer fits. The first sentence may be longer than ``max_words`` where no
    sentence is short enough.
    """
    documents = np.array([s.document_index for s in sentences])
    positions = np.array([s.position for s in sentences])
    words = np.array([s.words for s in sentences])
    penalty = np.array([DANGLING_FACTOR if s.dangling else 1 for s in sentences], np.float32)
    cost = np.zeros(len(sentences), np.float32)
    redundancy = np.zeros(len(sentences), np.float32)
    open_ = words <= max_words if (words <= max_words).any() else np.ones(len(sentences), bool)
    chosen: list[int] = []
    while open_.any() and len(chosen) < max_sentences:
        value = RELEVANCE_SHARE * (scores * penalty - cost) - (1 - RELEVANCE_SHARE) * redundancy
        best = int(np.where(open_, value, -np.inf).argmax())
        chosen.append(best)
        cosine = vectors @ vectors[best]
        related = (cosine - UNRELATED_COSINE) / (NEAR_DUPLICATE_COSINE - UNRELATED_COSINE)
        redundancy = np.maximum(redundancy, related.clip(0, 1))
        open_[best] = False
        open_ &= cosine < NEAR_DUPLICATE_COSINE
        open_ &= words <= max_words - words[chosen].sum()
        same = documents == documents[best]
        cost[same] += np.float32(SAME_DOCUMENT_COST)
        penalty[same & (positions == positions[best] + 1)] = 1
    return chosen


def _document_mean(sentences: Sequence[Sentence], vectors: Vector) -> Vector:
    """The centroid in which every document counts the same, however long it is."""
    documents = np.array([s.document_index for s in sentences])
    means = [vectors[documents == document].mean(axis=0) for document in np.unique(documents)]
    mean: Vector = np.mean(means, axis=0)
    return mean


def _stretched(values: Vector) -> Vector:
    """Values from 0 to 1: e5's cosines lie close together, only their order speaks."""
    low, high = values.min(), values.max()
    if high - low < 1e-6:
        return np.ones_like(values)
    stretched: Vector = (values - low) / (high - low)
    return stretched
