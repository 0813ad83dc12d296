"""Who may call, and how."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_server.settings import SettingsError

TLS = Path(__file__).parent / "tls"
INFO = zubda_pb2.GetServiceInfoRequest()


def pem(name: str) -> bytes:
    return (TLS / name).read_bytes()


async def info(address: str, credentials: grpc.ChannelCredentials) -> object:
    async with grpc.aio.secure_channel(address, credentials) as channel:
        return await zubda_pb2_grpc.ZubdaServiceStub(channel).GetServiceInfo(INFO, timeout=20)


async def services(channel: grpc.aio.Channel) -> set[str]:
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    call = stub.ServerReflectionInfo()
    await call.write(reflection_pb2.ServerReflectionRequest(list_services=""))
    answer = await call.read()
    await call.done_writing()
    assert await call.code() == grpc.StatusCode.OK
    return {service.name for service in answer.list_services_response.service}


async def test_tls_serves_those_who_trust_the_certificate(start_server: Any) -> None:
    server, _ = await start_server(tls_certificate=TLS / "server.pem", tls_key=TLS / "server.key")
    assert await info(server.address, grpc.ssl_channel_credentials(pem("ca.pem")))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await info(server.address, grpc.ssl_channel_credentials())
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE


async def test_mtls_serves_those_with_a_certificate_only(start_server: Any) -> None:
    server, _ = await start_server(
        tls_certificate=TLS / "server.pem",
        tls_key=TLS / "server.key",
        tls_client_ca=TLS / "ca.pem",
    )
    known = grpc.ssl_channel_credentials(pem("ca.pem"), pem("client.key"), pem("client.pem"))
    assert await info(server.address, known)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await info(server.address, grpc.ssl_channel_credentials(pem("ca.pem")))
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize(
    "metadata", [(), (("authorization", "Bearer wrong"),), (("authorization", "s3cret"),)]
)
async def test_a_call_without_the_right_token_is_refused(
    start_server: Any,
    refused: Callable[[Awaitable[Any]], Awaitable[Any]],
    access_lines: Any,
    metadata: tuple[tuple[str, str], ...],
) -> None:
    _, channel = await start_server(token="s3cret")  # noqa: S106 - of this test only
    stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
    stream = zubda_pb2.StreamTranslateRequest(texts=["نص"], target_language_code="en")
    for call in (
        stub.GetServiceInfo(INFO, metadata=metadata),
        stub.StreamTranslate(stream, metadata=metadata).read(),
    ):
        error = await refused(call)
        assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "INVALID_TOKEN")
        assert "s3cret" not in error.message
        line = await access_lines.next()
        assert line["code"] == "UNAUTHENTICATED"
        assert "s3cret" not in line["line"]


async def test_the_right_token_opens_and_health_needs_none(start_server: Any) -> None:
    _, channel = await start_server(token="s3cret")  # noqa: S106 - of this test only
    metadata = (("authorization", "Bearer s3cret"),)
    assert await zubda_pb2_grpc.ZubdaServiceStub(channel).GetServiceInfo(INFO, metadata=metadata)
    assert await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())


async def test_reflection_lists_the_services(start_server: Any) -> None:
    _, channel = await start_server()
    assert {"zubda.v1.ZubdaService", "grpc.health.v1.Health"} <= await services(channel)


async def test_reflection_can_be_switched_off(start_server: Any) -> None:
    _, channel = await start_server(reflection=False)
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    call = stub.ServerReflectionInfo()
    assert await call.code() == grpc.StatusCode.UNIMPLEMENTED


async def test_a_unix_socket_serves(start_server: Any, tmp_path: Path) -> None:
    server, channel = await start_server(address=f"unix:{tmp_path}/socket", max_connection_age=60)
    assert server.address == f"unix:{tmp_path}/socket"
    assert await zubda_pb2_grpc.ZubdaServiceStub(channel).GetServiceInfo(INFO)


async def test_a_second_server_on_the_same_port_is_refused(start_server: Any) -> None:
    server, _ = await start_server()
    with pytest.raises(SettingsError, match="cannot listen on"):
        await start_server(address=server.address)
