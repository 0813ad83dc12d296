"""What an operator can scrape."""

import asyncio
import re
import socket
import urllib.request

import pytest

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_server.settings import Settings, SettingsError


@pytest.fixture
def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


async def scrape(address: str) -> str:
    def get() -> str:
        with urllib.request.urlopen(f"http://{address}/metrics") as response:
            return str(response.read().decode())

    return await asyncio.to_thread(get)


async def test_calls_are_counted_by_method_and_status(
    start_server, engine, free_address, refused
) -> None:
    engine.run_freely()
    _, channel = await start_server(metrics_address=free_address)
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    text = "جملة أولى. جملة ثانية."
    await stub.Translate(zubda_pb2.TranslateRequest(texts=[text], target_language_code="en"))
    await refused(stub.Translate(zubda_pb2.TranslateRequest(target_language_code="en")))
    metrics = await scrape(free_address)
    labels = 'grpc_method="zubda.v1.ZubdaService/Translate",grpc_status="{}"'
    for status in ("OK", "INVALID_ARGUMENT"):
        count = f"grpc_server_call_duration_seconds_count{{{labels.format(status)}}} 1.0"
        assert count in metrics
    assert f"zubda_code_points_total {float(len(text))}" in metrics
    assert "zubda_segments_total 2.0" in metrics
    assert "process_resident_memory_bytes" in metrics


async def test_waiting_work_is_seen(start_server, engine, free_address) -> None:
    _, channel = await start_server(metrics_address=free_address)
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    request = zubda_pb2.TranslateRequest(
        texts=["كلمة " * 30 + ".\n" + "كلمة " * 30 + "."], target_language_code="en"
    )
    call = asyncio.ensure_future(stub.Translate(request))
    await engine.begun()  # the first sentence is with the engine, the second waits
    waiting = re.search(r"^zubda_queue_tokens (\S+)$", await scrape(free_address), re.MULTILINE)
    assert waiting is not None
    assert float(waiting[1]) > 30
    engine.run_freely()
    await call


async def test_an_address_in_use_is_refused_at_start(start_server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match="cannot serve metrics"):
            await start_server(metrics_address=address)


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(SettingsError, match="--metrics-address is HOST:PORT"):
        Settings(metrics_address="localhost")
