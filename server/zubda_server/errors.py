"""What can go wrong with a call, and what the caller is told: one table.

Every error is a ``google.rpc.Status`` with an ``ErrorInfo`` (AIP-193); invalid
fields add ``BadRequest``, refusals that a later call may pass add ``RetryInfo``.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import grpc
from google.protobuf import any_pb2, duration_pb2, message
from google.rpc import error_details_pb2, status_pb2

DOMAIN = "zubda.dev"


class ServiceError(Exception):
    """A call ends with an error that the caller may see; the message is for people."""


class Violation(NamedTuple):
    """One field of a request that is not as it should be."""

    field: str
    """The path of the field, such as ``texts[2]``."""

    reason: str
    """What is wrong, in UPPER_SNAKE_CASE."""

    description: str
    """What is wrong and what to do, in one English sentence."""

    metadata: Mapping[str, str] = MappingProxyType({})
    """Facts that a program can use, such as the limit."""


class InvalidRequestError(ServiceError):
    """The request cannot be carried out as it is, now or later."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("; ".join(f"{v.field}: {v.description}" for v in violations))
        self.violations = violations


class InvalidTokenError(ServiceError):
    """The call carries no bearer token, or not the right one."""


class NotReadyError(ServiceError):
    """The models are still being loaded."""


class ShuttingDownError(ServiceError):
    """The server stops and takes no more work."""


class QueueFullError(ServiceError):
    """Too much work waits for an engine."""


class TooManyCallsError(ServiceError):
    """Too many calls are in progress."""


class DeadlineExceededError(ServiceError):
    """The time of the call is used up: the caller's or that which the server allows."""


class InternalError(ServiceError):
    """Something is wrong with the server; the caller learns no more than that."""


class _Row(NamedTuple):
    code: grpc.StatusCode
    reason: str
    retry_after: float | None = None  # seconds


_TABLE: Mapping[type[ServiceError], _Row] = {
    InvalidRequestError: _Row(grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT"),
    InvalidTokenError: _Row(grpc.StatusCode.UNAUTHENTICATED, "INVALID_TOKEN"),
    NotReadyError: _Row(grpc.StatusCode.UNAVAILABLE, "NOT_READY", 1.0),
    ShuttingDownError: _Row(grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN", 1.0),
    QueueFullError: _Row(grpc.StatusCode.RESOURCE_EXHAUSTED, "QUEUE_FULL", 1.0),
    TooManyCallsError: _Row(grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_CALLS", 1.0),
    DeadlineExceededError: _Row(grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"),
    InternalError: _Row(grpc.StatusCode.INTERNAL, "INTERNAL"),
}


def to_status(error: ServiceError, request_id: str) -> tuple[grpc.StatusCode, status_pb2.Status]:
    """What the caller of the call ``request_id`` is told about ``error``."""
    code, reason, retry_after = _TABLE[type(error)]
    info = error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN)
    details: list[message.Message] = [info]
    if isinstance(error, InvalidRequestError):
        first = error.violations[0]
        info.reason = first.reason
        info.metadata.update({"field": first.field, **first.metadata})
        details.append(_bad_request(error.violations))
    if retry_after is not None:
        delay = duration_pb2.Duration()
        delay.FromMilliseconds(round(retry_after * 1000))
        details.append(error_details_pb2.RetryInfo(retry_delay=delay))
    info.metadata["request_id"] = request_id
    status = status_pb2.Status(code=code.value[0], message=str(error))
    for detail in details:
        status.details.append(any_pb2.Any())
        status.details[-1].Pack(detail)
    return code, status


def _bad_request(violations: Sequence[Violation]) -> error_details_pb2.BadRequest:
    return error_details_pb2.BadRequest(
        field_violations=[
            error_details_pb2.BadRequest.FieldViolation(
                field=violation.field, reason=violation.reason, description=violation.description
            )
            for violation in violations
        ]
    )
