"""Every way to fail has one line of explanation and an exit code of its own."""

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2

from zubda.cli import main
from zubda.cli.exit_codes import ExitCode


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        (grpc.StatusCode.INVALID_ARGUMENT, ExitCode.BAD_INPUT),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, ExitCode.OVERLOADED),
        (grpc.StatusCode.UNAUTHENTICATED, ExitCode.AUTHENTICATION),
        (grpc.StatusCode.PERMISSION_DENIED, ExitCode.AUTHENTICATION),
        (grpc.StatusCode.INTERNAL, ExitCode.INTERNAL),
        (grpc.StatusCode.ABORTED, ExitCode.INTERNAL),
    ],
)
@pytest.mark.parametrize("command", [["translate", "a"], ["summarize"], ["info"]])
def test_what_the_server_answers_decides_the_exit_code(
    run, failing_server, command, code, exit_code
):
    result = run(*command, "--server", failing_server(code, "it is so"), stdin="نص")
    assert result.code == exit_code
    assert (result.out, result.err) == ("", "zubda: it is so\n")


def test_a_deadline_is_explained(run, failing_server):
    target = failing_server(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
    result = run("info", "--server", target)
    assert result.code == ExitCode.DEADLINE
    assert result.err == ("zubda: the call was not done within its timeout (Deadline Exceeded)\n")


def test_an_internal_error_can_be_found_in_the_log(run, failing_server):
    info = error_details_pb2.ErrorInfo(reason="INTERNAL", metadata={"request_id": "r-17"})
    result = run("info", "--server", failing_server(grpc.StatusCode.INTERNAL, "it broke", info))
    assert result.code == ExitCode.INTERNAL
    assert result.err == "zubda: it broke (request r-17)\n"


def test_something_else_than_zubda_is_recognized(run, failing_server):
    result = run("info", "--server", failing_server(grpc.StatusCode.UNIMPLEMENTED, "no method"))
    assert result.code == ExitCode.UNAVAILABLE
    assert result.err == (
        "zubda: what answers is no Zubda server, or too old for this call (no method)\n"
    )


def test_a_server_that_is_not_ready_says_so_itself(run, failing_server):
    target = failing_server(
        grpc.StatusCode.UNAVAILABLE,
        "the models are being loaded",
        error_details_pb2.ErrorInfo(reason="NOT_READY", domain="zubda.dev"),
        error_details_pb2.RetryInfo(retry_delay=Duration(seconds=1)),
    )
    result = run("info", "--server", target)
    assert result.code == ExitCode.UNAVAILABLE
    assert result.err == "zubda: the models are being loaded\n"


@pytest.mark.parametrize("command", [["translate", "نص"], ["summarize"], ["info"]])
def test_without_a_server_one_line_says_what_to_start(run, tmp_path, command):
    target = f"unix:{tmp_path}/nobody"
    result = run(*command, "--server", target, stdin="نص")
    assert result.code == ExitCode.UNAVAILABLE
    assert result.err == (
        f"zubda: no Zubda server answers at {target}: start one with `zubda serve`, "
        "or add --local to this command\n"
    )


def test_verbose_says_why_no_server_answers(run, tmp_path):
    result = run("info", "--server", f"unix:{tmp_path}/nobody", "--verbose")
    assert "No such file or directory" in result.err
    assert len(result.err.splitlines()) == 1


def test_the_server_can_be_named_by_the_environment(run, monkeypatch, tmp_path):
    monkeypatch.setenv("ZUBDA_SERVER", f"unix:{tmp_path}/from-environment")
    assert "from-environment" in run("info").err


def test_a_token_does_not_leave_the_machine_unencrypted(run, monkeypatch):
    monkeypatch.setenv("ZUBDA_TOKEN", "t")
    result = run("info", "--server", "news.example")
    assert result.code == ExitCode.USAGE
    assert "use TLS" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["translate", "--beam-size", "many"],
        ["translate", "نص", "--file", "x"],
        ["translate", "نص", "--alternatives", "2"],
        ["summarize", "--words", "1", "--sentences", "1"],
        ["info", "--timeout", "0"],
        ["info", "--timeout", "nan"],
        ["info", "--local", "--server", "x"],
        ["info", "--local", "--tls"],
        ["info", "--local", "--token", "t"],
        ["models", "pull"],
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_usage_error(run, arguments):
    result = run(*arguments)
    assert result.code == ExitCode.USAGE
    assert "usage: zubda" in result.err
    assert result.out == ""


@pytest.mark.parametrize("option", [["--ca-file", "none"], ["--client-certificate", "none", "x"]])
def test_certificates_that_cannot_be_read_are_bad_input(run, option):
    result = run("info", "--server", "news.example", *option)
    assert result.code == ExitCode.BAD_INPUT
    assert result.err == "zubda: none: No such file or directory\n"


def test_a_server_without_tls_does_not_answer_over_tls(run, failing_server, tmp_path):
    target = failing_server(grpc.StatusCode.INTERNAL, "unreachable by TLS")
    result = run("info", "--server", target, "--tls")
    assert result.code == ExitCode.UNAVAILABLE
    assert result.err.startswith(f"zubda: no Zubda server answers at {target}: ")
    assert "zubda serve" not in result.err


def test_help_lists_every_exit_code(run):
    result = run("--help")
    assert result.code == 0
    for code in ExitCode:
        assert f"  {code.value:<4} {code.meaning}\n" in result.out


def test_interruption_is_quiet(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("zubda.Client.info", interrupted)
    result = run("info")
    assert (result.code, result.out, result.err) == (ExitCode.INTERRUPTED, "", "")


def test_version(run):
    import zubda

    assert run("--version").out == f"zubda {zubda.__version__}\n"


def test_main_reads_the_command_line_of_the_process(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["zubda", "--version"])
    with pytest.raises(SystemExit, match="0"):
        main()
    assert capsys.readouterr().out.startswith("zubda ")
