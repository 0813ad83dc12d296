"""The endless stream of training batches: sampled by weight, varied, cut into fixed shapes."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import sentencepiece as spm
import torch
from torch import Tensor

from training.augment import join, vary
from training.mix import GROUPS, Group

LENGTHS = (*range(4, 48, 4), *range(48, 96, 8), 96)
"""Lengths that sequences are padded to: each new shape costs a CPU kernel."""


@dataclass(frozen=True)
class Batch:
    """Padded token ids: ``source`` (B, S) and ``target`` (B, T), both ended by ``</s>``."""

    source: Tensor
    target: Tensor


class Tokenizer:
    """SentencePiece with the ids of ``vocab.json``, as ``MarianTokenizer`` has them.

    Args:
        folder: holds ``source.spm`` and ``vocab.json``.

    """

    def __init__(self, folder: Path, vocabulary: dict[str, int]) -> None:
        self._pieces = spm.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        size = self._pieces.get_piece_size()
        unknown = vocabulary["<unk>"]
        self._ids = [vocabulary.get(self._pieces.id_to_piece(i), unknown) for i in range(size)]
        self._eos = vocabulary["</s>"]

    def __call__(self, texts: list[str]) -> list[list[int]]:
        """Token ids of each text, ended by ``</s>``."""
        return [[*(self._ids[i] for i in ids), self._eos] for ids in self._pieces.encode(texts)]


class Corpus:
    """The lines of one group, drawn without repetition until all have been seen.

    ``lines`` is the average number of lines in one pass.
    """

    def __init__(self, group: Group, folder: Path) -> None:
        self.lexicon = group.lexicon
        self.pairs: list[tuple[str, str]] = []
        weights: list[float] = []
        for name, factor in group.sources.items():
            path = folder / f"{name}.tsv"
            if path.exists():
                lines = path.read_text(encoding="utf-8").splitlines()
                found = [line.split("\t") for line in lines]
                self.pairs += [(arabic, english) for arabic, english in found]
                weights += [factor] * len(found)
        self._weights = np.asarray(weights)
        self.lines = float(self._weights.sum())

    def order(self, seed: int) -> list[int]:
        """Indices of one pass: each line as often as its factor says, rounded by chance."""
        rng = np.random.default_rng(seed)
        times = np.floor(self._weights + rng.random(len(self._weights))).astype(int)
        return [int(i) for i in rng.permutation(np.repeat(np.arange(len(times)), times))]

    def words(self) -> float:
        """Average number of English words of a line."""
        return sum(len(english.split()) + 1 for _, english in self.pairs) / len(self.pairs)


class Stream:
    """Batches without end, the same after a restart as without one.

    Args:
        folder: the prepared corpora.
        tokenizer: text to ids.
        pad: id of the padding.
        positions: padded target positions a batch.
        seed: seed of everything random.
        longest: longest sequence used; longer pairs are skipped.

    """

    BLOCK = 8192

    def __init__(
        self,
        folder: Path,
        tokenizer: Tokenizer,
        *,
        pad: int,
        positions: int,
        seed: int,
        longest: int = LENGTHS[-1],
    ) -> None:
        self._tokenizer, self._pad, self._positions = tokenizer, pad, positions
        self._lengths = [length for length in LENGTHS if length <= longest]
        self._seed = seed
        corpora = {name: Corpus(group, folder) for name, group in GROUPS.items()}
        self._corpora = {name: corpus for name, corpus in corpora.items() if corpus.pairs}
        if not self._corpora:
            raise FileNotFoundError(f"no prepared corpus of the mix in {folder}")
        chances = {n: GROUPS[n].share / c.words() for n, c in self._corpora.items()}
        total = sum(chances.values())
        self._chances = [chance / total for chance in chances.values()]
        self._cursors = dict.fromkeys(self._corpora, (0, 0))
        self._orders: dict[str, list[int]] = {}
        self._block = 0
        self._waiting: dict[tuple[int, int], list[tuple[list[int], list[int]]]] = defaultdict(list)
        self._ready: list[tuple[tuple[int, int], list[tuple[list[int], list[int]]]]] = []

    def state_dict(self) -> dict[str, Any]:
        """The position in the data, as plain values."""
        return {
            "block": self._block,
            "cursors": dict(self._cursors),
            "waiting": dict(self._waiting),
            "ready": list(self._ready),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a position written by :meth:`state_dict`."""
        self._block = state["block"]
        self._cursors.update({n: c for n, c in state["cursors"].items() if n in self._cursors})
        self._orders.clear()
        self._waiting = defaultdict(list, state["waiting"])
        self._ready = list(state["ready"])

    def passes(self) -> dict[str, float]:
        """How often each group has been read so far."""
        return {
            name: round(done + at / self._corpora[name].lines, 3)
            for name, (done, at) in self._cursors.items()
        }

    def _draw(self, name: str) -> tuple[str, str]:
        corpus = self._corpora[name]
        done, at = self._cursors[name]
        if name not in self._orders:
            self._orders[name] = corpus.order(hash((self._seed, done)) & 0xFFFFFFFF)
        if at >= len(self._orders[name]):
            done, at = done + 1, 0
            self._orders[name] = corpus.order(hash((self._seed, done)) & 0xFFFFFFFF)
        self._cursors[name] = (done, at + 1)
        return corpus.pairs[self._orders[name][at]]

    def _example(self, name: str, rng: Random) -> tuple[str, str]:
        """One example: a varied pair, or several short ones joined."""
        lexicon = self._corpora[name].lexicon
        first = vary(*self._draw(name), rng)
        words = len(first[1].split())
        if lexicon:
            more = rng.choice((0, 0, 1, 2, 4))
        else:
            more = rng.choice((0, 0, 1, 2)) if words < 8 else int(rng.random() < 0.1 and words < 30)
        if not more:
            return first
        return join([first, *(vary(*self._draw(name), rng) for _ in range(more))], lexicon=lexicon)

    def _fill(self) -> None:
        rng = Random(f"{self._seed}-{self._block}")  # noqa: S311 - sampling, no secret
        self._block += 1
        names = rng.choices(list(self._corpora), self._chances, k=self.BLOCK)
        examples = [self._example(name, rng) for name in names]
        sources = self._tokenizer([arabic for arabic, _ in examples])
        targets = self._tokenizer([english for _, english in examples])
        for source, target in zip(sources, targets, strict=True):
            shape = self._shape(len(source), len(target))
            if shape:
                self._waiting[shape].append((source, target))
        for shape, pairs in self._waiting.items():
            size = max(1, self._positions // max(shape))
            while len(pairs) >= size:
                self._ready.append((shape, pairs[:size]))
                del pairs[:size]
        rng.shuffle(self._ready)

    def _shape(self, source: int, target: int) -> tuple[int, int] | None:
        """Padded lengths for a pair: at most two classes apart, None for what is too long."""
        try:
            s = next(i for i, n in enumerate(self._lengths) if n >= source)
            t = next(i for i, n in enumerate(self._lengths) if n >= target)
        except StopIteration:
            return None
        return self._lengths[max(s, t - 2)], self._lengths[max(t, s - 2)]

    def batch(self) -> Batch:
        """The next batch."""
        while not self._ready:
            self._fill()
        (source_length, target_length), pairs = self._ready.pop()
        return Batch(
            padded([source for source, _ in pairs], source_length, self._pad),
            padded([target for _, target in pairs], target_length, self._pad),
        )


def padded(rows: list[list[int]], length: int, pad: int) -> Tensor:
    """Token ids as one tensor (rows × length), filled up with ``pad``."""
    filled = np.full((len(rows), length), pad, dtype=np.int64)
    for row, ids in zip(filled, rows, strict=True):
        row[: len(ids)] = ids
    return torch.from_numpy(filled)
