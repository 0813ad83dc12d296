"""Where documents state the same thing, but with another person, number or date.

No model is asked: facts are found by their form, and compared where the words around them
say that they are of one thing. Precision goes first; a difference that might be one of two
things is not reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from zubda_models.summarization.candidates import Sentence
from zubda_models.summarization.dates import dates
from zubda_models.summarization.facts import Fact
from zubda_models.summarization.persons import persons
from zubda_models.summarization.quantities import quantities
from zubda_models.summarization.result import FactKind

_MIN_SHARED = {FactKind.NUMBER: 2, FactKind.DATE: 3, FactKind.PERSON: 3}
_MIN_COVERED = {FactKind.NUMBER: 0.75, FactKind.DATE: 0.6, FactKind.PERSON: 0.6}
"""How many words of the context two facts must share, and what share of the shorter one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact where it stands."""

    sentence: Sentence
    fact: Fact

    @property
    def document(self) -> int:
        """The index of its document."""
        return self.sentence.document_index

    def agrees(self, other: "Finding") -> bool:
        """Whether both may be true of one thing."""
        return self.fact.agrees(self.fact.value, other.fact.value)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The facts of several documents about one thing, of which some exclude each other."""

    kind: FactKind
    sides: tuple[tuple[Finding, ...], ...]
    """The facts that agree with each other, one side for each of the values."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One of each document, in the order of the documents."""
        first: dict[int, Finding] = {}
        for finding in sorted(chain(*self.sides), key=lambda f: not f.fact.firm):
            first.setdefault(finding.document, finding)
        return tuple(finding for _, finding in sorted(first.items()))

    @property
    def outvoted(self) -> tuple[Finding, ...]:
        """All that say otherwise than most documents; none where no side has most."""
        votes = [len({finding.document for finding in side}) for side in self.sides]
        most = max(votes)
        if votes.count(most) > 1:
            return ()
        lost = (side for side, n in zip(self.sides, votes, strict=True) if n < most)
        return tuple(chain(*lost))

    def divides(self, a: Sentence, b: Sentence) -> bool:
        """Whether two sentences are on different sides."""
        mine = {i for i, side in enumerate(self.sides) if any(f.sentence == a for f in side)}
        others = {i for i, side in enumerate(self.sides) if any(f.sentence == b for f in side)}
        return bool(mine and others) and mine.isdisjoint(others)


def find_disagreements(sentences: Sequence[Sentence]) -> list[Disagreement]:
    """The facts in which the documents of ``sentences`` contradict each other."""
    comparable: dict[tuple[FactKind, object], list[Finding]] = defaultdict(list)
    for sentence in sentences:
        for fact in chain(persons(sentence.text), quantities(sentence.text), dates(sentence.text)):
            comparable[fact.kind, fact.key].append(Finding(sentence, fact))
    return [
        disagreement
        for findings in comparable.values()
        for disagreement in _disagreements(findings)
    ]


def _disagreements(findings: Sequence[Finding]) -> Iterator[Disagreement]:
    by_document: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_document[finding.document].append(finding)
    told: set[int] = set()
    for a, b in combinations(findings, 2):
        if id(a) in told or id(b) in told or not _contradict(a, b):
            continue
        if any(_says_both(said, a, b) for said in by_document.values()):
            continue
        sides = _sides(a, b, findings)
        told |= {id(finding) for side in sides for finding in side}
        yield Disagreement(a.fact.kind, tuple(map(tuple, sides)))


def _contradict(a: Finding, b: Finding) -> bool:
    return (
        a.document != b.document
        and a.fact.firm
        and b.fact.firm
        and not a.agrees(b)
        and _same_thing(a.fact, b.fact)
    )


def _same_thing(a: Fact, b: Fact) -> bool:
    """Whether the words around two facts tell that they are said of one thing."""
    if a.identified and b.identified:
        return True
    shared = len(a.context & b.context)
    shorter = min(len(a.context), len(b.context))
    return shared >= _MIN_SHARED[a.kind] and shared >= _MIN_COVERED[a.kind] * shorter


def _says_both(said: Sequence[Finding], a: Finding, b: Finding) -> bool:
    """Whether one document has both values: then they are two facts."""
    return any(x.agrees(a) for x in said) and any(x.agrees(b) for x in said)


def _sides(a: Finding, b: Finding, findings: Sequence[Finding]) -> list[list[Finding]]:
    """What agrees with ``a``, with ``b``, and further contradicting values, one list each."""
    sides = [[a], [b]]
    for finding in findings:
        if finding is a or finding is b:
            continue
        agreeing = next((side for side in sides if side[0].agrees(finding)), None)
        if agreeing is not None:
            if finding.fact.context & (a.fact.context | b.fact.context):
                agreeing.append(finding)
        elif any(_contradict(side[0], finding) for side in sides):
            sides.append([finding])
    return sides
