"""Checkpoints of the T5 and BART families → CTranslate2; a part of :mod:`.convert`."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from ctranslate2.converters import TransformersConverter

from zubda_models.engines.seq2seq import write_recipe
from zubda_models.engines.seq2seq_checkpoint import Checkpoint, read_checkpoint
from zubda_models.engines.seq2seq_tokens import SENTENCEPIECE_FILES, TOKENIZER_FILE


def convert_generator(source: Path, output: Path, quantization: str) -> tuple[int, int]:
    """Convert the checkpoint in ``source`` into the new directory ``output``.

    Returns:
        The positions of the model, and how many of them are left to the tokens of a text.

    Raises:
        ModelFormatError: it is of another family, or damaged.
    """
    checkpoint = read_checkpoint(source)
    _Converter(source, checkpoint).convert(str(output), quantization=quantization)
    config = output / "config.json"
    # The start of the decoder is in the recipe's prompt; CTranslate2 would add another.
    fields = {**json.loads(config.read_text("utf-8")), "decoder_start_token": None}
    config.write_text(json.dumps(fields, ensure_ascii=False, indent=2) + "\n", "utf-8")
    write_recipe(checkpoint.recipe, output)
    brought = [source / name for name in SENTENCEPIECE_FILES if (source / name).is_file()]
    if brought:
        shutil.copyfile(brought[0], output / brought[0].name)
    else:
        checkpoint.tokenizer.backend_tokenizer.save(str(output / TOKENIZER_FILE))
    return checkpoint.max_positions, checkpoint.recipe.max_source_tokens


class _Converter(TransformersConverter):  # type: ignore[misc]
    """CTranslate2's converter, which is given the vocabulary instead of reading it."""

    def __init__(self, source: Path, checkpoint: Checkpoint) -> None:
        super().__init__(str(source))
        self._checkpoint = checkpoint

    def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
        model: Any = model_class.from_pretrained(
            path, **{**kwargs, "dtype": torch.float32, "local_files_only": True}
        )
        # CTranslate2 asks for what transformers 5 has dropped, or means otherwise: where
        # embeddings are said to be tied it scales the output, which mT5 and T5 1.1 do not want.
        config = model.config
        config.normalize_before = self._checkpoint.family == "mbart"
        config.tie_word_embeddings = getattr(config, "scale_decoder_outputs", False)
        return model

    def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
        vocabulary, recipe = self._checkpoint.vocabulary, self._checkpoint.recipe
        return SimpleNamespace(
            get_vocab=lambda: {token: number for number, token in enumerate(vocabulary)},
            convert_ids_to_tokens=vocabulary.__getitem__,
            bos_token=recipe.prompt[0],
            pad_token=recipe.prompt[0],
            eos_token=recipe.end_token,
            unk_token=recipe.unknown_token,
        )
