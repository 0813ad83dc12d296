"""Variants of a sentence pair that keep its meaning: spelling, digits, quotes, figures, joining.

The Arabic of the wild comes with and without diacritics, with Arabic-Indic or ASCII digits, with
either kind of quotes and with careless hamzas; the English side has one spelling only. Figures
are exchanged on both sides alike, so that the model learns to copy a number it has never seen
instead of recalling one.
"""

import re
from random import Random

from training.text import strip_diacritics

_TO_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TO_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w.,]*\d)")
_ASCII_PUNCTUATION = str.maketrans({"،": ",", "؛": ";", "؟": "?"})
_QUOTED = re.compile('["«“]([^"«»“”]*)["»”]')
_QUOTES = ('"{}"', "«{}»", "“{}”", "''{}''")


def ascii_digits(text: str) -> str:
    """Write Arabic-Indic and Persian digits, with their separators and percent sign, in ASCII."""
    return text.translate(_TO_ASCII).replace("٫", ".").replace("٬", ",").replace("٪", "%")


def indic_digits(text: str) -> str:
    """Write ASCII digits as Arabic-Indic ones; separators inside numbers and ``%`` follow."""
    text = re.sub(r"(?<=\d)\.(?=\d)", "٫", re.sub(r"(?<=\d),(?=\d{3})", "٬", text))
    return re.sub(r"(?<=\d) ?%", "٪", text).translate(_TO_INDIC)


def _another_number(number: str, rng: Random) -> str:
    """A number of the same form: the same separators and length, years stay years."""
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return str(rng.randint(1900, 2035))
    digits = [rng.choice("0123456789") if c.isdigit() else c for c in number]
    if digits[0] == "0" and number[0] != "0":
        digits[0] = rng.choice("123456789")
    return "".join(digits)


def swap_numbers(arabic: str, english: str, rng: Random) -> tuple[str, str]:
    """Exchange figures that stand on both sides just once by others of the same form.

    Day numbers and other small figures (1 to 31) stay in their range. Where a figure stands on
    one side only, or more than once, it is left alone.
    """
    arabic_ascii = ascii_digits(arabic)
    numbers, others = _NUMBER.findall(arabic_ascii), _NUMBER.findall(english)
    both = [n for n in set(numbers) if numbers.count(n) == 1 == others.count(n)]
    if not both:
        return arabic, english
    choice: dict[str, str] = {}
    for number in sorted(both):
        small = number.isdigit() and number[0] != "0" and int(number) <= 31
        new = str(rng.randint(2, 31)) if small else _another_number(number, rng)
        plural = number not in ("1", "2") and new not in ("1", "2")
        if plural and new not in numbers and new not in others and new not in choice.values():
            choice[number] = new

    def replace(text: str) -> str:
        return _NUMBER.sub(lambda m: choice.get(m.group(), m.group()), text)

    return replace(arabic_ascii), replace(english)


def _respell(word: str, rng: Random) -> str:
    kind = rng.randrange(3)
    if kind == 0:
        return re.sub("[أإآ]", "ا", word)
    if kind == 1:
        return re.sub("ى$", "ي", word) if word.endswith("ى") else re.sub("ي$", "ى", word)
    return re.sub("ة$", "ه", word)


def vary_source(arabic: str, rng: Random) -> str:
    """A random spelling of the Arabic side that a careful reader would take as the same."""
    if rng.random() < 0.5:
        arabic = strip_diacritics(arabic)
    roll = rng.random()
    if roll < 0.2:
        arabic = indic_digits(arabic)
    elif roll < 0.6:
        arabic = ascii_digits(arabic)
    if rng.random() < 0.08:
        arabic = arabic.translate(_ASCII_PUNCTUATION)
    if rng.random() < 0.4:
        style = rng.choice(_QUOTES)
        arabic = _QUOTED.sub(lambda quoted: style.format(quoted.group(1)), arabic)
    if rng.random() < 0.12:
        arabic = " ".join(_respell(w, rng) if rng.random() < 0.3 else w for w in arabic.split(" "))
    return arabic


def vary(arabic: str, english: str, rng: Random) -> tuple[str, str]:
    """A random variant of a sentence pair."""
    if rng.random() < 0.3:
        arabic, english = swap_numbers(arabic, english, rng)
    return vary_source(arabic, rng), english


def join(pairs: list[tuple[str, str]], *, lexicon: bool) -> tuple[str, str]:
    """One example out of several: entries as a list with commas, sentences one after another."""
    arabic, english = zip(*pairs, strict=True)
    if lexicon:
        return "، ".join(arabic), ", ".join(english)
    return " ".join(arabic), " ".join(english)
