"""Text on a terminal: wrapped, and Arabic set to the right edge."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.cli.layout import lay_out

RLI, PDI = "\u2067", "\u2069"


def test_english_is_wrapped_between_words():
    assert lay_out("one two three", 8) == "one two\nthree"


def test_arabic_is_set_right_and_isolated():
    assert lay_out("سلام عليكم يا قوم", 12) == (f"  {RLI}سلام عليكم{PDI}\n      {RLI}يا قوم{PDI}")


def test_marks_take_no_room():
    assert lay_out("مَدْرَسَةٌ", 6) == f" {RLI}مَدْرَسَةٌ{PDI}"


def test_wide_characters_take_two_cells():
    assert lay_out("中文 中文", 8) == "中文\n中文"


@pytest.mark.parametrize("line", ["", "12 - 34", "(?)"])
def test_a_line_without_direction_runs_from_left_to_right(line):
    assert lay_out(line, 20) == line


def test_the_first_letter_decides():
    assert lay_out("«٣» نص English", 20).startswith(" " * 6 + RLI)
    assert RLI not in lay_out("English نص", 20)


def test_indentation_is_kept():
    assert lay_out("  - item", 20) == "  - item"


@given(st.text(), st.integers(1, 30))
def test_wrapping_loses_no_word(text, columns):
    line = text.replace(RLI, "").replace(PDI, "").replace("\n", "")
    shown = lay_out(line, columns).replace(RLI, "").replace(PDI, "")
    assert shown.split() == line.split()


@given(st.lists(st.text("ابتثجح", min_size=1, max_size=10), min_size=1), st.integers(10, 30))
def test_no_row_is_wider_than_the_terminal(words, columns):
    for row in lay_out(" ".join(words), columns).split("\n"):
        cells = [c for c in row if unicodedata.category(c) != "Cf"]
        assert len(cells) == columns
