"""Dates, with the month names of the Levant and of the Gregorian calendar alike."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zubda_models.summarization.facts import Fact
from zubda_models.summarization.lexical import content
from zubda_models.summarization.result import FactKind
from zubda_models.text.span import Span
from zubda_models.translation.number_words import MONTHS, fold

_LEVANTINE = {"تشرين الاول": 10, "تشرين الثاني": 11, "كانون الاول": 12, "كانون الثاني": 1}
_MONTHS = {
    **{name: int(month) for name, month in MONTHS.items() if not name.isascii()},
    **_LEVANTINE,
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت"
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<weekday>{_WEEKDAY})(?!\w)[ ،]*(?:الموافق )?)?"
    rf"(?:(?P<day>\d{{1,2}})(?: من)?(?: شهر)? (?P<dayed>{_MONTH})(?:/ ?(?:{_MONTH}))?(?!\w)"
    r"(?:[ ،]*(?:من )?(?:عام |سنه )?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<monthed>{_MONTH})(?:/ ?(?:{_MONTH}))?[ ،]*(?:من )?(?:عام )?"
    r"(?P<month_year>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<pointed>{_MONTH})(?= (?:المقبل|الماضي|الجاري|القادم|الحالي|الفائت)))"
    rf"|(?<!\w)(?P<alone>{_WEEKDAY})(?!\w)"
)
_UNCERTAIN = re.compile(r"(?<!\w)و?(?:قبل|بعد|منذ|حتي|بين|من المتوقع|لن|لم|قد|اذا|لو)(?!\w)")


class Date(NamedTuple):
    """What is said of a date; None for what is not."""

    year: int | None
    month: int | None
    day: int | None
    weekday: str | None


def dates(sentence: str) -> Iterator[Fact]:
    """The dates of a sentence: day and month, month and year, or the weekday alone."""
    found = list(find_dates(sentence))
    words = content(_DATE.sub(" ", fold(sentence)))
    firm = len(found) == 1 and not _UNCERTAIN.search(fold(sentence))
    for span, date in found:
        yield Fact(
            FactKind.DATE, span, None, date, words, firm=firm, identified=False, agrees=_agree
        )


def find_dates(text: str) -> Iterator[tuple[Span, Date]]:
    """Every date of a text and where it stands."""
    for match in _DATE.finditer(fold(text)):
        month = match["dayed"] or match["monthed"] or match["pointed"]
        year = match["year"] or match["y"] or match["month_year"]
        day = match["day"] or match["d"]
        number = _MONTHS[month] if month else int(match["m"]) if match["m"] else None
        weekday = match["weekday"] or match["alone"]
        date = Date(int(year) if year else None, number, int(day) if day else None, weekday)
        if 1 <= (number or 1) <= 12 and 1 <= (date.day or 1) <= 31:
            yield Span(*match.span()), date


def _agree(left: Date, right: Date) -> bool:
    known = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    return all(a == b for a, b in known)
