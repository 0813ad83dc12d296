from typing import Any

import pytest

from zubda_server import core, wire
from zubda_server.settings import Settings, SettingsError


def test_a_checkpoint_without_a_card_has_no_known_licence(
    monkeypatch: pytest.MonkeyPatch, engine: Any
) -> None:
    monkeypatch.setattr(core, "load_engine", lambda model, name, **settings: engine)
    settings = Settings(translation_model="some-group/opus-mt-ar-en", engine="transformers")
    loaded = core.load_core(settings)
    info = wire.service_info(loaded.models, engine.max_source_tokens, settings)
    loaded.close()
    translation, encoder = info.models
    assert (translation.name, translation.license) == ("some-group/opus-mt-ar-en", "unknown")
    assert (translation.engine, encoder.engine) == ("transformers", "ctranslate2")


def test_what_an_engine_does_not_know_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_engine(*arguments: object, **settings: object) -> None:
        raise ValueError("no compute type 'int3'")

    monkeypatch.setattr(core, "load_engine", load_engine)
    with pytest.raises(SettingsError, match="int3"):
        core.load_core(Settings())
