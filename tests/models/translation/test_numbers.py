from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.translation.guards import missing_numbers
from zubda_models.translation.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("٢٠١٧", [2017]),
        ("۱۲", [12]),
        ("٣٫٥", ["3.5"]),
        ("١٬٢٥٠٬٠٠٠", [1250000]),
        ("1,250,000.75", ["1250000.75"]),
        ("1.250.000,75", ["1250000.75"]),
        ("1.250.000", [1250000]),
        ("2703،8", ["2703.8"]),
        ("29¾ و½", ["29.75", "0.5"]),
        ("واحد", [1]),
        ("خمسة عشر", [15]),
        ("خمسة وعشرين", [25]),
        ("مئة", [100]),
        ("مئتان", [200]),
        ("ثلاث مئة", [300]),
        ("ثمانيمائة", [800]),
        ("مائة وخمسة وعشرون ألفًا", [125000]),
        ("ألف وتسعمئة وتسعون", [1990]),
        ("مليونين", [2000000]),
        ("مليونين ونصف المليون", [2500000]),
        ("مليون ونصف", [1500000]),
        ("نصف مليون", [500000]),
        ("ثلاثة ملايين وخمسمئة ألف", [3500000]),
        ("10 آلاف", [10000]),
        ("3 ملايين و500 ألف", [3500000]),
        ("٣٫٥ مليون", [3500000]),
        ("مئة ألف مليار", [10**14]),
        ("6 آلاف مليون", [6 * 10**9]),
        ("موارد مالية", []),
        ("5 آلاف و10 آلاف", [5000, 10000]),
        ("ثلاثة وأربعة", [3, 4]),
        ("20 و30", [20, 30]),
        ("بخمسين", [50]),
        ("الحادي والعشرين", [21]),
        ("القرن التاسع عشر", [19]),
        ("الثانية", [2]),
        ("خَمْسُون", [50]),
        ("20 في المئة", [20]),
        ("عشرون بالمئة", [20]),
        ("twenty-five", [25]),
        ("three hundred and twenty-five thousand", [325000]),
        ("two and a half million", [2500000]),
        ("half a million", [500000]),
        ("one hundred and eighty-eight", [188]),
        ("nineteenth century", [19]),
        ("five million, two hundred", [5000000, 200]),
        ("a dozen", [12]),
        ("two and three", [2, 3]),
        ("5 million 200 times", [5000000, 200]),
        ("in 2020 500 people", [2020, 500]),
        ("6-6", [6, 6]),
        ("12.05.2024", [12, 5, 2024]),
        ("192.168.1.25", [192, 168, 1, 25]),
        ("COVID-19 and G20", [19, 20]),
        ("19th", [19]),
        ("آلاف ومئات وملايين", []),
        ("hundreds of thousands", []),
        ("", []),
    ],
)
def test_values(text, values):
    found = numbers(text)
    assert len(found) == len(values)
    for number, value in zip(found, values, strict=True):
        assert Decimal(value) in number.readings


# What a general MT system really did to numbers, in sentences of our own.
@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("حدث ذلك في عام ٢٠١٧.", "This happened in 2012.", ["٢٠١٧"]),
        ("حضر ٥٠٠٠ شخص.", "500 people attended.", ["٥٠٠٠"]),
        ("قتل 108 أشخاص.", "One hundred and eighty-eight people died.", ["108"]),
        ("طوله 29¾ وعرضه 24½ بوصة.", "It is 293.3.4 by 241.2 inches.", ["29¾", "24½"]),
        ("انتهت المباراة 6-6.", "The game ended 6.6.", ["6-6", "6-6"]),
        ("سجل 2:11.60 دقيقة.", "He clocked 2.11.60 minutes.", ["2:11.60"]),
        ("خصصت 3.5 مليار دولار.", "It set aside $3.5 million.", ["3.5 مليار"]),
        ("ارتفع 25 في المئة.", "It rose sharply.", ["25"]),
        ("نحو خمسين قتيلا.", "About fifteen were killed.", ["خمسين"]),
        ("من 15 إلى 20 يوما.", "From 15 days on.", ["20"]),
        ("عند الساعة 14:30.", "At 2:13 p.m.", ["14:30"]),
    ],
)
def test_wrong_numbers_are_found(source, target, missing):
    assert missing_numbers(source, target)[0] == missing


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("حضر 6 وزراء.", "Six ministers attended."),
        ("نسبة 20٪.", "Twenty percent."),
        ("بنسبة 20 في المئة", "by 20 per cent"),
        ("10 آلاف لاجئ", "10,000 refugees"),
        ("10 آلاف لاجئ", "ten thousand refugees"),
        ("الساعة 12:00", "at 1200 hours"),
        ("الساعة 12:00", "at noon"),
        ("الساعة 15:00", "at 3 p.m."),
        ("الساعة 16.35", "at 4:35 p.m."),
        ("الساعة 8:30 صباحا", "at 8.30 a.m."),
        ("الاثنين 17 من شباط", "Monday, February 17"),
        ("في 12/5/2024", "on May 12, 2024"),
        ("القرن 19", "the nineteenth century"),
        ("القرن التاسع عشر", "the 19th century"),
        ("1.5 مليون", "one and a half million"),
        ("مليون ونصف المليون دولار", "$1.5m"),
        ("500 ألف", "half a million"),
        ("20-30 ألف جندي", "20,000 to 30,000 soldiers"),
        ("من 20 إلى 30 ألف جندي", "20,000–30,000 soldiers"),
        ("منذ عامين", "for 2 years"),
        ("واحد منهم قال", "one of them said"),
        ("أحد المواضيع", "A topic"),
        ("الرئيس الثاني", "The president"),
        ("في السبعينيات", "in the 1970s"),
        ("سبعينيات القرن الماضي", "the seventies"),
        ("الموسم 2023-2024", "the 2023/24 season"),
        ("ألف كتابا", "He wrote a book."),
        ("خمسة وعشرون طالبا", "25 students"),
        ("25 طالبا", "twenty-five students"),
        ("مليونا شخص", "2 million people"),
        ("بلغ ٣٫٥", "reached 3.5"),
        ("بلغ 3,5", "reached 3.5"),
        ("عدد 1.250", "some 1,250"),
        ("عام 2024", "in 2024, yes, 2024"),
        ("12 شهرا", "a dozen months"),
        ("فاز 3-1", "won 3–1"),
        ("p109", "p. 109"),
        ("كانون الثاني 2024", "January 2024"),
        ("مئة عام", "100 years"),
    ],
)
def test_harmless_differences_are_not(source, target):
    assert missing_numbers(source, target) == ([], [])


def test_numbers_of_the_translation_alone_are_found():
    assert missing_numbers("حضر الوزراء.", "All 40 ministers attended.") == ([], ["40"])


def test_equal_numbers_must_all_be_there():
    assert missing_numbers("5 نساء و5 رجال", "5 women") == (["5"], [])


@given(st.text() | st.text("0123456789٠١٢٣٫٬.,:/–-¼½ وofandhalfميلنthousand", max_size=60))
def test_a_text_holds_its_own_numbers(text):
    assert missing_numbers(text, text) == ([], [])


@pytest.mark.parametrize("text", ["9" * 100_000, "1," * 50_000, "ألف " * 20_000, "1-" * 50_000])
def test_endless_numbers_are_read(text):
    assert missing_numbers(text, text) == ([], [])
