"""The client for ``asyncio``; what its methods mean is said in :mod:`zubda._client`."""

# ruff: noqa: ASYNC109 - the timeouts are deadlines that travel with the call

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self, TypeVar

import grpc
import grpc.aio

from zubda._channel import DEFAULT_TARGET, TLS, connection
from zubda._errors import from_rpc_error
from zubda._requests import Documents, stream_request, summarize_request, translate_request
from zubda._responses import read_info, read_piece, read_summary, read_translations
from zubda._results import Piece, Summary, Translation
from zubda._service_info import ServiceInfo
from zubda.v1 import zubda_pb2 as pb
from zubda.v1.zubda_pb2_grpc import ZubdaServiceStub

_Request = TypeVar("_Request")
_Response = TypeVar("_Response")


class AsyncTranslationStream(AsyncIterator[Piece]):
    """As :class:`zubda.TranslationStream`, for ``async for`` and ``async with``."""

    def __init__(
        self,
        call: "grpc.aio.UnaryStreamCall[pb.StreamTranslateRequest, pb.StreamTranslateResponse]",
    ) -> None:
        self._call = call
        self._responses = aiter(call)
        self._closed = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Piece:
        if self._closed:
            raise StopAsyncIteration
        try:
            return read_piece(await anext(self._responses))
        except grpc.RpcError as error:
            raise from_rpc_error(error) from error

    async def aclose(self) -> None:
        """Cancel the call if it is not done; nothing more comes out of the stream."""
        self._closed = True
        self._call.cancel()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


class AsyncClient:
    """As :class:`zubda.Client`, for ``asyncio``; to be made where an event loop runs.

        async with zubda.AsyncClient("localhost:50051") as client:
            print((await client.translate("مرحبا بالعالم")).text)

    Cancelling the task that awaits a call cancels the call.

    Raises:
        RuntimeError: no event loop runs.
        ValueError: as :class:`zubda.Client`.
    """

    def __init__(
        self,
        target: str = DEFAULT_TARGET,
        *,
        timeout: float = 60.0,
        token: str | None = None,
        tls: TLS | bool = False,
    ) -> None:
        asyncio.get_running_loop()  # gRPC would else pick one of its own, in which nothing runs
        settings = connection(target, token=token, tls=tls)
        self._timeout = timeout
        self._metadata = settings.metadata
        self._channel = (
            grpc.aio.secure_channel(settings.target, settings.credentials, settings.options)
            if settings.credentials
            else grpc.aio.insecure_channel(settings.target, settings.options)
        )
        self._stub = ZubdaServiceStub(self._channel)

    async def translate(
        self,
        text: str,
        *,
        to: str = "en",
        source: str | None = None,
        beam_size: int | None = None,
        alternatives: int | None = None,
        max_output_tokens: int | None = None,
        timeout: float | None = None,
    ) -> Translation:
        """As :meth:`zubda.Client.translate`."""
        translations = await self.translate_many(
            [text],
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
            timeout=timeout,
        )
        return translations[0]

    async def translate_many(
        self,
        texts: Sequence[str],
        *,
        to: str = "en",
        source: str | None = None,
        beam_size: int | None = None,
        alternatives: int | None = None,
        max_output_tokens: int | None = None,
        timeout: float | None = None,
    ) -> list[Translation]:
        """As :meth:`zubda.Client.translate_many`."""
        request = translate_request(
            texts,
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
        )
        return read_translations(await self._call(self._stub.Translate, request, timeout))

    def stream(
        self,
        text: str | Sequence[str],
        *,
        to: str = "en",
        source: str | None = None,
        beam_size: int | None = None,
        alternatives: int | None = None,
        max_output_tokens: int | None = None,
        timeout: float | None = None,
    ) -> AsyncTranslationStream:
        """As :meth:`zubda.Client.stream`."""
        request = translate_request(
            [text] if isinstance(text, str) else text,
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
        )
        return AsyncTranslationStream(
            self._stub.StreamTranslate(
                stream_request(request), timeout=self._seconds(timeout), metadata=self._metadata
            )
        )

    async def summarize(
        self,
        documents: Documents,
        *,
        to: str = "ar",
        sentences: int | None = None,
        words: int | None = None,
        ratio: float | None = None,
        method: str | None = None,
        beam_size: int | None = None,
        max_output_tokens: int | None = None,
        timeout: float | None = None,
    ) -> Summary:
        """As :meth:`zubda.Client.summarize`."""
        request = summarize_request(
            documents,
            to=to,
            sentences=sentences,
            words=words,
            ratio=ratio,
            method=method,
            beam_size=beam_size,
            max_output_tokens=max_output_tokens,
        )
        return read_summary(await self._call(self._stub.Summarize, request, timeout))

    async def info(self, *, timeout: float | None = None) -> ServiceInfo:
        """As :meth:`zubda.Client.info`."""
        request = pb.GetServiceInfoRequest()
        return read_info(await self._call(self._stub.GetServiceInfo, request, timeout))

    async def close(self) -> None:
        """Close the connection; calls in progress are cancelled."""
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def _seconds(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout

    async def _call(
        self,
        method: "grpc.aio.UnaryUnaryMultiCallable[_Request, _Response]",
        request: _Request,
        timeout: float | None,
    ) -> _Response:
        try:
            return await method(request, timeout=self._seconds(timeout), metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_rpc_error(error) from error
