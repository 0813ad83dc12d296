"""A server in a process of its own, as an operator runs it, and the command line against it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zubda_server.healthcheck import check

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the bundled models."""
    address = f"unix:{tmp_path_factory.mktemp('server')}/zubda.sock"
    command = [sys.executable, "-m", "zubda_server", "--address", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert check(address, wait=60) == "SERVING", process.stderr.read().decode()
        yield address
        process.terminate()
        log = process.stderr.read().decode()
        assert process.wait() == 0, log


@pytest.fixture(scope="session")
def zubda(server: str) -> Run:
    """Runs the command line against the server, with a locale that knows no Arabic."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "zubda", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "ZUBDA_SERVER": server, "LC_ALL": "C"},
        )

    return run
