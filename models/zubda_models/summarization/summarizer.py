"""Extractive summaries of one document, or of several about one event."""

import math
from collections.abc import Mapping, Sequence

from zubda_models.summarization.candidates import Sentence, candidates, read_sentences
from zubda_models.summarization.contradictions import find_disagreements
from zubda_models.summarization.digest import (
    cite,
    contradiction,
    contradiction_warning,
    in_reading_order,
    preselect,
    support,
)
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.length import Length, Ratio, SentenceCount, WordCount
from zubda_models.summarization.lexical import content
from zubda_models.summarization.ranking import (
    OUTVOTED_FACTOR,
    WEIGHTS,
    Weights,
    choose,
    salience,
)
from zubda_models.summarization.result import RankedSentence, RemovedText, Summary
from zubda_models.summarization.statements import (
    SAME_STATEMENT,
    Statements,
    Vector,
    likely_carriers,
)
from zubda_models.text.language import detect_language
from zubda_models.text.normalize import normalize
from zubda_models.text.page import BlockRole, Page, read_page
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - see there


class Summarizer:
    """Chooses the sentences of news documents that tell the event.

    It only chooses: no word of a summary is its own. The same documents and length
    give the same summary. Methods may be called from several threads at once.
    """

    def __init__(self, encoder: SentenceEncoder, weights: Weights = WEIGHTS) -> None:
        self._encoder = encoder
        self._weights = weights

    def summarize(self, documents: Sequence[str], length: Length) -> Summary:
        """Summarize one document, or several about one event as if they were one.

        Documents are pages as they were copied: what is no article is removed first,
        and headings are never chosen. Blank documents are ignored. The sentences come
        document by document, by date where all have one at their top, otherwise that of
        the most important sentence first, and within a document in its order.

        Each sentence cites all documents that make its statement. Facts in which the
        documents contradict each other are reported (``CONTRADICTION``), and what most of
        them say is preferred.

        A summary has one sentence at least, even if that is longer than ``length``
        says, unless nothing is left of the documents (``NOTHING_LEFT``). Documents
        that hold no more than was asked for are returned whole (``TOO_SHORT``).

        Raises:
            ValueError: there are no documents.

        """
        if not documents:
            raise ValueError("there are no documents to summarize")
        pages = {i: read_page(text) for i, text in enumerate(documents) if text.strip()}
        sentences = [
            sentence
            for i, page in pages.items()
            for sentence in read_sentences(i, documents[i], page)
        ]
        warnings = _document_warnings(documents, pages)
        removed = tuple(
            RemovedText(i, item.span, item.reason)
            for i, page in pages.items()
            for item in page.removed
        )
        if not sentences:
            return Summary((), removed, tuple(warnings))
        whole = _holds_no_more(sentences, length)
        if whole:
            message = "The text holds no more than was asked for; it is returned whole."
            warnings.append(Warning(WarningCode.TOO_SHORT, message))
        pool = sentences if whole else candidates(sentences)
        eligible = sentences if whole else preselect(pool)
        vectors = self._encode([sentence.text for sentence in eligible])
        statements = Statements.read([sentence.text for sentence in eligible], vectors)
        alike = statements.likeness(statements)
        disagreements = find_disagreements(sentences)
        scores = salience(
            eligible,
            statements,
            self._headline_vectors(documents, pages),
            support(eligible, alike),
            self._weights,
        )
        outvoted = {finding.sentence for d in disagreements for finding in d.outvoted}
        scores[[i for i, s in enumerate(eligible) if s in outvoted]] *= OUTVOTED_FACTOR
        if whole:
            chosen = list(range(len(sentences)))
        else:
            sentence_limit, word_limit = _limits(length, documents, pages)
            chosen = choose(
                eligible,
                vectors,
                scores,
                same=alike >= SAME_STATEMENT,
                max_sentences=sentence_limit,
                max_words=word_limit,
            )
        cited = [eligible[i] for i in chosen]
        citations = cite(
            cited,
            statements.take(chosen),
            *self._witnesses(cited, eligible, statements, pool),
            disagreements,
        )
        ranked = {
            s: RankedSentence(s.document_index, s.span, s.text, float(scores[i]), citation)
            for s, i, citation in zip(cited, chosen, citations, strict=True)
        }
        contradictions = tuple(contradiction(d, self._encode) for d in disagreements)
        warnings += map(contradiction_warning, contradictions)
        return Summary(
            tuple(ranked[s] for s in in_reading_order(cited, documents)),
            removed,
            tuple(warnings),
            contradictions,
        )

    def _headline_vectors(
        self, documents: Sequence[str], pages: Mapping[int, Page]
    ) -> Vector | None:
        headlines = [
            block.span.of(documents[i])
            for i, page in pages.items()
            for block in page.blocks
            if block.role is BlockRole.HEADLINE
        ]
        return self._encode(headlines) if headlines else None

    def _witnesses(
        self,
        chosen: Sequence[Sentence],
        eligible: Sequence[Sentence],
        statements: Statements,
        pool: Sequence[Sentence],
    ) -> tuple[Sequence[Sentence], Statements]:
        """The sentences that may carry a chosen statement: also such as were not embedded."""
        if len(eligible) == len(pool):
            return eligible, statements
        known = set(eligible)
        unknown = [sentence for sentence in pool if sentence not in known]
        words = [content(sentence.text) for sentence in unknown]
        documents = [sentence.document_index for sentence in unknown]
        further = [
            unknown[i]
            for i in likely_carriers(
                [content(sentence.text) for sentence in chosen], words, documents
            )
        ]
        if not further:
            return eligible, statements
        texts = [sentence.text for sentence in further]
        return [*eligible, *further], statements.joined(Statements.read(texts, self._encode(texts)))

    def _encode(self, texts: Sequence[str]) -> Vector:
        return self._encoder.encode([normalize(text) for text in texts])


def _document_warnings(documents: Sequence[str], pages: Mapping[int, Page]) -> list[Warning]:
    warnings = []
    for i, page in pages.items():
        if not any(block.role is BlockRole.BODY for block in page.blocks):
            message = f"Document {i}: nothing is left after page furniture was removed."
            warnings.append(Warning(WarningCode.NOTHING_LEFT, message))
        elif detect_language(documents[i]) != "ar":
            message = f"Document {i} is not mainly Arabic; its summary is less reliable."
            warnings.append(Warning(WarningCode.NOT_ARABIC, message))
    if not pages:
        warnings.append(Warning(WarningCode.NOTHING_LEFT, "The documents hold no text."))
    return warnings


def _holds_no_more(sentences: Sequence[Sentence], length: Length) -> bool:
    """Whether all sentences together are no longer than what was asked for."""
    match length:
        case SentenceCount(limit):
            return len(sentences) <= limit
        case WordCount(limit):
            return len(sentences) == 1 or sum(s.words for s in sentences) <= limit
        case Ratio():
            return len(sentences) == 1


def _limits(
    length: Length, documents: Sequence[str], pages: Mapping[int, Page]
) -> tuple[float, float]:
    """The most sentences and the most words of the summary."""
    match length:
        case SentenceCount(sentences):
            return sentences, math.inf
        case WordCount(words):
            return math.inf, words
        case Ratio(share):
            words = sum(
                len(block.span.of(documents[i]).split())
                for i, page in pages.items()
                for block in page.blocks
            )
            return math.inf, share * words
