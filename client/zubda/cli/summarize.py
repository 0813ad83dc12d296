"""``zubda summarize``."""

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import zubda
from zubda.cli.console import Console
from zubda.cli.exit_codes import CommandError, ExitCode, exit_code
from zubda.cli.inputs import STANDARD_INPUT, Input, name_inputs, read_file
from zubda.cli.page import page
from zubda.cli.summary_text import summary_text


def summarize(client: zubda.Client, options: argparse.Namespace, console: Console) -> None:
    """Summarize all inputs together, each as a document of its own."""
    documents = [read_file(path) for path in options.file + options.more_files or [STANDARD_INPUT]]
    console.status(f"summarizing {len(documents)} document(s) …")
    try:
        summary = client.summarize(
            [zubda.Document(document.text, document.media_type) for document in documents],
            to=options.to,
            sentences=options.sentences,
            words=options.words,
            ratio=options.ratio,
            method="abstractive" if options.abstractive else None,
            beam_size=options.beam_size,
            max_output_tokens=options.max_output_tokens,
        )
    except zubda.InvalidArgumentError as error:
        raise CommandError(name_inputs(error.message, documents), exit_code(error)) from None
    console.status("")
    if options.html:
        _write_page(options.html, summary, documents, client.info())
    if options.json:
        names = [document.name for document in documents]
        console.write_json({"files": names, **asdict(summary)})
    elif console.columns:
        labels = [document.label for document in documents]
        console.write_laid_out(summary_text(summary, labels, console.columns))
    elif summary.text:
        console.write(summary.text + "\n")
    if options.abstractive:
        _tell_author(client.info(), console)
    _tell(summary, documents, options, console)


def _tell_author(info: zubda.ServiceInfo, console: Console) -> None:
    """Say on standard error which model wrote the summary, and under which licence it is."""
    for model in info.models:
        if model.task is zubda.ModelTask.SUMMARIZATION:
            console.tell(f"written by the model {model.name}, licence {model.license}")


def _write_page(
    path: str, summary: zubda.Summary, documents: list[Input], info: zubda.ServiceInfo
) -> None:
    """Write the page that shows the summary with its sources."""
    extracts = {extract.document_index: extract.text for extract in summary.extracts}
    texts = [extracts.get(index, document.text) for index, document in enumerate(documents)]
    labels = [document.label for document in documents]
    try:
        Path(path).write_text(page(summary, labels, texts, info), "utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", ExitCode.BAD_INPUT) from None


def _tell(
    summary: zubda.Summary,
    documents: list[Input],
    options: argparse.Namespace,
    console: Console,
) -> None:
    """Say on standard error what was left out, and what may be wrong."""
    if options.verbose:
        for removed in summary.removed:
            label, text = documents[removed.document_index].label, " ".join(removed.text.split())
            console.tell(f"{label}: removed as {removed.reason}: {text}")
    if summary.removed:
        counts = Counter(removed.reason for removed in summary.removed)
        listed = ", ".join(f"{count} {reason}" for reason, count in counts.items())
        console.tell(f"boilerplate removed: {listed}")
    of_sentences = (warning for sentence in summary.sentences for warning in sentence.warnings)
    console.warn([*summary.warnings, *of_sentences], about="the summary", verbose=options.verbose)
