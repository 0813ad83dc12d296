"""What BLEU does not see: figures, names, untranslated text, repetition."""

import re
from collections.abc import Sequence
from pathlib import Path

from training.augment import ascii_digits

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ARABIC = re.compile("[\u0620-\u064a]")
_NAMES = Path(__file__).with_name("names.tsv")


def figures(text: str) -> set[str]:
    """The figures of a text in ASCII, without thousands separators."""
    return {re.sub(r",(?=\d{3})", "", n) for n in _NUMBER.findall(ascii_digits(text))}


def number_fidelity(
    sources: Sequence[str], references: Sequence[str], outputs: Sequence[str]
) -> tuple[float, int]:
    """Share of figures that arrive, and their number.

    Only figures are counted that stand in the source and that the human translator kept as
    figures: so "two" for 2, or 9 p.m. for 21:00, is not held against a model.
    """
    wanted = found = 0
    for source, reference, output in zip(sources, references, outputs, strict=True):
        both = figures(source) & figures(reference)
        wanted += len(both)
        found += len(both & figures(output))
    return found / max(1, wanted), wanted


def read_names(path: Path = _NAMES) -> dict[str, list[str]]:
    """Arabic names with their accepted English forms, from lines of ``arabic<TAB>form|form``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {arabic: forms.lower().split("|") for arabic, forms in pairs}


def name_accuracy(
    sources: Sequence[str],
    references: Sequence[str],
    outputs: Sequence[str],
    names: dict[str, list[str]],
) -> tuple[float, int]:
    """Share of listed names that come out in an accepted form, and their number.

    A name counts where its Arabic stands in the source as a word of its own (prefixed و, ب, ل, ف
    or ك allowed) and the reference holds an accepted form too.
    """
    patterns = {a: re.compile(rf"(?<!\w)[وفبلك]{{0,2}}{re.escape(a)}(?!\w)") for a in names}
    wanted = found = 0
    for source, reference, output in zip(sources, references, outputs, strict=True):
        for arabic, forms in names.items():
            if patterns[arabic].search(source) and _holds(reference, forms):
                wanted += 1
                found += _holds(output, forms)
    return found / max(1, wanted), wanted


def _holds(text: str, forms: list[str]) -> bool:
    low = text.lower()
    return any(re.search(rf"\b{re.escape(form)}\b", low) for form in forms)


def untranslated_rate(outputs: Sequence[str]) -> float:
    """Share of outputs that are empty or hold an Arabic letter."""
    return sum(not o.strip() or bool(_ARABIC.search(o)) for o in outputs) / max(1, len(outputs))


def repeats(text: str) -> bool:
    """Whether a run of one to four words stands three times in a row."""
    words = text.lower().split()
    return any(
        words[i : i + n] == words[i + n : i + 2 * n] == words[i + 2 * n : i + 3 * n]
        for n in range(1, 5)
        for i in range(len(words) - 3 * n + 1)
    )


def repetition_rate(outputs: Sequence[str]) -> float:
    """Share of outputs that :func:`repeats` finds repetitive."""
    return sum(map(repeats, outputs)) / max(1, len(outputs))
