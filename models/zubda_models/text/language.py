"""The language of a stretch of text, told by its script."""

import re

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00aa-\u02b8\u1e00-\u1eff]")

# Arabic news is full of Latin names, English hardly ever holds Arabic: a quarter is enough.
_ARABIC_SHARE = 0.25


def detect_language(text: str) -> str:
    """Return the BCP-47 code of the language of ``text``, as its letters show it.

    ``"ar"``: at least a quarter of the letters are Arabic; ``"en"``: at least half of them
    are Latin; ``"und"``: other letters prevail; ``"zxx"``: there are no letters. Languages
    that share a script are not told apart: Persian counts as Arabic, French as English.
    """
    letters = "".join(filter(str.isalpha, text))
    if not letters:
        return "zxx"
    if len(_ARABIC.findall(letters)) >= _ARABIC_SHARE * len(letters):
        return "ar"
    return "en" if len(_LATIN.findall(letters)) * 2 >= len(letters) else "und"
