"""Encrypted connections, with the certificates that the server's tests use."""

# ruff: noqa: S106 - the tokens are no secrets

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest

import zubda
from zubda.v1.zubda_pb2_grpc import add_ZubdaServiceServicer_to_server

CERTIFICATES = Path(__file__).parents[1] / "server" / "tls"


def pem(name: str) -> bytes:
    return CERTIFICATES.joinpath(name).read_bytes()


@pytest.fixture
def tls_target(servicer) -> Iterator[str]:
    """A server that asks for a client's certificate."""
    credentials = grpc.ssl_server_credentials(
        [(pem("server.key"), pem("server.pem"))],
        root_certificates=pem("ca.pem"),
        require_client_auth=True,
    )
    with ThreadPoolExecutor() as threads:
        server = grpc.server(threads)
        add_ZubdaServiceServicer_to_server(servicer, server)
        port = server.add_secure_port("127.0.0.1:0", credentials)
        server.start()
        yield f"127.0.0.1:{port}"
        server.stop(None).wait()


@pytest.fixture
def tls() -> zubda.TLS:
    return zubda.TLS(
        root_certificates=pem("ca.pem"),
        certificate_chain=pem("client.pem"),
        private_key=pem("client.key"),
    )


def test_both_sides_show_their_certificates(tls_target, tls, servicer):
    with zubda.Client(tls_target, tls=tls, token="secret") as client:
        assert client.translate("أ").text == "[أ]"
    assert servicer.metadata["authorization"] == "Bearer secret"


async def test_both_sides_show_their_certificates_async(tls_target, tls):
    async with zubda.AsyncClient(tls_target, tls=tls) as client:
        assert (await client.translate("أ")).text == "[أ]"


def test_a_server_that_nobody_vouches_for_is_not_called(tls_target, servicer):
    with zubda.Client(tls_target, tls=True) as client, pytest.raises(zubda.UnavailableError):
        client.info()
    assert servicer.requests == []
