"""Where over-long segments are cut."""

from hypothesis import given
from hypothesis import strategies as st

from zubda_models.translation.parts import split

PIECES = st.lists(st.sampled_from(["▁كلمة", "ها", "،", "▁:", "12", "."]), max_size=60)


@given(PIECES, st.integers(1, 20))
def test_parts_fit_and_lose_nothing(tokens: list[str], longest: int) -> None:
    parts = split(tokens, longest)
    assert [token for part in parts for token in part] == tokens
    assert all(len(part) <= longest for part in parts)
    assert all(parts) or not tokens


def test_short_segment_is_one_part() -> None:
    assert split(["▁أ", "▁ب"], 2) == [("▁أ", "▁ب")]


def test_clause_marks_come_before_words_and_words_before_the_hard_limit() -> None:
    assert list(map(len, split(["▁أ", "▁ب", "،", "▁ج", "▁د", "▁ه"], 5))) == [3, 3]
    assert list(map(len, split(["▁أ", *"بجدهو"], 4))) == [4, 2]


def test_mark_inside_a_number_is_no_place_to_cut() -> None:
    assert list(map(len, split(["▁أ", "▁12", ":", "30", "▁ب", "▁ج"], 5))) == [5, 1]
