"""What a training run is made of."""

# ruff: noqa: RUF009 - both helpers make dataclass fields

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def _option(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


def _needed(text: str) -> Any:
    return field(metadata={"help": text})


@dataclass(frozen=True)
class Options:
    """The settings of one run; each field is an option of the command ``train``."""

    data: Path = _needed("prepared corpora")
    run: Path = _needed("folder of the run: checkpoint, log, exports")
    start: Path = _needed("model to start from, in transformers format")
    validation: tuple[Path, ...] = _option((), "files of arabic<TAB>english never trained on")
    branch_from: Path | None = _option(None, "checkpoint of another run to branch from")
    device: str = _option("cpu", "cpu or cuda")
    time_limit: float = _option(3600.0, "seconds until this process stops and saves")
    decay_seconds: float = _option(0.0, "anneal to zero over so many seconds; 0: stable phase")
    rate: float = _option(5e-4, "stable learning rate of the decoder")
    encoder_rate: float = _option(0.25, "rate of encoder and embeddings over the decoder's")
    warmup: int = _option(200, "steps of linear warm-up")
    positions: int = _option(2048, "padded positions a batch")
    workers: int = _option(1, "batches an update, each computed by a thread of its own")
    smoothing: float = _option(0.1, "label smoothing")
    sample: int = _option(4096, "output pieces scored a batch; 0: all")
    dropout: float = _option(0.0, "dropout of residual branches")
    longest: int = _option(96, "tokens; longer pairs are skipped")
    seed: int = _option(1, "of sampling and augmentation")
    steps: int = _option(0, "stop after so many updates in all; 0: no such limit")
    log_every: int = _option(50, "updates between lines of the log")
    validate_seconds: float = _option(600.0, "between measurements of cross entropy")
    score_seconds: float = _option(1200.0, "between measurements of chrF")
    save_seconds: float = _option(300.0, "between checkpoints")
