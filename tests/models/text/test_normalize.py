import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.text.normalize import normalize

_ARABIC = st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF)
    | st.sampled_from(" \n\u200f\u0640\u0653\u0338<>ـ")
)


@given(st.text(st.characters(exclude_categories=["Cs"])) | _ARABIC)
def test_twice_is_once(text):
    assert normalize(normalize(text)) == normalize(text)


@given(st.text() | _ARABIC)
def test_result_is_one_clean_line(text):
    result = normalize(text)
    assert result == " ".join(result.split())
    assert unicodedata.is_normalized("NFC", result)
    assert not [c for c in result if unicodedata.category(c) == "Cc"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  سطر\nثان\r\n\tثالث\u2028رابع ", "سطر ثان ثالث رابع"),
        ("مكت\u200fوب \u202bهنا\u202c\u2066 \u2069", "مكتوب هنا"),
        ("می\u200cخواهم\u200b\ufeff", "میخواهم"),
        ("العـــــربية", "العربية"),
        ("عَـلَى", "عَلَى"),
        ("1445 هـ", "1445 هـ"),
        ("ـ", "ـ"),
        ("\ufefb\ufee3\ufee6", "لامن"),
        ("\ufdf2", "الله"),
        ("محمد \ufdfa", "محمد \ufdfa"),
        ("\ufdfd", "\ufdfd"),
        ("ا\u0653", "آ"),
        ("مدرسة إلى أحمد آدم ؤ ئ ى", "مدرسة إلى أحمد آدم ؤ ئ ى"),
        ("كَتَبَ ٣٫٥٪، «نعم»؟", "كَتَبَ 3.5٪، «نعم»؟"),
        ("١٬٢٠٠ ثم ۱۲ ثم ، ٬", "1,200 ثم 12 ثم ، ٬"),
        ("أ\x00ب\x07ج\x7fد\x85هـ", "أبجد هـ"),
        ("فرح 🙂", "فرح 🙂"),
        ("\u06dd", "\u06dd"),
    ],
)
def test_forms(text, expected):
    assert normalize(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        ">>fra<< مرحبا",
        "مرحبا >>fra<< بكم",
        ">\u200b>fra<<",
        ">>>fra<<",
        ">>a<< >>b<<",
        ">>fra<\u200d<",
    ],
)
def test_language_tokens_become_plain_text(text):
    # How MarianTokenizer finds language tokens; it removes what it finds from the text.
    result = normalize(text)
    assert not re.search(">>.+<<", result)
    assert "fra" in result or "a" in result


@pytest.mark.parametrize("text", ["قيمة 1 >> قيمة 2", "<< اقتباس >>", "a >> b", "<<اسم>>"])
def test_lone_angle_quotes_stay(text):
    assert normalize(text) == text
