import os
from dataclasses import fields
from pathlib import Path

import pytest

from zubda.v1 import zubda_pb2
from zubda_server.settings import Settings, SettingsError


def test_defaults_are_valid_and_only_for_this_machine() -> None:
    settings = Settings.from_args([], {})
    assert settings == Settings()
    assert settings.address == "127.0.0.1:50051"


def test_a_flag_wins_over_the_variable_and_the_variable_over_the_default() -> None:
    environ = {"ZUBDA_MAX_TEXTS": "7", "ZUBDA_DRAIN_GRACE": "1.5", "ZUBDA_REFLECTION": "off"}
    settings = Settings.from_args(["--max-texts", "9"], environ)
    assert settings.max_texts == 9
    assert settings.drain_grace == 1.5
    assert settings.reflection is False
    assert Settings.from_args(["--reflection"], environ).reflection is True
    assert Settings.from_args(["--no-reflection"], {}).reflection is False


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_args([], {"ZUBDA_MAX_TEXTS": ""}) == Settings()


def test_help_shows_every_flag_variable_and_default(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        Settings.from_args(["--help"], {"COLUMNS": "200"})
    assert caught.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    for setting in fields(Settings):
        assert f"ZUBDA_{setting.name.upper()}" in shown
        if setting.name != "token":
            assert f"--{setting.name.replace('_', '-')}" in shown
            default = "none" if setting.default is None else setting.default
            assert f"default: {default}]" in shown
    assert "--token " not in shown


@pytest.mark.parametrize(
    ("argv", "environ", "says"),
    [
        (["--max-texts", "many"], {}, "--max-texts"),
        ([], {"ZUBDA_MAX_TEXTS": "many"}, "ZUBDA_MAX_TEXTS"),
        ([], {"ZUBDA_REFLECTION": "perhaps"}, "neither true nor false"),
        ([], {"ZUBDA_ENGINE": "magic"}, "--engine is one of ctranslate2, transformers"),
        (["--max-texts", "0"], {}, "--max-texts is from 1"),
        (["--max-texts", "99999999999"], {}, "--max-texts is from 1"),
        (["--max-call-duration", "nan"], {}, "--max-call-duration is from"),
        (["--drain-grace", "inf"], {}, "--drain-grace is from"),
        (["--max-queue-tokens", "100"], {}, "--max-batch-tokens 512 is more than"),
        (["--default-beam-size", "9"], {}, "--default-beam-size 9 is more than --max-beam-size"),
        (["--default-summary-sentences", "51"], {}, "--default-summary-sentences"),
        (["--max-alternatives", "8"], {}, "--max-alternatives must be less"),
        (["--max-message-bytes", "1000"], {}, "--max-message-bytes 1000 cannot hold"),
        (["--tls-key", __file__], {}, "--tls-key and --tls-certificate need each other"),
        (["--tls-certificate", __file__], {}, "--tls-key and --tls-certificate need each other"),
        (["--tls-client-ca", __file__], {}, "--tls-client-ca needs"),
        (["--tls-key", "/no/such/file"], {}, "there is no file /no/such/file"),
        (["--token-file", __file__], {"ZUBDA_TOKEN": "x"}, "either --token-file or ZUBDA_TOKEN"),
        (["--token-file", os.devnull], {}, "there is no file"),
        (["--address", "0.0.0.0:50051"], {}, "--insecure"),
        (["--address", "[::]:50051"], {}, "--insecure"),
        (["--address", "zubda.example:50051"], {"ZUBDA_TOKEN": "x"}, "--insecure"),
        (["--address", "50051"], {}, "--address is HOST:PORT"),
        (["--address", "localhost:http"], {}, "--address is HOST:PORT"),
    ],
)
def test_what_makes_no_sense_is_refused_with_exit_code_2(
    argv: list[str], environ: dict[str, str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        Settings.from_args(argv, environ)
    assert caught.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["127.0.0.1:1", "127.9.9.9:0", "[::1]:50051", "localhost:1", "unix:/tmp/z", "unix:z"]
)
def test_plain_text_is_fine_where_nobody_else_can_read_it(address: str) -> None:
    assert Settings(address=address).address == address


def test_plain_text_beyond_this_machine_must_be_asked_for() -> None:
    with pytest.raises(SettingsError, match="--tls-key"):
        Settings(address="0.0.0.0:50051")
    assert Settings(address="0.0.0.0:50051", insecure=True)
    here = Path(__file__)
    assert Settings(address="0.0.0.0:50051", tls_key=here, tls_certificate=here)


def test_the_token_is_read_from_a_file_or_the_environment_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("s3cret\n")
    from_file = Settings.from_args(["--token-file", str(file)], {})
    from_environment = Settings.from_args([], {"ZUBDA_TOKEN": "s3cret"})
    assert from_file.bearer_token() == from_environment.bearer_token() == "s3cret"
    assert "s3cret" not in repr(from_environment)
    assert Settings().bearer_token() is None
    file.write_text("\n")
    with pytest.raises(SettingsError, match="empty"):
        Settings(token_file=file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings(token_file=file)


def test_threads_are_shared_out_and_too_many_are_warned_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert Settings(inter_threads=2).threads_per_batch == 4
    assert Settings(inter_threads=16).threads_per_batch == 1
    assert Settings(intra_threads=3).threads_per_batch == 3
    assert Settings(inter_threads=2, intra_threads=4).warnings() == []
    [warning] = Settings(inter_threads=2, intra_threads=5).warnings()
    assert "10, more than the 8 processors" in warning


def test_every_limit_of_the_contract_can_be_set() -> None:
    names = {field.name for field in zubda_pb2.Limits.DESCRIPTOR.fields}
    settings = {setting.name for setting in fields(Settings)}
    assert names - settings == {"max_segment_tokens"}  # that of the model
