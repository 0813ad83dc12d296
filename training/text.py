"""Text as the model sees it.

Arabic passes through the normaliser that the server applies, so that training and serving can
not drift apart; :func:`source_text` is the only place where the recipe calls it.
"""

import re
import unicodedata

from zubda_models.text.normalize import normalize

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"\s+")
_DIACRITICS = re.compile("[\u064b-\u0652\u0670]")
_ALEFS = re.compile("[أإآٱ]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


def source_text(text: str) -> str:
    """Normalise a line of Arabic exactly as the server does.

    Diacritics, hamza forms, final ya, ta marbuta and digits are kept: how much of their variety
    the model is shown is the business of :mod:`training.augment`.
    """
    return normalize(text)


def target_text(text: str) -> str:
    """Normalise a line of English: NFC, straight quotes, no invisible characters, one space."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    return _SPACES.sub(" ", text).strip()


def strip_diacritics(text: str) -> str:
    """Remove the Arabic short vowels, tanwin, shadda, sukun and dagger alef."""
    return _DIACRITICS.sub("", text)


def comparison_words(text: str) -> list[str]:
    """Words for comparing texts (deduplication, decontamination), not for training.

    Lower case, NFKC, no diacritics, alef, ya and ta marbuta forms made one, digits made ASCII;
    everything that is neither letter nor digit separates words.
    """
    folded = strip_diacritics(unicodedata.normalize("NFKC", text)).lower()
    folded = _ALEFS.sub("ا", folded).replace("ى", "ي").replace("ة", "ه")
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c if c.isalnum() else " " for c in folded
    ).split()
