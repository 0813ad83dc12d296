import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import pytest

from zubda_models.engines.protocol import DecodingOptions
from zubda_models.translation.translator import Translator
from zubda_server.batcher import Batcher, EngineFailureError
from zubda_server.pipeline import CallTimes, Passage, Pipeline

TEXT = "\n".join(f"سطر رقم{i}" for i in range(400))


@pytest.fixture
async def batcher(engine: Any) -> AsyncIterator[Batcher]:
    engine.run_freely()
    batcher = Batcher(engine, workers=1, max_batch_tokens=40, max_queue_tokens=10**6)
    yield batcher
    await batcher.aclose()


@pytest.fixture
def pipeline(batcher: Batcher, engine: Any) -> Any:
    with ThreadPoolExecutor(2) as threads:
        yield Pipeline(Translator(engine), batcher, threads)


async def passages(pipeline: Pipeline, text: str) -> list[Passage]:
    [spans] = await pipeline.segments([text], CallTimes())
    return [Passage(text, span) for span in spans]


async def test_results_come_in_the_order_of_the_passages(pipeline: Pipeline) -> None:
    given = await passages(pipeline, TEXT)
    times = CallTimes()
    results = [r async for r in pipeline.translate(given, None, DecodingOptions(), times)]
    assert [result.span for result in results] == [passage.span for passage in given]
    assert [result.target for result in results] == TEXT.split("\n")
    assert times.tokenize_seconds > 0
    assert times.flow.infer_seconds > 0


async def test_it_works_ahead_by_a_bounded_number_of_segments(
    pipeline: Pipeline, batcher: Batcher, engine: Any
) -> None:
    given = await passages(pipeline, TEXT)

    def decoded() -> int:
        return sum(len(batch) for batch, _ in engine.batches)

    async with aclosing(pipeline.translate(given, None, DecodingOptions(), CallTimes())) as results:
        first = await anext(results)
        assert first.span == given[0].span
        async with asyncio.timeout(30):
            while decoded() < 64 or batcher.queued_tokens:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0)
        assert decoded() <= 128
    assert decoded() <= 128


async def test_closing_it_drops_the_work_under_way(
    pipeline: Pipeline, batcher: Batcher, engine: Any
) -> None:
    given = await passages(pipeline, TEXT)
    engine.free = False
    engine.gate.release(1)
    results = pipeline.translate(given, None, DecodingOptions(), CallTimes())
    await anext(results)
    await results.aclose()
    assert batcher.queued_tokens == 0


async def test_when_several_segments_fail_the_first_error_is_raised(
    pipeline: Pipeline, batcher: Batcher
) -> None:
    given = await passages(pipeline, "نص poison\nنص\nآخر poison")
    with pytest.raises(EngineFailureError):
        _ = [r async for r in pipeline.translate(given, None, DecodingOptions(), CallTimes())]
    assert batcher.queued_tokens == 0
