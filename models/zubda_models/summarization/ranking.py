"""How much each sentence matters, and a choice that does not say things twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda_models.summarization.candidates import Sentence
from zubda_models.summarization.statements import Statements, Vector

CONCLUDING_FACTOR = 0.5
"""Closing paragraphs repeat and speculate."""

FRAGMENT_FACTOR = 0.7
"""Items of a list need the line that introduces them."""

OUTVOTED_FACTOR = 0.3
"""What most sources contradict is told last."""

RELEVANCE_SHARE = 0.9
"""The lambda of MMR: relevance against novelty, in one document."""

RELEVANCE_SHARE_OF_SEVERAL = 0.6
"""The same for several documents, which repeat each other."""

UNRELATED_COSINE = 0.82
"""e5 gives sentences about one event that say different things a cosine of about this or
less; it counts as no redundancy."""

NEAR_DUPLICATE_COSINE = 0.93
"""From here on two sentences say the same; one of them is enough."""

SAME_DOCUMENT_COST = 0.05
"""What each sentence already chosen from a document takes off its others, so that several
sources are heard."""

FULL_LENGTH = 20
"""Words from which on a sentence is no longer short."""

EARLY_NEWS_CREDIT = 1.0
"""Standard deviations that an opening is given unless the news comes after it: an
encyclopedia opens with its matter even where its words are unlike the rest."""

LEAD_SENTENCES = 3
"""How many sentences tell whether a document opens with its matter."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the evidence for a sentence counts.

    The values were chosen on documents with marked key sentences; see docs/summaries.md.
    """

    centroid: float = 0.2
    """What the documents are about on the whole (Radev et al., 2004)."""

    headline: float = 0.05
    """What the editor found important; without a headline, the centroid takes its share."""

    position: float = 1.2
    """News is written with the most important first. A document whose opening is not about
    its matter (a scene, a life, a look back) gives its first sentences less of it."""

    recurrence: float = 0.1
    """Words that come back in other sentences are what a document is about (Luhn, 1958)."""

    length: float = 0.1
    """A short sentence says little; e5 takes it for central all the same."""

    concrete: float = 0.2
    """Between two sentences on one matter, the one with the figure tells more."""

    timely: float = 0.15
    """What happened today or yesterday is what the page was written for."""

    agreement: float = 0.10
    """What several sources say matters more."""

    distrust: float = -0.5
    """How many standard deviations the opening is nearer to the matter than the average
    sentence, where its position counts nothing; it counts in full from ``trust`` on."""

    trust: float = 0.5

    @property
    def total(self) -> float:
        """The score of a sentence for which all evidence speaks."""
        return (
            self.centroid
            + self.headline
            + self.recurrence
            + self.length
            + self.concrete
            + self.timely
            + self.position
            + self.agreement
        )


WEIGHTS = Weights()


def salience(
    sentences: Sequence[Sentence],
    statements: Statements,
    headline_vectors: Vector | None,
    support: Vector,
    weights: Weights = WEIGHTS,
) -> Vector:
    """How much each sentence matters among all, from 0 to 1.

    Args:
        sentences: the candidates.
        statements: their embeddings and words.
        headline_vectors: those of the headlines, if there are any.
        support: the share of the other documents that carry each statement, from 0 to 1.
        weights: what the evidence counts.
    """
    vectors = statements.vectors
    centrality = _stretched(vectors @ _document_mean(sentences, vectors))
    if headline_vectors is None:
        topic = centrality
    else:
        topic = _stretched(vectors @ headline_vectors.mean(axis=0))
    position = np.array([(1 + s.position) ** -0.5 for s in sentences], dtype=np.float32)
    concrete = np.array([s.concrete for s in sentences], dtype=np.float32)
    timely = np.array([s.timely for s in sentences], dtype=np.float32)
    length = np.array([min(s.words / FULL_LENGTH, 1) for s in sentences], dtype=np.float32)
    matter: Vector = (
        weights.centroid * centrality
        + weights.headline * topic
        + weights.recurrence * _recurrence(sentences, statements.words)
        + weights.length * length
        + weights.concrete * concrete
        + weights.timely * timely
    )
    score: Vector = (
        matter
        + weights.position * position * _lead_trust(sentences, matter, weights)
        + weights.agreement * support
    )
    for i, sentence in enumerate(sentences):
        score[i] *= CONCLUDING_FACTOR if sentence.concluding else 1
        score[i] *= FRAGMENT_FACTOR if sentence.fragment else 1
    return (score / weights.total).clip(0, 1)


def _recurrence(sentences: Sequence[Sentence], words: Sequence[frozenset[str]]) -> Vector:
    """How many of its words come back in other sentences of its document, from 0 to 1."""
    used = Counter(
        (s.document_index, word) for s, own in zip(sentences, words, strict=True) for word in own
    )
    counts = [
        sum(used[s.document_index, word] > 1 for word in own)
        for s, own in zip(sentences, words, strict=True)
    ]
    return _stretched(np.sqrt(np.array(counts, np.float32)))


def _lead_trust(sentences: Sequence[Sentence], matter: Vector, weights: Weights) -> Vector:
    """For each sentence, from 0 to 1, how far its document opens with its matter."""
    trust = np.ones(len(sentences), np.float32)
    documents = np.array([s.document_index for s in sentences])
    for document in np.unique(documents):
        members = np.flatnonzero(documents == document)
        deviation = matter[members].std()
        if len(members) > 2 * LEAD_SENTENCES and deviation > 1e-6:
            lead = matter[members[:LEAD_SENTENCES]].mean() - matter[members].mean()
            span = weights.trust - weights.distrust
            standing = lead / deviation
            if not _news_comes_late([sentences[i] for i in members.tolist()]):
                standing += EARLY_NEWS_CREDIT
            trust[members] = np.clip((standing - weights.distrust) / span, 0, 1)
    return trust


def _news_comes_late(sentences: Sequence[Sentence]) -> bool:
    """Whether a document says what happened just now, but not in its opening."""
    opening, rest = sentences[:LEAD_SENTENCES], sentences[LEAD_SENTENCES:]
    return any(s.timely for s in rest) and not any(s.timely for s in opening)


def choose(
    sentences: Sequence[Sentence],
    vectors: Vector,
    scores: Vector,
    *,
    same: NDArray[np.bool_],
    max_sentences: float,
    max_words: float,
) -> list[int]:
    """The indices of the sentences of a summary, most valuable first, at least one.

    Greedy maximal marginal relevance (Carbonell and Goldstein, 1998), passing over
    what no longer fits and what makes the ``same`` statement as one that was chosen.
    A sentence that leans on the one before is worth the mean of both and comes with it, or
    not at all. The first sentence may be longer than ``max_words``
    where no sentence is short enough.
    """
    documents = np.array([s.document_index for s in sentences])
    words = np.array([s.words for s in sentences])
    several = len(np.unique(documents)) > 1
    share = RELEVANCE_SHARE_OF_SEVERAL if several else RELEVANCE_SHARE
    leaning = _leaning(sentences)
    cost = np.zeros(len(sentences), np.float32)
    redundancy = np.zeros(len(sentences), np.float32)
    open_ = words <= max_words if (words <= max_words).any() else np.ones(len(sentences), bool)
    chosen: list[int] = []

    def take(best: int) -> None:
        chosen.append(best)
        cosine = vectors @ vectors[best]
        related = (cosine - UNRELATED_COSINE) / (NEAR_DUPLICATE_COSINE - UNRELATED_COSINE)
        np.maximum(redundancy, related.clip(0, 1), out=redundancy)
        open_[best] = False
        np.logical_and(open_, (cosine < NEAR_DUPLICATE_COSINE) & ~same[best], out=open_)
        np.logical_and(open_, words <= max_words - words[chosen].sum(), out=open_)
        cost[documents == documents[best]] += np.float32(SAME_DOCUMENT_COST)

    while open_.any() and len(chosen) < max_sentences:
        value = share * (scores - cost) - (1 - share) * redundancy
        for i, before in leaning.items():
            if before in chosen:
                continue
            fits = (
                before is not None
                and open_[before]
                and len(chosen) + 2 <= max_sentences
                and words[i] + words[before] + words[chosen].sum() <= max_words
            )
            value[i] = (value[i] + value[before]) / 2 if fits else -np.inf
        value[~open_] = -np.inf
        best = int(value.argmax())
        if value[best] == -np.inf:
            if not chosen:  # every sentence leans on another
                take(int(np.where(open_, scores, -np.inf).argmax()))
            break
        before = leaning.get(best)
        if before is not None and before not in chosen:
            take(before)
            if not open_[best]:
                continue
        take(best)
    return chosen


def _leaning(sentences: Sequence[Sentence]) -> dict[int, int | None]:
    """For each dangling sentence the one that it leans on, None if that cannot stand itself."""
    places = {(s.document_index, s.position): i for i, s in enumerate(sentences)}
    leaning = {}
    for i, sentence in enumerate(sentences):
        if sentence.dangling:
            before = places.get((sentence.document_index, sentence.position - 1))
            stands = before is not None and not sentences[before].dangling
            leaning[i] = before if stands else None
    return leaning


def _document_mean(sentences: Sequence[Sentence], vectors: Vector) -> Vector:
    """The centroid in which every document counts the same, and a long sentence more."""
    documents = np.array([s.document_index for s in sentences])
    lengths = np.array([s.words for s in sentences], np.float32)
    means = [
        np.average(vectors[documents == document], axis=0, weights=lengths[documents == document])
        for document in np.unique(documents)
    ]
    mean: Vector = np.mean(means, axis=0)
    return mean


def _stretched(values: Vector) -> Vector:
    """Values from 0 to 1: e5's cosines lie close together, only their order speaks."""
    low, high = values.min(), values.max()
    if high - low < 1e-6:
        return np.ones_like(values)
    stretched: Vector = (values - low) / (high - low)
    return stretched
