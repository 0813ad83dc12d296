"""How well page cleaning tells the article from what is around it.

``python -m benchmarks.cleaning`` reads the labelled pages in ``tests/models/text/pages`` and
prints, for each part of them and each kind of line, how many of the lines were removed, and
how many of the lines that were removed for that reason were of that kind. No rule was made
with the pages in ``held-out``.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zubda_models.text.boilerplate import RemovalReason
from zubda_models.text.page import BlockRole, read_page

PAGES = Path(__file__).parents[1] / "tests" / "models" / "text" / "pages"
PARTS = ("development", "held-out")

KINDS: dict[str, BlockRole | RemovalReason] = {
    "H": BlockRole.HEADLINE,
    "S": BlockRole.HEADING,
    "B": BlockRole.BODY,
    "F": RemovalReason.FURNITURE,
    "N": RemovalReason.NOTICE,
    "C": RemovalReason.CAPTION,
    "R": RemovalReason.REPEATED,
    "L": RemovalReason.LABEL,
}
"""What the letters in front of the lines of the labelled pages mean."""


@dataclass(frozen=True)
class Reading:
    """A labelled line and what page cleaning makes of it."""

    page: str
    line: str
    truth: BlockRole | RemovalReason
    found: BlockRole | RemovalReason

    @property
    def is_article(self) -> bool:
        """Whether the line belongs to the article."""
        return isinstance(self.truth, BlockRole)

    @property
    def is_removed(self) -> bool:
        """Whether the line, or any part of it, was removed."""
        return isinstance(self.found, RemovalReason)


def read_part(part: str, separator: str = "\n") -> list[Reading]:
    """Clean the pages of a part of the set, their lines joined by ``separator``."""
    readings = []
    for path in sorted((PAGES / part).glob("*.txt")):
        rows = [row.split(" ", 1) for row in path.read_text(encoding="utf-8").splitlines()]
        lines = [(KINDS[letter], line) for letter, line in rows]
        readings += _clean(path.stem, lines, separator)
    return readings


def _clean(
    page: str, lines: Sequence[tuple[BlockRole | RemovalReason, str]], separator: str
) -> Iterable[Reading]:
    cleaned = read_page(separator.join(line for _, line in lines))
    start = 0
    for truth, line in lines:
        end = start + len(line)
        found: list[BlockRole | RemovalReason] = [
            item.reason for item in cleaned.removed if start <= item.span.start < end
        ]
        found += [item.role for item in cleaned.blocks if start <= item.span.start < end]
        yield Reading(page, line, truth, found[0])
        start = end + len(separator)


def precision(readings: Iterable[Reading]) -> float:
    """The share of the removed lines that are no part of an article."""
    removed = [reading for reading in readings if reading.is_removed]
    return sum(not reading.is_article for reading in removed) / len(removed)


def recall(readings: Iterable[Reading]) -> float:
    """The share of the lines outside the articles that were removed."""
    outside = [reading for reading in readings if not reading.is_article]
    return sum(reading.is_removed for reading in outside) / len(outside)


def report(readings: Sequence[Reading]) -> list[str]:
    """The table of one part of the set, in Markdown."""
    rows = ["| lines | number | removed | with that reason |", "|---|--:|--:|--:|"]
    for kind in KINDS.values():
        of_kind = [reading for reading in readings if reading.truth is kind]
        removed = sum(reading.is_removed for reading in of_kind)
        named = sum(reading.found is kind for reading in of_kind)
        reason = "" if isinstance(kind, BlockRole) else f"{named}"
        rows.append(f"| {kind} | {len(of_kind)} | {removed} | {reason} |")
    confused = Counter(
        (reading.truth is BlockRole.BODY, reading.found is BlockRole.BODY)
        for reading in readings
        if reading.is_article and not reading.is_removed
    )
    pages = len({reading.page for reading in readings})
    return [
        *rows,
        "",
        f"{pages} pages, {len(readings)} lines; removal: precision {precision(readings):.1%}, "
        f"recall {recall(readings):.1%}; {confused[True, False]} paragraphs taken for headings, "
        f"{confused[False, True]} headings for paragraphs.",
    ]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cleaning", description=__doc__)
    parser.add_argument(
        "--errors", choices=PARTS, help="list the lines of this part that were misjudged"
    )
    arguments = parser.parse_args()
    for part in PARTS:
        print(f"\n{part}\n")
        print("\n".join(report(read_part(part))))
    if arguments.errors:
        for reading in read_part(arguments.errors):
            if reading.truth is not reading.found:
                print(f"{reading.page}: {reading.truth} → {reading.found}: {reading.line}")


if __name__ == "__main__":
    main()
