"""The commands of ``python -m training``."""

# ruff: noqa: PLC0415 - a step loads only what it needs

import argparse
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from training.options import Options


def _prepare(arguments: argparse.Namespace) -> None:
    from training.prepare import prepare

    for name, report in prepare(arguments.corpora, arguments.evaluation, arguments.output).items():
        print(f"{name}: kept {report.kept} of {report.read}", dict(report.dropped))


def _vocabulary(arguments: argparse.Namespace) -> None:
    from training.vocabulary import vocabulary

    size = vocabulary(arguments.base, arguments.data, arguments.output, arguments.size)
    print(f"{size} pieces")


def _initialise(arguments: argparse.Namespace) -> None:
    from training.initialise import initialise

    initialise(
        arguments.encoder,
        arguments.vocabulary,
        arguments.data,
        layers=arguments.layers,
        decoder=arguments.decoder_layers,
        seed=arguments.seed,
    )


def _train(arguments: argparse.Namespace) -> None:
    from training.train import Run

    chosen = {f.name: getattr(arguments, f.name) for f in fields(Options)}
    chosen["validation"] = tuple(chosen["validation"])
    Run(Options(**chosen)).train()


def _average(arguments: argparse.Namespace) -> None:
    from training.average import average

    average(arguments.models, arguments.output)


def _snapshot(arguments: argparse.Namespace) -> None:
    from training.average import snapshot

    snapshot(arguments.folder, arguments.output, averaged=not arguments.last)


def _export(arguments: argparse.Namespace) -> None:
    from training.decode import to_int8

    size = to_int8(arguments.model, arguments.output, arguments.name)
    print(f"{size / 1e6:.1f} MB")


def _evaluate(arguments: argparse.Namespace) -> None:
    from training.evaluate import System, evaluate

    systems = [System.parse(text) for text in arguments.system]
    table = evaluate(
        systems,
        arguments.tests,
        beam=arguments.beam,
        threads=arguments.threads,
        outputs=arguments.outputs,
    )
    print(table)


def _plot(arguments: argparse.Namespace) -> None:
    from training.plot import plot

    plot(arguments.runs, arguments.output, arguments.earlier)


def _add_option(step: argparse.ArgumentParser, field: Field[Any]) -> None:
    flag, text = f"--{field.name.replace('_', '-')}", field.metadata["help"]
    if field.name == "validation":
        step.add_argument(flag, type=Path, nargs="*", default=(), help=text)
    elif field.default is MISSING:
        step.add_argument(flag, type=Path, required=True, help=text)
    else:
        kind = Path if field.default is None else type(field.default)
        step.add_argument(flag, type=kind, default=field.default, help=f"{text} (%(default)s)")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(required=True, metavar="step")

    step = steps.add_parser("prepare", help="normalise, filter, deduplicate, decontaminate")
    step.add_argument("corpora", type=Path, help="folder of arabic<TAB>english files (.tsv, .xz)")
    step.add_argument("output", type=Path)
    step.add_argument("--evaluation", type=Path, nargs="*", default=[], help="never trained on")
    step.set_defaults(step=_prepare)

    step = steps.add_parser("vocabulary", help="cut a SentencePiece model to what is used")
    step.add_argument("base", type=Path, help="SentencePiece model of the encoder")
    step.add_argument("data", type=Path, help="prepared corpora")
    step.add_argument("output", type=Path)
    step.add_argument("--size", type=int, default=26_000)
    step.set_defaults(step=_vocabulary)

    step = steps.add_parser("initialise", help="start a model from a pretrained encoder")
    step.add_argument("encoder", type=Path, help="multilingual-e5-small as a BertModel")
    step.add_argument("vocabulary", type=Path, help="folder of the step vocabulary, completed")
    step.add_argument("data", type=Path, help="prepared corpora")
    step.add_argument("--layers", type=int, default=8)
    step.add_argument("--decoder-layers", type=int, default=3)
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(step=_initialise)

    step = steps.add_parser("train", help="train, resumable and bounded by time")
    for field in fields(Options):
        _add_option(step, field)
    step.set_defaults(step=_train)

    step = steps.add_parser("average", help="mean of several models' weights")
    step.add_argument("output", type=Path)
    step.add_argument("models", type=Path, nargs="+")
    step.set_defaults(step=_average)

    step = steps.add_parser("snapshot", help="write the weights of a run that goes on")
    step.add_argument("folder", type=Path, help="folder of the run")
    step.add_argument("output", type=Path)
    step.add_argument("--last", action="store_true", help="the last weights, not their average")
    step.set_defaults(step=_snapshot)

    step = steps.add_parser("export", help="convert a model to CTranslate2 in int8")
    step.add_argument("model", type=Path, help="transformers folder")
    step.add_argument("output", type=Path)
    step.add_argument("--name", default="ar-en-mini", help="name on the model's card")
    step.set_defaults(step=_export)

    step = steps.add_parser("evaluate", help="score engines and precisions, as a table")
    step.add_argument(
        "--system", action="append", required=True, metavar="LABEL=FOLDER:ENGINE:PRECISION"
    )
    step.add_argument("--tests", type=Path, nargs="+", required=True)
    step.add_argument("--beam", type=int, default=4)
    step.add_argument("--threads", type=int, default=2)
    step.add_argument("--outputs", type=Path, help="folder to keep the translations in")
    step.set_defaults(step=_evaluate)

    step = steps.add_parser("plot", help="draw the learning curve")
    step.add_argument("output", type=Path, help="picture to write")
    step.add_argument("runs", type=Path, nargs="+")
    step.add_argument("--earlier", type=float, default=0.0, help="target tokens seen before")
    step.set_defaults(step=_plot)
    return parser


def main(argv: list[str] | None = None) -> None:
    """Run one step of the recipe.

    Args:
        argv: the command line without the program's name; that of the process by default.

    """
    arguments = _parser().parse_args(argv)
    arguments.step(arguments)
