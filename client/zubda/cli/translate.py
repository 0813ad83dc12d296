"""``zubda translate``."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import zubda
from zubda.cli.console import Console
from zubda.cli.exit_codes import CommandError, exit_code
from zubda.cli.inputs import (
    STANDARD_INPUT,
    Input,
    name_inputs,
    read_argument,
    read_file,
    read_json_lines,
)


def translate(client: zubda.Client, options: argparse.Namespace, console: Console) -> None:
    """Translate one input after the other, and write each segment once it is finished."""
    results = []
    for source in _inputs(options, console):
        try:
            result = _translate(client, source, options, console)
        except zubda.ZubdaError as error:
            if not isinstance(error, zubda.InvalidArgumentError):
                raise
            raise CommandError(name_inputs(error.message, [source]), exit_code(error)) from None
        if options.jsonl:
            console.write_json(result, indent=None)
        elif options.json:
            results.append({"file": source.name or None, **result})
    if options.json and not options.jsonl:
        console.write_json({"translations": results})


def _inputs(options: argparse.Namespace, console: Console) -> Iterator[Input]:
    if options.text and options.text != [STANDARD_INPUT]:
        given = read_argument(options.text)
        if Path(given.text).is_file():
            console.tell(f"hint: {given.text} is a file; to translate what it holds, use --file")
        sources = iter([given])
    else:
        sources = map(read_file, options.file or [STANDARD_INPUT])
    for source in sources:
        yield from read_json_lines(source) if options.jsonl else [source]


def _translate(
    client: zubda.Client, source: Input, options: argparse.Namespace, console: Console
) -> dict[str, Any]:
    """The result as JSON has it; unless JSON is asked for, the text is written meanwhile."""
    as_text = not (options.json or options.jsonl)
    pieces = []
    with client.stream(
        source.text,
        to=options.to,
        source=options.source,
        beam_size=options.beam_size,
        alternatives=options.alternatives,
        max_output_tokens=options.max_output_tokens,
    ) as stream:
        for piece in stream:
            pieces.append(piece)
            if as_text:
                console.write(piece.text)
            if piece.segment and not (as_text and console.is_terminal):
                done = 100 * piece.segment.span.end // len(source.text)
                console.status(f"{done} % of {source.label}")
    if as_text:
        if not source.name:  # an argument has no line break, but its translation is a line
            console.write("\n")
        console.end()
    segments = [piece.segment for piece in pieces if piece.segment]
    console.warn(
        [warning for segment in segments for warning in segment.warnings],
        about=source.label,
        verbose=options.verbose,
    )
    timings = pieces[-1].timings
    return {
        "text": "".join(piece.text for piece in pieces),
        "segments": [asdict(segment) for segment in segments],
        "timings": asdict(timings) if timings else None,
    }
