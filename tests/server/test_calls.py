"""How calls live and die: over the real wire, with an engine that the tests hold."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_models.engines.errors import ModelNotFoundError
from zubda_server.app import SERVICE

INFO = zubda_pb2.GetServiceInfoRequest()
READY = health_pb2.HealthCheckResponse.SERVING
NOT_READY = health_pb2.HealthCheckResponse.NOT_SERVING


def request(*texts: str) -> zubda_pb2.TranslateRequest:
    return zubda_pb2.TranslateRequest(texts=texts or ["نص"], target_language_code="en")


def stream_request(*texts: str) -> zubda_pb2.StreamTranslateRequest:
    return zubda_pb2.StreamTranslateRequest(texts=texts, target_language_code="en")


def lines(count: int, words: int = 12) -> str:
    return "\n".join(f"سطر{i} " + "كلمة " * (words - 1) for i in range(count)).strip()


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop run until ``condition`` holds."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - it has no event of its own
            await asyncio.sleep(0)


async def health(channel: grpc.aio.Channel, service: str = SERVICE) -> int:
    check = health_pb2.HealthCheckRequest(service=service)
    response = await health_pb2_grpc.HealthStub(channel).Check(check)
    return int(response.status)


async def test_until_the_models_are_warm_calls_are_refused_and_health_says_so(
    start_server: Any, echo_core: Any, refused: Any
) -> None:
    loading, warm = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def load(settings: object) -> Any:
        loop.call_soon_threadsafe(loading.set)
        asyncio.run_coroutine_threadsafe(warm.wait(), loop).result(30)
        return echo_core

    server, channel = await start_server(load=load, ready=False)
    await loading.wait()
    assert await health(channel, "") == READY  # alive
    assert await health(channel) == NOT_READY
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    for call in (
        stub.GetServiceInfo(INFO),
        stub.Translate(request()),
        stub.Summarize(zubda_pb2.SummarizeRequest()),
        stub.StreamTranslate(stream_request("نص")).read(),
    ):
        error = await refused(call)
        assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "NOT_READY")
        assert error.retry_seconds > 0
    check = health_pb2.HealthCheckRequest(service=SERVICE)
    watch = health_pb2_grpc.HealthStub(channel).Watch(check)
    assert (await watch.read()).status == NOT_READY
    warm.set()
    assert (await watch.read()).status == READY
    await server.wait_ready()
    assert await stub.GetServiceInfo(INFO)


async def test_a_model_that_cannot_be_loaded_is_reported_and_the_server_still_stops(
    start_server: Any,
) -> None:
    def load(settings: object) -> Any:
        raise ModelNotFoundError("no such model")

    server, channel = await start_server(load=load, ready=False)
    with pytest.raises(ModelNotFoundError):
        await server.wait_ready()
    assert await health(channel) == NOT_READY
    await server.stop(0)


async def test_a_call_that_the_client_cancels_frees_its_work(
    start_server: Any, engine: Any, access_lines: Any
) -> None:
    server, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    first = stub.Translate(request("الأول"))
    await engine.begun()
    second = stub.Translate(request(lines(10)))
    await until(lambda: server.queued_tokens > 100)
    second.cancel()
    line = await access_lines.next()
    assert line["code"] == "CANCELLED"
    assert server.queued_tokens == 0
    engine.run_freely()
    assert (await first).translations[0].text == "الأول"
    assert len(engine.batches) == 1


async def test_a_stream_that_the_client_cancels_stops_its_work(
    start_server: Any, engine: Any, access_lines: Any
) -> None:
    server, channel = await start_server()
    stream = zubda_pb2_grpc.ZubdaServiceStub(channel).StreamTranslate(stream_request(lines(90)))
    await engine.begun()
    engine.gate.release(1)
    assert (await stream.read()).text.startswith("سطر0")
    stream.cancel()
    line = await access_lines.next()
    assert line["code"] == "CANCELLED"
    assert line["segments"] >= 1
    assert server.queued_tokens == 0


async def test_the_deadline_of_the_client_ends_its_work(
    start_server: Any, engine: Any, access_lines: Any
) -> None:
    server, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    first = stub.Translate(request("الأول"))
    await engine.begun()
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.Translate(request(lines(10)), timeout=0.2)
    assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert (await access_lines.next())["code"] == "DEADLINE_EXCEEDED"
    assert server.queued_tokens == 0
    engine.run_freely()
    await first


async def test_a_call_without_a_deadline_ends_at_that_of_the_server(
    start_server: Any, refused: Any
) -> None:
    server, channel = await start_server(max_call_duration=0.1)
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    for call in (
        stub.Translate(request()),
        stub.StreamTranslate(stream_request("نص")).read(),
    ):
        error = await refused(call)
        assert error.code == grpc.StatusCode.DEADLINE_EXCEEDED
        assert error.reason == "DEADLINE_EXCEEDED"
        assert "0.1 seconds" in error.message
    assert server.queued_tokens == 0


async def test_a_full_queue_refuses_calls_and_says_when_to_come_back(
    start_server: Any, engine: Any, refused: Any
) -> None:
    server, channel = await start_server(max_queue_tokens=40)
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    first = stub.Translate(request("الأول"))
    await engine.begun()
    second = stub.Translate(request(lines(3)))
    await until(lambda: server.queued_tokens)
    error = await refused(stub.Translate(request(lines(1))))
    assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "QUEUE_FULL")
    assert error.retry_seconds > 0
    engine.run_freely()
    await asyncio.gather(first, second)


async def test_too_many_calls_at_once_are_refused(
    start_server: Any, engine: Any, refused: Any
) -> None:
    _, channel = await start_server(max_concurrent_calls=1)
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    first = stub.Translate(request())
    await engine.begun()
    error = await refused(stub.GetServiceInfo(INFO))
    assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_CALLS")
    assert error.retry_seconds > 0
    assert await health(channel) == READY  # other services do not count
    engine.run_freely()
    await first
    assert await stub.GetServiceInfo(INFO)


async def test_calls_of_several_clients_share_batches(start_server: Any, engine: Any) -> None:
    server, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    first = stub.Translate(request("مشغول"))
    await engine.begun()
    calls = [stub.Translate(request(f"نص رقم{i}")) for i in range(5)]
    await until(lambda: server.queued_tokens == 15)
    engine.run_freely()
    answers = await asyncio.gather(*calls)
    assert [a.translations[0].text for a in answers] == [f"نص رقم{i}" for i in range(5)]
    await first
    assert len(engine.batches) == 2


async def test_a_failure_of_the_engine_is_internal_and_says_nothing_of_its_cause(
    start_server: Any, engine: Any, refused: Any, caplog: pytest.LogCaptureFixture
) -> None:
    engine.run_freely()
    _, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    with caplog.at_level(logging.ERROR):
        error = await refused(stub.Translate(request("نص poison")))
    assert (error.code, error.reason) == (grpc.StatusCode.INTERNAL, "INTERNAL")
    request_id = error.info.metadata["request_id"]
    assert error.message == f"internal error; the server's log has it under request id {request_id}"
    assert request_id in caplog.text
    assert "RuntimeError: secret" in caplog.text
    assert (await stub.Translate(request("نص"))).translations[0].text == "نص"


async def test_the_log_has_one_line_for_a_call_without_its_text(
    start_server: Any, engine: Any, access_lines: Any
) -> None:
    engine.run_freely()
    _, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    call = stub.Translate(request("سر مكتوم\nسطر"), metadata=(("x-request-id", "client-42"),))
    await call
    assert dict(await call.trailing_metadata())["x-request-id"] == "client-42"
    line = await access_lines.next()
    assert line.pop("duration_ms") > 0
    text = line.pop("line")
    assert "request_id=client-42" in text
    assert "سر" not in text
    assert line == {
        "method": "/zubda.v1.ZubdaService/Translate",
        "code": "OK",
        "request_id": "client-42",
        "code_points": 12,
        "segments": 2,
    }


@pytest.mark.parametrize("given", ["", "two words", "x" * 129, 'quote"'])
async def test_a_request_id_that_is_not_sane_is_replaced(
    start_server: Any, engine: Any, access_lines: Any, given: str
) -> None:
    _, channel = await start_server()
    call = zubda_pb2_grpc.ZubdaServiceStub(channel).GetServiceInfo(
        INFO, metadata=(("x-request-id", given),)
    )
    await call
    replaced = dict(await call.trailing_metadata())["x-request-id"]
    assert replaced not in ("", given)
    assert (await access_lines.next())["request_id"] == replaced


async def test_an_error_carries_the_request_id_too(start_server: Any, refused: Any) -> None:
    _, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    call = stub.Translate(request(), metadata=(("x-request-id", "client-43"),), timeout=0)
    with pytest.raises(grpc.aio.AioRpcError):
        await call
    call = stub.Translate(zubda_pb2.TranslateRequest(), metadata=(("x-request-id", "client-43"),))
    error = await refused(call)
    assert error.info.metadata["request_id"] == "client-43"
    assert dict(await call.trailing_metadata())["x-request-id"] == "client-43"


async def test_stopping_lets_calls_finish_and_tells_health_watchers(
    start_server: Any, engine: Any
) -> None:
    server, channel = await start_server()
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    check = health_pb2.HealthCheckRequest(service=SERVICE)
    watch = health_pb2_grpc.HealthStub(channel).Watch(check)
    assert (await watch.read()).status == READY
    unary = stub.Translate(request("الأول"))
    await engine.begun()
    stream = stub.StreamTranslate(stream_request("قبل\nبعد"))
    await until(lambda: server.queued_tokens)
    stop = asyncio.create_task(server.stop(30))
    assert (await watch.read()).status == NOT_READY
    assert not stop.done()
    async with grpc.aio.insecure_channel(server.address) as late:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await zubda_pb2_grpc.ZubdaServiceStub(late).GetServiceInfo(INFO)
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    engine.run_freely()
    assert (await unary).translations[0].text == "الأول"
    assert "".join([piece.text async for piece in stream]) == "قبل\nبعد"
    await stop
    assert engine.closed


async def test_after_the_grace_calls_are_ended_with_a_reason(
    start_server: Any, engine: Any, refused: Any
) -> None:
    server, channel = await start_server()
    call = zubda_pb2_grpc.ZubdaServiceStub(channel).Translate(request(lines(10)))
    await engine.begun()
    stop = asyncio.create_task(server.stop(0.05))
    error = await refused(call)
    assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
    engine.run_freely()
    await stop


async def test_hurrying_ends_calls_at_once(start_server: Any, engine: Any, refused: Any) -> None:
    server, channel = await start_server()
    call = zubda_pb2_grpc.ZubdaServiceStub(channel).Translate(request(lines(10)))
    await engine.begun()
    stop = asyncio.create_task(server.stop(3600))
    server.hurry()
    assert (await refused(call)).reason == "SHUTTING_DOWN"
    engine.run_freely()
    await stop


@pytest.mark.parametrize("garbage", [b"\xff\xff\xff", b"\x0a\x02\xff\xfe"])  # no message; no UTF-8
async def test_what_is_not_a_message_is_refused_politely(
    start_server: Any, refused: Any, garbage: bytes
) -> None:
    _, channel = await start_server()
    unary = channel.unary_unary("/zubda.v1.ZubdaService/Translate")
    stream = channel.unary_stream("/zubda.v1.ZubdaService/StreamTranslate")
    for call in (unary(garbage), stream(garbage).read()):
        error = await refused(call)
        assert error.code == grpc.StatusCode.INVALID_ARGUMENT
        assert error.reason == "INVALID_ARGUMENT"


async def test_a_method_that_does_not_exist_is_unimplemented(start_server: Any) -> None:
    _, channel = await start_server()
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await channel.unary_unary("/zubda.v1.ZubdaService/Sing")(b"")
    assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED


async def test_health_of_an_unknown_service_is_not_found(start_server: Any) -> None:
    _, channel = await start_server()
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await health(channel, "no.such.Service")
    assert caught.value.code() == grpc.StatusCode.NOT_FOUND
