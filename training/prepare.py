"""Step ``prepare``: normalise, filter, deduplicate and decontaminate the parallel corpora."""

import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.text import comparison_words, source_text, target_text

OVERLAP_WORDS = 8
"""A shared run of this many words with an evaluation text disqualifies a pair."""

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile("[A-Za-z]")
_MARKUP = re.compile(r"https?://|www\.|</?[a-z]+[^>]*>|\{\{|\}\}|\]\(|&[a-z]+;", re.IGNORECASE)


@dataclass
class Report:
    """How many pairs of one corpus were read, kept, and dropped for which reason."""

    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


class Contamination:
    """Everything that is evaluated on, as a set of word n-grams and of whole short lines.

    Args:
        texts: the evaluation texts, in either language.

    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams: set[tuple[str, ...]] = set()
        self._lines: set[tuple[str, ...]] = set()
        for text in texts:
            words = comparison_words(text)
            self._grams.update(_grams(words))
            if len(words) > 2:
                self._lines.add(tuple(words))

    def __contains__(self, text: str) -> bool:
        words = comparison_words(text)
        return tuple(words) in self._lines or any(gram in self._grams for gram in _grams(words))


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(words) - OVERLAP_WORDS + 1):
        yield tuple(words[start : start + OVERLAP_WORDS])


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(arabic, english)`` from a tab-separated file, plain or ``.xz``.

    Lines without exactly two fields are skipped.
    """
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 2:
                yield fields[0], fields[1]


def fault(arabic: str, english: str, *, lexicon: bool) -> str | None:
    """Name what is wrong with a normalised pair, or None if it may be trained on.

    Sentences must have letters of the right script, no mark-up or address, a plausible ratio of
    lengths and at most 120 words; dictionary entries must only be short and of the right script.
    """
    if not arabic or not english:
        return "empty"
    faults = _LEXICON_FAULTS if lexicon else _FAULTS
    return next((reason for reason, is_so in faults.items() if is_so(arabic, english)), None)


def _wrong_script(arabic: str, english: str) -> bool:
    letters = len(_ARABIC.findall(arabic))
    return letters < 2 or not _LATIN.search(english) or bool(_ARABIC.search(english))


def _mostly_latin(arabic: str, _: str) -> bool:
    return len(_ARABIC.findall(arabic)) < 0.4 * len(re.sub(r"[\W\d_]", "", arabic))


def _uneven(arabic: str, english: str) -> bool:
    return len(arabic) > 20 and not 0.5 < len(english) / len(arabic) < 2.6


_LEXICON_FAULTS: dict[str, Callable[[str, str], bool]] = {
    "script": _wrong_script,
    "long entry": lambda arabic, english: max(len(arabic), len(english)) > 80,
}
_FAULTS: dict[str, Callable[[str, str], bool]] = {
    "script": _wrong_script,
    "mostly latin": _mostly_latin,
    "mark-up": lambda arabic, english: bool(_MARKUP.search(arabic) or _MARKUP.search(english)),
    "too long": lambda arabic, english: max(len(arabic.split()), len(english.split())) > 120,
    "length ratio": _uneven,
}


def _evaluation_texts(paths: Iterable[Path]) -> Iterator[str]:
    """All text in the evaluation files: ``.tsv`` fields, ``.jsonl`` strings, other files' lines."""
    for path in paths:
        if path.is_dir():
            yield from _evaluation_texts(sorted(path.iterdir()))
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if path.suffix == ".jsonl":
                yield from (value for value in json.loads(line).values() if isinstance(value, str))
            else:
                yield from line.split("\t")


def prepare(corpora: Path, evaluation: list[Path], output: Path) -> dict[str, Report]:
    """Clean every ``*.tsv`` or ``*.tsv.xz`` of a folder into ``output/<name>.tsv``.

    Args:
        corpora: folder of ``arabic<TAB>english`` files; a name beginning with ``lex_`` marks
            dictionary entries.
        evaluation: files or folders that must not be trained on.
        output: folder for the cleaned files and ``report.json``.

    Returns:
        One report a corpus, by its name.

    """
    output.mkdir(parents=True, exist_ok=True)
    contamination = Contamination(_evaluation_texts(evaluation))
    seen: set[int] = set()
    reports: dict[str, Report] = {}
    for path in sorted([*corpora.glob("*.tsv"), *corpora.glob("*.tsv.xz")]):
        name = path.name.split(".")[0]
        lexicon = name.startswith("lex_")
        report = reports[name] = Report()
        kept: list[str] = []
        for raw_arabic, raw_english in read_pairs(path):
            report.read += 1
            arabic, english = source_text(raw_arabic), target_text(raw_english)
            reason = fault(arabic, english, lexicon=lexicon)
            key = hash((" ".join(comparison_words(arabic)), " ".join(comparison_words(english))))
            if reason is None and key in seen:
                reason = "duplicate"
            tainted = arabic in contamination or english in contamination
            if reason is None and tainted and not lexicon:
                reason = "overlaps evaluation"
            if reason is not None:
                report.dropped[reason] += 1
                continue
            seen.add(key)
            kept.append(f"{arabic}\t{english}\n")
        report.kept = len(kept)
        (output / f"{name}.tsv").write_text("".join(kept), encoding="utf-8")
    summary = {
        name: {"read": r.read, "kept": r.kept, "dropped": dict(r.dropped.most_common())}
        for name, r in reports.items()
    }
    (output / "report.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
    return reports
