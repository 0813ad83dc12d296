"""Both engines give the same tokens from the same weights."""

from pathlib import Path

import pytest

from zubda_models.bundle import find_model
from zubda_models.engines.convert import convert
from zubda_models.engines.load import load_engine
from zubda_models.engines.protocol import DecodingOptions, Hypothesis, TranslationEngine

SEARCHES = {
    "greedy": DecodingOptions(beam_size=1, max_output_tokens=40),
    "beam": DecodingOptions(beam_size=4, num_hypotheses=2, max_output_tokens=40),
    "guarded": DecodingOptions(beam_size=4, max_output_tokens=40, no_repeat_ngram_size=3),
    "short": DecodingOptions(beam_size=4, max_output_tokens=3),
}


def decoded(
    engine: TranslationEngine, sentences: list[str], options: DecodingOptions
) -> list[Hypothesis]:
    tokens = [engine.tokenize(sentence) for sentence in sentences]
    batches = [tokens[at : at + 8] for at in range(0, len(tokens), 8)]
    lists = [found for batch in batches for found in engine.decode(batch, options)]
    return [hypothesis for found in lists for hypothesis in found]


def assert_same(
    ctranslate2: TranslationEngine,
    transformers: TranslationEngine,
    sentences: list[str],
    options: DecodingOptions,
) -> None:
    ours = decoded(ctranslate2, sentences, options)
    reference = decoded(transformers, sentences, options)
    assert len(ours) == len(sentences) * options.num_hypotheses
    assert [h.tokens for h in ours] == [h.tokens for h in reference]
    assert [h.finished for h in ours] == [h.finished for h in reference]
    texts = [ctranslate2.detokenize(h.tokens) for h in ours]
    assert texts == [transformers.detokenize(h.tokens) for h in reference]
    if not options.no_repeat_ngram_size:
        # Under an n-gram guard CTranslate2 scores among the tokens still allowed.
        scores = [h.score for h in reference]
        assert [h.score for h in ours] == pytest.approx(scores, abs=1e-3)


@pytest.mark.parametrize("search", SEARCHES)
def test_engines_agree_on_a_random_checkpoint(
    checkpoint: Path, converted: Path, sentences: list[str], search: str
) -> None:
    ctranslate2 = load_engine(converted)
    transformers = load_engine(checkpoint, "transformers")
    assert_same(ctranslate2, transformers, sentences, SEARCHES[search])


@pytest.mark.skipif(
    not (find_model("ar-en-mini") / "transformers").is_dir(),
    reason="the bundled model's checkpoint is not in this checkout",
)
@pytest.mark.parametrize("search", ["greedy", "beam"])
def test_engines_agree_on_the_bundled_model(
    bundled_in_full_precision: Path, sentences: list[str], search: str
) -> None:
    ctranslate2 = load_engine(bundled_in_full_precision)
    transformers = load_engine("ar-en-mini", "transformers")
    assert_same(ctranslate2, transformers, sentences, SEARCHES[search])


@pytest.fixture(scope="module")
def bundled_in_full_precision(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("ar-en-mini")
    checkpoint = find_model("ar-en-mini") / "transformers"
    convert(str(checkpoint), directory, quantization="float32")
    return directory


def test_engines_agree_on_what_is_unknown(checkpoint: Path, converted: Path) -> None:
    ctranslate2 = load_engine(converted)
    transformers = load_engine(checkpoint, "transformers")
    tokens = ctranslate2.tokenize("أعلنت 🙂 </s> وزارة")
    assert tokens == transformers.tokenize("أعلنت 🙂 </s> وزارة")
    unknown = [token for token in tokens if ctranslate2.is_unknown(token)]
    assert "🙂" in "".join(unknown)
    assert unknown == [token for token in tokens if transformers.is_unknown(token)]
    assert_same(ctranslate2, transformers, ["أعلنت 🙂 </s> وزارة"], SEARCHES["beam"])
