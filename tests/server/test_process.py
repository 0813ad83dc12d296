"""The command as operators meet it: flags, logs, signals and exit codes."""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_server import logs
from zubda_server.__main__ import main
from zubda_server.app import SERVICE, serve
from zubda_server.settings import Settings

PATIENCE = 60


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "zubda_server", "--log-format", "json"]
    command += ["--address", f"unix:{tmp_path}/socket"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def wait_for(process: "subprocess.Popen[str]", message: str) -> None:
    """Read the log until a line says ``message``."""
    assert process.stderr is not None
    for line in process.stderr:
        if json.loads(line).get("message", "").startswith(message):
            return
    pytest.fail(f"the server ended without saying {message!r}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop_and_exits_with_0(
    process: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals
) -> None:
    wait_for(process, "ready after")
    with grpc.insecure_channel(f"unix:{tmp_path}/socket") as channel:
        stub = zubda_pb2_grpc.ZubdaServiceStub(channel)
        request = zubda_pb2.TranslateRequest(
            texts=["قال الوزير إن الخطة جديدة."], target_language_code="en"
        )
        assert stub.Translate(request, timeout=PATIENCE).translations[0].text
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0
    assert process.stderr is not None
    lines = [json.loads(line) for line in process.stderr]
    assert [line["method"] for line in lines if "method" in line] == [
        "/zubda.v1.ZubdaService/Translate"
    ]
    assert lines[-1]["message"] == "stopped"


async def exhaust(stream: Any) -> None:
    while await stream.read():
        pass


async def test_a_second_signal_does_not_wait_for_calls(tmp_path: Path) -> None:
    address = f"unix:{tmp_path}/socket"
    serving = asyncio.create_task(serve(Settings(address=address)))
    async with grpc.aio.insecure_channel(address) as channel:
        watch = health_pb2_grpc.HealthStub(channel).Watch(
            health_pb2.HealthCheckRequest(service=SERVICE), wait_for_ready=True
        )
        while (await watch.read()).status != health_pb2.HealthCheckResponse.SERVING:
            pass
        texts = ["\n".join(f"قال الوزير إن العدد هو {i} في المدينة." for i in range(1000))]
        request = zubda_pb2.StreamTranslateRequest(texts=texts, target_language_code="en")
        stream = zubda_pb2_grpc.ZubdaServiceStub(channel).StreamTranslate(request)
        await stream.read()
        os.kill(os.getpid(), signal.SIGTERM)
        assert (await watch.read()).status == health_pb2.HealthCheckResponse.NOT_SERVING
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await exhaust(stream)
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    await serving


async def test_a_signal_while_the_models_are_loaded_stops_it_as_well(tmp_path: Path) -> None:
    serving = asyncio.create_task(serve(Settings(address=f"unix:{tmp_path}/socket")))
    await asyncio.sleep(0)  # it begins
    os.kill(os.getpid(), signal.SIGTERM)
    await serving


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--translation-model", "no-such-model"], "no-such-model"),
        (["--sentence-model", os.devnull], os.devnull),
        (["--compute-type", "int3"], "int3"),
        (["--max-batch-tokens", "5"], "--max-batch-tokens 5 cannot hold one segment"),
        (["--address", "192.0.2.1:1", "--insecure"], "cannot listen on 192.0.2.1:1"),
    ],
)
def test_what_cannot_run_is_refused_with_exit_code_2(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        assert main(["--address", "127.0.0.1:0", *argv]) == 2
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert says in capsys.readouterr().err


def test_json_lines_hold_fields_and_exceptions() -> None:
    formatter = logs.JsonFormatter()
    record = logging.LogRecord("n", logging.INFO, "", 0, "نص %s", ("x",), None)
    entry = json.loads(formatter.format(record))
    assert entry.pop("time").endswith("Z")
    assert entry == {"level": "info", "logger": "n", "message": "نص x"}
    record.fields = {"code": "OK"}
    assert json.loads(formatter.format(record))["code"] == "OK"
    try:
        raise ValueError("bad")
    except ValueError:
        record.exc_info = sys.exc_info()
    assert "ValueError: bad" in json.loads(formatter.format(record))["exception"]


def test_text_lines_are_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.configure("text", "warning")
        logging.getLogger("zubda_server").info("quiet")
        logging.getLogger("zubda_server").warning("loud")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    shown = capsys.readouterr().err
    assert "WARNING zubda_server: loud" in shown
    assert "quiet" not in shown
