"""Runs the command line inside the process, against the real server."""

import io
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import status_pb2
from grpc_status import rpc_status

from zubda.cli import main
from zubda.cli.local import local_server

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def small_batches() -> Iterator[None]:
    """Lets servers be ready sooner: they warm up with the largest batch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZUBDA_MAX_BATCH_TOKENS", "600")
        yield


@pytest.fixture(scope="session")
def server(small_batches) -> Iterator[str]:
    """The address of a real server with the bundled models."""
    with local_server() as address:
        yield address


@pytest.fixture
def run(capsysbinary, monkeypatch) -> Callable[..., Result]:
    """Runs ``zubda`` with arguments and standard input."""

    def run(*arguments: str, stdin: str | bytes = b"") -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            code = main(arguments)
        except SystemExit as error:  # argparse
            code = error.code
        sys.stdout.flush()
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    monkeypatch.delenv("ZUBDA_SERVER", raising=False)
    monkeypatch.delenv("ZUBDA_TOKEN", raising=False)
    return run


@pytest.fixture
def ask(run, server) -> Callable[..., Result]:
    """As ``run``, with the real server."""
    return lambda *arguments, stdin=b"": run(*arguments, "--server", server, stdin=stdin)


@pytest.fixture
def page() -> str:
    """The path of a news page with the furniture of real ones."""
    return str(min(EXAMPLES.glob("*.txt")))


@pytest.fixture
def failing_server() -> Iterator[Callable[..., str]]:
    """Starts a server that answers every call with the same status."""
    threads = ThreadPoolExecutor(max_workers=2)
    servers = []

    def start(code: grpc.StatusCode, message: str, *details: Message) -> str:
        status = status_pb2.Status(code=code.value[0], message=message)
        for detail in details:
            status.details.add().Pack(detail)

        class Refuse(grpc.GenericRpcHandler):
            def service(self, handler_call_details):
                return grpc.unary_stream_rpc_method_handler(
                    lambda _, context: context.abort_with_status(rpc_status.to_status(status))
                )

        server = grpc.server(threads, handlers=[Refuse()])
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        servers.append(server)
        return f"127.0.0.1:{port}"

    yield start
    for server in servers:
        server.stop(None).wait()
    threads.shutdown()
