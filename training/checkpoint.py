"""Model folders in transformers format, and training checkpoints that survive interruption."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.lean import Shape, from_marian, to_marian
from training.loss import NEVER

TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
CONFIG_FILES = ("config.json", "generation_config.json")


def read_json(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def copy_files(names: tuple[str, ...], source: Path, target: Path) -> None:
    """Copy the named files from one folder into another, without their permissions."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        if source != target:
            shutil.copyfile(source / name, target / name)


def load_marian(folder: Path) -> tuple[Shape, dict[str, Tensor]]:
    """Sizes and lean fp32 parameters of a ``MarianMTModel`` folder.

    The embedding of ``<pad>`` is set to zero: the decoder starts with it, and CTranslate2 starts
    from a zero vector, so that anything else makes the two engines differ.
    """
    shape = Shape.of(read_json(folder / "config.json"))
    params = from_marian(shape, load_file(folder / "model.safetensors"))
    params["embed"][shape.pad] = 0.0
    return shape, params


def save_marian(
    folder: Path,
    template: Path,
    params: dict[str, Tensor],
    allowed: list[int],
    dtype: torch.dtype = torch.float16,
) -> None:
    """Write a folder that ``MarianMTModel.from_pretrained`` and ``MarianTokenizer`` load.

    Args:
        folder: where to write.
        template: folder with the configuration and tokenizer files.
        params: lean parameters.
        allowed: ids that may be produced; all others get a logit bias of ``NEVER``.
        dtype: type of the weights in the file.

    """
    copy_files(TOKENIZER_FILES, template, folder)
    generation = read_json(template / "generation_config.json")
    config = read_json(template / "config.json") | {"dtype": str(dtype).removeprefix("torch.")}
    for name, content in (("config.json", config), ("generation_config.json", generation)):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    shape = Shape.of(config)
    bias = torch.full((shape.vocab,), NEVER)
    bias[torch.tensor(allowed)] = 0.0
    state = to_marian(shape, {name: p.detach().cpu() for name, p in params.items()}, bias)
    state = {name: tensor.to(dtype).contiguous() for name, tensor in state.items()}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint so that an interruption leaves either the old or the new one whole."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint (tensors and plain values only) onto the CPU."""
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state
