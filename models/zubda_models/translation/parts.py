"""Cut the tokens of a segment that is longer than a model takes."""

from collections.abc import Sequence

from zubda_models.engines.vocabulary import SPACE_MARK

_CLAUSE_MARKS = tuple("،؛:,;–—")


def split(tokens: Sequence[str], longest: int) -> list[tuple[str, ...]]:
    """Cut ``tokens`` into as few parts of at most ``longest`` as good places allow.

    A part ends after the last clause mark in the second half of the room it has, else
    before the last word that begins there, else where the room ends. Joined, the parts
    are ``tokens`` again.
    """
    parts: list[tuple[str, ...]] = []
    start = 0
    while len(tokens) - start > longest:
        room = range(start + longest, start + longest // 2, -1)
        words = [at for at in room if tokens[at].startswith(SPACE_MARK)]
        clauses = [at for at in words if tokens[at - 1].endswith(_CLAUSE_MARKS)]
        end = next(iter(clauses or words), start + longest)
        parts.append(tuple(tokens[start:end]))
        start = end
    return [*parts, tuple(tokens[start:])]
