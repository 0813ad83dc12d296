"""What holds for either engine, on the small random checkpoint."""

from pathlib import Path

import pytest

from zubda_models.engines.load import load_engine
from zubda_models.engines.protocol import DecodingOptions, TranslationEngine


@pytest.fixture(params=["ctranslate2", "transformers"])
def engine(request: pytest.FixtureRequest, checkpoint: Path, converted: Path) -> TranslationEngine:
    model = converted if request.param == "ctranslate2" else checkpoint
    return load_engine(model, request.param)


def test_sequences_come_back_in_the_order_given(
    engine: TranslationEngine, sentences: list[str]
) -> None:
    tokens = [engine.tokenize(sentence) for sentence in sentences[:6]]
    options = DecodingOptions(max_output_tokens=12)
    together = engine.decode(tokens, options)
    alone = [engine.decode([each], options)[0] for each in tokens]
    assert [found[0].tokens for found in together] == [found[0].tokens for found in alone]


def test_output_of_exactly_the_limit_is_finished_if_the_model_ends_it_there(
    engine: TranslationEngine, sentences: list[str]
) -> None:
    tokens = [engine.tokenize(sentence) for sentence in sentences]
    free = engine.decode(tokens, DecodingOptions(beam_size=1, max_output_tokens=40))
    source, full = next(
        (tokens[at], found[0])
        for at, found in enumerate(free)
        if found[0].finished and len(found[0].tokens) > 1
    )
    size = len(full.tokens)
    [[fits]] = engine.decode([source], DecodingOptions(beam_size=1, max_output_tokens=size))
    assert (fits.tokens, fits.finished) == (full.tokens, True)
    [[cut]] = engine.decode([source], DecodingOptions(beam_size=1, max_output_tokens=size - 1))
    assert (cut.tokens, cut.finished) == (full.tokens[:-1], False)


def test_limit_above_the_models_positions_is_harmless(
    engine: TranslationEngine, sentences: list[str]
) -> None:
    [[cut]] = engine.decode(
        [engine.tokenize(sentences[0])], DecodingOptions(max_output_tokens=4096)
    )
    assert len(cut.tokens) <= 63


def test_hypotheses_are_ranked_and_counted(engine: TranslationEngine, sentences: list[str]) -> None:
    options = DecodingOptions(beam_size=4, num_hypotheses=3, max_output_tokens=10)
    [found] = engine.decode([engine.tokenize(sentences[0])], options)
    assert len(found) == 3
    scores = [hypothesis.score for hypothesis in found]
    assert scores == sorted(scores, reverse=True)
    assert len({hypothesis.tokens for hypothesis in found}) == 3


def test_longest_source_is_taken_and_a_longer_one_refused(engine: TranslationEngine) -> None:
    longest = ["▁"] * engine.max_source_tokens
    assert engine.decode([longest], DecodingOptions(max_output_tokens=2))
    with pytest.raises(ValueError, match="at most 63 source tokens"):
        engine.decode([[*longest, "▁"]], DecodingOptions())


def test_pieces_give_the_text_back(engine: TranslationEngine) -> None:
    assert engine.detokenize(["▁a", "▁house", "▁", "b", "y"]) == "a house by"


def test_compute_type_is_named(engine: TranslationEngine) -> None:
    assert engine.compute_type == "float32"


def test_closed_engine_decodes_no_more(engine: TranslationEngine) -> None:
    engine.close()
    with pytest.raises((RuntimeError, AttributeError)):
        engine.decode([["▁"]], DecodingOptions())


def test_transformers_engine_runs_in_bfloat16(checkpoint: Path, sentences: list[str]) -> None:
    engine = load_engine(checkpoint, "transformers", compute_type="bfloat16")
    assert engine.compute_type == "bfloat16"
    [[found]] = engine.decode([engine.tokenize(sentences[0])], DecodingOptions(max_output_tokens=4))
    assert found.tokens
