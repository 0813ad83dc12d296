"""The methods of the service: each from request to response."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from itertools import islice

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_models.summarization.result import Extract, Summary
from zubda_models.text.html import extract_article
from zubda_models.text.span import Span
from zubda_models.translation.result import SegmentTranslation
from zubda_models.translation.translator import join
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - the core's, not Python's
from zubda_server import wire
from zubda_server.batcher import Batcher
from zubda_server.core import Core
from zubda_server.errors import NotReadyError
from zubda_server.interceptors import Context, current_call
from zubda_server.pipeline import CallTimes, Passage, Pipeline
from zubda_server.settings import Settings
from zubda_server.validation import TARGET_LANGUAGE, SummaryJob, summary_job, translation_job

_TEXT_THREADS = 4  # so that a long text that is being segmented does not hold up a short one


class ZubdaServicer(zubda_pb2_grpc.ZubdaServiceServicer):
    """Answers calls once it has been given models to do so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._text_threads = ThreadPoolExecutor(_TEXT_THREADS, thread_name_prefix="text")
        self._summary_threads = ThreadPoolExecutor(1, thread_name_prefix="summary")
        # A model that writes takes its time; the choice of sentences does not wait for it.
        self._writing_threads = ThreadPoolExecutor(1, thread_name_prefix="writing")
        self._running: tuple[Core, Batcher, Pipeline] | None = None

    def start(self, core: Core) -> None:
        """Answer calls with ``core`` from now on."""
        batcher = Batcher(
            core.engine,
            workers=self._settings.inter_threads,
            max_batch_tokens=self._settings.max_batch_tokens,
            max_queue_tokens=self._settings.max_queue_tokens,
        )
        self._running = core, batcher, Pipeline(core.translator, batcher, self._text_threads)

    async def aclose(self) -> None:
        """Refuse what waits, finish what runs, and release the models."""
        running, self._running = self._running, None
        if running is not None:
            await running[1].aclose()
        self._text_threads.shutdown()
        self._summary_threads.shutdown()
        self._writing_threads.shutdown()
        if running is not None:
            running[0].close()

    @property
    def queued_tokens(self) -> int:
        """Tokens that wait for an engine now."""
        return self._running[1].queued_tokens if self._running else 0

    async def Translate(  # noqa: N802 - the contract's name
        self, request: zubda_pb2.TranslateRequest, context: Context
    ) -> zubda_pb2.TranslateResponse:
        """Translate texts; see the contract."""
        times = CallTimes()
        _, pipeline = self._models()
        job = translation_job(request, self._settings)
        _note_texts(job.texts)
        spans = await pipeline.segments(job.texts, times)
        translating = pipeline.translate(
            _passages(job.texts, spans), job.source_language, job.options, times
        )
        async with aclosing(translating) as results:
            segments = iter([_noted(result) async for result in results])
        translations = []
        for text, text_spans in zip(job.texts, spans, strict=True):
            of_text = list(islice(segments, len(text_spans)))
            translations.append(
                zubda_pb2.Translation(text=join(text, of_text), segments=map(wire.segment, of_text))
            )
        return zubda_pb2.TranslateResponse(translations=translations, timings=wire.timings(times))

    async def StreamTranslate(  # noqa: N802 - the contract's name
        self, request: zubda_pb2.StreamTranslateRequest, context: Context
    ) -> AsyncIterator[zubda_pb2.StreamTranslateResponse]:
        """Translate texts piece by piece; see the contract."""
        times = CallTimes()
        _, pipeline = self._models()
        job = translation_job(request, self._settings)
        _note_texts(job.texts)
        spans = await pipeline.segments(job.texts, times)
        translating = pipeline.translate(
            _passages(job.texts, spans), job.source_language, job.options, times
        )
        async with aclosing(translating) as results:
            for index, (text, text_spans) in enumerate(zip(job.texts, spans, strict=True)):
                done = 0  # code points of the text that were sent
                for span in text_spans:
                    result = _noted(await anext(results))
                    piece = zubda_pb2.StreamTranslateResponse(
                        text_index=index,
                        text=text[done : span.start] + result.target,
                        segment=wire.segment(result),
                    )
                    done = span.end
                    yield self._stamped(piece, done == len(text), job.texts, times)
                if done < len(text) or not text:
                    piece = zubda_pb2.StreamTranslateResponse(text_index=index, text=text[done:])
                    yield self._stamped(piece, True, job.texts, times)

    async def Summarize(  # noqa: N802 - the contract's name
        self, request: zubda_pb2.SummarizeRequest, context: Context
    ) -> zubda_pb2.SummarizeResponse:
        """Summarize documents; see the contract."""
        times = CallTimes()
        core, pipeline = self._models()
        job = summary_job(request, self._settings)
        _note_texts(job.documents)
        documents, summary = await self._summarize(core, job, times)
        translations: list[SegmentTranslation | None] = [None] * len(summary.sentences)
        if job.language == TARGET_LANGUAGE:
            passages = [
                Passage(sentence.text, Span(0, len(sentence.text)))
                for sentence in summary.sentences
            ]
            async with aclosing(pipeline.translate(passages, None, job.options, times)) as results:
                translations = [_noted(result) async for result in results]
        sentences = [
            wire.summary_sentence(sentence, translation)
            for sentence, translation in zip(summary.sentences, translations, strict=True)
        ]
        return zubda_pb2.SummarizeResponse(
            text="\n".join(sentence.text for sentence in sentences),
            sentences=sentences,
            removed=[wire.removed_text(item, documents) for item in summary.removed],
            warnings=map(wire.warning, summary.warnings),
            timings=wire.timings(times),
            contradictions=map(wire.contradiction, summary.contradictions),
            extracts=map(wire.extract, summary.extracts),
        )

    async def GetServiceInfo(  # noqa: N802 - the contract's name
        self, request: zubda_pb2.GetServiceInfoRequest, context: Context
    ) -> zubda_pb2.GetServiceInfoResponse:
        """Tell what runs here; see the contract."""
        core, _ = self._models()
        return wire.service_info(core.models, core.engine.max_source_tokens, self._settings)

    def _models(self) -> tuple[Core, Pipeline]:
        if self._running is None:
            raise NotReadyError("the models are still being loaded; try again soon")
        core, _, pipeline = self._running
        return core, pipeline

    async def _summarize(
        self, core: Core, job: SummaryJob, times: CallTimes
    ) -> tuple[Sequence[str], Summary]:
        """The documents as plain text, and their summary."""
        writer = core.writer if job.abstractive else None
        abandoned = threading.Event()

        def proceed() -> None:
            if abandoned.is_set():
                raise asyncio.CancelledError

        def summarize() -> tuple[Sequence[str], Summary]:
            started = time.monotonic()
            documents = list(job.documents)
            for index in job.html:
                documents[index] = extract_article(documents[index])
            if writer is not None:
                summary = writer.summarize(documents, job.length, proceed=proceed)
            else:
                summary = core.summarizer.summarize(documents, job.length)
            times.flow.ran(started)
            return documents, replace(
                summary,
                extracts=tuple(Extract(index, documents[index]) for index in job.html),
                warnings=(*_without_text(job.html, documents), *summary.warnings),
            )

        loop = asyncio.get_running_loop()
        threads = self._summary_threads if writer is None else self._writing_threads
        try:
            return await loop.run_in_executor(threads, summarize)
        finally:
            abandoned.set()  # if the call is over before its work, which else goes on for nobody

    @staticmethod
    def _stamped(
        piece: zubda_pb2.StreamTranslateResponse,
        last: bool,
        texts: Sequence[str],
        times: CallTimes,
    ) -> zubda_pb2.StreamTranslateResponse:
        """The piece, marked if it is the last of its text, timed if it is that of the stream."""
        piece.last = last
        if last and piece.text_index == len(texts) - 1:
            piece.timings.CopyFrom(wire.timings(times))
        return piece


def _passages(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Passage]:
    return [
        Passage(text, span)
        for text, text_spans in zip(texts, spans, strict=True)
        for span in text_spans
    ]


def _without_text(html: Sequence[int], documents: Sequence[str]) -> Iterator[Warning]:
    for index in html:
        if not documents[index]:
            message = f"Document {index}: its HTML holds no text."
            yield Warning(WarningCode.NOTHING_LEFT, message)


def _note_texts(texts: Sequence[str]) -> None:
    current_call.get().code_points = sum(map(len, texts))


def _noted(result: SegmentTranslation) -> SegmentTranslation:
    current_call.get().segments += 1
    return result
