"""Steps ``average`` and ``snapshot``: means of weights.

Averaging the last checkpoints of a run (Vaswani et al., 2017, section 6.1), or those of several
annealing branches, finds a point nearer to the middle of the valley that they walk along.
"""

from collections.abc import Sequence
from pathlib import Path

from safetensors import safe_open

from training.checkpoint import load_checkpoint, load_marian, read_json, save_marian
from training.loss import NEVER
from training.optimiser import cut


def average(models: Sequence[Path], output: Path) -> None:
    """Average transformers folders of one shape into a new one.

    Args:
        models: folders; tokenizer and configuration are taken from the first.
        output: where to write.

    Raises:
        ValueError: if the models are not of one shape, or there is none.

    """
    if not models:
        raise ValueError("no models to average")
    shape, total = load_marian(models[0])
    for folder in models[1:]:
        other, params = load_marian(folder)
        if other != shape:
            raise ValueError(f"{folder.name} has another shape than {models[0].name}")
        for name, value in params.items():
            total[name] += value
    mean = {name: value / len(models) for name, value in total.items()}
    save_marian(output, models[0], mean, produced(models[0]))


def snapshot(run: Path, output: Path, *, averaged: bool) -> None:
    """Write the weights of a run's checkpoint as a transformers folder, while it goes on.

    Args:
        run: folder of the run, with ``last.pt``.
        output: where to write.
        averaged: the moving average of the weights rather than the last ones: for the stable
            phase it is nearly as good as an annealed branch, and costs nothing.
    """
    state = load_checkpoint(run / "last.pt")["optimiser"]
    params = cut(state["ema" if averaged else "master"], state["sizes"])
    save_marian(output, run, params, read_json(run / "allowed.json"))


def produced(folder: Path) -> list[int]:
    """Ids that a model's ``final_logits_bias`` allows it to produce."""
    with safe_open(folder / "model.safetensors", "pt") as file:
        bias = file.get_tensor("final_logits_bias").flatten()
    allowed: list[int] = (bias > NEVER / 2).nonzero().flatten().tolist()
    pad = read_json(folder / "config.json")["pad_token_id"]
    return [i for i in allowed if i != pad]
