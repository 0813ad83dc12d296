"""Loading a model, and what goes wrong with it."""

import shutil
import sys
from pathlib import Path

import pytest

from zubda_models.engines.errors import (
    EngineError,
    MissingDependencyError,
    ModelFormatError,
    ModelNotFoundError,
)
from zubda_models.engines.load import load_engine
from zubda_models.engines.protocol import DecodingOptions


def test_bundled_model_is_found_by_name() -> None:
    engine = load_engine("ar-en-mini")
    tokens = engine.tokenize("أعلنت وزارة الصحة اليوم افتتاح مستشفى جديد.")
    [[best]] = engine.decode([tokens], DecodingOptions())
    assert best.finished
    assert engine.detokenize(best.tokens).isascii()
    assert engine.compute_type.startswith("int8")


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_unknown_model_is_refused_with_the_names_of_the_bundled_ones(engine: str) -> None:
    with pytest.raises(ModelNotFoundError, match=r"no-such-model.*ar-en-mini"):
        load_engine("no-such-model", engine)


def test_unknown_engine_and_compute_types_are_refused(checkpoint: Path, converted: Path) -> None:
    with pytest.raises(ValueError, match="ctranslate2, transformers"):
        load_engine(converted, "onnx")
    with pytest.raises(ValueError, match="float32, bfloat16"):
        load_engine(checkpoint, "transformers", compute_type="int8")
    with pytest.raises(EngineError, match="compute type"):
        load_engine(converted, compute_type="int3")


def test_checkpoint_given_to_ctranslate2_says_how_to_convert_it(checkpoint: Path) -> None:
    with pytest.raises(ModelFormatError, match="zubda models pull"):
        load_engine(checkpoint)


def test_converted_model_given_to_transformers_says_so(converted: Path) -> None:
    with pytest.raises(ModelFormatError, match="ctranslate2 engine"):
        load_engine(converted, "transformers")


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_empty_directory_is_no_model(tmp_path: Path, engine: str) -> None:
    with pytest.raises(ModelNotFoundError, match="holds no"):
        load_engine(tmp_path, engine)


@pytest.mark.parametrize("file", ["model.bin", "model.json", "config.json", "source.spm"])
def test_damaged_model_is_refused(converted: Path, tmp_path: Path, file: str) -> None:
    broken = tmp_path / "model"
    shutil.copytree(converted, broken)
    (broken / file).write_bytes((broken / file).read_bytes()[:20])
    with pytest.raises(ModelFormatError, match="model"):
        load_engine(broken)


@pytest.mark.parametrize("file", ["vocab.json", "model.safetensors", "config.json"])
def test_damaged_checkpoint_is_refused(checkpoint: Path, tmp_path: Path, file: str) -> None:
    broken = tmp_path / "model"
    shutil.copytree(checkpoint, broken)
    (broken / file).write_text("{}")
    with pytest.raises(ModelFormatError, match="cannot be loaded"):
        load_engine(broken, "transformers")


@pytest.mark.parametrize(
    ("engine", "package", "extra"),
    [("ctranslate2", "ctranslate2", "server"), ("transformers", "torch", "transformers")],
)
def test_missing_package_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, converted: Path, engine: str, package: str, extra: str
) -> None:
    monkeypatch.delitem(sys.modules, f"zubda_models.engines.{engine}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependencyError, match=rf"zubda\[{extra}\]"):
        load_engine(converted, engine)
