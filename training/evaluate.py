"""Step ``evaluate``: every engine and precision on every test set, as one Markdown table."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from training.decode import Translation, translate
from training.measures import (
    name_accuracy,
    number_fidelity,
    read_names,
    repetition_rate,
    untranslated_rate,
)
from training.prepare import read_pairs
from training.text import target_text

COLUMNS = (
    "model", "engine", "precision", "test set", "lines", "BLEU", "chrF", "numbers", "names",
    "untranslated", "repetition", "lines/s", "tokens/s", "size",
)  # fmt: skip


@dataclass(frozen=True)
class System:
    """A model folder and how to run it.

    Attributes:
        label: what the table calls it.
        folder: CTranslate2 folder, or transformers folder for the transformers engine.
        engine: ``ctranslate2`` or ``transformers``.
        precision: compute type, such as ``int8`` or ``float32``.

    """

    label: str
    folder: Path
    engine: str
    precision: str

    @classmethod
    def parse(cls, text: str) -> "System":
        """Read ``label=folder:engine:precision``.

        Raises:
            ValueError: if the text has another form.

        """
        label, _, rest = text.partition("=")
        folder, engine, precision = rest.rsplit(":", 2)
        return cls(label, Path(folder), engine, precision)


def _row(
    system: System, name: str, pairs: Sequence[tuple[str, str]], done: Translation
) -> list[str]:
    sources = [arabic for arabic, _ in pairs]
    references = [english for _, english in pairs]
    numbers, figures = number_fidelity(sources, references, done.texts)
    names, entities = name_accuracy(sources, references, done.texts, read_names())
    weights = ("model.bin", "model.safetensors")
    size = sum((system.folder / w).stat().st_size for w in weights if (system.folder / w).exists())
    return [
        system.label,
        system.engine,
        system.precision,
        name,
        str(len(pairs)),
        f"{BLEU().corpus_score(done.texts, [references]).score:.2f}",
        f"{CHRF().corpus_score(done.texts, [references]).score:.2f}",
        f"{numbers:.1%} of {figures}",
        f"{names:.1%} of {entities}",
        f"{untranslated_rate(done.texts):.2%}",
        f"{repetition_rate(done.texts):.2%}",
        f"{len(pairs) / done.seconds:.1f}",
        f"{done.tokens / done.seconds:.0f}",
        f"{size / 1e6:.1f} MB",
    ]


def signatures() -> list[str]:
    """The sacrebleu signatures of the BLEU and chrF reported."""
    lines = []
    for name, metric in (("BLEU", BLEU()), ("chrF", CHRF())):
        metric.corpus_score(["a b c d"], [["a b c d"]])
        lines.append(f"{name}: `{metric.get_signature()}`")
    return lines


def evaluate(
    systems: Sequence[System],
    tests: Sequence[Path],
    *,
    beam: int = 4,
    threads: int = 2,
    outputs: Path | None = None,
) -> str:
    """Translate every test set with every system and score the results.

    Args:
        systems: what to compare.
        tests: files of ``arabic<TAB>english``; quotes of the references are made straight, as
            in training.
        beam: beam size.
        threads: CPU threads.
        outputs: folder to keep the translations in, if any.

    Returns:
        A Markdown table, followed by the metrics' signatures.

    """
    rows = [list(COLUMNS), ["---"] * len(COLUMNS)]
    for test in tests:
        pairs = [(arabic, target_text(english)) for arabic, english in read_pairs(test)]
        for system in systems:
            done = translate(
                system.folder,
                [arabic for arabic, _ in pairs],
                engine=system.engine,
                compute_type=system.precision,
                beam=beam,
                threads=threads,
            )
            rows.append(_row(system, test.stem, pairs, done))
            if outputs is not None:
                outputs.mkdir(parents=True, exist_ok=True)
                file = outputs / f"{system.label}.{system.precision}.{test.stem}.txt"
                file.write_text("".join(f"{t}\n" for t in done.texts), encoding="utf-8")
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    notes = "\n".join(f"* {s}" for s in signatures())
    return f"{table}\n\nBeam {beam}, {threads} CPU threads.\n\n{notes}\n"
