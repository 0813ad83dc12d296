"""The one place where the client reaches for the server and the models.

Nothing of them is imported before a command needs it: the client works without.
"""

# ruff: noqa: PLC0415 - imports inside of functions are the point

import asyncio
import os
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zubda.cli.exit_codes import CommandError, ExitCode

if TYPE_CHECKING:
    from zubda_models.bundle import ModelCard

# What the environment says about access is not meant for a private socket.
_NOT_FOR_LOCAL = ("ZUBDA_TLS_", "ZUBDA_TOKEN")


def serve(arguments: Sequence[str]) -> int:
    """Run a server until it is told to stop; ``arguments`` are its flags."""
    with _needs("server"):
        from zubda_server.__main__ import main
    return main(arguments)


@contextmanager
def local_server() -> Iterator[str]:
    """A server on a private Unix socket, in a thread of its own; gives its address.

    It is the ordinary server, with the settings of the environment.
    """
    with _needs("server"):
        from zubda_server.app import Server
        from zubda_server.settings import Settings, SettingsError

    environment = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_FOR_LOCAL)}
    with (
        _event_loop() as run,
        tempfile.TemporaryDirectory(prefix="zubda-") as directory,  # only this user may enter
    ):
        address = ["--address", f"unix:{directory}/socket"]
        settings = Settings.from_args(address, environment, prog="zubda")
        stack = AsyncExitStack()

        async def start() -> str:
            server = await stack.enter_async_context(Server(settings))
            await server.wait_ready()
            return server.address

        try:
            try:
                with _needs("server"):
                    found: str = run(start())
            except SettingsError as error:
                raise CommandError(str(error), ExitCode.USAGE) from None
            yield found
        finally:
            run(stack.aclose())


@contextmanager
def _event_loop() -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """An event loop in a thread; gives a function that runs a coroutine in it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="zubda-server")
    thread.start()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def bundled_models() -> "list[ModelCard]":
    """The models that came with this installation."""
    with _needs("server"):
        from zubda_models import bundle

        return bundle.bundled_models()


def convert(source: str, directory: str) -> "ModelCard":
    """Make the checkpoint ``source`` a model directory of the server."""
    with _needs("transformers,server"):
        from zubda_models.engines import convert as converter

        return converter.convert(source, Path(directory))


@contextmanager
def _needs(extra: str) -> Iterator[None]:
    """Say how to install what a block does not find, and what is wrong with a model."""
    from zubda_models.engines.errors import EngineError, MissingDependencyError

    try:
        yield
    except MissingDependencyError as error:
        raise CommandError(str(error), ExitCode.NOT_INSTALLED) from None
    except EngineError as error:
        raise CommandError(str(error), ExitCode.BAD_INPUT) from None
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("zubda"):
            raise
        raise CommandError(
            f"this needs {error.name}, which is not installed: pip install 'zubda[{extra}]'",
            ExitCode.NOT_INSTALLED,
        ) from None
