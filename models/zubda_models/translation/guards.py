"""What a translation may have lost, told from the two texts alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from zubda_models.translation.numbers import numbers
from zubda_models.warnings import Warning, WarningCode  # noqa: A004 - see there

_EMAIL = re.compile(r"[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"'«»“”،؛؟]+", re.IGNORECASE)
_URL_END = ".,;:!?)]}…"
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}|\{[^{}\s]{0,80}\}|%\(\w{1,80}\)[sdifr]"
    r"|%(?:\d{1,2}\$)?[sdif@](?!\w)|<(?:ph|x|g)\b[^<>\n]{0,200}/?>"
)
_ARABIC_LETTERS = re.compile(
    "[\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u0750-\u077f\u08a0-\u08c7\ufb50-\ufbb1\ufe70-\ufefc]+"
)
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,500})?/?>|<!--|&(?:[a-z]{2,8}|#\d{1,6});"
)
_WORD = re.compile(r"\w+|[^\w\s]")
_CHARACTER_LOOP = re.compile(r"([^\W\d]{1,8}?)\1{11,}")

# Phrases of up to so many words are looked at. Three rounds of one make a loop, of a single
# word four: "no, no, no" is English.
_LOOP_WORDS = 12
_LOOP_ROUNDS = 3


def check(source: str, target: str) -> list[Warning]:
    """Compare a segment and its translation, and warn of what may have been lost.

    Looks at URLs, e-mail addresses, placeholders, numbers, leftover Arabic letters and markup.
    An empty list is no proof of a good translation.
    """
    warnings = [
        *_lost(WarningCode.URL_LOST, "URL", _urls(source), target),
        *_lost(WarningCode.EMAIL_LOST, "E-mail address", _EMAIL.findall(source), target),
        *_lost(WarningCode.PLACEHOLDER_LOST, "Placeholder", _PLACEHOLDER.findall(source), target),
        *_check_numbers(_without_addresses(source), _without_addresses(target)),
    ]
    if leftover := _unique(_ARABIC_LETTERS.findall(target)):
        message = f"The translation still holds Arabic: {_listed(leftover)}."
        warnings.append(Warning(WarningCode.UNTRANSLATED_TEXT, message, leftover))
    if tags := _unique(_TAG.findall(source)):
        message = f"Markup was translated as plain text: {_listed(tags)}."
        warnings.append(Warning(WarningCode.MARKUP, message, tags))
    return warnings


def repeats(source: str, target: str) -> bool:
    """Whether ``target`` repeats a phrase over and over, as a decoder caught in a loop does.

    A repetition that the source has as well (a chant, a refrain, a row of dashes) is none.
    """
    if _CHARACTER_LOOP.search(target) and not _CHARACTER_LOOP.search(source):
        return True
    return _loop_rounds(target) > max(_loop_rounds(source), 1)


def missing_numbers(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the numbers of ``source`` not in ``target``, and those only in ``target``.

    Both as they stand in their text. A number that occurs twice in the source is looked for
    twice; one that the target repeats is no addition.
    """
    sources, targets = numbers(source), numbers(target)
    # Those of the target that need a match come last, to be taken first.
    by_value = defaultdict[Decimal, list[int]](list)
    for index in sorted(range(len(targets)), key=lambda index: targets[index].required):
        for value in targets[index].readings:
            by_value[value].append(index)
    left = set(range(len(targets)))
    missing = []
    for number in sorted(sources, key=lambda number: not number.required):
        found = None
        for value in number.readings:
            while found is None and by_value[value]:
                index = by_value[value].pop()
                found = index if index in left else None
        if found is not None:
            left.discard(found)
        elif number.required:
            missing.append(number.token)
    known = frozenset[Decimal]().union(*(number.readings for number in sources))
    # Arabic has a dual, so that "2 years" need not have a two in the source.
    added = [
        other.token
        for other in (targets[index] for index in sorted(left))
        if other.required and min(other.readings) > 2 and not other.readings & known
    ]
    return missing, added


def _urls(text: str) -> list[str]:
    return [url.rstrip(_URL_END) for url in _URL.findall(text)]


def _without_addresses(text: str) -> str:
    for pattern in (_URL, _EMAIL, _PLACEHOLDER):
        text = pattern.sub(" ", text)
    return text


def _lost(code: WarningCode, what: str, tokens: list[str], target: str) -> list[Warning]:
    lowered = target.lower()
    wanted = Counter(token.lower() for token in tokens)
    lost = _unique(
        token for token in tokens if lowered.count(token.lower()) < wanted[token.lower()]
    )
    if not lost:
        return []
    return [Warning(code, f"{what} not in the translation: {_listed(lost)}.", lost)]


def _check_numbers(source: str, target: str) -> list[Warning]:
    missing, added = map(_unique, missing_numbers(source, target))
    parts = []
    if missing:
        parts.append(f"not in the translation: {_listed(missing)}")
    if added:
        parts.append(f"only in the translation: {_listed(added)}")
    if not parts:
        return []
    message = f"Numbers {'; '.join(parts)}."
    return [Warning(WarningCode.NUMBER_MISMATCH, message, missing)]


def _unique(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))


def _listed(tokens: tuple[str, ...]) -> str:
    return ", ".join(tokens)


def _loop_rounds(text: str) -> int:
    """How often the most repeated phrase of ``text`` stands in a row; 1 if nothing loops."""
    words = _WORD.findall(text.lower())
    most = 1
    for size in range(1, _LOOP_WORDS + 1):
        enough = _LOOP_ROUNDS + 1 if size == 1 else _LOOP_ROUNDS
        run = 0
        for index in range(size, len(words)):
            run = run + 1 if words[index] == words[index - size] else 0
            rounds = run // size + 1
            if rounds >= enough:
                most = max(most, rounds)
    return most
