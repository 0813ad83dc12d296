"""Conversion of checkpoints, and the cards that it writes."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel, MarianMTModel

from zubda_models.bundle import ModelTask, find_model, read_card
from zubda_models.engines.convert import convert, main
from zubda_models.engines.errors import (
    MissingDependencyError,
    ModelFormatError,
    ModelNotFoundError,
)
from zubda_models.summarization.encoder import SentenceEncoder


def copy_of(checkpoint: Path, directory: Path) -> Path:
    shutil.copytree(checkpoint, directory)
    return directory


def test_card_states_what_is_known(converted: Path, checkpoint: Path) -> None:
    card = read_card(converted)
    assert card.name == checkpoint.name
    assert card.task is ModelTask.TRANSLATION
    assert card.license == "CC0-1.0"
    assert (card.source_language, card.target_language) == ("ar", "en")
    assert card.revision.startswith("sha256:")
    assert (card.max_positions, card.max_source_tokens) == (64, 63)


def test_licence_comes_from_the_readme_or_is_unknown(checkpoint: Path, tmp_path: Path) -> None:
    source = copy_of(checkpoint, tmp_path / "source")
    assert convert(str(source), tmp_path / "bare").license == "unknown"
    (source / "README.md").write_text("---\nlicense: cc-by-4.0\nlanguage: ar\n---\n# A model\n")
    assert convert(str(source), tmp_path / "stated").license == "cc-by-4.0"


def test_new_weights_keep_what_the_card_says_but_not_the_revision(
    checkpoint: Path, tmp_path: Path
) -> None:
    output = tmp_path / "model"
    first = convert(str(checkpoint), output, name="mine", license="MIT", max_source_tokens=40)
    (output / "README.md").write_text("# Mine")
    source = copy_of(checkpoint, tmp_path / "source")
    shutil.copyfile(source / "source.spm", source / "target.spm")
    MarianMTModel.from_pretrained(source, dtype=torch.bfloat16).save_pretrained(source)
    second = convert(str(source), output, description="Mine, trained longer.", keep_card=True)
    assert (second.name, second.license, second.max_source_tokens) == ("mine", "MIT", 40)
    assert (first.description, second.description) == (
        f"Converted from {checkpoint.name}.",
        "Mine, trained longer.",
    )
    assert first.revision != second.revision
    assert read_card(output) == second
    assert (output / "README.md").read_text() == "# Mine"
    other = convert(str(checkpoint), output)
    assert (other.name, other.license) == (checkpoint.name, "unknown")


def test_one_sentencepiece_model_for_both_sides_is_stored_once(
    checkpoint: Path, converted: Path, tmp_path: Path
) -> None:
    assert (converted / "target.spm").is_file()
    source = copy_of(checkpoint, tmp_path / "source")
    shutil.copyfile(source / "source.spm", source / "target.spm")
    output = copy_of(converted, tmp_path / "output")
    convert(str(source), output)
    assert not (output / "target.spm").exists()


def test_sentence_encoders_are_converted(tmp_path: Path) -> None:
    source = tmp_path / "source"
    bundled = find_model("e5-small-ar-en")
    config = BertConfig(
        vocab_size=26004,
        hidden_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=40,
    )
    torch.manual_seed(7)
    BertModel(config, add_pooling_layer=False).save_pretrained(source)
    shutil.copyfile(bundled / "sentencepiece.model", source / "sentencepiece.model")
    card = convert(str(source), tmp_path / "output")
    assert card.task is ModelTask.SENTENCE_EMBEDDING
    assert card.source_language is None
    vectors = SentenceEncoder(tmp_path / "output").encode(["نعم", "كلمة " * 100])
    assert vectors.shape == (2, 24)


def test_other_kinds_and_damaged_checkpoints_are_refused(checkpoint: Path, tmp_path: Path) -> None:
    source = copy_of(checkpoint, tmp_path / "source")
    output = tmp_path / "output"
    (source / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelFormatError, match="cannot be converted"):
        convert(str(source), output)
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "model_type": "gpt2"}))
    with pytest.raises(ModelFormatError, match=r"'gpt2'.*marian, bert"):
        convert(str(source), output)
    (source / "config.json").write_text("{")
    with pytest.raises(ModelFormatError, match="not JSON"):
        convert(str(source), output)
    (source / "config.json").unlink()
    with pytest.raises(ModelFormatError, match=r"no config\.json"):
        convert(str(source), output)
    assert not (output / "model.bin").exists()


def test_source_that_is_neither_directory_nor_name(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no directory"):
        convert("not a name/of a/model", tmp_path)


def test_card_to_keep_must_be_there(checkpoint: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"model\.json"):
        convert(str(checkpoint), tmp_path, keep_card=True)


def test_missing_package_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, checkpoint: Path, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingDependencyError, match=r"zubda\[transformers,server\]"):
        convert(str(checkpoint), tmp_path / "output")
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(MissingDependencyError, match="huggingface_hub"):
        convert("a/name", tmp_path / "output")


def test_command_line(checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "output"
    assert main([str(checkpoint), str(output), "--name", "small", "--license", "MIT"]) == 0
    assert "small" in capsys.readouterr().out
    assert read_card(output).license == "MIT"
    assert main([str(tmp_path), str(output)]) == 1
    assert "config.json" in capsys.readouterr().err
