import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وصل الوفد إلى العاصمة.", "ar"),
        ("كَتَبَ", "ar"),
        ("\ufefb", "ar"),
        ("أعلنت شركة Booz Allen Hamilton نتائجها", "ar"),
        ("قالت CNN", "ar"),
        ("The delegation arrived on Monday.", "en"),
        ("The word سلام means peace and is used as a greeting.", "en"),
        ("Café naïve", "en"),
        ("北京的天气很好。", "und"),
        ("Москва", "und"),
        ("שלום", "und"),
        ("北京 iPhone 很好用的手机", "und"),
        ("", "zxx"),
        (" \n", "zxx"),
        ("12.05.2024 - ٣٫٥٪ 🙂 ...", "zxx"),
        ("\u0651", "zxx"),
    ],
)
def test_language_by_script(text, language):
    assert detect_language(text) == language


@given(st.text())
def test_every_text_has_one_of_four_languages(text):
    language = detect_language(text)
    assert language in {"ar", "en", "und", "zxx"}
    assert (language == "zxx") == (not any(c.isalpha() for c in text))
