"""From a text to its translation, segment by segment.

The steps of one segment are a generator without input or output of its own: it says what
must be decoded and is sent what came out. So the synchronous :meth:`Translator.translate`
and a server that batches the segments of many requests drive the same code.
"""

import html
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from zubda_models.engines.protocol import DecodingOptions, Hypothesis, TranslationEngine
from zubda_models.engines.vocabulary import SPACE_MARK
from zubda_models.text.language import detect_language
from zubda_models.text.normalize import normalize
from zubda_models.text.segment import segment
from zubda_models.text.span import Span
from zubda_models.translation.guards import check, repeats
from zubda_models.translation.parts import split
from zubda_models.translation.result import (
    Alternative,
    FinishReason,
    SegmentTranslation,
    TextTranslation,
)
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - see there

_ARABIC_LETTER = re.compile(r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_PUNCTUATION = str.maketrans("،؛؟٪", ",;?%")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_RETRY_NGRAM = 3
_BATCH_SEQUENCES = 32

DEFAULT_OPTIONS = DecodingOptions()


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """What must be decoded before a segment can go on."""

    sequences: tuple[tuple[str, ...], ...]
    """Source token sequences: one, or the parts of a segment that is too long."""

    options: DecodingOptions
    """How to decode each of them."""


Steps = Generator[DecodeRequest, list[list[Hypothesis]], SegmentTranslation]
"""The steps of one segment: yields what to decode, takes the hypotheses of each sequence."""


class Translator:
    """Translates Arabic text into English with one engine."""

    def __init__(self, engine: TranslationEngine) -> None:
        self._engine = engine

    def segments(self, text: str) -> list[Span]:
        """The stretches of ``text`` that are translated each on its own, in order."""
        return segment(text)

    def steps(
        self,
        text: str,
        span: Span,
        *,
        source_language: str | None = None,
        options: DecodingOptions = DEFAULT_OPTIONS,
    ) -> Steps:
        """The steps that translate the segment ``span`` of ``text``.

        Yields no request for a segment that is passed through, one for most, and a second
        one where the first output repeats itself.

        Args:
            text: the caller's text.
            span: one of :meth:`segments`.
            source_language: ``None`` to go by the script; ``"ar"`` to translate every
                segment that holds an Arabic letter.
            options: how to decode.

        Raises:
            ValueError: another source language.
        """
        if source_language not in (None, "ar"):
            raise ValueError(f"source_language must be None or 'ar', not {source_language!r}")
        source = span.of(text)
        language = detect_language(source)
        forced = source_language == "ar" and _ARABIC_LETTER.search(source)
        if language != "ar" and not forced:
            return _passed_through(span, source, language)
        tokens = self._engine.tokenize(normalize(source))
        parts = split(tokens, self._engine.max_source_tokens)
        draft = self._draft(source, (yield DecodeRequest(tuple(parts), options)))
        if draft.loops:
            guarded = replace(options, no_repeat_ngram_size=_RETRY_NGRAM)
            again = self._draft(source, (yield DecodeRequest(tuple(parts), guarded)))
            draft = min(draft, again, key=_Draft.defects)
        warnings = [*_split_warning(len(parts)), *draft.warnings, *self._unknown_warning(tokens)]
        best, *others = draft.outputs
        return SegmentTranslation(
            span,
            source,
            best.text,
            language,
            best.score,
            FinishReason.STOP if draft.finished else FinishReason.LENGTH,
            tuple(warnings),
            tuple(others),
        )

    def translate(
        self,
        text: str,
        *,
        source_language: str | None = None,
        options: DecodingOptions = DEFAULT_OPTIONS,
    ) -> TextTranslation:
        """Translate ``text``, all its segments side by side.

        The arguments are those of :meth:`steps`.

        Raises:
            ValueError: another source language than those of :meth:`steps`.
        """
        done: dict[Span, SegmentTranslation] = {}
        waiting: dict[Span, tuple[Steps, DecodeRequest]] = {}

        def advance(span: Span, steps: Steps, outputs: list[list[Hypothesis]] | None) -> None:
            try:
                # A generator takes None, and nothing else, as its first input.
                waiting[span] = steps, steps.send(outputs)  # type: ignore[arg-type]
            except StopIteration as stop:
                done[span] = stop.value

        spans = self.segments(text)
        for span in spans:
            steps = self.steps(text, span, source_language=source_language, options=options)
            advance(span, steps, None)
        while waiting:
            batch, waiting = waiting, {}
            outputs = iter(self._decode([request for _, request in batch.values()]))
            for span, (steps, request) in batch.items():
                advance(span, steps, list(islice(outputs, len(request.sequences))))
        segments = tuple(done[span] for span in spans)
        return TextTranslation(join(text, segments), segments)

    def _decode(self, requests: Sequence[DecodeRequest]) -> list[list[Hypothesis]]:
        """The hypotheses of all sequences of ``requests``, in order.

        Sequences with equal options and of like length share a batch.
        """
        jobs = [(request.options, tokens) for request in requests for tokens in request.sequences]
        by_options: dict[DecodingOptions, list[int]] = {}
        for job, (options, _) in enumerate(jobs):
            by_options.setdefault(options, []).append(job)
        outputs: dict[int, list[Hypothesis]] = {}
        for options, numbers in by_options.items():
            numbers.sort(key=lambda job: len(jobs[job][1]))
            for at in range(0, len(numbers), _BATCH_SEQUENCES):
                batch = numbers[at : at + _BATCH_SEQUENCES]
                decoded = self._engine.decode([jobs[job][1] for job in batch], options)
                outputs.update(zip(batch, decoded, strict=True))
        return [outputs[job] for job in range(len(jobs))]

    def _draft(self, source: str, parts: list[list[Hypothesis]]) -> "_Draft":
        """Put the hypotheses of a segment's parts together, rank by rank."""
        ranks = list(zip(*parts, strict=False))  # parts may have found unequally many
        outputs = tuple(self._output(source, hypotheses) for hypotheses in ranks)
        finished = all(hypothesis.finished for hypothesis in ranks[0])
        loops = repeats(source, outputs[0].text)
        warnings = check(source, outputs[0].text)
        if loops:
            message = "The translation repeats itself."
            warnings.append(Warning(WarningCode.REPETITION, message))
        if not finished:
            message = "The translation was cut at the limit of output tokens."
            warnings.append(Warning(WarningCode.TRUNCATED, message))
        return _Draft(outputs, loops, finished, tuple(warnings))

    def _output(self, source: str, hypotheses: Sequence[Hypothesis]) -> Alternative:
        texts = [_cleaned(self._engine.detokenize(part.tokens), source) for part in hypotheses]
        sizes = [len(part.tokens) + part.finished for part in hypotheses]
        total = sum(part.score * size for part, size in zip(hypotheses, sizes, strict=True))
        return Alternative(" ".join(filter(None, texts)), total / sum(sizes))

    def _unknown_warning(self, tokens: Sequence[str]) -> Iterator[Warning]:
        pieces = (token for token in tokens if self._engine.is_unknown(token))
        unknown = dict.fromkeys(filter(None, (piece.strip(SPACE_MARK) for piece in pieces)))
        if unknown:
            message = f"The model does not know and drops: {', '.join(unknown)}."
            yield Warning(WarningCode.UNKNOWN_CHARACTERS, message, tuple(unknown))


def join(text: str, segments: Iterable[SegmentTranslation]) -> str:
    """Put the translations of ``segments`` into ``text``, whose white space stays as it is."""
    pieces = []
    end = 0
    for translated in segments:
        pieces += [text[end : translated.span.start], translated.target]
        end = translated.span.end
    return "".join([*pieces, text[end:]])


@dataclass(frozen=True, slots=True)
class _Draft:
    """A decoded segment that may yet be decoded again."""

    outputs: tuple[Alternative, ...]
    loops: bool
    finished: bool
    warnings: tuple[Warning, ...]

    def defects(self) -> tuple[bool, bool, int]:
        """A key that orders drafts from better to worse."""
        return self.loops, not self.finished, len(self.warnings)


def _passed_through(span: Span, source: str, language: str) -> SegmentTranslation:
    warnings: tuple[Warning, ...] = ()
    if language == "und":
        message = "The segment is neither Arabic nor English and was left as it is."
        warnings = (Warning(WarningCode.UNSUPPORTED_LANGUAGE, message),)
    reason = FinishReason.PASSED_THROUGH
    return SegmentTranslation(span, source, source, language, None, reason, warnings)


def _split_warning(parts: int) -> Iterator[Warning]:
    if parts > 1:
        message = f"The segment is longer than the model takes and was decoded in {parts} parts."
        yield Warning(WarningCode.SEGMENT_SPLIT, message)


def _cleaned(target: str, source: str) -> str:
    """Undo what models leave of Arabic punctuation and of the markup they were trained on."""

    def unescaped(entity: re.Match[str]) -> str:
        return entity.group() if entity.group() in source else html.unescape(entity.group())

    return _ENTITY.sub(unescaped, target).translate(_PUNCTUATION).strip()
