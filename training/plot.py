"""Step ``plot``: the learning curve of one or more runs, drawn from their logs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

Point = dict[str, Any]


def read_log(path: Path) -> list[Point]:
    """The entries of a ``log.jsonl``, without those of an interrupted stretch run again."""
    entries: list[Point] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry: Point = json.loads(line)
        if entry["kind"] in ("train", "validation"):
            while entries and entries[-1]["step"] > entry["step"]:
                entries.pop()
            entries.append(entry)
    return entries


def _draw(axes: Any, points: list[Point], key: str, style: str, label: str) -> None:
    some = [p for p in points if key in p]
    axes.plot([p["tokens"] / 1e6 for p in some], [p[key] for p in some], style, label=label)


def plot(runs: Sequence[Path], output: Path, earlier: float = 0.0) -> None:
    """Draw cross entropy (training, validation, shuffled sources) and validation chrF.

    Args:
        runs: run folders with a ``log.jsonl``.
        output: picture to write; its suffix names the format.
        earlier: target tokens seen by the model before these runs, for the title.

    """
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    for run in runs:
        points = read_log(run / "log.jsonl")
        train = [p for p in points if p["kind"] == "train"]
        checks = [p for p in points if p["kind"] == "validation"]
        _draw(left, train, "cross_entropy", "-", f"{run.name}: training")
        for key in sorted({k for p in checks for k in p}):
            for suffix, style in (("_right", "o-"), ("_shuffled", "x:")):
                if key.endswith(suffix):
                    name = f"{run.name}: {key.replace('_', ', ')} source"
                    _draw(left, checks, key, style, name)
            if key.endswith("_chrf"):
                _draw(right, checks, key, "o-", f"{run.name}: {key.removesuffix('_chrf')}")
    left.set_ylabel("cross entropy, nats a token")
    right.set_ylabel("chrF of a sample (int8, beam 2)")
    for axes in (left, right):
        axes.set_xlabel(f"million target tokens (after {earlier / 1e6:.1f} million before)")
        axes.grid(alpha=0.3)
        axes.legend(fontsize=7)
    figure.savefig(output, dpi=130)
    pyplot.close(figure)
