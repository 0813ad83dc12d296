"""A server of canned answers, for what only the client is to be tested for."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from zubda.v1 import zubda_pb2 as pb
from zubda.v1.zubda_pb2_grpc import ZubdaServiceServicer, add_ZubdaServiceServicer_to_server


class CannedServicer(ZubdaServiceServicer):
    """Puts brackets around texts; fails as told; remembers what it was asked."""

    def __init__(self) -> None:
        self.failures: list[status_pb2.Status] = []
        self.requests: list[Message] = []
        self.metadata: dict[str, str] = {}
        self.time_remaining = 0.0
        self.never = threading.Event()  # what a call that hangs waits for
        self.cancelled = threading.Event()

    def fail(self, code: grpc.StatusCode, message: str = "", *details: Message) -> None:
        status = status_pb2.Status(code=code.value[0], message=message)
        for detail in details:
            status.details.add().Pack(detail)
        self.failures.append(status)

    def _enter(self, request: Message, context: grpc.ServicerContext) -> None:
        self.requests.append(request)
        self.metadata = dict(context.invocation_metadata())
        self.time_remaining = context.time_remaining()
        if self.failures:
            context.abort_with_status(rpc_status.to_status(self.failures.pop(0)))

    def Translate(self, request, context):  # noqa: N802
        self._enter(request, context)
        if request.texts[0] == "hang":
            self.never.wait()
        return pb.TranslateResponse(
            translations=[pb.Translation(text=f"[{text}]") for text in request.texts],
            timings=pb.Timings(total=Duration(seconds=1, nanos=500_000_000)),
        )

    def StreamTranslate(self, request, context):  # noqa: N802
        self._enter(request, context)
        context.add_callback(self.cancelled.set)
        for index, text in enumerate(request.texts):
            yield pb.StreamTranslateResponse(text_index=index, text=f"[{text}]", last=True)
        if request.texts[0] == "hang":
            self.never.wait()

    def Summarize(self, request, context):  # noqa: N802
        self._enter(request, context)
        return pb.SummarizeResponse(text="\n".join(d.text for d in request.documents))

    def GetServiceInfo(self, request, context):  # noqa: N802
        self._enter(request, context)
        return pb.GetServiceInfoResponse(version="1.2.3")


@pytest.fixture
def servicer() -> Iterator[CannedServicer]:
    servicer = CannedServicer()
    yield servicer
    servicer.never.set()


@pytest.fixture
def target(servicer: CannedServicer) -> Iterator[str]:
    """Where the server of canned answers listens."""
    with ThreadPoolExecutor(max_workers=4) as threads:
        server = grpc.server(threads, options=[("grpc.max_receive_message_length", 10_000)])
        add_ZubdaServiceServicer_to_server(servicer, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        yield f"127.0.0.1:{port}"
        servicer.never.set()
        server.stop(None).wait()


@pytest.fixture
def rich_details() -> list[Message]:
    return [
        error_details_pb2.ErrorInfo(
            reason="TEXT_TOO_LONG",
            domain="zubda.dev",
            metadata={"limit": "100", "request_id": "r-17"},
        ),
        error_details_pb2.BadRequest(
            field_violations=[
                error_details_pb2.BadRequest.FieldViolation(
                    field="texts[0]", description="has 200 characters"
                )
            ]
        ),
        error_details_pb2.RetryInfo(retry_delay=Duration(nanos=250_000_000)),
    ]
