"""Where the command line writes: results to standard output, the rest to standard error."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

import zubda
from zubda.cli.layout import lay_out


class Console:
    """Writes UTF-8 whatever the locale.

    On a terminal text is laid out line by line; into a pipe or file it goes exactly
    as it is.
    """

    def __init__(self) -> None:
        self._out = sys.stdout.buffer
        self._err = sys.stderr.buffer
        self.columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        """The width of the terminal that the results go to, if they go to one."""
        self._shows_status = sys.stderr.isatty()
        self._status = ""
        self._line = ""

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads the results as they come."""
        return self.columns is not None

    def write(self, text: str) -> None:
        """Write the next piece of a result; a terminal shows it once a line is complete."""
        if self.columns is None:
            self._emit(text)
            return
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            self._emit(lay_out(line, self.columns) + "\n")

    def write_laid_out(self, text: str) -> None:
        """Write a result that is laid out for ``columns`` already."""
        self._emit(text)

    def end(self) -> None:
        """End a result; on a terminal the line is always completed."""
        if self._line:
            self.write("\n")

    def write_json(self, value: Any, *, indent: int | None = 2) -> None:
        """Write a result as JSON."""
        self._emit(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")

    def tell(self, message: str) -> None:
        """Say something on standard error."""
        self.status("")
        self._err.write(f"zubda: {message}\n".encode(errors="backslashreplace"))
        self._err.flush()

    def status(self, message: str) -> None:
        """Show what is being done, in place, if standard error is a terminal."""
        if self._shows_status and message != self._status:
            self._status = message
            in_one_row = message[: shutil.get_terminal_size().columns - 1]
            self._err.write(f"\r\x1b[K{in_one_row}".encode())
            self._err.flush()

    def warn(self, warnings: Iterable[zubda.Warning], *, about: str, verbose: bool) -> None:
        """Count the warnings of a result, or list them all."""
        found = list(warnings)
        if verbose:
            for warning in found:
                self.tell(f"{about}: {warning.code}: {warning.message}")
        elif found:
            counts = Counter(warning.code for warning in found)
            listed = ", ".join(f"{count} {code}" for code, count in counts.items())
            self.tell(f"{about}: warnings: {listed} (--verbose or --json shows them)")

    def _emit(self, text: str) -> None:
        if self.is_terminal:
            self.status("")
        self._out.write(text.encode())
        self._out.flush()
