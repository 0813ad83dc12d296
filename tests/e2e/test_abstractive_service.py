"""Abstractive summaries from a real server, through the client and the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import zubda
from zubda_models.summarization.length import SentenceCount
from zubda_server.core import load_core
from zubda_server.healthcheck import check
from zubda_server.settings import Settings


@pytest.fixture(scope="module")
def writing_server(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with a model that writes summaries."""
    address = f"unix:{tmp_path_factory.mktemp('server')}/zubda.sock"
    command = [sys.executable, "-m", "zubda_server", "--address", address]
    command += ["--summary-model", str(trained_model)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert check(address, wait=60) == "SERVING", process.stderr.read().decode()
        yield address
        process.terminate()
        log = process.stderr.read().decode()
        assert process.wait() == 0, log


@pytest.fixture(scope="module")
def client(writing_server: str) -> Iterator[zubda.Client]:
    with zubda.Client(writing_server) as client:
        yield client


def run(server: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zubda", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "ZUBDA_SERVER": server},
    )


def test_summary_is_written_cited_and_marked(client, article, supported, invented) -> None:
    summary = client.summarize(article, method="abstractive", sentences=2)
    assert summary.text == f"{supported}\n{invented}"
    first, second = summary.sentences
    assert first.source == first.citations[0].source == first.span.of(article)
    assert not first.warnings
    assert (second.citations, second.source, second.span) == ((), "", zubda.Span(0, 0))
    assert [w.code for w in second.warnings] == [zubda.WarningCode.UNSUPPORTED_STATEMENT]


def test_english_summary_is_the_translation_of_what_was_written(client, article) -> None:
    summary = client.summarize(article, method="abstractive", sentences=2, to="en")
    assert len(summary.sentences) == 2
    assert all(sentence.text.isascii() for sentence in summary.sentences)
    codes = [warning.code for warning in summary.sentences[1].warnings]
    assert zubda.WarningCode.UNSUPPORTED_STATEMENT in codes


def test_choice_of_sentences_stays_the_default(client, article) -> None:
    chosen = client.summarize(article, sentences=2)
    asked = client.summarize(article, sentences=2, method="extractive")
    assert chosen.sentences == asked.sentences
    assert all(sentence.source == sentence.text for sentence in chosen.sentences)


def test_information_names_model_licence_and_methods(client, writing_server) -> None:
    info = client.info()
    assert info.summary_methods == (
        zubda.SummaryMethod.EXTRACTIVE,
        zubda.SummaryMethod.ABSTRACTIVE,
    )
    [model] = [model for model in info.models if model.task is zubda.ModelTask.SUMMARIZATION]
    assert (model.name, model.license) == ("small-writer", "cc-by-nc-sa-4.0")
    assert (model.engine, model.compute_type) == ("ctranslate2", "float32")
    shown = run(writing_server, "info").stdout.decode()
    assert "by methods: extractive, abstractive" in shown
    assert "cc-by-nc-sa-4.0" in shown


def test_command_line_tells_model_licence_and_what_is_unsupported(
    writing_server, article, supported, invented, tmp_path
) -> None:
    page, html = tmp_path / "page.txt", tmp_path / "summary.html"
    page.write_text(article, "utf-8")
    done = run(writing_server, "summarize", page, "--abstractive", "--html", html, "-v")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == f"{supported}\n{invented}\n"
    told = done.stderr.decode()
    assert "written by the model small-writer, licence cc-by-nc-sa-4.0" in told
    assert "No sentence of the documents supports this one" in told
    assert supported in html.read_text("utf-8")
    answer = json.loads(run(writing_server, "summarize", page, "--abstractive", "--json").stdout)
    assert [len(sentence["citations"]) > 0 for sentence in answer["sentences"]] == [True, False]


def test_server_without_a_model_refuses_and_says_what_it_offers(server, article, tmp_path) -> None:
    with zubda.Client(server) as client:
        assert client.info().summary_methods == (zubda.SummaryMethod.EXTRACTIVE,)
        with pytest.raises(zubda.InvalidArgumentError, match="offered: EXTRACTIVE") as caught:
            client.summarize(article, method="abstractive")
    assert caught.value.violations[0].field == "method"
    assert caught.value.metadata["summary_methods"] == "EXTRACTIVE"
    page = tmp_path / "page.txt"
    page.write_text(article, "utf-8")
    done = run(server, "summarize", page, "--abstractive")
    assert done.returncode != 0
    assert "EXTRACTIVE" in done.stderr.decode()


def test_method_that_no_server_knows_is_refused_by_the_client(client, article) -> None:
    with pytest.raises(zubda.InvalidArgumentError, match="extractive, abstractive"):
        client.summarize(article, method="telepathic")


def test_server_can_run_the_checkpoint_as_it_is(trained_checkpoint, article, supported) -> None:
    core = load_core(Settings(summary_model=str(trained_checkpoint), summary_engine="transformers"))
    core.warm_up(64)
    assert core.models[-1].engine == "transformers"
    assert core.models[-1].license == "cc-by-nc-sa-4.0"
    assert core.writer.summarize([article], SentenceCount(1)).sentences[0].text == supported
    core.close()


def test_checkpoint_is_pulled_by_the_command_line(trained_checkpoint, tmp_path) -> None:
    done = run("", "models", "pull", trained_checkpoint, tmp_path / "model")
    assert done.returncode == 0, done.stderr.decode()
    assert "small-writer, cc-by-nc-sa-4.0" in done.stdout.decode()
    assert (tmp_path / "model" / "recipe.json").is_file()
