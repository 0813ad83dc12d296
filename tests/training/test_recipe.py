"""The whole recipe on a tiny corpus, through the commands."""

import json
from pathlib import Path

import ctranslate2
import pytest
import torch
from training.cli import main
from training.plot import read_log


def train(run: Path, start: Path, data: Path, corpora: Path, *more: str) -> list[dict]:
    options = {
        "run": run,
        "start": start,
        "data": data,
        "validation": corpora / "eval" / "dev.tsv",
        "positions": 256,
        "rate": 2e-3,
        "warmup": 5,
        "sample": 64,
        "log_every": 5,
        "time_limit": 60,
    }
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    main(["train", *flags, *more])
    return read_log(run / "log.jsonl")


@pytest.mark.filterwarnings("ignore")
def test_recipe_from_corpus_to_table(
    tmp_path: Path, start: Path, data: Path, corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stable, decay = tmp_path / "stable", tmp_path / "decay"
    scored = ("--validate-seconds=0", "--score-seconds=0")
    first = train(stable, start, data, corpora, "--steps=40")
    assert first[-1]["cross_entropy"] < first[0]["cross_entropy"]
    branch = f"--branch-from={stable / 'last.pt'}"
    last = train(decay, start, data, corpora, "--steps=41", branch, "--decay-seconds=30", *scored)
    assert last[0]["step"] > 40
    checks = [entry for entry in last if entry["kind"] == "validation"]
    assert {"dev_right", "dev_shuffled", "dev_chrf"} <= set(checks[-1])

    averaged, exported = tmp_path / "averaged", tmp_path / "int8"
    main(["snapshot", str(stable), str(tmp_path / "snapshot")])
    main(["average", str(averaged), str(decay / "final"), str(tmp_path / "snapshot")])
    main(["export", str(averaged), str(exported)])
    expected = {"model.bin", "config.json", "shared_vocabulary.json", "source.spm"}
    assert expected <= {p.name for p in exported.iterdir()}

    capsys.readouterr()
    systems = [f"tiny={exported}:ctranslate2:int8", f"tiny={averaged}:transformers:float32"]
    flags = [f"--system={system}" for system in systems]
    test = str(corpora / "eval" / "dev.tsv")
    main(
        [
            "evaluate",
            *flags,
            "--tests",
            test,
            "--beam=1",
            "--threads=1",
            "--outputs",
            str(tmp_path / "out"),
        ]
    )
    table = capsys.readouterr().out
    assert "| tiny | ctranslate2 | int8 | dev | 6 |" in table
    assert "nrefs:1" in table
    outputs = (tmp_path / "out" / "tiny.int8.dev.txt").read_text(encoding="utf-8")
    assert len(outputs.splitlines()) == 6

    main(["plot", str(tmp_path / "curve.svg"), str(stable), str(decay)])
    assert (tmp_path / "curve.svg").stat().st_size > 1000


def test_training_goes_on_where_it_was_interrupted(
    tmp_path: Path, start: Path, data: Path, corpora: Path
) -> None:
    exact = ("--sample=0", "--smoothing=0")
    train(tmp_path / "once", start, data, corpora, "--steps=12", *exact)
    train(tmp_path / "twice", start, data, corpora, "--steps=5", *exact)
    train(tmp_path / "twice", start, data, corpora, "--steps=12", *exact)
    once, twice = (
        torch.load(tmp_path / run / "last.pt", weights_only=True) for run in ("once", "twice")
    )
    assert once["counters"]["tokens"] == twice["counters"]["tokens"]
    torch.testing.assert_close(
        once["optimiser"]["master"], twice["optimiser"]["master"], rtol=0.02, atol=2e-4
    )


def test_exported_model_never_produces_arabic(start: Path, data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    flags = [f"--run={run}", f"--start={start}", f"--data={data}", "--steps=1", "--positions=64"]
    main(["train", *flags])
    main(["export", str(run / "final"), str(tmp_path / "int8")])
    engine = ctranslate2.Translator(str(tmp_path / "int8"), compute_type="int8")
    result = engine.translate_batch([["▁", "ا", "</s>"]], max_decoding_length=30)
    allowed = json.loads((run / "allowed.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((run / "vocab.json").read_text(encoding="utf-8"))
    assert {vocabulary[piece] for piece in result[0].hypotheses[0]} <= set(allowed)
