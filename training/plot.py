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


def plot(runs: Sequence[Path], output: Path, earlier: float = 0.0) -> None:
    """Draw cross entropy (training, validation, shuffled sources) and validation chrF.

    Args:
        runs: run folders with a ``log.jsonl``, in the order in which one goes on from another.
        output: picture to write; its suffix names the format.
        earlier: target tokens seen by the model before these runs, added to the axis.
    """
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.4), layout="constrained")
    points: list[Point] = [point for run in runs for point in read_log(run / "log.jsonl")]
    for key in sorted({key for point in points for key in point}):
        some = [point for point in points if key in point]
        tokens = [(earlier + point["tokens"]) / 1e6 for point in some]
        values = [point[key] for point in some]
        if key == "cross_entropy":
            left.plot(tokens, values, "-", color="gray", label="training (its own mix)")
        elif key.endswith(("_right", "_shuffled")):
            style = "o-" if key.endswith("_right") else "x:"
            left.plot(tokens, values, style, label=f"{key.replace('_', ', ')} source")
        elif key.endswith("_chrf"):
            right.plot(tokens, values, "o-", label=key.removesuffix("_chrf"))
    for run in runs[1:]:
        start = read_log(run / "log.jsonl")[0]["tokens"]
        for axes in (left, right):
            axes.axvline((earlier + start) / 1e6, color="silver", linestyle="--")
            axes.text((earlier + start) / 1e6, axes.get_ylim()[0], f" {run.name}", rotation=90)
    left.set_ylabel("cross entropy, nats a token")
    right.set_ylabel("chrF of a sample (int8, beam 2)")
    for axes in (left, right):
        axes.set_xlabel("million target tokens seen")
        axes.grid(alpha=0.3)
        axes.legend(fontsize=7)
    figure.savefig(output, dpi=130)
    pyplot.close(figure)
