"""Salience and choice on vectors made by hand, so that likeness is known."""

import math

import numpy as np
import pytest

from zubda_models.summarization.candidates import Sentence
from zubda_models.summarization.ranking import (
    LEAD_SENTENCES,
    NEAR_DUPLICATE_COSINE,
    UNRELATED_COSINE,
    Weights,
    choose,
    salience,
)
from zubda_models.summarization.statements import Statements, Vector
from zubda_models.text.span import Span


def sentence(position: int, *, document: int = 0, words: int = 5, **form: bool) -> Sentence:
    names = ("dangling", "concluding", "fragment", "concrete", "timely")
    flags = dict.fromkeys(names, False)
    return Sentence(
        document_index=document,
        span=Span(position * 100, position * 100 + 50),
        text=" ".join(["كلمة"] * words),
        position=position,
        eligible=True,
        **(flags | form),
    )


def vectors(*cosines_to_first: float) -> Vector:
    """Unit vectors with these cosines to the first, otherwise as unlike as can be."""
    size = len(cosines_to_first) + 1
    rows = np.eye(size, dtype=np.float32)
    for row, cosine in enumerate(cosines_to_first, start=1):
        rows[row] *= math.sqrt(1 - cosine**2)
        rows[row, 0] = cosine
    return rows


def scores(*values: float) -> Vector:
    return np.array(values, dtype=np.float32)


def pick(
    sentences: list[Sentence], rows: Vector, values: Vector, count: float, words: float = math.inf
) -> list[int]:
    same = np.zeros((len(sentences), len(sentences)), bool)
    return choose(sentences, rows, values, same=same, max_sentences=count, max_words=words)


def score(sentences: list[Sentence], rows: Vector, headline: Vector | None = None) -> Vector:
    """The salience of sentences that no other document carries."""
    statements = Statements.read([s.text for s in sentences], rows)
    return salience(sentences, statements, headline, np.zeros(len(sentences), np.float32))


def test_the_central_sentence_outweighs_the_odd_one() -> None:
    assert score([sentence(i) for i in (4, 5, 6, 7)], vectors(0.9, 0.9, 0.1)).argmin() == 3


def test_likeness_to_the_headline_counts() -> None:
    rows = np.eye(3, dtype=np.float32)

    assert score([sentence(5)] * 3, rows, rows[2:]).argmax() == 2


def test_an_earlier_sentence_outweighs_a_later_one() -> None:
    first, later = score([sentence(0), sentence(9)], np.ones((2, 1), dtype=np.float32))

    assert first > later


def test_the_position_counts_less_where_the_opening_is_about_something_else() -> None:
    places = [sentence(i) for i in range(3 * LEAD_SENTENCES)]
    matter, scene = [1.0, 0.0], [0.0, 1.0]
    news = np.array([*[matter] * 6, *[scene] * 3], dtype=np.float32)
    feature = np.array([*[scene] * 3, *[matter] * 6], dtype=np.float32)

    assert score(places, news).argmax() == 0
    assert score(places, feature).argmax() >= LEAD_SENTENCES


@pytest.mark.parametrize("form", ["concluding", "fragment"])
def test_closing_words_and_fragments_count_less(form: str) -> None:
    rows = np.ones((2, 1), dtype=np.float32)

    plain, other = score([sentence(3), sentence(3, **{form: True})], rows)

    assert other < plain


@pytest.mark.parametrize("form", ["concrete", "timely"])
def test_figures_and_news_count(form: str) -> None:
    rows = np.ones((2, 1), dtype=np.float32)

    plain, other = score([sentence(3), sentence(3, **{form: True})], rows)

    assert other > plain


def test_what_other_documents_carry_counts_more() -> None:
    rows = np.ones((2, 1), dtype=np.float32)
    places = [sentence(3), sentence(3)]
    statements = Statements.read([s.text for s in places], rows)

    alone, carried = salience(places, statements, None, np.array([0, 1], np.float32))

    assert carried > alone


def test_a_long_document_does_not_outvote_a_short_one() -> None:
    rows = np.array([[1, 0], [1, 0], [1, 0], [0, 1]], dtype=np.float32)
    texts = [sentence(2), sentence(2), sentence(2), sentence(2, document=1)]

    found = score(texts, rows)

    assert found[0] - found[3] < Weights().recurrence  # only its words come back


def test_scores_lie_between_0_and_1() -> None:
    found = score([sentence(0, concrete=True)], np.ones((1, 1), dtype=np.float32))

    assert 0 < found[0] <= 1


def test_the_best_sentences_are_chosen_best_first() -> None:
    chosen = pick(
        [sentence(i) for i in (0, 2, 4)], np.eye(3, dtype=np.float32), scores(0.5, 0.9, 0.7), 2
    )

    assert chosen == [1, 2]


def test_a_near_duplicate_is_never_chosen() -> None:
    rows = vectors(NEAR_DUPLICATE_COSINE + 0.01, 0.5)

    assert pick([sentence(i) for i in (0, 2, 4)], rows, scores(0.9, 0.9, 0.1), 3) == [0, 2]


def test_the_same_statement_is_never_chosen_twice() -> None:
    same = np.zeros((3, 3), bool)
    same[0, 1] = same[1, 0] = True
    places = [sentence(i) for i in (0, 2, 4)]

    chosen = choose(
        places,
        np.eye(3, dtype=np.float32),
        scores(0.9, 0.8, 0.1),
        same=same,
        max_sentences=3,
        max_words=math.inf,
    )

    assert chosen == [0, 2]


def test_a_dangling_sentence_brings_the_one_before() -> None:
    rows = np.eye(3, dtype=np.float32)
    places = [sentence(0), sentence(5), sentence(6, dangling=True)]

    assert pick(places, rows, scores(0.5, 0.4, 0.9), 2) == [1, 2]
    assert pick(places, rows, scores(0.5, 0.4, 0.9), 1) == [0]
    assert pick(places, rows, scores(0.5, 0.4, 0.9), math.inf, words=9) == [0]


def test_where_every_sentence_leans_on_another_the_best_is_chosen() -> None:
    places = [sentence(3, dangling=True), sentence(6, dangling=True)]

    assert pick(places, np.eye(2, dtype=np.float32), scores(0.3, 0.6), 2) == [1]


def test_what_is_half_said_gives_way_to_news() -> None:
    rows = vectors((UNRELATED_COSINE + NEAR_DUPLICATE_COSINE) / 2, 0.5)

    assert pick([sentence(i) for i in (0, 2, 4)], rows, scores(0.9, 0.62, 0.6), 2) == [0, 2]


def test_other_sources_are_heard() -> None:
    sources = [sentence(0), sentence(5), sentence(5, document=1)]

    assert pick(sources, np.eye(3, dtype=np.float32), scores(0.9, 0.62, 0.6), 2) == [0, 2]


def test_a_dangling_sentence_waits_for_the_one_before() -> None:
    rows = np.eye(4, dtype=np.float32)
    alone = [sentence(0), sentence(7, dangling=True), sentence(9), sentence(11)]
    after = [sentence(0), sentence(1, dangling=True), sentence(9), sentence(11)]

    assert pick(alone, rows, scores(0.9, 0.8, 0.6, 0.1), 2) == [0, 2]
    assert pick(after, rows, scores(0.9, 0.8, 0.6, 0.1), 2) == [0, 1]


def test_words_are_filled_with_what_fits() -> None:
    rows = np.eye(3, dtype=np.float32)
    texts = [sentence(0, words=6), sentence(2, words=9), sentence(4, words=4)]

    assert pick(texts, rows, scores(0.9, 0.8, 0.7), math.inf, words=10) == [0, 2]


def test_one_sentence_is_chosen_even_if_none_is_short_enough() -> None:
    rows = np.eye(2, dtype=np.float32)

    assert pick(
        [sentence(0, words=8), sentence(2, words=9)], rows, scores(0.3, 0.5), math.inf, 5
    ) == [1]
