"""Number words of Arabic and English.

Arabic words are spelled as :func:`fold` leaves them: without diacritics and tatweel, with one
form of alef, ``ه`` for ta marbuta, ``ي`` for alef maqsura.
"""

import re
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """How a word takes part in a number phrase."""

    UNIT = auto()
    """1 to 9, cardinal or ordinal, and fractions."""
    TEN = auto()
    """``عشر``: ten, or the ten of an Arabic teen (``خمسة عشر``)."""
    TEEN = auto()
    """10 to 19 in one English word."""
    TENS = auto()
    """20 to 90."""
    HUNDRED = auto()
    """100; multiplies a unit before it."""
    HUNDREDS = auto()
    """200 to 900 in one Arabic word."""
    SCALE = auto()
    """1,000 and its powers; multiplies what stands before it."""
    SCALES = auto()
    """The plural of a scale; says nothing without a number before it."""
    DUAL = auto()
    """Twice a scale in one Arabic word (``مليونين``); after a number, the scale once
    (``خمسون مليونا``)."""
    DIGITS = auto()
    """A number in digits."""
    NAME = auto()
    """A month or decade by name; takes part in no phrase."""


class NumberWord(NamedTuple):
    """The meaning of a word within a number phrase."""

    kind: Kind
    value: Decimal


_THOUSAND, _MILLION, _BILLION, _TRILLION = 10**3, 10**6, 10**9, 10**12

_ARABIC_UNITS = {
    "0.25": "ربع",
    "0.5": "نصف",
    "0": "صفر",
    "1": "واحد واحده احد احدي اول اولي حادي حاديه",
    "2": "اثنان اثنين اثنتان اثنتين اثنا اثنتا اثني اثنتي ثاني ثانيه ثان",
    "3": "ثلاثه ثلاث ثالث ثالثه",
    "4": "اربعه اربع رابع رابعه",
    "5": "خمسه خمس خامس خامسه",
    "6": "سته ست سادس سادسه",
    "7": "سبعه سبع سابع سابعه",
    "8": "ثمانيه ثماني ثمان ثامن ثامنه",
    "9": "تسعه تسع تاسع تاسعه",
}
_ARABIC_STEMS = ["عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
_ARABIC_HUNDREDS = {
    **dict.fromkeys(["مئتان", "مئتين", "مئتا", "مئتي", "مائتان", "مائتين", "مائتا", "مائتي"], 200),
    **{
        stem + hundred: 100 * digit
        for stem, digit in zip(_ARABIC_STEMS[1:], range(3, 10), strict=True)
        for hundred in ("مئه", "مائه", "ميه")
    },
    **dict.fromkeys(["ثمانيمئه", "ثمانيمائه"], 800),
}
_ARABIC_SCALES = {
    _THOUSAND: ("الف", "الاف", "الفا الفان الفين الفي"),
    _MILLION: ("مليون", "ملايين", "مليونا مليونان مليونين مليوني"),
    _BILLION: (
        "مليار بليون",
        "مليارات بلايين",
        "مليارا بليونا ملياران مليارين ملياري بليونان بليونين",
    ),
    _TRILLION: ("تريليون ترليون", "تريليونات", "تريليونا تريليونان تريليونين"),
}
_ENGLISH_UNITS = (
    "zero|one first|two second|three third|four fourth|five fifth|six sixth|seven seventh"
    "|eight eighth|nine ninth"
)
_ENGLISH_TEENS = (
    "ten tenth|eleven eleventh|twelve twelfth dozen noon midday midnight|thirteen thirteenth"
    "|fourteen fourteenth|fifteen fifteenth|sixteen sixteenth|seventeen seventeenth"
    "|eighteen eighteenth|nineteen nineteenth"
)
_ENGLISH_TENS = (
    "twenty twentieth twenties|thirty thirtieth thirties|forty fortieth forties"
    "|fifty fiftieth fifties|sixty sixtieth sixties|seventy seventieth seventies"
    "|eighty eightieth eighties|ninety ninetieth nineties"
)
_ENGLISH_SCALES = {
    _THOUSAND: "thousand thousandth k",
    _MILLION: "million millionth mn",
    _BILLION: "billion bn",
    _TRILLION: "trillion tn trn",
}


def _lexicon() -> dict[str, NumberWord]:
    entries: dict[str, NumberWord] = {}

    def enter(words: str, kind: Kind, value: int | str) -> None:
        entries.update(dict.fromkeys(words.split(), NumberWord(kind, Decimal(value))))

    for unit, words in _ARABIC_UNITS.items():
        enter(words, Kind.UNIT, unit)
    enter("عشره عشر عاشر عاشره", Kind.TEN, 10)
    for digit, stem in enumerate(_ARABIC_STEMS, start=2):
        enter(f"{stem}ون {stem}ين", Kind.TENS, 10 * digit)
    enter("مئه مائه ميه", Kind.HUNDRED, 100)
    for word, hundreds in _ARABIC_HUNDREDS.items():
        enter(word, Kind.HUNDREDS, hundreds)
    for scale, (singular, plural, dual) in _ARABIC_SCALES.items():
        enter(singular, Kind.SCALE, scale)
        enter(plural, Kind.SCALES, scale)
        enter(dual, Kind.DUAL, scale)
    for digit, words in enumerate(_ENGLISH_UNITS.split("|")):
        enter(words, Kind.UNIT, digit)
    enter("half", Kind.UNIT, "0.5")
    enter("quarter", Kind.UNIT, "0.25")
    for teen, words in enumerate(_ENGLISH_TEENS.split("|"), start=10):
        enter(words, Kind.TEEN, teen)
    for digit, words in enumerate(_ENGLISH_TENS.split("|"), start=2):
        enter(words, Kind.TENS, 10 * digit)
    enter("hundred hundredth", Kind.HUNDRED, 100)
    for scale, words in _ENGLISH_SCALES.items():
        enter(words, Kind.SCALE, scale)
    return entries


_LEXICON = _lexicon()

MONTHS = {
    word: Decimal(month)
    for month, words in enumerate(
        (
            "january jan يناير جانفي",
            "february feb شباط فبراير فيفري",
            "march mar اذار مارس",
            "april apr نيسان ابريل افريل",
            "may ايار مايو ماي",
            "june jun حزيران يونيو جوان",
            "july jul تموز يوليو جويليه",
            "august aug اب اغسطس اوت",
            "september sep sept ايلول سبتمبر",
            "october oct اكتوبر",
            "november nov نوفمبر",
            "december dec ديسمبر",
        ),
        start=1,
    )
    for word in words.split()
}
"""The months by name; of those in two words, ``تشرين الأول``, the parser knows the ordinal."""

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]+")
_FOLDED = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬،أإآٱىة", "01234567890123456789.,,اااايه")
_CLITICS = re.compile("^و?[فبلك]?")
_ARTICLE = re.compile("^(?:ال|ل)")
_DECADE = re.compile(f"(?:{'|'.join(_ARABIC_STEMS)})ين(?:ي)?ات")


def fold(text: str) -> str:
    """``text`` with ASCII digits and separators and one form of alef; as long as before."""
    return text.translate(_FOLDED)


def look_up(word: str) -> tuple[bool, NumberWord] | None:
    """What a folded ``word`` means as a number, and whether "و" or "and" joins it."""
    word = _MARKS.sub("", word).lower()
    if word in _LEXICON:
        return False, _LEXICON[word]
    joined = word.startswith("و")
    bare = _CLITICS.sub("", word)
    for stem in (word[joined:], bare, _ARTICLE.sub("", bare)):
        if stem in _LEXICON:
            return joined, _LEXICON[stem]
    return None


def decade(word: str) -> Decimal | None:
    """The number of a decade by name: 70 for ``السبعينيات``."""
    found = _DECADE.search(_MARKS.sub("", word))
    if found is None:
        return None
    return _LEXICON[re.sub("(?:ي)?ات$", "", found.group())].value
