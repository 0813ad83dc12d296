"""The health check against servers that are loading, ready, draining, and not there."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import grpc
import pytest

from zubda_server.app import Server
from zubda_server.core import Core
from zubda_server.healthcheck import check, main, reachable
from zubda_server.settings import Settings

PATIENCE = 30.0
TLS = Path(__file__).parent / "tls"

StartServer = Callable[..., Awaitable[tuple[Server, grpc.aio.Channel]]]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ZUBDA_ADDRESS", "ZUBDA_TLS_CERTIFICATE"):
        monkeypatch.delenv(name, raising=False)


async def test_a_ready_server_gives_exit_code_0_and_no_output(
    start_server: StartServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server, _ = await start_server()
    assert await asyncio.to_thread(main, [server.address]) == 0
    assert capfd.readouterr() == ("", "")


async def test_the_address_comes_from_the_servers_own_setting(
    start_server: StartServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_server(address=f"unix:{tmp_path}/socket")
    monkeypatch.setenv("ZUBDA_ADDRESS", f"unix:{tmp_path}/socket")
    assert await asyncio.to_thread(main, []) == 0


async def test_a_loading_server_is_not_ready_until_it_is_waited_for(
    start_server: StartServer, echo_core: Core, capfd: pytest.CaptureFixture[str]
) -> None:
    loaded = threading.Event()

    def load(settings: Settings) -> Core:
        assert loaded.wait(PATIENCE)
        return echo_core

    server, _ = await start_server(load=load, ready=False)
    try:
        assert await asyncio.to_thread(main, [server.address]) == 1
        assert capfd.readouterr().err == f"{server.address}: NOT_SERVING\n"
        waiting = asyncio.create_task(asyncio.to_thread(check, server.address, PATIENCE))
    finally:
        loaded.set()
    assert await waiting == "SERVING"


async def test_waiting_begins_before_the_server_listens(
    start_server: StartServer, tmp_path: Path
) -> None:
    address = f"unix:{tmp_path}/socket"
    waiting = asyncio.create_task(asyncio.to_thread(check, address, PATIENCE))
    await start_server(address=address)
    assert await waiting == "SERVING"


def test_no_server_gives_exit_code_1_and_the_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([f"unix:{tmp_path}/socket"]) == 1
    assert f"unix:{tmp_path}/socket: UNAVAILABLE: " in capfd.readouterr().err


def test_waiting_in_vain_ends(tmp_path: Path) -> None:
    assert check(f"unix:{tmp_path}/socket", wait=0.1).startswith("DEADLINE_EXCEEDED")


async def test_a_server_with_tls_is_known_by_its_own_certificate(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = TLS / "server.pem", TLS / "server.key"
    server, _ = await start_server(tls_certificate=certificate, tls_key=key)
    monkeypatch.setenv("ZUBDA_TLS_CERTIFICATE", str(certificate))
    assert await asyncio.to_thread(main, [server.address]) == 0
    imposter = TLS / "client.pem"
    assert (await asyncio.to_thread(check, server.address, 0, imposter)).startswith("UNAVAILABLE")


async def test_a_token_is_not_needed(start_server: StartServer) -> None:
    server, _ = await start_server(token="secret")  # noqa: S106
    assert await asyncio.to_thread(check, server.address) == "SERVING"


@pytest.mark.parametrize(
    ("listening", "calling"),
    [
        ("0.0.0.0:50051", "127.0.0.1:50051"),
        ("[::]:50051", "[::1]:50051"),
        ("127.0.0.1:1", "127.0.0.1:1"),
        ("unix:/run/zubda", "unix:/run/zubda"),
    ],
)
def test_a_server_on_every_interface_is_called_on_the_loopback(
    listening: str, calling: str
) -> None:
    assert reachable(listening) == calling
