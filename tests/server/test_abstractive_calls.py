"""What a call for an abstractive summary does to the server around it."""

import asyncio
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

from zubda.v1 import zubda_pb2, zubda_pb2_grpc

REQUEST = zubda_pb2.SummarizeRequest(
    documents=[zubda_pb2.Document(text="نص")],
    method=zubda_pb2.SUMMARY_METHOD_ABSTRACTIVE,
)
PATIENCE = 30


async def test_writing_ends_when_the_caller_is_gone(start_server, echo_core) -> None:
    began, ended = threading.Event(), threading.Event()

    def summarize(documents, length, *, proceed):
        try:
            while True:
                proceed()
                began.set()
                time.sleep(0.01)
        finally:
            ended.set()

    core = replace(echo_core, writer=SimpleNamespace(summarize=summarize))
    object.__setattr__(core, "warm_up", lambda max_batch_tokens: None)
    _, channel = await start_server(load=lambda settings: core, summary_model="any")
    call = zubda_pb2_grpc.ZubdaServiceStub(channel).Summarize(REQUEST)
    assert await asyncio.to_thread(began.wait, PATIENCE)
    call.cancel()
    assert await asyncio.to_thread(ended.wait, PATIENCE)
