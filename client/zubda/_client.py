"""The client for ordinary, blocking code."""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self, TypeVar

import grpc

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


class TranslationStream(Iterator[Piece]):
    """The pieces of a translation as they are finished.

    Closing it, by :meth:`close` or by leaving its ``with`` block, cancels what the server
    has not translated yet. Iteration raises what :class:`Client` raises.
    """

    def __init__(self, call: "grpc._CallIterator[pb.StreamTranslateResponse]") -> None:
        self._call = call
        self._closed = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Piece:
        if self._closed:
            raise StopIteration
        try:
            return read_piece(next(self._call))
        except grpc.RpcError as error:
            raise from_rpc_error(error) from error

    def close(self) -> None:
        """Cancel the call if it is not done; nothing more comes out of the stream."""
        self._closed = True
        self._call.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Client:
    """A connection to a Zubda server; threads may share one.

        with zubda.Client("localhost:50051") as client:
            print(client.translate("مرحبا بالعالم").text)

    It connects with the first call. Calls that find no server are tried four times
    within about two seconds. Every method raises a :class:`zubda.ZubdaError`:
    ``InvalidArgumentError``, ``UnavailableError``, ``DeadlineExceededError``,
    ``OverloadedError``, ``UnauthenticatedError``, ``UnimplementedError`` or
    ``InternalError``.

    Args:
        target: ``host:port`` (port 50051 if left out), ``unix:/path``, or any other
            name that gRPC resolves.
        timeout: the seconds that a call may take, unless it states its own.
        token: sent as bearer token with every call; only over TLS or to this machine.
        tls: True to encrypt with the usual authorities, or a :class:`zubda.TLS`.

    Raises:
        ValueError: the token would cross a network unencrypted, or cannot be sent.
    """

    def __init__(
        self,
        target: str = DEFAULT_TARGET,
        *,
        timeout: float = 60.0,
        token: str | None = None,
        tls: TLS | bool = False,
    ) -> None:
        settings = connection(target, token=token, tls=tls)
        self._timeout = timeout
        self._metadata = settings.metadata
        self._channel = (
            grpc.secure_channel(settings.target, settings.credentials, settings.options)
            if settings.credentials
            else grpc.insecure_channel(settings.target, settings.options)
        )
        self._stub = ZubdaServiceStub(self._channel)

    def translate(
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
        """Translate one text.

        Args:
            text: plain text of any layout; whitespace and line breaks are kept.
            to: the language to translate into (BCP 47).
            source: the language of the text; None: found by script for each segment.
            beam_size: hypotheses kept at each step of the search, from 1.
            alternatives: further hypotheses to return for each segment.
            max_output_tokens: the longest output of one segment.
            timeout: the seconds that this call may take.

        What is None is left to the server; its limits are in :meth:`info`.
        """
        return self.translate_many(
            [text],
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
            timeout=timeout,
        )[0]

    def translate_many(
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
        """Translate several texts in one call; arguments as in :meth:`translate`.

        Returns one translation for every text, in the same order.
        """
        request = translate_request(
            texts,
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
        )
        return read_translations(self._call(self._stub.Translate, request, timeout))

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
    ) -> TranslationStream:
        """Translate a text, or several, and hand out each segment once it is finished.

        Arguments as in :meth:`translate`; ``timeout`` covers the whole stream.
        """
        request = translate_request(
            [text] if isinstance(text, str) else text,
            to=to,
            source=source,
            beam_size=beam_size,
            alternatives=alternatives,
            max_output_tokens=max_output_tokens,
        )
        return TranslationStream(
            self._stub.StreamTranslate(
                stream_request(request), timeout=self._seconds(timeout), metadata=self._metadata
            )
        )

    def summarize(
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
        """Summarize one document, or several about one event.

        Args:
            documents: pages as they were copied, furniture and all; those that are not
                plain text as :class:`zubda.Document`. The article is extracted from HTML,
                and all spans refer to that extract, which ``Summary.extracts`` has.
            to: ``ar``, or ``en`` for the chosen sentences in translation.
            sentences: the most sentences of the summary.
            words: the most words (of the source language) of the summary.
            ratio: the largest share of the words of the cleaned documents, above 0
                and at most 1. Only one of the three lengths can be given.
            method: ``extractive`` (the default) or ``abstractive``; what a server offers is
                in :attr:`zubda.ServiceInfo.summary_methods`.
            beam_size: as in :meth:`translate`; only with ``en``.
            max_output_tokens: as in :meth:`translate`; only with ``en``.
            timeout: the seconds that this call may take.
        """
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
        return read_summary(self._call(self._stub.Summarize, request, timeout))

    def info(self, *, timeout: float | None = None) -> ServiceInfo:
        """What the server runs: version, models, language pairs, limits."""
        request = pb.GetServiceInfoRequest()
        return read_info(self._call(self._stub.GetServiceInfo, request, timeout))

    def close(self) -> None:
        """Close the connection; calls in progress are cancelled."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _seconds(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout

    def _call(
        self,
        method: "grpc.UnaryUnaryMultiCallable[_Request, _Response]",
        request: _Request,
        timeout: float | None,
    ) -> _Response:
        try:
            return method(request, timeout=self._seconds(timeout), metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_rpc_error(error) from error
