"""The bundled models and their cards."""

from pathlib import Path

import pytest

from zubda_models import bundle
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError


def test_bundled_models_have_complete_cards() -> None:
    cards = {card.name: card for card in bundle.bundled_models()}
    assert set(cards) == {bundle.DEFAULT_TRANSLATION_MODEL, bundle.DEFAULT_SENTENCE_ENCODER}
    for name, card in cards.items():
        assert card.directory.name == name
        assert card.license in {"CC-BY-SA-4.0", "MIT"}
        assert (card.directory / "README.md").read_text("utf-8").startswith("---\nlicense:")
        assert 20_000_000 < card.size_bytes < 100_000_000
    translation = cards[bundle.DEFAULT_TRANSLATION_MODEL]
    assert (translation.source_language, translation.target_language) == ("ar", "en")


def test_model_is_found_by_directory_or_name(tmp_path: Path) -> None:
    assert bundle.find_model(tmp_path) == tmp_path
    assert bundle.read_card(bundle.find_model("ar-en-mini")).name == "ar-en-mini"
    with pytest.raises(ModelNotFoundError, match="e5-small-ar-en"):
        bundle.find_model("../ar-en-mini")


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"task": "telepathy"}', '{"task": "translation"}']
)
def test_damaged_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(ModelFormatError, match="not a model card"):
        bundle.read_card(tmp_path)


def test_missing_card_and_missing_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelNotFoundError, match=r"no model\.json"):
        bundle.read_card(tmp_path)
    monkeypatch.setattr(bundle, "__file__", str(tmp_path / "zubda_models" / "bundle.py"))
    with pytest.raises(ModelNotFoundError, match="no bundled models"):
        bundle.bundled_models()
    (tmp_path / "zubda_models" / "weights").mkdir(parents=True)
    assert bundle.bundled_models() == []
