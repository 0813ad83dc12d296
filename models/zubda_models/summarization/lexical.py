"""Words in a form in which inflections and spellings of one word are alike."""

import re
from functools import lru_cache

from zubda_models.text.boilerplate import fold

_WORD = re.compile(r"[^\W_]+")
_PROCLITIC = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف][بلكس]?|[بل](?=.{4})|س(?=[يتن]))")
_SUFFIX = re.compile(r"(?:ت?(?:هما|ها|هم|نا|ه)|ان|ات|ون|ين|يه|يا|ت|وا)$")
_PREFIX = re.compile(r"^(?:[يتنام]|است|مت)(?=...)")
_LONG_VOWELS = re.compile("[اويءؤئ]")
_MIN_STEM = 3


def word_set(words: str) -> frozenset[str]:
    """Words that are written one after the other, as a set."""
    return frozenset(words.split())


STOP_WORDS = word_set(
    "في من الي علي عن مع ان انه انها انهم اذا لو قد لقد فقد لن لم لا ما هل كان كانت كانوا يكون تكون"
    " هذا هذه ذلك تلك هولاء الذي التي الذين اللذان اللتان اللذين هو هي هم كما بينما فيما حيث حتي"
    " بعد قبل خلال منذ عند عندما بين او ام بل ثم كل بعض اي غير سوي ايضا لدي نحو حوالي قرابه زهاء"
    " بحسب وفق وفقا قال قالت يقول تقول اضاف اضافت اكد اكدت اوضح اوضحت ذكر ذكرت اعلن اعلنت اشار"
    " اشارت افاد افادت بان بلغ بلغت يبلغ تبلغ وصل وصلت يصل تصل تم يتم جري عام سنه يوم اليوم امس"
    " مليون مليار الف الاف ملايين مليارات نفسه نفسها ذاته عبر ضد حول دون اكثر اقل "
    "علما لان اذ و"
)
"""Words that say nothing of the matter, as :func:`fold` spells them."""


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What the inflections and most derivations of a folded Arabic word share.

    A light stemmer (Larkey, Ballesteros and Connell, 2007) that also drops the letters
    that inflection inserts: ``تنقل``, ``سينقل`` and ``نقل`` are one, so are ``كلفة`` and
    ``تكلفة``. It compares words only; it is no root of the grammar.
    """
    stem = word
    for affix in (_PROCLITIC, _SUFFIX, _PREFIX):
        shorter = affix.sub("", stem)
        if len(shorter) >= _MIN_STEM:
            stem = shorter
    consonants = _LONG_VOWELS.sub("", stem)
    return consonants if len(consonants) > 1 else stem


def content(text: str) -> frozenset[str]:
    """The roots of the content words, and the numbers in digits, of ``text``."""
    return frozenset(
        root(word)
        for word in _WORD.findall(fold(text))
        if not (word in STOP_WORDS or (word[0] in "وفبلك" and word[1:] in STOP_WORDS))
    )
