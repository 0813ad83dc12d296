"""Validation while training: cross entropy, the collapse test, and chrF of a sample."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import sacrebleu

from training.data import LENGTHS, Batch, Tokenizer, padded
from training.decode import to_int8, translate
from training.text import source_text, target_text

ENTROPY_LINES = 96
SCORE_LINES = 150
ROWS = 32


class Validation:
    """A sample of each validation set, tokenised once.

    The *collapse test*: cross entropy with each sentence's own source against that with another
    sentence's. Where they are equal the model ignores its source and has become a language model.

    Args:
        sets: name and ``(arabic, english)`` pairs of each set.
        tokenizer: text to ids.
        pad: id of the padding.

    """

    def __init__(
        self, sets: list[tuple[str, list[tuple[str, str]]]], tokenizer: Tokenizer, pad: int
    ) -> None:
        self._texts = {name: pairs[:: max(1, len(pairs) // SCORE_LINES)] for name, pairs in sets}
        self._batches: dict[str, list[Batch]] = {}
        for name, pairs in sets:
            some = pairs[:: max(1, len(pairs) // ENTROPY_LINES)]
            sources = tokenizer([source_text(arabic) for arabic, _ in some])
            targets = tokenizer([target_text(english) for _, english in some])
            rows = sorted(zip(sources, targets, strict=True), key=lambda row: len(row[1]))
            rows = [row for row in rows if max(len(row[0]), len(row[1])) <= LENGTHS[-1]]
            self._batches[name] = [
                _batch(rows[at : at + ROWS], pad) for at in range(0, len(rows), ROWS)
            ]

    def entropies(self, entropy: Callable[[Batch], float]) -> dict[str, float]:
        """Mean cross entropy a token by set: ``<name>_right`` and ``<name>_shuffled``."""
        values: dict[str, float] = {}
        for name, batches in self._batches.items():
            right = [entropy(batch) for batch in batches]
            wrong = [entropy(Batch(b.source.roll(1, 0), b.target)) for b in batches]
            values[f"{name}_right"] = round(sum(right) / len(right), 4)
            values[f"{name}_shuffled"] = round(sum(wrong) / len(wrong), 4)
        return values

    def scores(self, model: Path, beam: int = 2) -> dict[str, float]:
        """ChrF by set of a transformers folder, converted to int8 in a temporary folder."""
        values: dict[str, float] = {}
        with tempfile.TemporaryDirectory() as folder:
            to_int8(model, Path(folder) / "int8")
            for name, pairs in self._texts.items():
                out = translate(Path(folder) / "int8", [arabic for arabic, _ in pairs], beam=beam)
                score = sacrebleu.corpus_chrf(out.texts, [[english for _, english in pairs]])
                values[f"{name}_chrf"] = round(score.score, 2)
        return values


def _batch(rows: list[tuple[list[int], list[int]]], pad: int) -> Batch:
    source = -(-max(len(row[0]) for row in rows) // 8) * 8
    target = -(-max(len(row[1]) for row in rows) // 8) * 8
    return Batch(
        padded([row[0] for row in rows], source, pad), padded([row[1] for row in rows], target, pad)
    )
