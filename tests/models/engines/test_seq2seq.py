"""Text-to-text models: each family's recipe, and the same text from both engines."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zubda_models.bundle import ModelTask, read_card
from zubda_models.engines.convert import convert
from zubda_models.engines.errors import (
    MissingDependencyError,
    ModelFormatError,
    ModelNotFoundError,
)
from zubda_models.engines.load import load_generator
from zubda_models.engines.seq2seq import Recipe, read_recipe
from zubda_models.engines.seq2seq_checkpoint import read_checkpoint

MakeCheckpoint = Callable[[str], Path]

CHECKPOINTS = ("t5", "mt5", "mbart", "mbart50", "arabart", "bart")
TEXTS = [
    "افتتحت وزارة الطاقة محطة للطاقة الشمسية.",
    "لم يصدر أي تعليق رسمي حتى الآن؛ فهل تنجح المفاوضات هذه المرة؟",
    "بلغ عدد الزوار ٢٥٠٠ زائر.",
    "يعمل بنظام Android 🙂 </s> أو ar_AR.",
    "نعم.",
    "وشارك في بناء المحطة ألف عامل من القرى.",
]


@pytest.fixture(scope="session")
def converted(
    generator_checkpoint: MakeCheckpoint, tmp_path_factory: pytest.TempPathFactory
) -> MakeCheckpoint:
    """Gives a checkpoint as CTranslate2 runs it, in full precision."""
    made: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in made:
            made[kind] = tmp_path_factory.mktemp("converted") / kind
            convert(str(generator_checkpoint(kind)), made[kind], quantization="float32")
        return made[kind]

    return make


@pytest.mark.parametrize("beam_size", [1, 4])
@pytest.mark.parametrize("kind", CHECKPOINTS)
def test_engines_write_the_same(
    generator_checkpoint: MakeCheckpoint, converted: MakeCheckpoint, kind: str, beam_size: int
) -> None:
    ctranslate2: Any = load_generator(converted(kind))
    transformers: Any = load_generator(generator_checkpoint(kind), "transformers")
    for engine in (ctranslate2, transformers):
        engine._recipe = replace(engine._recipe, beam_size=beam_size, max_output_tokens=24)
    ours, reference = ctranslate2.generate(TEXTS), transformers.generate(TEXTS)
    assert ours == reference
    assert len({output.tokens for output in ours}) > 1  # what is read matters
    assert all(len(output.tokens) <= 24 for output in ours)
    assert [ctranslate2.count_tokens(text) for text in TEXTS] == [
        transformers.count_tokens(text) for text in TEXTS
    ]


FRAMES = {
    "t5": ((), ("</s>",), ("<pad>",)),
    "mt5": ((), ("</s>",), ("<pad>",)),
    "mbart": ((), ("</s>", "ar_AR"), ("ar_AR",)),
    "mbart50": (("ar_AR",), ("</s>",), ("</s>", "ar_AR")),
    "arabart": (("<s>",), ("</s>",), ("</s>",)),
    "bart": (("<s>",), ("</s>",), ("</s>",)),
}


@pytest.mark.parametrize("kind", CHECKPOINTS)
def test_special_tokens_are_those_of_the_checkpoint(converted: MakeCheckpoint, kind: str) -> None:
    recipe = read_recipe(converted(kind))
    assert (recipe.source_prefix, recipe.source_suffix, recipe.prompt) == FRAMES[kind]
    assert recipe.end_token == "</s>"  # noqa: S105


@pytest.mark.parametrize("kind", sorted(set(CHECKPOINTS) - {"arabart"}))
def test_tokens_are_those_of_the_checkpoints_own_tokenizer(
    generator_checkpoint: MakeCheckpoint, kind: str
) -> None:
    engine: Any = load_generator(generator_checkpoint(kind), "transformers")
    tokenizer = read_checkpoint(generator_checkpoint(kind)).tokenizer
    text = "بلغ عدد الزوار ٢٥٠٠ زائر في 🙂 معرض الكتاب."
    assert engine._source(text) == tokenizer(engine._recipe.text_prefix + text).input_ids


def search(recipe: Recipe) -> tuple[int, int, float, int]:
    """How it is decoded; the last is the longest output with the prompt, as checkpoints count."""
    longest = recipe.max_output_tokens + len(recipe.prompt)
    return recipe.beam_size, recipe.no_repeat_ngram_size, recipe.length_penalty, longest


def test_search_is_the_familys_where_the_checkpoint_says_nothing(
    generator_checkpoint: MakeCheckpoint,
) -> None:
    recipe = read_checkpoint(generator_checkpoint("mt5")).recipe
    assert search(recipe) == (4, 2, 0.6, 84)
    assert recipe.text_prefix == ""
    assert recipe.max_source_tokens == 511


def test_search_is_the_checkpoints_where_it_says_so(
    generator_checkpoint: MakeCheckpoint, tmp_path: Path
) -> None:
    recipe = read_checkpoint(generator_checkpoint("t5")).recipe
    assert search(recipe) == (3, 3, 2.0, 40)
    assert recipe.text_prefix == "summarize: "

    own = tmp_path / "own"
    shutil.copytree(generator_checkpoint("bart"), own)
    generation = {"num_beams": 5, "max_length": 30, "forced_bos_token_id": 0}
    (own / "generation_config.json").write_text(json.dumps(generation))
    recipe = read_checkpoint(own).recipe
    assert search(recipe) == (5, 3, 2.0, 30)
    assert recipe.prompt == ("</s>", "<s>")
    convert(str(own), tmp_path / "converted", quantization="float32")
    ours = load_generator(tmp_path / "converted").generate(TEXTS)
    assert ours == load_generator(own, "transformers").generate(TEXTS)


def test_outputs_and_inputs_fit_the_positions(generator_checkpoint: MakeCheckpoint) -> None:
    recipe = read_checkpoint(generator_checkpoint("mbart50")).recipe
    assert (recipe.max_source_tokens, recipe.max_output_tokens) == (62, 62)


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_too_long_a_text_is_refused_not_cut(
    generator_checkpoint: MakeCheckpoint, converted: MakeCheckpoint, engine: str
) -> None:
    made = converted if engine == "ctranslate2" else generator_checkpoint
    generator = load_generator(made("mbart"), engine)
    with pytest.raises(ValueError, match="at most 62"):
        generator.generate(["كلمة " * 100])


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_trained_model_writes_what_it_learnt(
    trained_checkpoint: Path,
    trained_model: Path,
    supported: str,
    invented: str,
    engine: str,
) -> None:
    generator = load_generator(
        trained_model if engine == "ctranslate2" else trained_checkpoint, engine
    )
    (output,) = generator.generate(["وقال وزير الطاقة إن المحطة ستزود مئة ألف منزل."])
    assert output.text == f"{supported} {invented}"
    assert output.finished
    card = generator.card
    assert card.task is ModelTask.SUMMARIZATION
    assert (card.name, card.license) == ("small-writer", "cc-by-nc-sa-4.0")
    assert generator.compute_type == "float32"
    generator.close()


def test_quantized_model_is_smaller(trained_checkpoint: Path, tmp_path: Path) -> None:
    convert(str(trained_checkpoint), tmp_path / "int8")
    assert load_generator(tmp_path / "int8").compute_type.startswith("int8")


def test_licence_is_unknown_where_no_readme_states_one(
    generator_checkpoint: MakeCheckpoint, converted: MakeCheckpoint
) -> None:
    assert load_generator(generator_checkpoint("bart"), "transformers").card.license == "unknown"
    assert read_card(converted("bart")).license == "unknown"


def test_models_that_cannot_be_loaded_say_why(
    generator_checkpoint: MakeCheckpoint, converted: MakeCheckpoint, tmp_path: Path
) -> None:
    with pytest.raises(ModelNotFoundError, match="zubda models pull"):
        load_generator(generator_checkpoint("t5"))
    with pytest.raises(ModelNotFoundError, match="local cache"):
        load_generator("nobody/nothing", "transformers")
    with pytest.raises(ValueError, match="unknown engine"):
        load_generator(tmp_path, "other")
    with pytest.raises(ValueError, match="bfloat16"):
        load_generator(generator_checkpoint("t5"), "transformers", compute_type="int4")

    damaged = tmp_path / "damaged"
    shutil.copytree(converted("t5"), damaged)
    (damaged / "model.bin").write_bytes(b"damaged")
    with pytest.raises(ModelFormatError, match="cannot be loaded"):
        load_generator(damaged)
    (damaged / "recipe.json").write_text("[]")
    with pytest.raises(ModelFormatError, match="no recipe"):
        load_generator(damaged)
    (damaged / "recipe.json").unlink()
    with pytest.raises(ModelFormatError, match="does not write summaries"):
        load_generator(damaged)

    other = tmp_path / "other"
    shutil.copytree(generator_checkpoint("t5"), other)
    (other / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelFormatError, match="cannot be loaded"):
        load_generator(other, "transformers")
    (other / "config.json").write_text('{"model_type": "gpt2"}')
    with pytest.raises(ModelFormatError, match=r"'gpt2'.*t5, mt5, bart, mbart"):
        load_generator(other, "transformers")
    (other / "config.json").write_text("{")
    with pytest.raises(ModelFormatError, match="cannot be read"):
        load_generator(other, "transformers")


def test_tokenizers_that_cannot_be_read_say_why(
    converted: MakeCheckpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bart = tmp_path / "bart"
    shutil.copytree(converted("bart"), bart)
    with monkeypatch.context() as patched:
        patched.setitem(__import__("sys").modules, "tokenizers", None)
        with pytest.raises(MissingDependencyError, match="pip install tokenizers"):
            load_generator(bart)
    (bart / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelFormatError, match="no tokenizer"):
        load_generator(bart)
    (bart / "tokenizer.json").unlink()
    with pytest.raises(ModelNotFoundError, match="no tokenizer"):
        load_generator(bart)


def test_checkpoint_in_the_cache_of_the_hub_is_found_by_its_name(
    trained_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = tmp_path / "models--someone--small"
    commit = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(trained_checkpoint, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    card = load_generator("someone/small", "transformers").card
    assert (card.name, card.revision) == ("someone/small", commit)
    assert card.license == "cc-by-nc-sa-4.0"
