"""Checkpoint → CTranslate2 directory, once, before serving.

    python -m zubda_models.engines.convert Helsinki-NLP/opus-mt-ar-en some/directory

Three kinds of checkpoints in the form of Hugging Face transformers are taken: Marian
translation models, BERT sentence encoders whose ``sentencepiece.model`` gives the model's
own ids, and summarizers of the T5, mT5, BART and mBART families. Needs the
``transformers`` extra; this is the only code of Zubda that may download, and only where
the source is a name of the Hugging Face hub.
"""

# ruff: noqa: PLC0415 - only conversion itself needs the transformers extra

import argparse
import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from zubda_models.bundle import ModelCard, ModelTask, read_card, write_card
from zubda_models.engines.errors import (
    EngineError,
    MissingDependencyError,
    ModelFormatError,
    ModelNotFoundError,
)
from zubda_models.engines.provenance import revision, stated_license
from zubda_models.engines.seq2seq import FAMILIES

_TASKS = {
    "marian": ModelTask.TRANSLATION,
    "bert": ModelTask.SENTENCE_EMBEDDING,
    **dict.fromkeys(FAMILIES, ModelTask.SUMMARIZATION),
}
_DOWNLOADED = [
    "*.json", "*.spm", "*.model", "merges.txt", "*.safetensors", "pytorch_model.bin", "README.md",
]  # fmt: skip


def convert(
    source: str,
    output: Path,
    *,
    quantization: str = "int8",
    name: str | None = None,
    license: str | None = None,  # noqa: A002 - the name that model cards give it
    description: str | None = None,
    max_source_tokens: int | None = None,
    keep_card: bool = False,
) -> ModelCard:
    """Convert the checkpoint ``source`` into the directory ``output``.

    Files of an earlier conversion in ``output`` are replaced, all others stay.

    Args:
        source: a local directory, or a name of the Hugging Face hub.
        output: where the model goes; made if it does not exist.
        quantization: the number format of the stored weights, as CTranslate2 names it.
        name: the name on the card; else that of ``source``.
        license: the SPDX expression on the card; else what the front matter of the
            checkpoint's README states, or ``unknown``.
        description: the sentence on the card.
        max_source_tokens: the longest input on the card; else what the positions leave.
        keep_card: ``output`` holds an earlier state of the same model: what the other
            arguments leave open stays as its card has it.

    Raises:
        MissingDependencyError: the ``transformers`` extra is not installed.
        ModelNotFoundError: ``source`` is no directory and not to be had from the hub, or
            there is no card to keep.
        ModelFormatError: ``source`` is of another kind, or damaged.
    """
    checkpoint = _locate(source)
    config = _read_json(checkpoint / "config.json")
    task = _TASKS.get(str(config.get("model_type")))
    if task is None:
        raise ModelFormatError(
            f"{source} is a model of type {config.get('model_type')!r}; "
            f"the types that can be converted are {', '.join(_TASKS)}"
        )
    convert_to = _conversion(checkpoint, task)
    known = read_card(output) if keep_card else None
    title = checkpoint.resolve().name if Path(source).is_dir() else source
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output) as scratch:
        converted = Path(scratch) / "model"
        try:
            positions, room = convert_to(converted, quantization)
        except Exception as error:  # every library has errors of its own for damaged files
            raise ModelFormatError(f"{source} cannot be converted: {error}") from error
        (output / "target.spm").unlink(missing_ok=True)
        for file in converted.iterdir():
            file.replace(output / file.name)
    languages = _read_json(checkpoint / "tokenizer_config.json") if _translates(task) else {}
    card = ModelCard(
        name=name or (known.name if known else title),
        task=task,
        license=license or (known.license if known else stated_license(checkpoint)),
        description=description or (known.description if known else f"Converted from {title}."),
        source_language=languages.get("source_lang"),
        target_language=languages.get("target_lang"),
        revision=revision(checkpoint),
        max_positions=positions,
        max_source_tokens=max_source_tokens or (known.max_source_tokens if known else room),
        directory=output,
    )
    write_card(card)
    return card


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status is 1 where the conversion failed."""
    parser = argparse.ArgumentParser(
        prog="python -m zubda_models.engines.convert",
        description="Convert a checkpoint into a CTranslate2 directory.",
    )
    parser.add_argument("source", help="a directory, or a name of the Hugging Face hub")
    parser.add_argument("output", type=Path, help="the directory to write")
    parser.add_argument("--quantization", default="int8", help="default: %(default)s")
    parser.add_argument("--name", help="the model's name on its card")
    parser.add_argument("--license", help="the SPDX expression on its card")
    parser.add_argument("--description", help="the sentence on its card")
    parser.add_argument("--max-source-tokens", type=int, help="the longest input on its card")
    parser.add_argument(
        "--keep-card", action="store_true", help="update a model: keep what its card says"
    )
    try:
        card = convert(**vars(parser.parse_args(arguments)))
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{card.directory}: {card.name}, {card.size_bytes:,} bytes")  # noqa: T201
    return 0


def _locate(source: str) -> Path:
    """The checkpoint's local directory, downloaded from the hub if need be."""
    if Path(source).is_dir():
        return Path(source)
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError
    except ImportError as error:
        raise _missing(error) from error
    try:
        return Path(snapshot_download(source, allow_patterns=_DOWNLOADED))
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        raise ModelNotFoundError(
            f"{source!r} is no directory, and the Hugging Face hub does not give it: {error}"
        ) from error


def _conversion(checkpoint: Path, task: ModelTask) -> Callable[[Path, str], tuple[int, int]]:
    """What writes the model into a new directory, in a number format.

    It returns the positions of the model, and how many of them are left to the tokens of
    a source.
    """
    if task is ModelTask.SUMMARIZATION:
        try:
            from zubda_models.engines.seq2seq_convert import convert_generator
        except ImportError as error:
            raise _missing(error) from error
        return partial(convert_generator, checkpoint)
    converter = _converter(checkpoint)

    def convert_to(output: Path, quantization: str) -> tuple[int, int]:
        converter.convert(str(output), quantization=quantization)
        _copy_pieces(checkpoint, output, task)
        positions = int(_read_json(checkpoint / "config.json")["max_position_embeddings"])
        return positions, positions - (1 if _translates(task) else 2)  # </s>; <s> and </s>

    return convert_to


def _converter(checkpoint: Path) -> Any:
    """CTranslate2's converter, told what it does not know about these checkpoints."""
    try:
        import torch
        from ctranslate2.converters import (
            TransformersConverter,
        )
        from sentencepiece import SentencePieceProcessor
        from transformers import MarianTokenizer
    except ImportError as error:
        raise _missing(error) from error

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
            model: Any = model_class.from_pretrained(path, **{**kwargs, "dtype": torch.float32})
            if model.config.model_type == "bert":
                # CTranslate2 asks for an attribute that transformers 5 has dropped, and for a
                # pooler, without which encoders that take the mean are stored.
                model.config.position_embedding_type = "absolute"
                model.pooler.dense.weight.zero_()
                return model
            # CTranslate2 starts a Marian decoder from a zero embedding and drops the row of
            # the start token. Where a checkpoint has something there, the first position,
            # which holds no other token ever, can carry it.
            decoder = model.model.decoder
            start = decoder.embed_tokens.weight[model.config.decoder_start_token_id]
            decoder.embed_positions.weight[0] += decoder.embed_scale * start
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
            pieces = Path(path) / "sentencepiece.model"
            if pieces.is_file():
                model = SentencePieceProcessor(model_file=str(pieces))
                vocabulary = {model.id_to_piece(i): i for i in range(model.get_piece_size())}
                return SimpleNamespace(get_vocab=lambda: vocabulary, unk_token="<unk>")  # noqa: S106
            with warnings.catch_warnings():  # that sacremoses, unused, is not installed
                warnings.simplefilter("ignore")
                return MarianTokenizer.from_pretrained(path, **kwargs)

    return Converter(str(checkpoint))


def _copy_pieces(checkpoint: Path, output: Path, task: ModelTask) -> None:
    """Copy the SentencePiece models; one for both sides is stored once."""
    if not _translates(task):
        shutil.copyfile(checkpoint / "sentencepiece.model", output / "sentencepiece.model")
        return
    source, target = checkpoint / "source.spm", checkpoint / "target.spm"
    shutil.copyfile(source, output / "source.spm")
    if target.read_bytes() != source.read_bytes():
        shutil.copyfile(target, output / "target.spm")


def _translates(task: ModelTask) -> bool:
    return task is ModelTask.TRANSLATION


def _read_json(path: Path) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelFormatError(
            f"{path.parent} is no checkpoint of transformers: it has no {path.name}"
        ) from error
    except ValueError as error:
        raise ModelFormatError(f"{path} is not JSON: {error}") from error
    return fields


def _missing(error: ImportError) -> MissingDependencyError:
    return MissingDependencyError(
        f"converting a checkpoint needs {error.name}: pip install 'zubda[transformers,server]'"
    )


if __name__ == "__main__":
    sys.exit(main())
