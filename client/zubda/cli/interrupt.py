"""Ctrl-C that always works."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from zubda.cli.exit_codes import ExitCode

_PATIENCE = 2.0  # seconds for an orderly end


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt, and end the process if that does not end it.

    An interrupt that arrives while gRPC holds one of its locks can leave it waiting for
    itself for ever. Somebody else's handler is left alone.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        last_resort = threading.Timer(_PATIENCE, os._exit, (int(ExitCode.INTERRUPTED),))
        last_resort.daemon = True
        last_resort.start()
        raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
