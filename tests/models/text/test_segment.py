import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py import icu_version
from icu4py.breakers import SentenceBreaker

from zubda_models.text.segment import segment

# Text that is likely to meet the rules, beside arbitrary Unicode.
_LIKELY_MARKS = ".!?؟۔…«»“”\"'()[]:،؛-/@ \t\n\r\u2028\u200f\xa0🙂𝒳\x00و"
_LIKELY_WORDS = """
    ... ؟! د. أ.د. م. قال وقال في 1990 ٣٫٥ كم إلخ. ش.م.ل. U.S. Dr. go He 1. كَتَبَ
    www.example.com a@example.com
"""
_LIKELY = st.lists(st.sampled_from(_LIKELY_MARKS) | st.sampled_from(_LIKELY_WORDS.split())).map(
    "".join
)
_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | _LIKELY


def _segments(text: str) -> list[str]:
    return [span.of(text) for span in segment(text)]


def test_hand_written_case(segmentation_case):
    assert _segments(segmentation_case.text) == segmentation_case.segments


def test_gets_more_cases_right_than_icu(segmentation_cases, report):
    def icu(text):
        return [piece.strip() for piece in SentenceBreaker(text, "ar") if piece.strip()]

    theirs = sum(icu(case.text) == case.segments for case in segmentation_cases)
    ours = sum(_segments(case.text) == case.segments for case in segmentation_cases)
    report.append(
        f"segmentation of {len(segmentation_cases)} hand-written cases: "
        f"ours {ours}, ICU {icu_version} {theirs}"
    )
    assert ours > theirs


@given(_ANY_TEXT)
def test_segments_and_gaps_give_the_text_back(text):
    rebuilt, end = "", 0
    for span in segment(text):
        gap, piece = text[end : span.start], span.of(text)
        assert not gap.strip()
        assert piece == piece.strip() != ""
        rebuilt += gap + piece
        end = span.end
    assert not text[end:].strip()
    assert rebuilt + text[end:] == text


@given(_ANY_TEXT)
def test_no_segment_spans_a_line_break(text):
    for piece in _segments(text):
        assert piece.splitlines() == [piece]


@given(_ANY_TEXT)
def test_a_segment_is_cut_no_further(text):
    """What stands alone on a line may only be cut where it was cut in the text."""
    for line in text.splitlines():
        assert _segments(line) == _segments(f"  {line}  ")


@pytest.mark.parametrize("text", ["", " ", "\n \t\u2029", "\u3000"])
def test_white_space_holds_no_segments(text):
    assert segment(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "كلمة " * 200_000,
        "كلمة" * 250_000,
        "." * 1_000_000,
        ". " * 500_000,
        "د. " * 100_000,
        "؟»" * 100_000 + "ن",
        "كلمة." * 50_000,
        "(" * 500_000 + "؟" + ")" * 500_000,
        " " * 1_000_000 + "." + " " * 1_000_000,
        ("؟" + " " * 50) * 20_000 + "ن",
    ],
    ids=lambda text: repr(text[:6]),
)
def test_long_text_of_any_shape_is_cut_in_linear_time(text):
    """A rule that looks over the whole text at every mark would not come back from these."""
    kept = "".join(span.of(text) for span in segment(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_offsets_count_code_points():
    text = "🙂 نعم. 𝒳 لا."
    assert segment(text) == [(0, 6), (7, 12)]


def test_marks_in_the_middle_of_a_token_do_not_cut():
    text = "انظر https://example.com/?q=هل؟نعم&p=1.2.3#a.b ثم a.b@example.com"
    assert segment(text) == [(0, len(text))]
