import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.translation.guards import check, repeats
from zubda_models.warnings import WarningCode


def _codes(source, target):
    return [warning.code for warning in check(source, target)]


def test_a_good_translation_has_no_warnings():
    assert check("وصل 25 وزيرا.", "Twenty-five ministers arrived.") == []


@pytest.mark.parametrize(
    ("source", "target", "code", "tokens"),
    [
        (
            "زوروا https://example.com/a?b=1.",
            "Visit us.",
            "url_lost",
            ("https://example.com/a?b=1",),
        ),
        ("الموقع www.example.com،", "The site example.com", "url_lost", ("www.example.com",)),
        ("راسل a.b@example.co.uk.", "Write to us.", "email_lost", ("a.b@example.co.uk",)),
        ("مرحبا {name}!", "Hello name!", "placeholder_lost", ("{name}",)),
        ("لديك %1$s و%s", "You have %s", "placeholder_lost", ("%1$s",)),
        ("{{ user }} هنا", "user is here", "placeholder_lost", ("{{ user }}",)),
        ("القيمة ${total}", "The total", "placeholder_lost", ("${total}",)),
        ("حضر 50 شخصا", "15 people came", "number_mismatch", ("50",)),
        ("حضر كثيرون", "Some 300 people came", "number_mismatch", ()),
        ("قال فلان", "said فلان بن علان", "untranslated_text", ("فلان", "بن", "علان")),
        ("<b>خبر</b> عاجل", "<b>Breaking</b> news", "markup", ("<b>", "</b>")),
        ('<a href="/x">خبر</a>', "News", "markup", ('<a href="/x">', "</a>")),
        ("علي&nbsp;وعمر", "Ali and Omar", "markup", ("&nbsp;",)),
    ],
)
def test_what_was_lost_is_named(source, target, code, tokens):
    (warning,) = check(source, target)
    assert (warning.code, warning.tokens) == (WarningCode(code), tokens)
    assert warning.message.endswith(".")
    for token in tokens:
        assert token in warning.message


def test_added_numbers_are_named_in_the_message():
    (warning,) = check("حضر كثيرون", "Some 300 people came")
    assert "300" in warning.message


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("زوروا https://example.com/2024/7.", "Visit https://example.com/2024/7."),
        ("زوروا WWW.Example.com", "Visit www.example.com"),
        ("راسل a1234@example.com", "Write to a1234@example.com"),
        ("مرحبا {name} و%s", "Hello {name} and %s"),
        ("بنسبة 50% على الأقل", "at least 50%"),
        ("5 < 7 و 9 > 8", "5 < 7 and 9 > 8"),
        ("شركة AT&T الكبرى", "AT&T"),
        ("٪ ، ؟", "%, ?"),
    ],
)
def test_what_was_kept_is_not_reported(source, target):
    assert check(source, target) == []


def test_each_of_two_equal_placeholders_is_wanted():
    assert _codes("%s من %s", "%s") == [WarningCode.PLACEHOLDER_LOST]


@given(st.text(), st.text())
def test_any_two_texts_can_be_checked(source, target):
    for warning in check(source, target):
        assert warning.message


@pytest.mark.parametrize("text", ["<" * 200_000, "{" * 200_000, "a@" * 100_000, "a." * 100_000])
def test_long_nonsense_is_checked_in_linear_time(text):
    assert isinstance(check(text, text), list)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قال الوزير", "The minister said said said said said"),
        ("قال الوزير", "of the country, of the country, of the country, of the country"),
        ("قال", "and the people of the city and the people of the city and the people of the city"),
        ("آه", "Ahahahahahahahahahahahahahah"),
        ("لا لا لا", "no no no no no no no no no no no"),
    ],
)
def test_loops_are_repetitions(source, target):
    assert repeats(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قال الوزير إنه سيعود", "The minister said that he would return"),
        ("لا لا لا لا لا", "No, no, no, no, no"),
        ("لا!", "No, no, no!"),
        ("الشعب يريد، الشعب يريد، الشعب يريد", "The people want, the people want, the people want"),
        ("- - - - - -", "- - - - - -"),
        ("ههههههههههههههههه", "hahahahahahahahahahahahahahaha"),
        ("1000000000000000", "1000000000000000"),
        ("", ""),
    ],
)
def test_what_the_source_repeats_is_none(source, target):
    assert not repeats(source, target)
