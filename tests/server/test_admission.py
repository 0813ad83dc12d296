import asyncio
from contextlib import AsyncExitStack

import pytest

from zubda_server.admission import Admission
from zubda_server.errors import DeadlineExceededError, ShuttingDownError, TooManyCallsError


async def test_calls_are_counted_and_refused_beyond_the_limit() -> None:
    admission = Admission(max_calls=1, max_duration=60)
    async with admission.call(None):
        with pytest.raises(TooManyCallsError):
            async with admission.call(None):
                pass
    async with admission.call(None):
        pass


async def test_the_shorter_of_two_deadlines_counts() -> None:
    with pytest.raises(DeadlineExceededError):
        async with Admission(1, 60).call(0):
            await _forever()
    with pytest.raises(DeadlineExceededError):
        async with Admission(1, 0.001).call(60):
            await _forever()


async def test_a_timeout_of_the_work_itself_is_no_deadline_of_the_call() -> None:
    with pytest.raises(TimeoutError, match="inner"):
        async with Admission(1, 60).call(None):
            raise TimeoutError("inner")


async def test_draining_an_idle_server_is_immediate_and_ends_watchers() -> None:
    admission = Admission(1, 60)
    stack = AsyncExitStack()
    await stack.enter_async_context(admission.watcher())
    await admission.drain(3600)
    with pytest.raises(ShuttingDownError):
        await _until_it_ends(stack)


async def _until_it_ends(stack: AsyncExitStack) -> None:
    async with stack:
        await _forever()


async def _forever() -> None:
    await asyncio.Event().wait()
