"""Everything that an operator can set, as one frozen value.

Every setting is a flag and an environment variable: ``--max-texts`` is
``ZUBDA_MAX_TEXTS``. A flag wins over the variable, the variable over the default.
Settings that contradict each other are refused before anything starts.
"""

# ruff: noqa: RUF009 - _setting() is dataclasses.field() with the metadata of a flag

import argparse
import ipaddress
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self, TypeVar

T = TypeVar("T")

_BYTES_PER_CODE_POINT = 4  # the most that UTF-8 takes
_HOST_PORT = re.compile(r".+:\d{1,5}")
_MOST = 2**31 - 1  # of an int32 of the contract, or of milliseconds in a gRPC option


class SettingsError(ValueError):
    """Settings that make no sense, alone or together; the message says what to change."""


def _boolean(value: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    try:
        return words[value.strip().lower()]
    except KeyError:
        raise ValueError(f"{value!r} is neither true nor false") from None


def _setting(
    default: T,
    help: str,  # noqa: A002 - what argparse calls it
    parse: Callable[[str], object] = str,
    *,
    choices: Sequence[str] | None = None,
    secret: bool = False,
    least: float | None = None,
) -> T:
    """A field of :class:`Settings`; a ``secret`` one has no flag and is never shown."""
    about = {"help": help, "parse": parse, "choices": choices, "secret": secret, "least": least}
    value: T = field(default=default, repr=not secret, metadata=about)
    return value


@dataclass(frozen=True)
class Settings:
    """What a server runs, where, and within which limits.

    Durations are in seconds. The limits mean what the messages ``Limits`` and
    ``DecodingOptions`` of the contract say. :class:`SettingsError` is raised for a
    value that is out of range or contradicts another.
    """

    # Where to listen, and for whom.
    address: str = _setting("127.0.0.1:50051", "HOST:PORT (port 0: any free one) or unix:PATH")
    insecure: bool = _setting(False, "allow plain text beyond the loopback interface", _boolean)
    tls_certificate: Path | None = _setting(None, "PEM file: the server's certificates", Path)
    tls_key: Path | None = _setting(None, "PEM file: the server's private key", Path)
    tls_client_ca: Path | None = _setting(
        None, "PEM file: authorities that must have signed a client's certificate (mTLS)", Path
    )
    token: str | None = _setting(None, "bearer token that calls must carry", secret=True)
    token_file: Path | None = _setting(None, "file that holds the bearer token", Path)
    reflection: bool = _setting(True, "offer gRPC server reflection", _boolean)

    # What to run.
    engine: str = _setting(
        "ctranslate2", "what runs the translation model", choices=("ctranslate2", "transformers")
    )
    translation_model: str = _setting("ar-en-mini", "name of a bundled model, or a directory")
    sentence_model: str = _setting("e5-small-ar-en", "name of a bundled model, or a directory")
    summary_model: str | None = _setting(
        None,
        "what writes abstractive summaries: a directory, or for transformers also a name of the "
        "Hugging Face hub that is in the local cache",
    )
    summary_engine: str = _setting(
        "ctranslate2", "what runs the summary model", choices=("ctranslate2", "transformers")
    )
    compute_type: str = _setting(
        "default", "number format of matrix products, such as int8; default: that of the weights"
    )
    inter_threads: int = _setting(1, "batches that are decoded side by side", int, least=1)
    intra_threads: int = _setting(
        0, "threads of one batch; 0: the processors divided by inter-threads", int, least=0
    )
    max_batch_tokens: int = _setting(512, "tokens of one batch, padding included", int, least=1)

    # The limits of a request, and its defaults.
    max_texts: int = _setting(128, "texts in one request", int, least=1)
    max_documents: int = _setting(50, "documents in one request", int, least=1)
    max_request_code_points: int = _setting(
        200_000, "Unicode code points of one request", int, least=1
    )
    max_message_bytes: int = _setting(16 * 2**20, "bytes of one request", int, least=1)
    max_beam_size: int = _setting(8, "beam size that a request may ask for", int, least=1)
    max_alternatives: int = _setting(4, "alternatives that a request may ask for", int, least=0)
    max_output_tokens: int = _setting(256, "tokens of the output of a segment", int, least=1)
    max_summary_sentences: int = _setting(50, "sentences of a summary", int, least=1)
    max_summary_words: int = _setting(2000, "words of a summary", int, least=1)
    default_beam_size: int = _setting(4, "beam size if a request has none", int, least=1)
    default_summary_sentences: int = _setting(
        3, "sentences of a summary if a request states no length", int, least=1
    )

    # The limits of the whole server.
    max_queue_tokens: int = _setting(
        65_536, "tokens that may wait before further calls are refused", int, least=1
    )
    max_concurrent_calls: int = _setting(64, "calls in progress at once", int, least=1)
    max_call_duration: float = _setting(300.0, "seconds that a call may take", float, least=0.001)
    drain_grace: float = _setting(
        30.0, "seconds that calls get to finish when the server stops", float, least=0
    )
    keepalive: float = _setting(
        7200.0, "seconds without traffic before a connection is probed", float, least=1
    )
    max_connection_age: float = _setting(
        0.0, "seconds before a client is asked to connect anew; 0: never", float, least=0
    )

    # What to say about it.
    metrics_address: str | None = _setting(None, "HOST:PORT for Prometheus metrics over HTTP")
    log_format: str = _setting("text", "form of log lines", choices=("text", "json"))
    log_level: str = _setting(
        "info", "least level of log lines", choices=("debug", "info", "warning", "error")
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            self._check_value(setting.name, setting.metadata)
        self._check_access()
        self._check_limits()

    @classmethod
    def from_args(
        cls, argv: Sequence[str], environ: Mapping[str, str], *, prog: str = "zubda-server"
    ) -> Self:
        """Read settings from flags and the environment.

        Settings that are refused end the process with exit code 2 and a message,
        as a flag that argparse refuses does; ``--help`` ends it with 0.
        """
        parser = _parser(prog)
        given = vars(parser.parse_args(argv))
        try:
            return cls(**{**_from_environment(environ), **given})
        except SettingsError as error:
            parser.error(str(error))

    @property
    def threads_per_batch(self) -> int:
        """The threads that decode one batch."""
        return self.intra_threads or max(1, (os.cpu_count() or 1) // self.inter_threads)

    def bearer_token(self) -> str | None:
        """The token that calls must carry, or None when they need none."""
        if self.token_file is None:
            return self.token
        try:
            return self.token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"--token-file cannot be read: {error}") from None

    def warnings(self) -> list[str]:
        """What an operator should know, though the server can run."""
        threads, cores = self.inter_threads * self.threads_per_batch, os.cpu_count() or 1
        if threads <= cores:
            return []
        return [
            f"inter-threads × intra-threads is {threads}, more than the {cores} processors: "
            "batches will slow each other down"
        ]

    def _check_value(self, name: str, about: Mapping[str, Any]) -> None:
        value, choices, least = getattr(self, name), about["choices"], about["least"]
        if choices and value not in choices:
            raise SettingsError(f"{_flag(name)} is one of {', '.join(choices)}, not {value!r}")
        if least is not None:
            most = _MOST if isinstance(value, int) else _MOST // 1000
            if not least <= value <= most:
                raise SettingsError(f"{_flag(name)} is from {least:g} to {most}, not {value}")
        if isinstance(value, Path) and not value.is_file():
            raise SettingsError(f"{_flag(name)}: there is no file {value}")

    def _check_access(self) -> None:
        if (self.tls_key is None) != (self.tls_certificate is None):
            raise SettingsError("--tls-key and --tls-certificate need each other")
        if self.tls_client_ca and not self.tls_key:
            raise SettingsError("--tls-client-ca needs --tls-key and --tls-certificate")
        if self.token is not None and self.token_file is not None:
            raise SettingsError("give either --token-file or ZUBDA_TOKEN, not both")
        if self.bearer_token() == "":
            raise SettingsError("the bearer token is empty")
        if self.metrics_address and not _HOST_PORT.fullmatch(self.metrics_address):
            raise SettingsError(f"--metrics-address is HOST:PORT, not {self.metrics_address!r}")
        if not (self.tls_key or self.insecure or _is_local(self.address)):
            raise SettingsError(
                f"{self.address} can be reached by others, who could read texts and tokens in "
                "plain text: give --tls-key and --tls-certificate, or --insecure if something in "
                "front of this server encrypts"
            )

    def _check_limits(self) -> None:
        for smaller, larger in (
            ("default_beam_size", "max_beam_size"),
            ("default_summary_sentences", "max_summary_sentences"),
            ("max_batch_tokens", "max_queue_tokens"),
        ):
            if getattr(self, smaller) > getattr(self, larger):
                raise SettingsError(
                    f"{_flag(smaller)} {getattr(self, smaller)} is more than "
                    f"{_flag(larger)} {getattr(self, larger)}"
                )
        if self.max_alternatives >= self.max_beam_size:
            raise SettingsError("--max-alternatives must be less than --max-beam-size")
        if self.max_message_bytes < _BYTES_PER_CODE_POINT * self.max_request_code_points:
            raise SettingsError(
                f"--max-message-bytes {self.max_message_bytes} cannot hold "
                f"--max-request-code-points {self.max_request_code_points} of "
                f"{_BYTES_PER_CODE_POINT} bytes"
            )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _variable(name: str) -> str:
    return "ZUBDA_" + name.upper()


def _is_local(address: str) -> bool:
    """Whether only this machine can reach ``address``."""
    if address.startswith(("unix:", "unix-abstract:")):
        return True
    if not _HOST_PORT.fullmatch(address):
        raise SettingsError(f"--address is HOST:PORT or unix:PATH, not {address!r}")
    host, _, _ = address.rpartition(":")
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        usage="%(prog)s [--help] [flags]",
        description="Serve translation and summarization of Arabic news over gRPC.",
        epilog="Every flag is also the environment variable named beside it. The bearer token "
        "itself is only read from ZUBDA_TOKEN, because others can see command lines.",
        argument_default=argparse.SUPPRESS,
    )
    for setting in fields(Settings):
        about = setting.metadata
        if about["secret"]:
            continue
        default = "none" if setting.default is None else setting.default
        text = f"{about['help']} [{_variable(setting.name)}; default: {default}]"
        if about["parse"] is _boolean:
            action = argparse.BooleanOptionalAction
            parser.add_argument(_flag(setting.name), action=action, help=text)
        else:
            parser.add_argument(
                _flag(setting.name), type=about["parse"], choices=about["choices"], help=text
            )
    return parser


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings in ``environ``; an empty variable counts as not set."""
    values = {}
    for setting in fields(Settings):
        variable = _variable(setting.name)
        if given := environ.get(variable):
            try:
                values[setting.name] = setting.metadata["parse"](given)
            except ValueError as error:
                raise SettingsError(f"{variable}: {error}") from None
    return values
