"""How the client connects: target, credentials, retries and the options of the channel."""

import ipaddress
import json
import re
from dataclasses import dataclass
from typing import Any

import grpc

from zubda._version import __version__

DEFAULT_TARGET = "localhost:50051"
_DEFAULT_PORT = 50051

# A response carries source and translation, so it is several times its request.
_MAX_RESPONSE_BYTES = 64 * 1024 * 1024

_SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{"service": "zubda.v1.ZubdaService"}],
            # Every method only reads, so a repeated attempt does no harm; but only
            # UNAVAILABLE says that one may succeed (https://google.aip.dev/194).
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.1s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
    "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1},
}


@dataclass(frozen=True, slots=True)
class TLS:
    """How to encrypt; all certificates and keys are PEM."""

    root_certificates: bytes | None = None
    """The authorities to trust; None: those that gRPC brings along."""
    certificate_chain: bytes | None = None
    """The client's own certificate, for servers that ask for one (mutual TLS)."""
    private_key: bytes | None = None
    """The key of ``certificate_chain``."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What either stack of gRPC needs to open the channel and to make calls."""

    target: str
    credentials: grpc.ChannelCredentials | None
    """None: plain text."""
    options: tuple[tuple[str, Any], ...]
    metadata: tuple[tuple[str, str], ...]
    """To send with every call."""


def connection(target: str, *, token: str | None, tls: TLS | bool) -> Connection:
    """Decide how to connect to ``target``.

    Raises:
        ValueError: the token would cross a network in plain text, or cannot be sent.
    """
    local = _is_local(target)
    if token is not None:
        if not tls and not local:
            raise ValueError(f"a token would be readable on the way to {target}: use TLS")
        if not (token.isascii() and token.isprintable()):
            raise ValueError("a token must consist of printable ASCII characters")
    return Connection(
        target=_with_port(target),
        credentials=_credentials(tls),
        options=(
            ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
            ("grpc.primary_user_agent", f"zubda-python/{__version__}"),
            ("grpc.max_receive_message_length", _MAX_RESPONSE_BYTES),
            # Servers permit a ping every five minutes unless configured otherwise.
            ("grpc.keepalive_time_ms", 300_000),
            ("grpc.keepalive_timeout_ms", 20_000),
            ("grpc.enable_http_proxy", 0 if local else 1),
        ),
        metadata=(("authorization", f"Bearer {token}"),) if token is not None else (),
    )


def _credentials(tls: TLS | bool) -> grpc.ChannelCredentials | None:
    if not tls:
        return None
    given = tls if isinstance(tls, TLS) else TLS()
    return grpc.ssl_channel_credentials(
        root_certificates=given.root_certificates,
        private_key=given.private_key,
        certificate_chain=given.certificate_chain,
    )


def _with_port(target: str) -> str:
    """``target``, with the default port where it is a bare host name or IPv4 address."""
    bare = re.fullmatch(r"[\w.-]+|\[[\da-fA-F:]+\]", target)
    return f"{target}:{_DEFAULT_PORT}" if bare else target


def _is_local(target: str) -> bool:
    """Whether what is sent to ``target`` stays on this machine."""
    if target.startswith(("unix:", "unix-abstract:")):
        return True
    endpoints = re.sub(r"^(dns:(//[^/]*/)?|ipv4:|ipv6:)", "", target).split(",")
    return all(map(_is_loopback, endpoints))


def _is_loopback(endpoint: str) -> bool:
    bracketed = re.match(r"\[([^\]]*)\]", endpoint)
    host = bracketed[1] if bracketed else endpoint.partition(":")[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
