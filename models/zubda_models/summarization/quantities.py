"""Numbers with what they count: ``5.6 مليار دولار``, ``48 شهرًا``, ``35%``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zubda_models.summarization.dates import find_dates
from zubda_models.summarization.facts import Fact
from zubda_models.summarization.lexical import STOP_WORDS, content, root
from zubda_models.summarization.result import FactKind
from zubda_models.text.boilerplate import fold
from zubda_models.text.span import Span
from zubda_models.translation.numbers import numbers

_CLAUSE = re.compile(r"(?:[^،؛:()«»“”\"\n.]|(?<=\d)[.](?=\d))+")
_UNIT = re.compile(r"[ \xa0]*(?:(?P<percent>[%٪]|(?:ب|في )الم(?:ئ|ائ)[ةه])|(?P<word>[^\W\d_]+))")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W*$")
_BOUND = re.compile(
    r"(?:اكثر من|اقل من|ما يزيد (?:علي|عن)|ما يقل عن|لا يقل عن|لا يتجاوز|ما يصل الي|حتي|بين|من"
    r"|فوق|دون|تجاوز|يتجاوز|تجاوزت|تتجاوز|يفوق|تفوق)(?: ال)? ?$"
)
_AFTER_BOUND = re.compile(r"^ ?(?:علي الاقل|فاكثر|او اكثر|علي الاكثر|(?:الي|و|-) ?\d)")
_APPROXIMATE = re.compile(r"(?:نحو|بنحو|حوالي|قرابه|زهاء|تقريبا|يقارب|تقارب|ما يقرب من) ?$")
_UNCERTAIN = re.compile(r"(?<!\w)و?(?:لن|لم|لو|اذا|ليس|ليست|لا|افتراض|قد|يمكن|ربما)(?!\w)")
_ORDINAL_OR_YEAR = re.compile(
    r"(?:و?[بل]?ال|لل)?(?:اول|ثان|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONLY_COUNT = re.compile(r"[^\W\d_]+")
_TOLERANCE = Decimal("0.05")

_DAY = Decimal(1)
_TIME = {
    root(word): days
    for words, days in (
        ("ساعه ساعات", _DAY / 24),
        ("يوم ايام يوما", _DAY),
        ("اسبوع اسابيع اسبوعا", 7 * _DAY),
        ("شهر اشهر شهور شهرا", Decimal("30.4375")),
        ("سنه سنوات عام اعوام عاما سنين", Decimal("365.25")),
    )
    for word in words.split()
}
_PERCENT = "%"
_DURATION = "time"


@dataclass(frozen=True, slots=True)
class _Amount:
    readings: frozenset[Decimal]
    approximate: bool


def quantities(sentence: str) -> Iterator[Fact]:
    """The numbers of a sentence that count or measure something, without dates and ordinals."""
    undated = sentence
    for span, _ in find_dates(sentence):
        undated = undated[: span.start] + " " * (span.end - span.start) + undated[span.end :]
    for clause in _CLAUSE.finditer(undated):
        yield from _of_clause(clause.group(), clause.start())


def _of_clause(clause: str, offset: int) -> Iterator[Fact]:
    firm = _UNCERTAIN.search(fold(clause)) is None
    found = numbers(clause)
    end = 0
    for number in found:
        start = clause.find(number.token, end)
        end = start + len(number.token)
        before, after = fold(clause[:start]), clause[end:]
        unit = _unit(before, after)
        if unit is None or _counts_nothing(number.token, max(number.readings), before, after):
            continue
        scale = _TIME.get(unit)
        yield Fact(
            FactKind.NUMBER,
            Span(offset + start, offset + end),
            _DURATION if scale else unit,
            _Amount(
                frozenset(reading * (scale or 1) for reading in number.readings),
                scale is not None or _APPROXIMATE.search(before) is not None,
            ),
            content(_without(clause, [n.token for n in found])) - {unit},
            firm=firm and not _BOUND.search(before) and not _AFTER_BOUND.match(fold(after)),
            identified=False,
            agrees=_agree,
        )


def _unit(before: str, after: str) -> str | None:
    """The root of what is counted: the word after the number, or the one before."""
    found = _UNIT.match(after)
    if found and found["percent"]:
        return _PERCENT
    if found and (word := fold(found["word"])) not in STOP_WORDS - {"سنه", "عام", "يوم"}:
        return root(word)
    counted = _WORD_BEFORE.search(before)
    if counted is None or counted[1] in STOP_WORDS:
        return None
    return root(counted[1])


def _counts_nothing(token: str, value: Decimal, before: str, after: str) -> bool:
    folded = fold(token)
    if value < 2 or _ORDINAL_OR_YEAR.match(folded):
        return True
    if _YEAR.fullmatch(folded):
        return not _UNIT.match(after) or bool(
            re.search(r"(?:عام|عامي|سنه|في|حتي|منذ|مطلع|نهايه|منتصف|قبل|بعد) ?$", before)
        )
    # A small number in words counts only what stands right after it.
    return bool(_ONLY_COUNT.fullmatch(folded)) and not _UNIT.match(after)


def _without(clause: str, tokens: list[str]) -> str:
    for token in tokens:
        clause = clause.replace(token, " ", 1)
    return clause


def _agree(left: _Amount, right: _Amount) -> bool:
    if left.readings & right.readings:
        return True
    if not (left.approximate or right.approximate):
        return False
    return any(abs(a - b) <= _TOLERANCE * max(a, b) for a in left.readings for b in right.readings)
