import math

import pytest

from zubda_models.summarization.length import Ratio, SentenceCount, WordCount


@pytest.mark.parametrize("count", [0, -1])
def test_a_summary_of_no_sentences_or_words_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"not {count}"):
        SentenceCount(count)
    with pytest.raises(ValueError, match=f"not {count}"):
        WordCount(count)


@pytest.mark.parametrize("share", [0.0, -0.5, 1.01, math.nan, math.inf])
def test_a_share_outside_the_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        Ratio(share)


def test_the_whole_text_is_a_share() -> None:
    assert Ratio(1.0).share == 1.0
