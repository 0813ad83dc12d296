"""How the command line ends."""

from enum import IntEnum

import zubda


class ExitCode(IntEnum):
    """The exit codes; the text of each is part of ``zubda --help``."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> "ExitCode":  # noqa: D102
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "done"
    INTERNAL = 1, "something failed that should not"
    USAGE = 2, "the command line makes no sense"
    BAD_INPUT = 3, "a file cannot be read, or a text or option is refused"
    UNAVAILABLE = 4, "no server answers, or it is not ready"
    DEADLINE = 5, "not done within the timeout"
    OVERLOADED = 6, "the server has too much to do"
    AUTHENTICATION = 7, "the server wants a token, or another one"
    NOT_INSTALLED = 8, "an optional part of zubda is not installed"
    INTERRUPTED = 130, "interrupted by Ctrl-C"
    BROKEN_PIPE = 141, "the reader of the output has gone"


class CommandError(Exception):
    """The command ends with one line of explanation and an exit code."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code


_CODES = {
    zubda.InvalidArgumentError: ExitCode.BAD_INPUT,
    zubda.UnavailableError: ExitCode.UNAVAILABLE,
    zubda.UnimplementedError: ExitCode.UNAVAILABLE,
    zubda.DeadlineExceededError: ExitCode.DEADLINE,
    zubda.OverloadedError: ExitCode.OVERLOADED,
    zubda.UnauthenticatedError: ExitCode.AUTHENTICATION,
}


def exit_code(error: zubda.ZubdaError) -> ExitCode:
    """The exit code for a call that failed."""
    return _CODES.get(type(error), ExitCode.INTERNAL)
