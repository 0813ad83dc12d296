"""Opens the client that a command talks through."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zubda
from zubda._channel import DEFAULT_TARGET
from zubda.cli.console import Console
from zubda.cli.exit_codes import CommandError, ExitCode
from zubda.cli.local import local_server


@contextmanager
def client_for(options: argparse.Namespace, console: Console) -> Iterator[zubda.Client]:
    """The client for the server that ``options`` name, or for one started here."""
    if options.local:
        console.status("starting a server …")
        with (
            local_server() as address,
            zubda.Client(address, timeout=options.timeout) as client,
        ):
            console.status("")
            yield client
        return
    target = options.server or os.environ.get("ZUBDA_SERVER") or DEFAULT_TARGET
    try:
        client = zubda.Client(
            target,
            timeout=options.timeout,
            token=options.token or os.environ.get("ZUBDA_TOKEN") or None,
            tls=_tls(options),
        )
    except ValueError as error:
        raise CommandError(str(error), ExitCode.USAGE) from None
    with client:
        try:
            yield client
        except zubda.UnavailableError as error:
            if error.reason:  # the server itself says so
                raise
            raise CommandError(_unreachable(target, options, error), ExitCode.UNAVAILABLE) from None


def _unreachable(target: str, options: argparse.Namespace, error: zubda.UnavailableError) -> str:
    if _tls(options) or options.verbose:
        return f"no Zubda server answers at {target}: {error.message}"
    return (
        f"no Zubda server answers at {target}: start one with `zubda serve`, "
        "or add --local to this command"
    )


def _tls(options: argparse.Namespace) -> zubda.TLS | bool:
    if not (options.ca_file or options.client_certificate):
        return bool(options.tls)
    certificate, key = options.client_certificate or (None, None)
    return zubda.TLS(
        root_certificates=_read(options.ca_file),
        certificate_chain=_read(certificate),
        private_key=_read(key),
    )


def _read(path: str | None) -> bytes | None:
    try:
        return Path(path).read_bytes() if path else None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", ExitCode.BAD_INPUT) from None
