"""Decodes the segments of all calls together, in batches.

Whenever a worker is free, the next batch is formed from what waits at that
moment; nobody waits for a batch to fill. Calls take turns: the segment that leads
a batch belongs to the call whose turn came longest ago, so that a short text does
not wait behind a long document. Segments of any call that are closest in length to
the leader fill the batch, which keeps padding small.
"""

import asyncio
import itertools
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from zubda_models.engines.protocol import DecodingOptions, Hypothesis, TranslationEngine
from zubda_server.errors import QueueFullError, ShuttingDownError


@dataclass
class Flow:
    """What one call has in the batcher, and how long it took."""

    turn: int | None = None
    """When the call arrived or last led a batch; None before its first segment."""

    queue_seconds: float = 0.0
    """How long the segment that waited longest waited for a worker."""

    started: float | None = None
    """When the first batch with a segment of the call began (``time.monotonic``)."""

    finished: float | None = None
    """When the last one ended."""

    def ran(self, started: float) -> None:
        """Note work of the call on a model that began at ``started`` and ends now."""
        self.started = started if self.started is None else min(self.started, started)
        self.finished = time.monotonic()

    @property
    def infer_seconds(self) -> float:
        """From the beginning of the first batch to the end of the last; 0 without any."""
        if self.started is None or self.finished is None:
            return 0.0
        return self.finished - self.started


@dataclass(eq=False)
class _Item:
    """One source sequence that waits, or is being decoded."""

    flow: Flow
    tokens: Sequence[str]
    options: DecodingOptions
    result: "asyncio.Future[list[Hypothesis]]"
    enqueued: float

    @property
    def length(self) -> int:
        return len(self.tokens) + 1  # the end token


class EngineFailureError(Exception):
    """The engine raised on a batch; the cause says what."""


class Batcher:
    """Shares one engine among calls. To be used from one event loop only.

    Args:
        engine: what decodes; at most ``workers`` batches at once, each in a thread.
        workers: the number of those threads.
        max_batch_tokens: the size of a batch: its longest sequence times its number
            of sequences. A longer single sequence is a batch of its own.
        max_queue_tokens: how many tokens may wait while new calls are taken on.
    """

    def __init__(
        self,
        engine: TranslationEngine,
        *,
        workers: int,
        max_batch_tokens: int,
        max_queue_tokens: int,
    ) -> None:
        self._engine = engine
        self._max_batch_tokens = max_batch_tokens
        self._max_queue_tokens = max_queue_tokens
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="engine")
        self._idle_workers = workers
        self._waiting: dict[_Item, None] = {}  # an ordered set, oldest first
        self._running: set[asyncio.Task[None]] = set()
        self._turns = itertools.count()
        self._dispatch_due = False
        self._closed = False
        self.queued_tokens = 0
        """Tokens that wait for a worker now."""

    async def decode(
        self, flow: Flow, sequences: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each of ``sequences``, in their order.

        Cancelling the caller takes what still waits out of the queue.

        Raises:
            QueueFullError: this is the first work of the call, and the queue has no
                room for it. A call that was taken on is not refused half-way.
            EngineFailureError: the engine raised on a batch that held a sequence.
            ShuttingDownError: the batcher is closed.
        """
        if self._closed:
            raise ShuttingDownError("the server is shutting down")
        loop, now = asyncio.get_running_loop(), time.monotonic()
        items = [_Item(flow, seq, options, loop.create_future(), now) for seq in sequences]
        self._admit(flow, items)
        for item in items:
            self._waiting[item] = None
            self.queued_tokens += item.length
        self._dispatch_soon()
        try:
            return await asyncio.gather(*(item.result for item in items))
        finally:
            for item in items:
                item.result.cancel()  # nothing, where it is done
            self._remove(items)

    async def aclose(self) -> None:
        """Refuse what waits, wait for the batches that run, and end the threads."""
        self._closed = True
        for item in self._waiting:
            _fail(item, ShuttingDownError("the server is shutting down"))
        self._remove(list(self._waiting))
        await asyncio.gather(*self._running)
        self._threads.shutdown()

    def _admit(self, flow: Flow, items: Sequence[_Item]) -> None:
        """Give the call its first turn, unless there is no room for it.

        While nothing waits everything is taken on: otherwise a segment that is
        longer than the queue could never be translated.
        """
        if flow.turn is not None:
            return
        new = sum(item.length for item in items)
        if self._waiting and self.queued_tokens + new > self._max_queue_tokens:
            raise QueueFullError("too much work is waiting; try again later")
        flow.turn = next(self._turns)

    def _remove(self, items: Iterable[_Item]) -> None:
        for item in items:
            if item in self._waiting:
                del self._waiting[item]
                self.queued_tokens -= item.length

    def _dispatch_soon(self) -> None:
        """Dispatch once what is ready to run now has run, and perhaps added more work."""
        if not self._dispatch_due:
            self._dispatch_due = True
            asyncio.get_running_loop().call_soon(self._dispatch)

    def _dispatch(self) -> None:
        self._dispatch_due = False
        while self._idle_workers and self._waiting:
            batch = self._next_batch()
            self._remove(batch)
            self._idle_workers -= 1
            task = asyncio.create_task(self._run(batch))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def _next_batch(self) -> list[_Item]:
        leader = min(self._waiting, key=_turn)
        leader.flow.turn = next(self._turns)
        peers = [i for i in self._waiting if i is not leader and i.options == leader.options]
        peers.sort(key=lambda item: (abs(item.length - leader.length), _turn(item)))
        batch, longest = [leader], leader.length
        for item in peers:
            longest = max(longest, item.length)
            if longest * (len(batch) + 1) > self._max_batch_tokens:
                break
            batch.append(item)
        return sorted(batch, key=lambda item: item.length, reverse=True)

    async def _run(self, batch: Sequence[_Item]) -> None:
        started = time.monotonic()
        sequences = [item.tokens for item in batch]
        decode, options = self._engine.decode, batch[0].options
        loop = asyncio.get_running_loop()
        try:
            results = await loop.run_in_executor(self._threads, decode, sequences, options)
            for item, hypotheses in zip(batch, results, strict=True):
                item.flow.queue_seconds = max(item.flow.queue_seconds, started - item.enqueued)
                item.flow.ran(started)
                if not item.result.done():
                    item.result.set_result(hypotheses)
        except Exception as error:  # whatever it is, it is the calls' to report
            for item in batch:
                failure = EngineFailureError("decoding failed")
                failure.__cause__ = error
                _fail(item, failure)
        finally:
            self._idle_workers += 1
            self._dispatch()


def _turn(item: _Item) -> int:
    assert item.flow.turn is not None  # noqa: S101 - set when the call was taken on
    return item.flow.turn


def _fail(item: _Item, error: Exception) -> None:
    if not item.result.done():
        item.result.set_exception(error)
