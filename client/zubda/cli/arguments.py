"""What can be said on the command line."""

import argparse

import zubda
from zubda.cli.exit_codes import ExitCode

_DESCRIPTION = "Arabic news, summarized and translated."
_TRANSLATE = """\
Translate text: the arguments, the files, or standard input. Line breaks are kept, and into
a pipe goes exactly the translation."""
_SUMMARIZE = """\
Summarize one document, or several about one event (one in each file), by choosing sentences.
Without a file, standard input is read. Of .html and .htm files the article is extracted."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; ends the process on ``--help`` and on usage errors."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "translate":
        if options.text and options.file:
            parser.error("give either text or --file")
        if options.alternatives is not None and not (options.json or options.jsonl):
            parser.error("--alternatives are shown by --json and --jsonl only")
    if getattr(options, "local", False):
        if options.server is not None:
            parser.error("give either --local or --server")
        if options.tls or options.ca_file or options.client_certificate or options.token:
            parser.error("--local needs neither TLS nor a token")
    return options


def _parser() -> argparse.ArgumentParser:
    codes = "\n".join(f"  {code.value:<4} {code.meaning}" for code in ExitCode)
    parser = argparse.ArgumentParser(
        prog="zubda",
        description=_DESCRIPTION,
        epilog=f"exit codes:\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"zubda {zubda.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    server, output = _server_options(), _output_options()

    translate = commands.add_parser(
        "translate", help="translate text", description=_TRANSLATE, parents=[server, output]
    )
    translate.add_argument("text", nargs="*", metavar="TEXT", help="the text; - is standard input")
    translate.add_argument(
        "-f", "--file", nargs="+", action="extend", metavar="FILE", help="files to translate"
    )
    translate.add_argument("--to", default="en", metavar="LANGUAGE", help="default: en")
    translate.add_argument(
        "--from", dest="source", metavar="LANGUAGE", help="default: found for each segment"
    )
    _add_decoding(translate)
    translate.add_argument(
        "--alternatives", type=int, metavar="N", help="further hypotheses for each segment"
    )
    translate.add_argument(
        "--jsonl",
        action="store_true",
        help='read and write JSON lines: each a string or {"text": ...}, then its result',
    )

    summarize = commands.add_parser(
        "summarize", help="summarize documents", description=_SUMMARIZE, parents=[server, output]
    )
    summarize.add_argument("file", nargs="*", metavar="FILE", help="- is standard input")
    summarize.add_argument(
        "-f", "--file", dest="more_files", nargs="+", action="extend", default=[],
        metavar="FILE", help="the same, as with translate",
    )  # fmt: skip
    summarize.add_argument("--to", default="ar", metavar="LANGUAGE", help="ar (default) or en")
    length = summarize.add_mutually_exclusive_group()
    length.add_argument("--sentences", type=int, metavar="N", help="at most N sentences")
    length.add_argument("--words", type=int, metavar="N", help="at most N words of the source")
    length.add_argument(
        "--ratio", type=float, metavar="R", help="at most this share of the words, up to 1"
    )
    summarize.add_argument(
        "--html", metavar="PAGE", help="also write a page that shows the summary in its sources"
    )
    summarize.add_argument(
        "--abstractive", action="store_true",
        help="let the server's summary model write it, instead of choosing sentences",
    )  # fmt: skip
    _add_decoding(summarize)

    commands.add_parser(
        "info", help="tell what a server runs, and its limits", parents=[server, output]
    )
    models = commands.add_parser("models", help="list the bundled models, or convert another")
    models.add_argument("--json", action="store_true", help="write JSON")
    pull = models.add_subparsers(dest="action", metavar="ACTION").add_parser(
        "pull",
        help="convert a checkpoint into a model directory for the server",
        description="Convert a checkpoint, a directory or a name of the Hugging Face hub "
        "(downloaded then), into a model directory for the server: a Marian model for "
        "--translation-model, a summarizer of the T5, mT5, BART or mBART family for "
        "--summary-model.",
    )
    pull.add_argument("source", metavar="SOURCE", help="directory, or name of the hub")
    pull.add_argument("directory", metavar="DIRECTORY", help="where to write the model")
    commands.add_parser("serve", help="run a server; its flags: zubda serve --help")
    return parser


def _server_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    group = parser.add_argument_group("server")
    group.add_argument(
        "--server", metavar="HOST:PORT", help="default: $ZUBDA_SERVER, else localhost:50051"
    )
    group.add_argument(
        "--local", action="store_true", help="start a server for this one command, in the process"
    )
    group.add_argument(
        "--timeout", type=_seconds, default=300.0, metavar="SECONDS",
        help="for each call (default: 300)",
    )  # fmt: skip
    group.add_argument(
        "--token", help="bearer token; others can see it here, so rather set $ZUBDA_TOKEN"
    )
    group.add_argument("--tls", action="store_true", help="encrypt, with the usual authorities")
    group.add_argument("--ca-file", metavar="PEM", help="encrypt, with these authorities")
    group.add_argument(
        "--client-certificate", nargs=2, metavar=("PEM", "KEY"),
        help="encrypt, and show this certificate",
    )  # fmt: skip
    return parser


def _output_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--json", action="store_true", help="write JSON, with all details")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")
    return parser


def _add_decoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--beam-size", type=int, metavar="N", help="hypotheses kept by the search; 1 is fastest"
    )
    parser.add_argument(
        "--max-output-tokens", type=int, metavar="N", help="longest output of one segment"
    )


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError("must be above 0 and at most 86400")
    return seconds
