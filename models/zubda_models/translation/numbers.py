"""The numbers of a text, in digits or in words, Arabic or English.

A comparison of digits cries wolf: translators write "six" for ٦, "10,000" for ``10 آلاف`` and
"1200 hours" for 12:00. So numbers are read by value; one may have several readings (``1.250``
is a decimal, or a thousand and more).
"""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from zubda_models.translation.number_words import MONTHS, Kind, decade, fold, look_up

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670"
_VULGAR = "¼½¾⅓⅔⅛⅜⅝⅞"
_TOKEN = re.compile(
    rf"(?P<digits>\d+(?:[.,:/–-]\d+){{,9}}[{_VULGAR}]?|[{_VULGAR}])"
    rf"|(?P<word>[^\W\d_{_VULGAR}](?:[^\W\d_{_VULGAR}]|[{_MARKS}])*)|(?P<mark>[^\s–-])"
)
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)")
_GROUPED_DECIMAL = re.compile(r"\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)")
_DECIMAL = re.compile(r"\d+[.,]\d+")
# Percent words hold "hundred", and "two and a half million" other words: they are blanked out.
_PERCENT = re.compile("(?:في ?ال|بال)(?:مئه|مائه|ميه)")
_HALF_WORDS = re.compile(r"\band a (?=half\b)|(?<=\bhalf) an? ")
_CLOCK_AFTER = re.compile(r" ?[ap]\.?m\b", re.IGNORECASE)
_HOURS_AFTER = re.compile(r" ?(?:hours|hrs)\b", re.IGNORECASE)
_DECADE_AFTER = re.compile(r"'?s\b")
_ATTACHED = re.compile(r"[mMbB]\b")
_BETWEEN_RANGE = frozenset({"", "الي", "او", "و", "to", "or", "and"})

_ZERO, _HALF, _ONE, _THOUSAND = Decimal(0), Decimal("0.5"), Decimal(1), Decimal(1000)
_NO_LIMIT = Decimal("Infinity")
_SMALL = Decimal(12)
# Of longer numbers the beginning is compared; it keeps decimal arithmetic exact.
_MAX_DIGITS = 15


class Number(NamedTuple):
    """A number of a text."""

    token: str
    """As it stands there."""

    readings: frozenset[Decimal]
    """The values that it may mean."""

    required: bool
    """Whether a translation must hold it: small numbers in words are often articles, pronouns
    or duals."""


def numbers(text: str) -> list[Number]:
    """The numbers of ``text`` in their order, each with its possible readings."""
    folded = fold(text)
    for words in (_PERCENT, _HALF_WORDS):
        folded = words.sub(lambda found: " " * len(found.group()), folded)
    phrases = _phrases(folded)
    _spread_scales(folded, phrases)
    return [
        Number(text[phrase.start : phrase.end].strip(), phrase.readings(), phrase.is_required())
        for phrase in phrases
    ]


class _Piece(NamedTuple):
    """A word, or one part of a token in digits, that takes part in a number."""

    kind: Kind
    values: frozenset[Decimal]
    joined: bool
    start: int
    end: int


@dataclass(slots=True)
class _Phrase:
    """A number as it grows piece by piece."""

    start: int
    end: int
    groups: frozenset[Decimal] = frozenset({_ZERO})
    """What is closed by a scale (``3 ملايين``)."""
    small: frozenset[Decimal] = frozenset()
    """What is still open (``و500``); empty if nothing is."""
    small_start: int = 0
    groups_end: int = 0
    limit: Decimal = _NO_LIMIT
    """The scale of the last closed group; the next must be lower."""
    last: Kind | None = None
    in_digits: bool = False
    spread: frozenset[Decimal] = frozenset()
    """Readings by the scale that stands after the other end of a range (``20-30 ألف``)."""

    def readings(self) -> frozenset[Decimal]:
        small = self.small or {_ZERO}
        if small == {_HALF} and self.limit.is_finite():
            small = {_HALF * self.limit}  # "مليون ونصف"
        return frozenset(group + value for group in self.groups for value in small) | self.spread

    def is_required(self) -> bool:
        least = min(self.readings())
        if self.in_digits:
            return least > 1
        return least > _SMALL and least != _THOUSAND and self.last is not Kind.NAME

    def add(self, piece: _Piece) -> bool:
        """Take ``piece`` in; False if it begins another number."""
        if piece.kind in (Kind.SCALE, Kind.SCALES, Kind.DUAL):
            taken = self._add_scale(piece)
        elif not self.small:
            taken = self._open_group(piece)
        elif piece.kind is Kind.HUNDRED and self.last is Kind.UNIT and not piece.joined:
            self.small = _products(self.small, piece.values)
            taken = True
        elif (piece.kind is Kind.UNIT and piece.values == {_HALF}) or self._goes_on(piece):
            self.small = _sums(self.small, piece.values)
            taken = True
        else:
            return False
        if taken:
            self.end, self.last = piece.end, piece.kind
            self.in_digits |= piece.kind is Kind.DIGITS
        return taken

    def _open_group(self, piece: _Piece) -> bool:
        begun = self.last is not None
        if begun and (
            max(piece.values) >= self.limit or (piece.kind is Kind.DIGITS and not piece.joined)
        ):
            return False
        self.small, self.small_start = piece.values, piece.start
        return True

    def _goes_on(self, piece: _Piece) -> bool:
        kind = piece.kind
        if self.last in (Kind.HUNDRED, Kind.HUNDREDS):
            return kind in (Kind.UNIT, Kind.TEN, Kind.TEEN, Kind.TENS)
        if self.last is Kind.UNIT:
            return kind is (Kind.TENS if piece.joined else Kind.TEN)
        return self.last is Kind.TENS and kind is Kind.UNIT and not piece.joined

    def _add_scale(self, piece: _Piece) -> bool:
        (scale,) = piece.values
        if (
            self.limit.is_finite()
            and not self.small
            and piece.kind is Kind.SCALE
            and not piece.joined
        ):
            self.groups = _products(self.groups, piece.values)  # "ألف مليار"
        elif scale * max(self.small, default=_ONE) >= self.limit or (self.small and piece.joined):
            return False
        elif self.small:
            self.groups = _sums(self.groups, _products(self.small, piece.values))
        elif piece.kind is Kind.DUAL:
            self.groups = _sums(self.groups, {2 * scale})
        elif piece.kind is Kind.SCALES:
            return False
        else:
            self.groups = _sums(self.groups, piece.values)
        self.small, self.limit, self.groups_end = frozenset(), scale, piece.end
        return True

    def split(self) -> "_Phrase":
        """Take the open group out again, for it begins a number of its own."""
        other = _Phrase(
            self.small_start, self.end, small=self.small, last=self.last, in_digits=self.in_digits
        )
        self.small, self.end = frozenset(), self.groups_end
        return other


def _sums(left: frozenset[Decimal], right: Set[Decimal]) -> frozenset[Decimal]:
    return frozenset(a + b for a in left for b in right)


def _products(left: frozenset[Decimal], right: Set[Decimal]) -> frozenset[Decimal]:
    return frozenset(a * b for a in left for b in right)


def _phrases(text: str) -> list[_Phrase]:
    """The number phrases of a folded ``text``."""
    phrases: list[_Phrase] = []
    going_on = joined = False
    for token in _TOKEN.finditer(text):
        if going_on and token["word"] in ("و", "and"):
            joined = True
            continue
        pieces = _digit_pieces(text, token) if token["digits"] else _word_pieces(token)
        for piece in pieces:
            piece = piece._replace(joined=joined or piece.joined)  # noqa: PLW2901
            joined = False
            if going_on and phrases[-1].add(piece):
                continue
            if going_on and phrases[-1].small and piece.kind in (Kind.SCALE, Kind.SCALES):
                # "5 آلاف و10 آلاف": the second group is no lower than the first.
                phrases.append(phrases[-1].split())
            else:
                phrases.append(_Phrase(piece.start, piece.end))
            going_on = phrases[-1].add(piece)
            if not going_on:
                phrases.pop()
        going_on = going_on and bool(pieces)
        joined = False
    return phrases


def _word_pieces(token: re.Match[str]) -> list[_Piece]:
    word = (token["word"] or "").lower()
    if found := look_up(word):
        joined, (kind, value) = found
        values = frozenset({value})
    elif month := MONTHS.get(word):
        joined, kind, values = False, Kind.NAME, frozenset({month})
    elif tens := decade(word):
        joined, kind, values = False, Kind.NAME, frozenset({tens, 1900 + tens})
    else:
        return []
    return [_Piece(kind, values, joined, *token.span())]


def _digit_pieces(text: str, token: re.Match[str]) -> list[_Piece]:
    """The parts of a token in digits: one, or those of a date, time, score or range."""
    digits, end = token["digits"], token.end()
    if _CLOCK_AFTER.match(text, end) or text.endswith("الساعه ", 0, token.start()):
        digits = digits.replace(".", ":")  # "8.30 a.m."
    elif re.fullmatch(r"\d{4}", digits) and _HOURS_AFTER.match(text, end):
        digits = f"{digits[:2]}:{digits[2:]}"
    parts = [values for part in re.split("[:/–-]", digits) for values in _part_values(part)]
    if ":" in digits:
        twelve = Decimal(12)  # 3 p.m. is 15:00
        parts[0] |= {hour - twelve if hour > twelve else hour + twelve for hour in parts[0]}
    elif len(parts) > 1:
        parts[1] |= _sums(parts[1], {value // 100 * 100 for value in parts[0]})  # 2023/24
    elif _DECADE_AFTER.match(text, end):
        parts[0] |= frozenset(value % 100 for value in parts[0])  # 1970s
    elif attached := _ATTACHED.match(text, end):
        scale = Decimal(10**6 if attached[0] in "mM" else 10**9)
        parts[0] |= _products(parts[0], {scale})  # $3.5m
    return [_Piece(Kind.DIGITS, values, False, *token.span()) for values in parts]


def _part_values(part: str) -> list[frozenset[Decimal]]:
    """The values of digits with at most decimal and thousands separators."""
    if part[-1] in _VULGAR:
        fraction = Decimal(str(unicodedata.numeric(part[-1])))
        whole = _part_values(part[:-1]) if part[:-1] else [frozenset({_ZERO})]
        return [*whole[:-1], _sums(whole[-1], {fraction})]
    if _GROUPED.fullmatch(part):
        digits = re.sub("[.,]", "", part)
        values = {Decimal(digits[:_MAX_DIGITS])}
        if len(part) - len(digits) == 1:
            values.add(Decimal(part.replace(",", ".")))  # 1.250 may be a decimal as well
        return [frozenset(values)]
    if _GROUPED_DECIMAL.fullmatch(part) or _DECIMAL.fullmatch(part):
        integer, _, decimals = part.replace(",", ".").rpartition(".")
        return [frozenset({Decimal(f"{integer.replace('.', '')[:_MAX_DIGITS]}.{decimals[:8]}")})]
    return [frozenset({Decimal(piece[:_MAX_DIGITS])}) for piece in re.split("[.,]", part)]


def _spread_scales(text: str, phrases: list[_Phrase]) -> None:
    """Let the scale of the end of a range hold for its beginning: "20 إلى 30 ألف"."""
    for begin, end in pairwise(phrases):
        between = text[begin.end : end.start]
        scaled = end.limit.is_finite() and not begin.limit.is_finite()
        if scaled and len(between) < 6 and between.strip(" –-") in _BETWEEN_RANGE:
            begin.spread = frozenset(value * end.limit for value in begin.readings())
