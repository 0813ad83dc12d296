"""The form of a text that the models see."""

import re
import unicodedata

# Bidi controls, zero-width characters, soft hyphen. Arabic number signs and the end of ayah
# are format characters as well (category Cf), but they are visible and stay.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
# The controls that are not white space.
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_DROPPED = re.compile(f"[{_INVISIBLE}{_CONTROLS}]+")

# Letters and ligatures of words in Arabic Presentation Forms A and B. Ligatures that stand for
# a phrase (U+FDFA to U+FDFD) are outside: their expansion is a sentence that nobody wrote.
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdf9\ufe70-\ufefc]")

_JOINING = "\u0620-\u063f\u0641-\u065f\u0670-\u06d3"
_TATWEEL = re.compile(f"(?<=[{_JOINING}])\u0640+(?=[{_JOINING}])")

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_SEPARATOR = re.compile("(?<=[0-9])[٫٬](?=[0-9])")

_SPACES = re.compile(r"\s+")


def normalize(text: str) -> str:
    """Return ``text`` as the models see it.

    Composes characters (NFC), folds Arabic presentation forms, removes controls, bidi marks,
    zero-width characters and the tatweel between letters, makes digits and the separators
    between them ASCII, and every run of white space one space. Alef, hamza, ya and ta marbuta
    forms, diacritics and other punctuation are kept, for they carry meaning. Applying it
    twice changes nothing.

    Digits: the bundled model kept 81 % of the numbers of 203 lines of FLORES dev in ASCII
    digits, and 42 % in Arabic-Indic ones (training/EXPERIMENTS.md).

    ``>>`` before a later ``<<`` is set apart: Marian tokenizers take ``>>fra<<`` for an order
    to translate into French, and drop it from the text.
    """
    text = _DROPPED.sub("", text)
    text = _PRESENTATION_FORM.sub(_fold, text).translate(_DIGITS)
    text = _SEPARATOR.sub(_ascii_separator, text)
    text = unicodedata.normalize("NFC", _TATWEEL.sub("", text))
    if "<<" in text.partition(">>")[2]:
        text = text.replace(">>", "> >").replace(">>", "> >")
    return _SPACES.sub(" ", text).strip()


def _ascii_separator(separator: re.Match[str]) -> str:
    return "." if separator.group() == "٫" else ","


def _fold(form: re.Match[str]) -> str:
    # Free-standing diacritics decompose to a space and the mark; the space is not the author's.
    return unicodedata.normalize("NFKC", form.group()).removeprefix(" ")
