"""Whether two spellings are of one person's name."""

import re

from zubda_models.summarization.lexical import word_set

_ARTICLE = re.compile("^ال(?=..)")
_VOWELS = re.compile("[اويءئؤ]|ه$")
# Letters that the Arabic press uses for one foreign sound: g, v, p, t.
_ONE_SOUND = str.maketrans("غقكڤپطث", "ججج" + "فبتت")
_LINKS = word_set("عبد ابو ابن بن بنت ال ام ابي")

Name = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a name, and those right after it, which may belong to it."""


def same_name(left: Name, right: Name) -> bool:
    """Whether two names may be one person's: also in other spelling, or a part of the other.

    A shared given name is not enough (``محمد علي``, ``محمد حسن``).
    """
    mine, others = _parts(left[0]), _parts(right[0])
    if len(mine) == 1 or len(others) == 1:
        return any(_alike(a, b) for a in mine for b in others)
    mine, others = (*mine, *_parts(left[1])), (*others, *_parts(right[1]))
    return any(_alike(a, b) for i, a in enumerate(mine) for j, b in enumerate(others) if i or j)


def _parts(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell persons apart, without article."""
    parts = tuple(_ARTICLE.sub("", word) for word in words if word not in _LINKS)
    return parts or words


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    skeletons = [_VOWELS.sub("", word).translate(_ONE_SOUND) for word in (left, right)]
    return len(skeletons[0]) >= 2 and skeletons[0] == skeletons[1]
