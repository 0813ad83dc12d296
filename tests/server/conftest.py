"""An engine and a server that tests hold in their hands."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
import pytest_asyncio
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from zubda.v1 import zubda_pb2_grpc
from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_models.translation.translator import Translator
from zubda_server.app import Server
from zubda_server.core import Core
from zubda_server.settings import Settings

PATIENCE = 30  # seconds after which something that must happen has not happened


class EchoEngine:
    """Gives the source tokens back, batch by batch, when the test lets it."""

    compute_type = "none"
    max_source_tokens = 39

    def __init__(self) -> None:
        self.batches: list[tuple[list[tuple[str, ...]], DecodingOptions]] = []
        self.gate = threading.Semaphore(0)
        self.began = threading.Semaphore(0)
        self.threads: set[str] = set()
        self.free = False
        self.closed = False

    def decode(
        self, batch: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        self.batches.append(([tuple(tokens) for tokens in batch], options))
        self.threads.add(threading.current_thread().name)
        self.began.release()
        assert self.free or self.gate.acquire(timeout=PATIENCE)
        if any("poison" in tokens for tokens in batch):
            raise RuntimeError("secret")
        return [[Hypothesis(tuple(tokens), 0.0, True)] for tokens in batch]

    def tokenize(self, text: str) -> list[str]:
        return text.split()

    def detokenize(self, tokens: Sequence[str]) -> str:
        return " ".join(tokens)

    def is_unknown(self, token: str) -> bool:
        return False

    def close(self) -> None:
        self.closed = True

    def run_freely(self) -> None:
        self.free = True
        self.gate.release(100)

    async def begun(self) -> None:
        """Wait until one more batch has reached the engine."""
        assert await asyncio.to_thread(self.began.acquire, timeout=PATIENCE)


@pytest.fixture
def engine() -> Iterator[EchoEngine]:
    engine = EchoEngine()
    yield engine
    engine.run_freely()


@pytest.fixture
def echo_core(engine: EchoEngine) -> Core:
    """A core that translates by echo, and summarizes nothing."""
    core: Any = Core(
        engine=engine,
        encoder=SimpleNamespace(close=lambda: None),
        translator=Translator(engine),
        summarizer=SimpleNamespace(summarize=lambda documents, length: None),
        models=(),
    )
    object.__setattr__(core, "warm_up", lambda max_batch_tokens: None)
    return core


class AccessLines(logging.Handler):
    """The access log, line by line, as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.put_nowait({**record.fields, "line": record.getMessage()})  # type: ignore[attr-defined]

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            return await self._lines.get()


@pytest.fixture
async def access_lines() -> AsyncIterator[AccessLines]:
    logger, lines = logging.getLogger("zubda_server.access"), AccessLines()
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    yield lines
    logger.removeHandler(lines)
    logger.setLevel(logging.NOTSET)


StartServer = Callable[..., Awaitable[tuple[Server, grpc.aio.Channel]]]


@pytest.fixture
async def start_server(engine: EchoEngine, echo_core: Core) -> AsyncIterator[StartServer]:
    """Starts servers with the echo engine; gives each with a channel to it."""
    async with AsyncExitStack() as stack:
        stack.callback(engine.run_freely)

        async def start(
            *,
            load: Callable[[Settings], Core] = lambda settings: echo_core,
            ready: bool = True,
            **settings: Any,
        ) -> tuple[Server, grpc.aio.Channel]:
            limits = {"max_batch_tokens": 40, "drain_grace": 0.0, "address": "127.0.0.1:0"}
            server = Server(Settings(**{**limits, **settings}), load=load)
            await stack.enter_async_context(server)
            channel = grpc.aio.insecure_channel(server.address)
            await stack.enter_async_context(channel)
            if ready:
                await server.wait_ready()
            return server, channel

        yield start
        engine.run_freely()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def real_server() -> AsyncIterator[Server]:
    """A server with the bundled models, for all tests."""
    async with Server(Settings(address="127.0.0.1:0", drain_grace=0.0)) as server:
        await server.wait_ready()
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def real_channel(real_server: Server) -> AsyncIterator[grpc.aio.Channel]:
    async with grpc.aio.insecure_channel(real_server.address) as channel:
        yield channel


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stub(real_channel: grpc.aio.Channel) -> Any:
    """The service of the server with the bundled models."""
    return zubda_pb2_grpc.ZubdaServiceStub(real_channel)


class RichError:
    """The details of an error, each type once."""

    def __init__(self, error: grpc.aio.AioRpcError) -> None:
        self.code = error.code()
        self.message = error.details()
        status = rpc_status.from_call(error)  # raises if code or message differ from the call's
        assert status is not None, f"no rich error: {error}"
        self.types = [detail.TypeName().rpartition(".")[2] for detail in status.details]
        assert len(set(self.types)) == len(self.types)
        self.info = error_details_pb2.ErrorInfo()
        self.bad_request = error_details_pb2.BadRequest()
        self.retry = error_details_pb2.RetryInfo()
        for detail in status.details:
            for message in (self.info, self.bad_request, self.retry):
                detail.Unpack(message)
        assert self.info.domain == "zubda.dev"

    @property
    def reason(self) -> str:
        return self.info.reason

    @property
    def retry_seconds(self) -> float:
        return self.retry.retry_delay.ToTimedelta().total_seconds()


@pytest.fixture
def refused() -> Callable[[Awaitable[Any]], Awaitable[RichError]]:
    """Awaits a call that must fail with a rich error; gives the error."""

    async def refused(call: Awaitable[Any]) -> RichError:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call
        return RichError(caught.value)

    return refused
