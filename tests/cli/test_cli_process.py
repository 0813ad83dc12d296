"""The command line as a process: locale, pipes, terminal, signals, --local."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCE = "أعلنت الوزارة اليوم عن خطة جديدة لتطوير المدارس."
ZUBDA = [sys.executable, "-m", "zubda"]


def zubda(*arguments, stdin=b"", **environment):
    return subprocess.run(
        [*ZUBDA, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_utf8_goes_in_and_out_whatever_the_locale(server, environment):
    text = "«Zoë» – naïve 🙂"
    result = zubda("translate", text, "--server", server, **environment)
    assert (result.returncode, result.stdout.decode()) == (0, text + "\n")
    result = zubda("translate", "--server", server, stdin=text.encode(), **environment)
    assert (result.returncode, result.stdout.decode()) == (0, text)


def test_an_argument_in_another_encoding_is_bad_input():
    result = zubda("translate", "نص".encode("windows-1256"))
    assert result.returncode == 3
    assert result.stderr.startswith(b"zubda: the text is not UTF-8")


def test_local_needs_no_server():
    result = zubda("translate", "--local", stdin=SENTENCE.encode())
    assert result.returncode == 0, result.stderr.decode()
    assert b"ministry" in result.stdout.lower()
    assert result.stderr == b""


def test_local_takes_settings_of_the_environment_but_not_its_token():
    result = zubda("info", "--local", "--json", ZUBDA_MAX_TEXTS="7", ZUBDA_TOKEN="t")  # noqa: S106
    assert b'"max_texts": 7' in result.stdout, result.stderr.decode()


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"ZUBDA_MAX_TEXTS": "many"}, b"ZUBDA_MAX_TEXTS"),
        ({"ZUBDA_TRANSLATION_MODEL": "no-such-model"}, b"no-such-model"),
    ],
)
def test_local_explains_settings_that_cannot_be_used(setting, message):
    result = zubda("info", "--local", **setting)
    assert result.returncode in (2, 3)
    assert message in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("command", [["info", "--local"], ["serve"]])
def test_without_the_server_one_line_says_how_to_install_it(tmp_path, command):
    tmp_path.joinpath("ctranslate2.py").write_text(
        "raise ModuleNotFoundError(name='ctranslate2')", "utf-8"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    result = zubda(*command, PYTHONPATH=path)
    assert result.returncode == 8, result.stderr.decode()
    assert b"pip install 'zubda[server]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_serve_has_the_flags_of_the_server():
    result = zubda("serve", "--help")
    assert result.returncode == 0
    assert b"--max-texts" in result.stdout


def test_a_reader_that_goes_away_is_no_complaint(server, tmp_path):
    file = tmp_path / "page"
    file.write_text(f"{SENTENCE}\n" * 20, "utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = subprocess.run(
            [*ZUBDA, "translate", "--server", server, "--file", str(file)],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    finally:
        os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.fixture
def interruptible():
    """Lets children be interrupted, even where the tests run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_quietly(server):
    with subprocess.Popen(
        [*ZUBDA, "translate", "--jsonl", "--server", server],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        # Much to do; the first result shows that the work has begun.
        process.stdin.write(b'"x"\n' * 100_000)
        process.stdin.close()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
        assert process.wait(60) == 130


def in_terminal(*arguments, columns=40):
    """What a terminal receives, standard error included, and the exit code."""
    terminal, other_end = os.openpty()
    with subprocess.Popen(
        [*ZUBDA, *arguments],
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        env={**os.environ, "COLUMNS": str(columns)},
    ) as process:
        os.close(other_end)
        received = b"".join(iter(lambda: read_terminal(terminal), b""))
        os.close(terminal)
    return received.decode(), process.returncode


def read_terminal(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the process has ended
        return b""


def visible_rows(shown):
    """What stays on the screen: a row is cleared before it is written anew."""
    return [row.rpartition("\x1b[K")[2] for row in shown.split("\r\n")]


@pytest.fixture
def page(page):
    return Path(page)


def test_a_terminal_shows_arabic_at_its_right_edge(server, page):
    shown, code = in_terminal("summarize", str(page), "--server", server)
    assert code == 0
    arabic = [row for row in visible_rows(shown) if row.lstrip().startswith("\u2067")]
    assert arabic
    assert all(row.endswith("\u2069") for row in arabic)
    words = " ".join(row.strip().strip("\u2067\u2069") for row in arabic).split()
    piped = zubda("summarize", str(page), "--server", server).stdout.decode()
    assert piped.split() == words
    assert "\u2067" not in piped


def test_a_terminal_wraps_english(server, page):
    shown, code = in_terminal("translate", "--file", str(page), "--server", server)
    assert code == 0
    rows = visible_rows(shown)
    assert len(rows) > len(page.read_text("utf-8").splitlines())
    english = [row for row in rows if row[:1].isascii() and not row.startswith(("zubda: ", " "))]
    assert max(map(len, english)) <= 40


def test_a_terminal_shows_progress_that_goes_away(server, page):
    shown, code = in_terminal("translate", "--file", str(page), "--json", "--server", server)
    assert code == 0
    assert re.search(r"\x1b\[K\d+ % of ", shown)
    assert not any(" % of " in row for row in visible_rows(shown))
