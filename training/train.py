"""Step ``train``: one resumable run, bounded by time, on a CPU or a CUDA device."""

import json
import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from training.checkpoint import (
    CONFIG_FILES,
    TOKENIZER_FILES,
    copy_files,
    load_checkpoint,
    load_marian,
    read_json,
    save_checkpoint,
    save_marian,
)
from training.data import Batch, Stream, Tokenizer
from training.lean import LeanMarian
from training.loss import OutputLayer, target_pieces
from training.mix import GROUPS
from training.optimiser import FlatAdamW, Schedule
from training.options import Options
from training.prepare import read_pairs
from training.validate import Validation

AVERAGE_EVERY = 8
"""Steps between updates of the averaged weights."""


class Run:
    """The state of training and the loop over it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.folder = options.run
        self.folder.mkdir(parents=True, exist_ok=True)
        self.device = torch.device(options.device)
        copy_files((*TOKENIZER_FILES, *CONFIG_FILES), options.start, self.folder)
        shape, params = load_marian(options.start)
        vocabulary: dict[str, int] = read_json(self.folder / "vocab.json")
        tokenizer = Tokenizer(self.folder, vocabulary)
        self.allowed = self._allowed(vocabulary, tokenizer, shape.eos)
        self._output = OutputLayer(
            self.allowed,
            shape.vocab,
            shape.pad,
            self.device,
            smoothing=options.smoothing,
            sample=options.sample,
        )
        self.optimiser = FlatAdamW(
            params,
            work=torch.bfloat16,
            device=self.device,
            replicas=options.workers,
            encoder_rate=options.encoder_rate,
        )
        self.models = [
            LeanMarian(shape, weights, options.dropout) for weights in self.optimiser.weights
        ]
        self._pool = ThreadPoolExecutor(options.workers, initializer=_single_threaded)
        self.stream = Stream(
            options.data,
            tokenizer,
            pad=shape.pad,
            positions=options.positions,
            seed=options.seed,
            longest=options.longest,
        )
        self.schedule = Schedule(options.rate, options.warmup, options.decay_seconds)
        self.counters: dict[str, float] = {
            "step": 0,
            "tokens": 0,
            "seconds": 0.0,
            "decay_seconds": 0.0,
            "warm_steps": 0,
        }
        self.validation = Validation(
            [(path.stem, list(read_pairs(path))) for path in options.validation],
            tokenizer,
            shape.pad,
        )
        self._stopped = False
        self._resume()

    def _allowed(self, vocabulary: dict[str, int], tokenizer: Tokenizer, eos: int) -> list[int]:
        """The ids that may be produced, kept in the run's folder so that they never change."""
        path = self.folder / "allowed.json"
        if not path.exists():
            used: Counter[int] = Counter()
            for name in sorted({n for group in GROUPS.values() for n in group.sources}):
                file = self.options.data / f"{name}.tsv"
                if file.exists():
                    for ids in tokenizer([english for _, english in read_pairs(file)]):
                        used.update(ids)
            path.write_text(json.dumps(target_pieces(vocabulary, used, eos)), encoding="utf-8")
        allowed: list[int] = read_json(path)
        return allowed

    def _resume(self) -> None:
        """Take up the run's own checkpoint, or the one it branches from."""
        own = self.folder / "last.pt"
        source = own if own.exists() else self.options.branch_from
        if source is None:
            return
        state = load_checkpoint(source)
        self.optimiser.load_state_dict(state["optimiser"])
        self.stream.load_state_dict(state["stream"])
        self.counters.update(state["counters"])
        torch.set_rng_state(state["torch_rng"])
        if self.device.type == "cuda":
            torch.cuda.set_rng_state_all(state["cuda_rng"])
        if source is not own:
            self.counters["decay_seconds"] = 0.0
        self.log("resume", source=source.name, **self.counters)

    def save(self) -> None:
        """Write the checkpoint of the whole run."""
        save_checkpoint(
            self.folder / "last.pt",
            {
                "optimiser": self.optimiser.state_dict(),
                "stream": self.stream.state_dict(),
                "counters": dict(self.counters),
                "torch_rng": torch.get_rng_state(),
                "cuda_rng": torch.cuda.get_rng_state_all() if self.device.type == "cuda" else [],
            },
        )

    def log(self, kind: str, **values: Any) -> None:
        """Append one line to ``log.jsonl``."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, "time": stamp, **values}) + "\n")

    def loss(
        self, batch: Batch, model: LeanMarian, *, exact: bool = False
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Smoothed loss with gradient, and plain cross entropy, of one batch."""
        source, target = batch.source.to(self.device), batch.target.to(self.device)
        return self._output(
            model.hidden(source, target), model.params["embed"], target, exact=exact
        )

    def _learn(self, batch: Batch, model: LeanMarian) -> tuple[float, int]:
        """Gather the gradient of one batch; returns its summed cross entropy and its tokens."""
        loss, plain = self.loss(batch, model)
        loss.backward()  # type: ignore[no-untyped-call]
        tokens = int((batch.target != model.shape.pad).sum())
        return float(plain.detach()) * tokens, tokens

    def step(self) -> tuple[float, int, float, float]:
        """One update; returns cross entropy, target tokens, gradient norm and rate."""
        batches = [self.stream.batch() for _ in self.models]
        spread = self._pool.map if len(batches) > 1 else map
        results = list(spread(self._learn, batches, self.models))
        tokens = sum(count for _, count in results)
        rate = self.schedule.at(int(self.counters["warm_steps"]), self.counters["decay_seconds"])
        norm = self.optimiser.step(rate)
        self.counters["step"] += 1
        self.counters["warm_steps"] += 1
        self.counters["tokens"] += tokens
        if self.counters["step"] % AVERAGE_EVERY == 0:
            self.optimiser.update_average()
        return sum(entropy for entropy, _ in results) / tokens, tokens, norm, rate

    def validate(self, *, score: bool) -> None:
        """Log cross entropy with the right and with shuffled sources, and on demand chrF."""
        with torch.inference_mode():
            values: dict[str, float] = self.validation.entropies(
                lambda batch: float(self.loss(batch, self.models[0], exact=True)[1])
            )
        if score:
            folder = self.folder / "snapshot"
            self.export(folder, averaged=not self.options.decay_seconds)
            values |= self.validation.scores(folder)
        self.log("validation", **self.counters, **values)

    def export(self, folder: Path, *, averaged: bool) -> None:
        """Write the present or the averaged weights as a Marian model."""
        flat = self.optimiser.ema if averaged else self.optimiser.master
        save_marian(folder, self.folder, self.optimiser.views(flat), self.allowed)

    def _stop(self, *_: object) -> None:
        self._stopped = True

    def finished(self, since: float) -> bool:
        """Whether the time, the steps or the decay of this run are used up, or it was stopped."""
        options = self.options
        decayed = options.decay_seconds and self.counters["decay_seconds"] >= options.decay_seconds
        steps = options.steps and self.counters["step"] >= options.steps
        late = time.monotonic() - since >= options.time_limit
        return bool(self._stopped or decayed or steps or late)

    def train(self) -> None:
        """Train until :meth:`finished`, then save and export; score what was annealed."""
        handlers = {s: signal.signal(s, self._stop) for s in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._loop(time.monotonic())
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        self.save()
        self.export(self.folder / "final", averaged=False)
        self.export(self.folder / "average", averaged=True)
        if self.options.decay_seconds and self.options.validation:
            self.validate(score=True)
        self.log("stop", **self.counters, passes=self.stream.passes())

    def _loop(self, began: float) -> None:
        options = self.options
        self.log("start", pid=os.getpid(), pieces=len(self.allowed), **_plain(options))
        last = validated = scored = saved = began
        sums = [0.0] * 5
        while not self.finished(began):
            entropy, tokens, norm, rate = self.step()
            now = time.monotonic()
            self.counters["seconds"] += now - last
            if options.decay_seconds:
                self.counters["decay_seconds"] += now - last
            new = (entropy * tokens, tokens, norm, now - last, 1)
            sums = [a + b for a, b in zip(sums, new, strict=True)]
            last = now
            if self.counters["step"] % options.log_every == 0:
                self.log(
                    "train",
                    **self.counters,
                    cross_entropy=round(sums[0] / sums[1], 4),
                    norm=round(sums[2] / sums[4], 3),
                    rate=rate,
                    tokens_per_second=round(sums[1] / sums[3]),
                )
                sums = [0.0] * 5
            if now - validated >= options.validate_seconds:
                validated = now
                score = now - scored >= options.score_seconds
                scored = now if score else scored
                self.validate(score=score)
            if now - saved >= options.save_seconds:
                saved = now
                self.save()


def _single_threaded() -> None:
    """Keep a worker's operations on its own thread: workers meet once an update, not per layer."""
    torch.set_num_threads(1)


def _plain(options: Options) -> dict[str, Any]:
    """Options as JSON values, folders by their last name only."""
    return {
        name: [p.name for p in value]
        if isinstance(value, tuple)
        else value.name
        if isinstance(value, Path)
        else value
        for name, value in asdict(options).items()
    }
