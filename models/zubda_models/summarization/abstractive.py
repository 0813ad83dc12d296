"""Abstractive summaries: sentences that a model writes, checked against the documents."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zubda_models.engines.seq2seq import Output, TextGenerator
from zubda_models.summarization.candidates import Sentence, read_sentences
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.length import Length, Ratio, SentenceCount, WordCount
from zubda_models.summarization.result import Citation, RankedSentence, Summary
from zubda_models.summarization.summarizer import Summarizer
from zubda_models.summarization.support import find_support
from zubda_models.text.normalize import normalize
from zubda_models.text.page import read_page
from zubda_models.text.segment import segment
from zubda_models.text.span import Span
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - see there

_BATCH_CHUNKS = 4

_REPEATED_COSINE = 0.95
"""From here on a sentence says what one before it said, of another chunk or document."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A sentence of the model."""

    text: str
    cut: bool
    """Whether the limit of tokens cut it."""


class AbstractiveSummarizer:
    """Lets a model write the summary, and links each sentence to what supports it.

    Text that holds no more than was asked for is not given to the model, which would only
    invent more: it is returned whole, as :class:`Summarizer` returns it. Methods may be
    called from several threads at once.
    """

    def __init__(self, generator: TextGenerator, encoder: SentenceEncoder) -> None:
        self._generator = generator
        self._encoder = encoder
        self._extractive = Summarizer(encoder)

    def summarize(
        self,
        documents: Sequence[str],
        length: Length,
        *,
        proceed: Callable[[], None] = lambda: None,
    ) -> Summary:
        """Summarize one document, or several about one event.

        Documents are cleaned as :class:`Summarizer` does. Each is cut between sentences
        into chunks that the model takes, which are summarized one by one. Of what was
        written, sentences that repeat others are left out, and, where it is longer than
        ``length`` says, first those that nothing supports, then those that matter least. At
        least one sentence is left.

        Args:
            documents: pages as they were copied.
            length: the longest summary.
            proceed: called before each batch of chunks; what it raises ends the work.

        Raises:
            ValueError: there are no documents.

        """
        chosen = self._extractive.summarize(documents, length)
        codes = {warning.code for warning in chosen.warnings}
        if not chosen.sentences or WarningCode.TOO_SHORT in codes:
            return chosen
        sources = [
            read_sentences(i, text, read_page(text))
            for i, text in enumerate(documents)
            if text.strip()
        ]
        chunks = [chunk for sentences in sources if sentences for chunk in self._chunks(sentences)]
        outputs = self._generate(chunks, proceed)
        written = [sentence for output in outputs for sentence in _read(output)]
        if not written:
            message = "The model wrote nothing; these sentences were chosen from the documents."
            warning = Warning(WarningCode.NOTHING_LEFT, message)
            return replace(chosen, warnings=(*chosen.warnings, warning))
        warnings = chosen.warnings
        if len(chunks) > sum(map(bool, sources)):
            message = (
                "The documents are longer than the model takes and were summarized "
                f"in {len(chunks)} parts."
            )
            warnings = (*warnings, Warning(WarningCode.SEGMENT_SPLIT, message))
        sentences = self._checked(written, [s for each in sources for s in each], length)
        return replace(chosen, sentences=sentences, warnings=warnings)

    def _generate(self, chunks: Sequence[str], proceed: Callable[[], None]) -> list[Output]:
        outputs = []
        for at in range(0, len(chunks), _BATCH_CHUNKS):
            proceed()
            outputs += self._generator.generate(chunks[at : at + _BATCH_CHUNKS])
        return outputs

    def _chunks(self, sentences: Sequence[Sentence]) -> list[str]:
        """The text of a document in as few chunks as the model takes, of like length."""
        count, limit = self._generator.count_tokens, self._generator.max_source_tokens
        parts = [part for sentence in sentences for part in self._parts(normalize(sentence.text))]
        total = sum(map(count, parts))
        fair = total / math.ceil(total / limit)
        chunks = [parts[0]]
        for part in parts[1:]:
            joined = f"{chunks[-1]} {part}"
            if count(chunks[-1]) >= fair or count(joined) > limit:
                chunks.append(part)
            else:
                chunks[-1] = joined
        return chunks

    def _parts(self, sentence: str) -> list[str]:
        """The sentence, in halves of halves where it is longer than the model takes."""
        if self._generator.count_tokens(sentence) <= self._generator.max_source_tokens:
            return [sentence]
        middle = len(sentence) // 2
        space = sentence.rfind(" ", 1, middle)
        cut = space if space > 0 else middle
        return [*self._parts(sentence[:cut]), *self._parts(sentence[cut:].lstrip())]

    def _checked(
        self, written: Sequence[_Written], sources: Sequence[Sentence], length: Length
    ) -> tuple[RankedSentence, ...]:
        """The sentences to keep, in the order in which they were written."""
        texts = [sentence.text for sentence in sources]
        source_vectors = self._encode(texts)
        vectors = self._encode([sentence.text for sentence in written])
        cosines = (vectors @ source_vectors.T).clip(0, 1)
        centre = source_vectors.mean(axis=0)
        relevance = (vectors @ centre / np.linalg.norm(centre)).clip(0, 1)
        ranked = []
        for sentence, row, score in zip(written, cosines, relevance, strict=True):
            support = find_support(sentence.text, row, texts)
            citations = tuple(_citation(sources[i], row[i]) for i in support.sentences)
            warnings = _warnings(sentence, citations, support.missing_numbers)
            first = citations[0] if citations else None
            ranked.append(
                RankedSentence(
                    first.document_index if first else 0,
                    first.span if first else Span(0, 0),
                    sentence.text,
                    float(score),
                    citations,
                    warnings,
                )
            )
        return tuple(ranked[i] for i in sorted(_choose(ranked, vectors, _limits(length, sources))))

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode([normalize(text) for text in texts])


def _read(output: Output) -> list[_Written]:
    """The sentences of an output; one that the limit cut only where there is no other."""
    texts = [span.of(output.text) for span in segment(output.text)]
    if output.finished or not texts:
        return [_Written(text, cut=False) for text in texts]
    return [_Written(text, cut=False) for text in texts[:-1]] or [_Written(texts[0], cut=True)]


def _choose(
    sentences: Sequence[RankedSentence],
    vectors: NDArray[np.float32],
    limits: tuple[float, float],
) -> list[int]:
    """The indices of the sentences to keep, best first, at least one."""
    max_sentences, max_words = limits
    order = sorted(
        range(len(sentences)), key=lambda i: (not sentences[i].citations, -sentences[i].score)
    )
    kept: list[int] = []
    words = 0
    for index in order:
        longer = words + len(sentences[index].text.split())
        if kept and (len(kept) >= max_sentences or longer > max_words):
            continue
        if kept and (vectors[kept] @ vectors[index]).max() >= _REPEATED_COSINE:
            continue
        kept.append(index)
        words = longer
    return kept


def _limits(length: Length, sources: Sequence[Sentence]) -> tuple[float, float]:
    """The most sentences and the most words of the summary."""
    match length:
        case SentenceCount(sentences):
            return sentences, math.inf
        case WordCount(words):
            return math.inf, words
        case Ratio(share):
            return math.inf, share * sum(sentence.words for sentence in sources)


def _citation(source: Sentence, cosine: np.float32) -> Citation:
    return Citation(source.document_index, source.span, source.text, float(cosine))


def _warnings(
    sentence: _Written, citations: Sequence[Citation], missing: tuple[str, ...]
) -> tuple[Warning, ...]:
    warnings = []
    if sentence.cut:
        message = "The sentence was cut at the limit of output tokens."
        warnings.append(Warning(WarningCode.TRUNCATED, message))
    if not citations:
        message = "No sentence of the documents supports this one, which a model wrote."
        if missing:
            message = f"No supporting sentence holds what the model wrote: {', '.join(missing)}."
        warnings.append(Warning(WarningCode.UNSUPPORTED_STATEMENT, message, missing))
    return tuple(warnings)
