"""The exceptions of the client, and how a failed call becomes one of them.

A server of Zubda answers errors by the rich error model (https://google.aip.dev/193):
``ErrorInfo`` with a reason, ``BadRequest`` with the fields concerned, ``RetryInfo``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """What is wrong with one field of a request."""

    field: str
    """Its path in the request message, such as ``texts[0]`` or ``decoding.beam_size``."""
    description: str


class ZubdaError(Exception):
    """The root of what the client raises when a call fails.

    Attributes:
        message: what went wrong and what to do, in English.
        reason: why, for programs: UPPER_SNAKE_CASE, stable; empty where the failure
            comes from the transport and not from Zubda.
        violations: the fields of the request that are wrong.
        retry_after: after how many seconds a new attempt may succeed; None where the
            server does not say.
        metadata: further facts by name, such as the limit that was exceeded.
        request_id: the server's name for the call in its log; None if it gave none.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        violations: tuple[FieldViolation, ...] = (),
        retry_after: float | None = None,
        metadata: Mapping[str, str] | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.violations = violations
        self.retry_after = retry_after
        self.metadata = dict(metadata or {})
        self.request_id = request_id


class InvalidArgumentError(ZubdaError):
    """The request is wrong and would fail again: see ``message`` and ``violations``."""


class UnavailableError(ZubdaError):
    """No server answers, or it is not ready; the call was tried several times."""


class DeadlineExceededError(ZubdaError):
    """The call was not done within its timeout."""


class OverloadedError(ZubdaError):
    """The server has too much to do; try again after ``retry_after`` seconds."""


class UnauthenticatedError(ZubdaError):
    """The server asks for a token, or refuses the one given."""


class UnimplementedError(ZubdaError):
    """What answers is no Zubda server, or one too old for this call."""


class InternalError(ZubdaError):
    """The server failed; its log has more under ``request_id``."""


_CLASSES: Mapping[grpc.StatusCode, type[ZubdaError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidArgumentError,
    grpc.StatusCode.UNAVAILABLE: UnavailableError,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceededError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: OverloadedError,
    grpc.StatusCode.UNAUTHENTICATED: UnauthenticatedError,
    grpc.StatusCode.PERMISSION_DENIED: UnauthenticatedError,
    grpc.StatusCode.UNIMPLEMENTED: UnimplementedError,
    grpc.StatusCode.INTERNAL: InternalError,
    grpc.StatusCode.UNKNOWN: InternalError,
    grpc.StatusCode.DATA_LOSS: InternalError,
}

_EXPLANATIONS = {
    grpc.StatusCode.UNIMPLEMENTED: "what answers is no Zubda server, or too old for this call",
    grpc.StatusCode.DEADLINE_EXCEEDED: "the call was not done within its timeout",
}

# What gRPC itself says, as "Received message larger than max (5000000 vs. 4194304)".
_OVERSIZE = re.compile(r"message larger than max \((\d+) vs\. (\d+)\)")


def from_rpc_error(error: grpc.RpcError) -> ZubdaError:
    """The exception for a call that failed, from either stack of gRPC."""
    call = cast("grpc.Call", error)
    code, message = call.code(), call.details() or ""
    if code is grpc.StatusCode.RESOURCE_EXHAUSTED and (sizes := _OVERSIZE.search(message)):
        return _oversize(int(sizes[1]), int(sizes[2]))
    info, bad_request, retry = _details(call)
    if not info.reason and code in _EXPLANATIONS:  # gRPC says so, in its own terms
        message = f"{_EXPLANATIONS[code]} ({message})"
    metadata = dict(info.metadata)
    request_id = metadata.pop("request_id", None)
    return _CLASSES.get(code, ZubdaError)(
        message or code.name.lower().replace("_", " "),
        reason=info.reason,
        violations=tuple(
            FieldViolation(violation.field, violation.description)
            for violation in bad_request.field_violations
        ),
        retry_after=(
            retry.retry_delay.ToTimedelta().total_seconds()
            if retry.HasField("retry_delay")
            else None
        ),
        metadata=metadata,
        request_id=request_id,
    )


def _oversize(size: int, limit: int) -> ZubdaError:
    return InvalidArgumentError(
        f"the message has {size:,} bytes, and {limit:,} is the most that is taken: "
        "split the text, or send fewer texts in one call",
        reason="MESSAGE_TOO_LARGE",
        metadata={"size_bytes": str(size), "max_bytes": str(limit)},
    )


def _details(
    call: grpc.Call,
) -> tuple[error_details_pb2.ErrorInfo, error_details_pb2.BadRequest, error_details_pb2.RetryInfo]:
    """The details that the server sent; empty messages where it sent none."""
    details = (
        error_details_pb2.ErrorInfo(),
        error_details_pb2.BadRequest(),
        error_details_pb2.RetryInfo(),
    )
    try:
        status = rpc_status.from_call(call)
    except (ValueError, DecodeError):  # details of something that contradicts its own status
        status = None
    for packed in (status or status_pb2.Status()).details:
        for detail in cast("tuple[Message, ...]", details):
            packed.Unpack(detail)
    return details
