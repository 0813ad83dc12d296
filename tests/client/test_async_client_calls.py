"""The asyncio client over the wire."""

# ruff: noqa: S106 - the tokens are no secrets

import asyncio

import grpc
import pytest

import zubda


@pytest.fixture
async def client(target):
    async with zubda.AsyncClient(target) as client:
        yield client


async def test_does_what_the_blocking_client_does(client, target, servicer):
    with zubda.Client(target) as blocking:
        for name, arguments, options in [
            ("translate", ["a"], {"beam_size": 3}),
            ("translate_many", [["a", "b"]], {"source": "ar"}),
            ("summarize", [["a", "b"]], {"to": "en", "words": 5, "beam_size": 1}),
            ("info", [], {}),
        ]:
            expected = await asyncio.to_thread(getattr(blocking, name), *arguments, **options)
            assert await getattr(client, name)(*arguments, **options) == expected
            assert servicer.requests[-1] == servicer.requests[-2]


async def test_streams_pieces_of_all_texts(client):
    assert [piece.text async for piece in client.stream(["a", "b"])] == ["[a]", "[b]"]


async def test_closing_a_stream_cancels_the_call(client, servicer):
    async with client.stream("hang") as stream:
        assert (await anext(stream)).text == "[hang]"
        assert not servicer.cancelled.is_set()
    assert await asyncio.to_thread(servicer.cancelled.wait, 10)
    assert [piece async for piece in stream] == []


async def test_cancelling_a_task_cancels_its_call(client, servicer):
    async def read() -> None:
        async for piece in client.stream("hang"):
            started.set_result(piece)

    started = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(read())
    await started
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(servicer.cancelled.wait, 10)


async def test_a_call_that_takes_too_long_fails(client):
    with pytest.raises(zubda.DeadlineExceededError):
        await client.translate("hang", timeout=0.1)


async def test_an_error_carries_all_that_the_server_says(client, servicer, rich_details):
    servicer.fail(grpc.StatusCode.INVALID_ARGUMENT, "too long", *rich_details)
    with pytest.raises(zubda.InvalidArgumentError, match="too long") as caught:
        await client.translate("a")
    assert caught.value.reason == "TEXT_TOO_LONG"
    assert caught.value.request_id == "r-17"
    servicer.fail(grpc.StatusCode.UNAUTHENTICATED, "who are you?")
    with pytest.raises(zubda.UnauthenticatedError):
        await anext(client.stream("a"))


async def test_unavailable_is_tried_again(client, servicer):
    servicer.fail(grpc.StatusCode.UNAVAILABLE)
    assert (await client.info()).version == "1.2.3"
    assert len(servicer.requests) == 2


async def test_sends_the_token(target, servicer):
    async with zubda.AsyncClient(target, token="secret") as client:
        await client.info()
    assert servicer.metadata["authorization"] == "Bearer secret"


def test_needs_an_event_loop():
    with pytest.raises(RuntimeError, match="event loop"):
        zubda.AsyncClient()
