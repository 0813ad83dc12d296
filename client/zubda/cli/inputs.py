"""Reads texts from arguments, files and standard input: UTF-8, whatever the locale."""

import codecs
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zubda.cli.exit_codes import CommandError, ExitCode

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A text and where it comes from."""

    name: str
    """The file's path, ``-`` for standard input, or empty for an argument."""
    text: str

    @property
    def media_type(self) -> str:
        """``text/html`` for files that are named so, else ``text/plain``."""
        is_html = Path(self.name).suffix.lower() in (".html", ".htm")
        return "text/html" if is_html else "text/plain"

    @property
    def label(self) -> str:
        """What a message calls it."""
        return {"": "the text", STANDARD_INPUT: "standard input"}.get(self.name, self.name)


def read_argument(words: Sequence[str]) -> Input:
    """The text given as arguments, joined by spaces as ``echo`` does."""
    try:
        return Input("", " ".join(os.fsencode(word).decode() for word in words))
    except UnicodeError as error:
        raise CommandError(f"the text is not UTF-8: {error}", ExitCode.BAD_INPUT) from None


def read_file(path: str) -> Input:
    """The text of a file; ``-`` is standard input. A byte order mark is dropped."""
    name = path.encode(errors="replace").decode()
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
        return Input(name, data.removeprefix(codecs.BOM_UTF8).decode())
    except OSError as error:
        problem = error.strerror or str(error)
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 text (byte {error.start}: {error.reason})"
    except ValueError as error:  # the path holds NUL
        problem = str(error)
    raise CommandError(f"{Input(name, '').label}: {problem}", ExitCode.BAD_INPUT)


def name_inputs(message: str, inputs: Sequence[Input]) -> str:
    """The ``message`` of an error, with inputs in the place of fields of the request."""
    return re.sub(
        r"(?:texts|documents)\[(\d+)\](?:\.\w+)?",
        lambda field: inputs[int(field[1])].label,
        message,
    )


def read_json_lines(source: Input) -> Iterator[Input]:
    """The texts of a file that has, on each line, a JSON string or ``{"text": …}``."""
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip():
            continue
        name = f"{source.label}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{name}: not JSON: {error}", ExitCode.BAD_INPUT) from None
        text = value.get("text") if isinstance(value, dict) else value
        if not isinstance(text, str):
            wanted = 'a JSON string or an object {"text": "…"}'
            raise CommandError(f"{name}: must be {wanted}", ExitCode.BAD_INPUT)
        yield Input(name, text)
