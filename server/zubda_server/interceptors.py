"""What surrounds every call: its log line, its errors, its token, its admission."""

import hmac
import logging
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias

import grpc
from google.protobuf.message import DecodeError

from zubda_server.admission import Admission
from zubda_server.errors import (
    InternalError,
    InvalidRequestError,
    InvalidTokenError,
    ServiceError,
    Violation,
    to_status,
)
from zubda_server.metrics import Metrics

HEALTH_PREFIX = "/grpc.health.v1.Health/"
SERVICE_PREFIX = "/zubda.v1.ZubdaService/"
REQUEST_ID = "x-request-id"

_STATUS_DETAILS = "grpc-status-details-bin"
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
_CODES = {code.value[0]: code for code in grpc.StatusCode}

# Quoted, as at run time gRPC's classes are not generic.
Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"

access_log = logging.getLogger("zubda_server.access")
error_log = logging.getLogger("zubda_server.errors")


@dataclass
class CallRecord:
    """What the log says of one call: never its texts, never its token."""

    request_id: str
    code_points: int = 0
    segments: int = 0


current_call: ContextVar[CallRecord] = ContextVar("current_call")


class Surround(ABC, grpc.aio.ServerInterceptor):
    """An interceptor that is one context manager around calls of every kind."""

    @abstractmethod
    def around(self, method: str, context: Context) -> AbstractAsyncContextManager[None]:
        """What to do before and after a call of ``method``."""

    async def intercept_service(
        self,
        continuation: "Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]]",
        handler_call_details: grpc.HandlerCallDetails,
    ) -> "Handler | None":
        """Put :meth:`around` around the handler of a call."""
        handler = await continuation(handler_call_details)
        if handler is None:
            return None  # gRPC answers UNIMPLEMENTED
        method = handler_call_details.method
        inner: Callable[[Any, Context], Any] = _behavior(handler)

        async def unary(request: Any, context: Context) -> Any:
            async with self.around(method, context):
                return await inner(_parsed(handler, request), context)

        async def stream(request: Any, context: Context) -> None:
            async with self.around(method, context):
                result = inner(_parsed(handler, request), context)
                if isinstance(result, AsyncGenerator):
                    async with aclosing(result) as responses:
                        async for response in responses:
                            await context.write(response)
                else:  # it writes by itself
                    await result

        make, behavior = {
            (False, False): (grpc.unary_unary_rpc_method_handler, unary),
            (False, True): (grpc.unary_stream_rpc_method_handler, stream),
            (True, False): (grpc.stream_unary_rpc_method_handler, unary),
            (True, True): (grpc.stream_stream_rpc_method_handler, stream),
        }[handler.request_streaming, handler.response_streaming]
        deserializer = handler.request_deserializer if handler.request_streaming else None
        return make(behavior, deserializer, handler.response_serializer)


class AccessLog(Surround):
    """Writes one line for every call, and gives it an id, the caller's if it has a sane one.

    Args:
        metrics: where the call is counted as well.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Log the call."""
        given = _metadata(context).get(REQUEST_ID)
        sane = isinstance(given, str) and _SANE_REQUEST_ID.fullmatch(given)
        record = CallRecord(str(given) if sane else uuid.uuid4().hex)
        current_call.set(record)
        # In the trailing metadata, as initial metadata would end the client's retries.
        context.set_trailing_metadata(((REQUEST_ID, record.request_id),))
        started = time.monotonic()
        finished = False
        try:
            yield
            finished = True
        finally:
            code = _code(context, finished)
            seconds = time.monotonic() - started
            level = logging.DEBUG if method.startswith(HEALTH_PREFIX) else logging.INFO
            fields = {
                "method": method,
                "code": code,
                "duration_ms": round(seconds * 1000, 1),
                "request_id": record.request_id,
                "code_points": record.code_points,
                "segments": record.segments,
            }
            access_log.log(
                level, " ".join(f"{k}={v}" for k, v in fields.items()), extra={"fields": fields}
            )
            self._metrics.observe(
                method, code, seconds, code_points=record.code_points, segments=record.segments
            )


class Errors(Surround):
    """Turns exceptions into rich errors; what is unexpected is logged and stays here."""

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Map the errors of the call."""
        request_id = current_call.get().request_id
        try:
            yield
        except ServiceError as error:
            await _abort(context, error, request_id)
        except grpc.aio.AbortError:
            raise
        except Exception:
            error_log.exception("request_id=%s: %s failed", request_id, method)
            message = f"internal error; the server's log has it under request id {request_id}"
            await _abort(context, InternalError(message), request_id)


class Token(Surround):
    """Asks for a bearer token, except of health checks, as those who probe have none."""

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    @asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Check the token of the call."""
        if not method.startswith(HEALTH_PREFIX):
            given = str(_metadata(context).get("authorization", ""))
            if not hmac.compare_digest(given.encode(), self._expected):
                raise InvalidTokenError(
                    'this server needs the metadata "authorization: Bearer <token>" '
                    "with the right token"
                )
        yield


class Admit(Surround):
    """Admits calls to the service, and keeps those to others for as long as they like."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    def around(self, method: str, context: Context) -> AbstractAsyncContextManager[None]:
        """Admit the call."""
        if method.startswith(SERVICE_PREFIX):
            return self._admission.call(context.time_remaining())
        return self._admission.watcher()


def _behavior(handler: Handler) -> Callable[[Any, Context], Any]:
    """The method of a handler that does the work, whatever the kind of call."""
    behaviors: tuple[Any, ...] = (
        handler.unary_unary,
        handler.unary_stream,
        handler.stream_unary,
        handler.stream_stream,
    )
    return behaviors[2 * handler.request_streaming + handler.response_streaming]  # type: ignore[no-any-return]


def _parsed(handler: Handler, request: Any) -> Any:
    """The request of a unary call, parsed here so that its errors are ours to report."""
    if handler.request_streaming or handler.request_deserializer is None:
        return request
    try:
        return handler.request_deserializer(request)
    except DecodeError:
        raise InvalidRequestError(
            [Violation("", "INVALID_ARGUMENT", "not a request of this method in valid UTF-8")]
        ) from None


def _metadata(context: Context) -> dict[str, str | bytes]:
    return dict(context.invocation_metadata() or ())


def _code(context: Context, finished: bool) -> str:
    """The name of the status that a call ends with."""
    code: Any = context.code()
    code = _CODES[code] if isinstance(code, int) else code
    if code not in (None, grpc.StatusCode.OK):
        return str(code.name)
    if finished:
        return "OK"
    return "DEADLINE_EXCEEDED" if context.time_remaining() == 0 else "CANCELLED"


async def _abort(context: Context, error: ServiceError, request_id: str) -> None:
    code, status = to_status(error, request_id)
    metadata = ((_STATUS_DETAILS, status.SerializeToString()), (REQUEST_ID, request_id))
    await context.abort(code, status.message, metadata)
