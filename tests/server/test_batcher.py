import asyncio
import random
import threading
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_server.batcher import Batcher, EngineFailureError, Flow
from zubda_server.errors import QueueFullError, ShuttingDownError

OPTIONS = DecodingOptions()
GREEDY = DecodingOptions(beam_size=1)


@pytest.fixture
async def batcher(engine: Any) -> AsyncIterator[Batcher]:
    batcher = Batcher(engine, workers=1, max_batch_tokens=40, max_queue_tokens=100)
    yield batcher
    engine.run_freely()
    await batcher.aclose()


def tokens(name: str, length: int = 9) -> tuple[str, ...]:
    return tuple(f"{name}{number}" for number in range(length))


def submit(
    batcher: Batcher,
    *sequences: Sequence[str],
    flow: Flow | None = None,
    options: DecodingOptions = OPTIONS,
) -> "asyncio.Task[list[list[Hypothesis]]]":
    return asyncio.create_task(batcher.decode(flow or Flow(), sequences, options))


async def occupy(batcher: Batcher, engine: Any) -> "asyncio.Task[list[list[Hypothesis]]]":
    """Keep the only worker busy, so that what comes next has to wait."""
    task = submit(batcher, tokens("busy"))
    await engine.begun()
    engine.batches.clear()
    return task


async def settle() -> None:
    """Let every task that was just made run until it waits."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_everybody_gets_their_own_results_back(engine: Any) -> None:
    engine.run_freely()
    batcher = Batcher(engine, workers=3, max_batch_tokens=64, max_queue_tokens=10**6)
    dice = random.Random(1)

    async def call(name: str) -> None:
        flow = Flow()
        for round_ in range(4):
            sequences = [
                tokens(f"{name}.{round_}.{i}.", dice.randint(0, 30))
                for i in range(dice.randint(1, 6))
            ]
            options = dice.choice([OPTIONS, GREEDY])
            results = await batcher.decode(flow, sequences, options)
            assert [best.tokens for best, *_ in results] == sequences

    async def cancelled_call(name: str) -> None:
        task = submit(batcher, *(tokens(f"{name}.{i}.", 20) for i in range(8)))
        for _ in range(dice.randint(0, 6)):
            await asyncio.sleep(0)
        task.cancel()

    await asyncio.gather(
        *(call(f"call{i}") for i in range(60)), *(cancelled_call(f"gone{i}") for i in range(60))
    )
    assert batcher.queued_tokens == 0
    for batch, _ in engine.batches:
        longest = max(len(sequence) + 1 for sequence in batch)
        assert len(batch) == 1 or longest * len(batch) <= 64
        assert [len(s) for s in batch] == sorted((len(s) for s in batch), reverse=True)
    await batcher.aclose()
    assert len(engine.threads) <= 3
    assert threading.current_thread().name not in engine.threads


async def test_only_equal_options_share_a_batch(batcher: Batcher, engine: Any) -> None:
    await occupy(batcher, engine)
    beam = [submit(batcher, tokens(f"b{i}")) for i in range(2)]
    greedy = [submit(batcher, tokens(f"g{i}"), options=GREEDY) for i in range(2)]
    await settle()
    engine.run_freely()
    await asyncio.gather(*beam, *greedy)
    assert engine.batches == [
        ([tokens("b0"), tokens("b1")], OPTIONS),
        ([tokens("g0"), tokens("g1")], GREEDY),
    ]


async def test_a_batch_is_filled_with_what_is_as_long_as_its_leader(
    batcher: Batcher, engine: Any
) -> None:
    await occupy(batcher, engine)
    lengths = [9, 39, 8, 2, 10]
    tasks = [submit(batcher, tokens(f"x{length}-", length)) for length in lengths]
    await settle()
    engine.run_freely()
    await asyncio.gather(*tasks)
    assert [[len(s) for s in batch] for batch, _ in engine.batches] == [[10, 9, 8], [39], [2]]


async def test_a_sequence_longer_than_a_batch_is_decoded_alone(
    batcher: Batcher, engine: Any
) -> None:
    engine.run_freely()
    assert (await submit(batcher, tokens("long", 90)))[0][0].tokens == tokens("long", 90)


async def test_a_short_call_does_not_wait_behind_a_long_one(batcher: Batcher, engine: Any) -> None:
    await occupy(batcher, engine)
    book = submit(batcher, *(tokens(f"book{i}.") for i in range(8)))
    await settle()
    line = submit(batcher, tokens("line", 3))
    await settle()
    engine.gate.release(3)  # the busy one, one batch of the book, then the line's
    assert (await line)[0][0].tokens == tokens("line", 3)
    assert not book.done()
    engine.run_freely()
    await book


async def test_calls_take_turns_in_the_order_in_which_they_came(engine: Any) -> None:
    batcher = Batcher(engine, workers=1, max_batch_tokens=40, max_queue_tokens=10**6)
    await occupy(batcher, engine)
    tasks = []
    for name in "abc":
        tasks.append(submit(batcher, *(tokens(f"{name}{i}-", 39) for i in range(3))))
        await settle()
    engine.run_freely()
    await asyncio.gather(*tasks)
    leaders = [batch[0][0][:2] for batch, _ in engine.batches]
    assert leaders == ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]
    await batcher.aclose()


async def test_new_calls_are_refused_while_the_queue_is_full(batcher: Batcher, engine: Any) -> None:
    await occupy(batcher, engine)
    taken_on = Flow()
    waiting = submit(batcher, *(tokens(f"w{i}") for i in range(10)), flow=taken_on)
    await settle()
    assert batcher.queued_tokens == 100
    with pytest.raises(QueueFullError):
        await submit(batcher, tokens("one"))
    assert batcher.queued_tokens == 100
    more = submit(batcher, tokens("more"), flow=taken_on)  # a call is not refused half-way
    await settle()
    engine.run_freely()
    await asyncio.gather(waiting, more)
    assert batcher.queued_tokens == 0
    await submit(batcher, tokens("one"))


async def test_what_is_larger_than_the_queue_is_taken_on_when_nothing_waits(
    batcher: Batcher, engine: Any
) -> None:
    engine.run_freely()
    results = await submit(batcher, *(tokens(f"w{i}") for i in range(30)))
    assert len(results) == 30


async def test_cancelled_work_leaves_the_queue_and_never_reaches_the_engine(
    batcher: Batcher, engine: Any
) -> None:
    await occupy(batcher, engine)
    gone = submit(batcher, tokens("gone1"), tokens("gone2"))
    stays = submit(batcher, tokens("stays"))
    await settle()
    assert batcher.queued_tokens == 30
    gone.cancel()
    await settle()
    assert gone.cancelled()
    assert batcher.queued_tokens == 10
    engine.run_freely()
    await stays
    assert engine.batches == [([tokens("stays")], OPTIONS)]


async def test_cancelling_a_call_that_is_being_decoded_harms_nobody(
    batcher: Batcher, engine: Any
) -> None:
    task = await occupy(batcher, engine)
    task.cancel()
    await settle()
    assert task.cancelled()
    engine.run_freely()
    assert await submit(batcher, tokens("next"))


async def test_an_exception_of_the_engine_reaches_its_batch_only(
    batcher: Batcher, engine: Any
) -> None:
    await occupy(batcher, engine)
    sick = submit(batcher, ("poison",) * 39, tokens("same call", 20))
    well = submit(batcher, tokens("well", 2))
    await settle()
    engine.run_freely()
    with pytest.raises(EngineFailureError) as caught:
        await sick
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert (await well)[0][0].tokens == tokens("well", 2)


async def test_an_engine_that_loses_results_is_a_failure_too(
    batcher: Batcher, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "decode", lambda batch, options: [])
    with pytest.raises(EngineFailureError):
        await submit(batcher, tokens("lost"))


async def test_a_flow_knows_how_long_it_waited_and_ran(batcher: Batcher, engine: Any) -> None:
    assert Flow().infer_seconds == 0
    await occupy(batcher, engine)
    flow = Flow()
    task = submit(batcher, tokens("a", 39), tokens("b", 39), flow=flow)
    await settle()
    engine.run_freely()
    await task
    assert flow.queue_seconds > 0
    assert flow.infer_seconds > 0


async def test_closing_refuses_what_waits_and_finishes_what_runs(
    batcher: Batcher, engine: Any
) -> None:
    running = await occupy(batcher, engine)
    waiting = submit(batcher, tokens("waits"))
    await settle()
    closing = asyncio.create_task(batcher.aclose())
    with pytest.raises(ShuttingDownError):
        await waiting
    engine.run_freely()
    await closing
    assert (await running)[0][0].tokens == tokens("busy")
    with pytest.raises(ShuttingDownError):
        await submit(batcher, tokens("late"))
