"""``zubda info`` and ``zubda models``: what a server runs, and what is installed."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import zubda
from zubda.cli.console import Console
from zubda.cli.local import bundled_models, convert


def info(client: zubda.Client, options: argparse.Namespace, console: Console) -> None:
    """Show what the server runs, and its limits."""
    about = client.info()
    if options.json:
        console.write_json(asdict(about))
        return
    pairs = ", ".join(f"{pair.source} → {pair.target}" for pair in about.translation_pairs)
    limits = asdict(about.limits).items()
    console.write(
        f"Zubda {about.version}\n"
        f"translates: {pairs}\n"
        f"summarizes in: {', '.join(about.summary_languages)}; "
        f"by methods: {', '.join(about.summary_methods)}\n"
        "models:\n"
        + _table(
            (model.name, model.task, model.license, model.compute_type, _size(model.size_bytes))
            for model in about.models
        )
        + "limits:\n"
        + _table((name, f"{value:,.15g}") for name, value in limits)
    )


def models(options: argparse.Namespace, console: Console) -> None:
    """List the models that came with this installation."""
    cards = bundled_models()
    if options.json:
        console.write_json([{**asdict(card), "directory": str(card.directory)} for card in cards])
        return
    console.write(
        _table(
            (card.name, card.task, card.license, _size(card.size_bytes), str(card.directory))
            for card in cards
        )
    )


def pull(options: argparse.Namespace, console: Console) -> None:
    """Convert a checkpoint, downloading it if need be."""
    console.status(f"converting {options.source} …")
    card = convert(options.source, options.directory)
    console.status("")
    console.write(f"{card.directory}: {card.name}, {card.license}, {_size(card.size_bytes)}\n")


def _table(rows: Iterable[Sequence[str]]) -> str:
    given = list(rows)
    widths = [max(map(len, column)) for column in zip(*given, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in given
    )
    return "".join(f"  {line.rstrip()}\n" for line in lines)


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"
