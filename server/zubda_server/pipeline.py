"""Takes the segments of one call through tokenizer, batcher and guards, in order."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, ParamSpec, TypeVar

from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_models.text.span import Span
from zubda_models.translation.result import SegmentTranslation
from zubda_models.translation.translator import DecodeRequest, Steps, Translator
from zubda_server.batcher import Batcher, Flow

P = ParamSpec("P")
T = TypeVar("T")

_CHUNK = 64  # segments that are tokenized together, so that they can share a batch
_LOOK_AHEAD = 2 * _CHUNK  # segments of a call in work at once, the next to return included


class Passage(NamedTuple):
    """A segment, and the text that it is part of."""

    text: str
    span: Span


@dataclass
class CallTimes:
    """Where the time of one call goes, as it goes."""

    started: float = field(default_factory=time.monotonic)
    tokenize_seconds: float = 0.0
    flow: Flow = field(default_factory=Flow)


class Pipeline:
    """Translates passages with what all calls share: the translator and the batcher.

    Args:
        translator: what turns passages into decoding work and its results into text.
        batcher: what decodes.
        threads: where ``translator`` runs, as it would hold up the event loop.
    """

    def __init__(self, translator: Translator, batcher: Batcher, threads: Executor) -> None:
        self._translator = translator
        self._batcher = batcher
        self._threads = threads

    async def segments(self, texts: Sequence[str], times: CallTimes) -> list[list[Span]]:
        """The segments of each of ``texts``."""

        def segments() -> list[list[Span]]:
            return [self._translator.segments(text) for text in texts]

        return await self._timed(times, segments)

    async def translate(
        self,
        passages: Sequence[Passage],
        source_language: str | None,
        options: DecodingOptions,
        times: CallTimes,
    ) -> AsyncGenerator[SegmentTranslation, None]:
        """The translations of ``passages``, in their order, each as soon as it can be had.

        Works ahead of the consumer by a bounded number of passages. Closing the
        generator drops the work that is under way.

        Raises:
            QueueFullError: the queue has no room for this call.
        """
        todo = iter(passages)
        ahead: deque[asyncio.Task[SegmentTranslation]] = deque()
        try:
            while chunk := list(islice(todo, _CHUNK)):
                steps = [
                    self._translator.steps(
                        passage.text,
                        passage.span,
                        source_language=source_language,
                        options=options,
                    )
                    for passage in chunk
                ]
                first = await self._timed(times, _advance_all, steps)
                for one, outcome in zip(steps, first, strict=True):
                    ahead.append(asyncio.create_task(self._finish(one, outcome, times.flow)))
                while len(ahead) > _LOOK_AHEAD - _CHUNK:
                    yield await ahead[0]
                    ahead.popleft()
            while ahead:
                yield await ahead[0]
                ahead.popleft()
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def _finish(
        self, steps: Steps, outcome: DecodeRequest | SegmentTranslation, flow: Flow
    ) -> SegmentTranslation:
        """Decode what ``steps`` ask for until they have the result."""
        loop = asyncio.get_running_loop()
        while isinstance(outcome, DecodeRequest):
            decoded = await self._batcher.decode(flow, outcome.sequences, outcome.options)
            outcome = await loop.run_in_executor(self._threads, _advance, steps, decoded)
        return outcome

    async def _timed(
        self, times: CallTimes, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work`` in a thread, and count its time as that of tokenization."""

        def timed() -> T:
            started = time.monotonic()
            try:
                return work(*args, **kwargs)
            finally:
                times.tokenize_seconds += time.monotonic() - started

        return await asyncio.get_running_loop().run_in_executor(self._threads, timed)


def _advance_all(steps: Sequence[Steps]) -> list[DecodeRequest | SegmentTranslation]:
    return [_advance(one, None) for one in steps]


def _advance(
    steps: Steps, decoded: list[list[Hypothesis]] | None
) -> DecodeRequest | SegmentTranslation:
    """The next work that ``steps`` ask for, or the result (a thread cannot raise StopIteration)."""
    try:
        return next(steps) if decoded is None else steps.send(decoded)
    except StopIteration as done:
        result: SegmentTranslation = done.value
        return result
