"""Asks a server by the gRPC health protocol whether it is ready for calls.

For container health checks and for scripts that start a server and wait for
it. Protocol: https://github.com/grpc/grpc/blob/master/doc/health-checking.md
"""

import argparse
import os
import ssl
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from zubda.v1 import zubda_pb2

_SERVICE = zubda_pb2.DESCRIPTOR.services_by_name["ZubdaService"].full_name
_TIMEOUT = 3.0  # seconds for the one answer of a check that does not wait
_OPTIONS = [
    ("grpc.enable_http_proxy", 0),  # the server asked is a near one
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
]


def check(target: str, wait: float = 0.0, certificate: Path | None = None) -> str:
    """Ask the server at ``target`` for the status of the Zubda service.

    Args:
        target: the address of the server, as gRPC names it.
        wait: for how many seconds to wait until the server listens and its
            models are warm; with 0 the first answer counts.
        certificate: the PEM file of the server's own certificate, which alone is
            trusted; without it the connection is in plain text.

    Returns:
        The last status seen, ``"SERVING"`` or ``"NOT_SERVING"``; or, without an
        answer, the gRPC status code and its details.

    """
    status = ""
    with _channel(target, certificate) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        answers = stub.Watch(
            health_pb2.HealthCheckRequest(service=_SERVICE),
            timeout=wait or _TIMEOUT,
            wait_for_ready=wait > 0,
        )
        try:
            for answer in answers:
                status = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
                if status == "SERVING" or not wait:
                    break
        except grpc.RpcError as error:
            status = status or f"{error.code().name}: {error.details()}"
    return status


def reachable(address: str) -> str:
    """Turn an address to listen on into one to call.

    ``0.0.0.0`` and ``[::]`` stand for every interface; the loopback is one.
    """
    host, _, port = address.rpartition(":")
    loopback = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104
    return f"{loopback[host]}:{port}" if host in loopback else address


def _channel(target: str, certificate: Path | None) -> grpc.Channel:
    if certificate is None:
        return grpc.insecure_channel(target, options=_OPTIONS)
    # The server is called at the loopback, which its certificate seldom names: the
    # name to expect is the certificate's own. Only this function of ssl, which its
    # tests use, reads a name without a connection.
    names = ssl._ssl._test_decode_cert(certificate)["subjectAltName"]  # type: ignore[attr-defined]
    name = names[0][1].replace("*", "any")
    options = [*_OPTIONS, ("grpc.ssl_target_name_override", name)]
    credentials = grpc.ssl_channel_credentials(certificate.read_bytes())
    return grpc.secure_channel(target, credentials, options=options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check; returns 0 when the server is ready, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m zubda_server.healthcheck",
        description="Exit with 0 when the server is ready for calls, else with 1. The server's "
        "settings are taken from ZUBDA_ADDRESS and ZUBDA_TLS_CERTIFICATE. A server that demands "
        "certificates of its clients cannot be asked this way.",
    )
    parser.add_argument(
        "address",
        nargs="?",
        default=os.environ.get("ZUBDA_ADDRESS") or "127.0.0.1:50051",
        help="where the server listens (default: $ZUBDA_ADDRESS, else 127.0.0.1:50051)",
    )
    parser.add_argument(
        "--wait",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="wait so long for it to become ready (default: do not wait)",
    )
    options = parser.parse_args(arguments)
    certificate = os.environ.get("ZUBDA_TLS_CERTIFICATE")
    target = reachable(options.address)
    status = check(target, options.wait, Path(certificate) if certificate else None)
    if status != "SERVING":
        print(f"{options.address}: {status}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
