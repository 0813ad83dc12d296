"""The command line, ``zubda``."""

import os
import sys
from collections.abc import Sequence

import zubda
from zubda.cli.arguments import parse
from zubda.cli.connect import client_for
from zubda.cli.console import Console
from zubda.cli.exit_codes import CommandError, ExitCode, exit_code
from zubda.cli.info import info, models, pull
from zubda.cli.interrupt import interruptible
from zubda.cli.local import serve
from zubda.cli.summarize import summarize
from zubda.cli.translate import translate

_ASKING = {"translate": translate, "summarize": summarize, "info": info}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (see ``zubda --help``)."""
    console = Console()
    try:
        return _run(list(sys.argv[1:] if argv is None else argv), console)
    except CommandError as error:
        console.tell(str(error))
        return error.code
    except zubda.ZubdaError as error:
        in_log = isinstance(error, zubda.InternalError) and error.request_id
        console.tell(f"{error.message} (request {in_log})" if in_log else error.message)
        return exit_code(error)
    except BrokenPipeError:
        # Python would otherwise complain at exit that it cannot flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.BROKEN_PIPE
    except KeyboardInterrupt:
        console.status("")
        return ExitCode.INTERRUPTED


def _run(arguments: list[str], console: Console) -> int:
    if arguments[:1] == ["serve"]:
        return serve(arguments[1:])
    options = parse(arguments)
    if options.command == "models":
        (pull if options.action == "pull" else models)(options, console)
    else:
        with interruptible(), client_for(options, console) as client:
            _ASKING[options.command](client, options, console)
    return ExitCode.OK
