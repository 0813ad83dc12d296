"""Text as the model sees it: the one seam between training and the serving normaliser.

Training must see Arabic exactly as the server presents it, so the serving normaliser is used
wherever the ``models`` source root is importable; otherwise a small equivalent stands in (the
recipe then still runs from ``training/`` alone).
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u061c\u00ad\u180e]"
)
_TATWEEL = re.compile("(?<=[\u0620-\u065f\u066e-\u06d3])\u0640+(?=[\u0620-\u065f\u066e-\u06d3])")
_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]")
_SPACES = re.compile(r"\s+")
_DIACRITICS = re.compile("[\u064b-\u0652\u0670]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


def _fallback_normalize(text: str) -> str:
    """NFC, no invisible controls, no tatweel inside words, presentation forms folded."""
    text = _INVISIBLE.sub("", text)
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return _TATWEEL.sub("", unicodedata.normalize("NFC", text))


def _serving_normalizer() -> Callable[[str], str]:
    """The server's ``normalize(text) -> str`` where it is importable, else the fallback."""
    try:
        module = importlib.import_module("zubda_models.text.normalize")
    except ImportError:
        return _fallback_normalize
    normalize: Callable[[str], str] = module.normalize
    return normalize


_normalize = _serving_normalizer()


def source_text(text: str) -> str:
    """Normalise one line of Arabic as the server does, with runs of white space made one space.

    Diacritics, hamza forms, final ya and ta marbuta are kept: whether the model sees them is the
    business of :mod:`training.augment`.
    """
    return _SPACES.sub(" ", _normalize(text)).strip()


def target_text(text: str) -> str:
    """Normalise one line of English: NFC, straight quotes, no invisible characters, one space."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    return _SPACES.sub(" ", text).strip()


def strip_diacritics(text: str) -> str:
    """Remove the Arabic short vowels, tanwin, shadda, sukun and dagger alef."""
    return _DIACRITICS.sub("", text)


def comparison_words(text: str) -> list[str]:
    """Words for comparing texts (deduplication, decontamination), not for training.

    Lower case, NFKC, no diacritics, alef forms made one, digits made ASCII; everything that is
    neither letter nor digit separates words.
    """
    folded = strip_diacritics(unicodedata.normalize("NFKC", text)).lower()
    folded = re.sub("[أإآٱ]", "ا", folded).replace("ى", "ي").replace("ة", "ه")
    folded = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c if c.isalnum() else " " for c in folded
    )
    return folded.split()
