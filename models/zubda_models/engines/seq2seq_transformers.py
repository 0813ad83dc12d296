"""Text-to-text models on Hugging Face transformers, which runs any checkpoint as it is.

The search is set up as CTranslate2 searches, so that the same weights give the same text.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSeq2SeqLM, GenerationConfig

from zubda_models.bundle import ModelCard, ModelTask
from zubda_models.engines.errors import ModelFormatError
from zubda_models.engines.provenance import revision, stated_license
from zubda_models.engines.seq2seq import Output
from zubda_models.engines.seq2seq_checkpoint import find_checkpoint, read_checkpoint

_DTYPES = {"default": torch.float32, "float32": torch.float32, "bfloat16": torch.bfloat16}


class TransformersGenerator:
    """Runs a checkpoint of the T5 and BART families on CPU with PyTorch."""

    def __init__(
        self, model: str | Path, *, intra_threads: int = 1, compute_type: str = "default"
    ) -> None:
        """Load the checkpoint.

        Args:
            model: a directory, or a name of the Hugging Face hub whose files are in the
                local cache; nothing is downloaded.
            intra_threads: threads of one matrix product; PyTorch has one such setting
                for the whole process.
            compute_type: ``float32`` (the default) or ``bfloat16``.

        Raises:
            ValueError: the compute type is not known.
            ModelNotFoundError: there is no such checkpoint.
            ModelFormatError: it is of another family, or damaged.
        """
        if compute_type not in _DTYPES:
            raise ValueError(
                f"the transformers engine has no compute type {compute_type!r}; "
                f"its types are {', '.join(_DTYPES)}"
            )
        directory = find_checkpoint(model)
        checkpoint = read_checkpoint(directory)
        self._recipe = checkpoint.recipe
        self._tokens = checkpoint.tokens
        self._vocabulary = checkpoint.vocabulary
        self._ids = {token: number for number, token in enumerate(checkpoint.vocabulary)}
        self._model: Any
        try:
            self._model = AutoModelForSeq2SeqLM.from_pretrained(
                directory, dtype=_DTYPES[compute_type], local_files_only=True
            )
        except Exception as error:  # every library has errors of its own for damaged files
            raise ModelFormatError(f"{directory} cannot be loaded: {error}") from error
        self._model.eval()
        # What a checkpoint proposes is in the recipe; here it would fill in what that leaves out.
        self._model.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
        torch.set_num_threads(intra_threads)
        self._card = ModelCard(
            name=directory.resolve().name if Path(model).is_dir() else str(model),
            task=ModelTask.SUMMARIZATION,
            license=stated_license(directory),
            description=f"A checkpoint of the family {checkpoint.family}, as it was published.",
            source_language=None,
            target_language=None,
            revision=revision(directory),
            max_positions=checkpoint.max_positions,
            max_source_tokens=checkpoint.recipe.max_source_tokens,
            directory=directory,
        )

    @property
    def card(self) -> ModelCard:
        """What the model is, and what it may be used for."""
        return self._card

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``float32``."""
        return str(self._model.dtype).removeprefix("torch.")

    @property
    def max_source_tokens(self) -> int:
        """The most tokens of one text, as :meth:`count_tokens` counts them."""
        return self._recipe.max_source_tokens

    def count_tokens(self, text: str) -> int:
        """The tokens of ``text`` with the recipe's prefix; special tokens are not counted."""
        return len(self._pieces(text))

    def generate(self, texts: Sequence[str]) -> list[Output]:
        """What the model writes for each of ``texts``; blocks until all are done.

        Raises:
            ValueError: a text is longer than :attr:`max_source_tokens`.
        """
        rows = [self._source(text) for text in texts]
        width = max(map(len, rows))
        ids = torch.full((len(rows), width), self._model.config.pad_token_id)
        mask = torch.zeros_like(ids)
        for row, filled, seen in zip(rows, ids, mask, strict=True):
            filled[: len(row)] = torch.tensor(row)
            seen[: len(row)] = 1
        with torch.inference_mode():
            sequences = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                generation_config=self._search(),
            )
        return [self._output(row[len(self._recipe.prompt) :]) for row in sequences.tolist()]

    def close(self) -> None:
        """Release the model."""
        del self._model

    def _pieces(self, text: str) -> list[str]:
        return self._tokens.tokenize(self._recipe.text_prefix + text)

    def _source(self, text: str) -> list[int]:
        recipe = self._recipe
        pieces = self._pieces(text)
        if len(pieces) > recipe.max_source_tokens:
            raise ValueError(f"the model takes at most {recipe.max_source_tokens} source tokens")
        unknown = self._ids[recipe.unknown_token]
        return [
            self._ids.get(token, unknown)
            for token in (*recipe.source_prefix, *pieces, *recipe.source_suffix)
        ]

    def _search(self) -> GenerationConfig:
        recipe, config = self._recipe, self._model.config
        start, *forced = (self._ids[token] for token in recipe.prompt)
        beam: dict[str, Any] = {}
        if recipe.beam_size > 1:
            beam = {"length_penalty": recipe.length_penalty, "early_stopping": True}
        return GenerationConfig(  # type: ignore[no-untyped-call]
            **beam,
            num_beams=recipe.beam_size,
            no_repeat_ngram_size=recipe.no_repeat_ngram_size,
            max_new_tokens=recipe.max_output_tokens + len(forced),
            min_new_tokens=1 + len(forced),
            do_sample=False,
            suppress_tokens=[self._ids[recipe.unknown_token], config.pad_token_id],
            renormalize_logits=True,
            decoder_start_token_id=start,
            forced_bos_token_id=forced[0] if forced else None,
            eos_token_id=config.eos_token_id,
            pad_token_id=config.pad_token_id,
        )

    def _output(self, ids: list[int]) -> Output:
        end = self._model.config.eos_token_id
        finished = end in ids
        kept = ids[: ids.index(end)] if finished else ids
        tokens = tuple(self._vocabulary[number] for number in kept)
        return Output(self._tokens.detokenize(tokens), tokens, finished)
