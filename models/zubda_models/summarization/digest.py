"""What several documents about one event say together: who says what, in which order."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from zubda_models.summarization.candidates import Sentence
from zubda_models.summarization.contradictions import Disagreement
from zubda_models.summarization.dates import find_dates
from zubda_models.summarization.lexical import content
from zubda_models.summarization.result import Citation, Claim, Contradiction
from zubda_models.summarization.statements import SAME_STATEMENT, Statements, Vector
from zubda_models.text.span import Span
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - see there

MAX_CANDIDATES = 400
"""Sentences that are embedded; of more, those are whose words most documents use.

At 80 to 200 sentences a second on one core this keeps a digest of 50 long documents within
seconds.
"""

_MIN_PER_DOCUMENT = 3
_DATELINE = 600
"""Where in a document its date stands, in code points from its beginning."""

Encode = Callable[[Sequence[str]], Vector]


def preselect(sentences: Sequence[Sentence]) -> list[Sentence]:
    """At most about ``MAX_CANDIDATES`` sentences, the same number of each document.

    Judged by words alone: how many documents use them, and how early the sentence stands.
    """
    if len(sentences) <= MAX_CANDIDATES:
        return list(sentences)
    words = [content(sentence.text) for sentence in sentences]
    users: dict[str, set[int]] = {}
    for sentence, own in zip(sentences, words, strict=True):
        for word in own:
            users.setdefault(word, set()).add(sentence.document_index)
    by_document: dict[int, list[tuple[float, int]]] = {}
    for i, (sentence, own) in enumerate(zip(sentences, words, strict=True)):
        used = sum(len(users[word]) for word in own) / max(len(own), 8) / len(users)
        value = used * len(sentences) + (1 + sentence.position) ** -0.5
        by_document.setdefault(sentence.document_index, []).append((value, i))
    quota = max(_MIN_PER_DOCUMENT, MAX_CANDIDATES // len(by_document))
    kept = [i for ranked in by_document.values() for _, i in sorted(ranked, reverse=True)[:quota]]
    return [sentences[i] for i in sorted(kept)]


def support(sentences: Sequence[Sentence], alike: Vector) -> Vector:
    """For each sentence, the share of the other documents that make the same statement."""
    documents = np.array([s.document_index for s in sentences])
    names = np.unique(documents)
    if len(names) < 2:
        return np.zeros(len(sentences), np.float32)
    carried = np.stack(
        [(alike[:, documents == name] >= SAME_STATEMENT).any(axis=1) for name in names]
    )
    others = (
        carried.sum(axis=0) - carried[np.searchsorted(names, documents), np.arange(len(documents))]
    )
    share: Vector = (others / (len(names) - 1)).astype(np.float32)
    return share


def cite(
    chosen: Sequence[Sentence],
    statements: Statements,
    pool: Sequence[Sentence],
    pool_statements: Statements,
    disagreements: Collection[Disagreement],
) -> list[tuple[Citation, ...]]:
    """Who else says what the ``chosen`` sentences say: at most one sentence of each document.

    Sentences of ``pool`` on another side of a disagreement are no witnesses.
    """
    alike = statements.likeness(pool_statements)
    cosines = statements.vectors @ pool_statements.vectors.T
    citations = []
    for sentence, likeness, cosine in zip(chosen, alike, cosines, strict=True):
        own = Citation(sentence.document_index, sentence.span, sentence.text, similarity=1.0)
        best: dict[int, int] = {}
        for i in np.flatnonzero(likeness >= SAME_STATEMENT).tolist():
            document = pool[i].document_index
            if document == sentence.document_index or any(
                d.divides(sentence, pool[i]) for d in disagreements
            ):
                continue
            if document not in best or likeness[i] > likeness[best[document]]:
                best[document] = i
        others = (_citation(pool[i], cosine[i]) for _, i in sorted(best.items()))
        citations.append((own, *others))
    return citations


def contradiction(disagreement: Disagreement, encode: Encode) -> Contradiction:
    """A disagreement as it is reported; similarities are to the first of its sentences."""
    findings = disagreement.findings
    vectors = encode([finding.sentence.text for finding in findings])
    claims = []
    for finding, cosine in zip(findings, vectors @ vectors[0], strict=True):
        start, fact = finding.sentence.span.start, finding.fact
        claims.append(
            Claim(
                _citation(finding.sentence, cosine),
                fact.span.of(finding.sentence.text),
                Span(start + fact.span.start, start + fact.span.end),
            )
        )
    return Contradiction(disagreement.kind, tuple(claims))


def contradiction_warning(found: Contradiction) -> Warning:
    """The warning that goes with a contradiction."""
    values = "; ".join(f"document {c.citation.document_index}: {c.value}" for c in found.claims)
    message = f"The documents contradict each other in a {found.kind}: {values}."
    return Warning(
        WarningCode.CONTRADICTION, message, tuple(dict.fromkeys(c.value for c in found.claims))
    )


def in_reading_order(best_first: Sequence[Sentence], documents: Sequence[str]) -> list[Sentence]:
    """Document by document, and within one as the text stands.

    The documents follow each other by date where all of them have one at their top;
    otherwise the one comes first whose opening was chosen before others'.
    """
    opening = next((s for s in best_first if s.position == 0), best_first[0])
    lead = opening.document_index
    dates = {s.document_index: _dateline(documents[s.document_index]) for s in best_first}
    dated = all(dates.values())
    return sorted(
        best_first,
        key=lambda s: (
            dates[s.document_index] if dated else (),
            s.document_index != lead,
            s.document_index,
            s.span,
        ),
    )


def _dateline(text: str) -> tuple[int, ...]:
    """Year, month and day at the top of a document; empty if it has none."""
    for _, date in find_dates(text[:_DATELINE]):
        if date.year and date.month and date.day:
            return date.year, date.month, date.day
    return ()


def _citation(sentence: Sentence, cosine: float) -> Citation:
    similarity = min(float(cosine), 1.0)
    return Citation(sentence.document_index, sentence.span, sentence.text, similarity)
