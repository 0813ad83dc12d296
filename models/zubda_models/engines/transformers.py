"""The reference engine: Hugging Face transformers, which runs any Marian checkpoint as it is.

Decoding is set up to search as CTranslate2 does, so that the same weights give the same
tokens: beam search ends when as many hypotheses as the beam is wide are complete, no end
is forced at the limit, and neither the unknown nor the padding token can be chosen.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
from torch import Tensor
from transformers import GenerationConfig, MarianMTModel, MarianTokenizer

from zubda_models.bundle import ModelCard, find_model, read_card
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_models.engines.vocabulary import Pieces

_DTYPES = {"default": torch.float32, "float32": torch.float32, "bfloat16": torch.bfloat16}


class TransformersEngine:
    """Runs a Marian checkpoint on CPU with PyTorch."""

    def __init__(
        self, model: str | Path, *, intra_threads: int = 1, compute_type: str = "default"
    ) -> None:
        """Load the checkpoint.

        Args:
            model: a directory, the name of a bundled model that comes with its
                checkpoint, or a name of the Hugging Face hub whose files are in the
                local cache; nothing is downloaded.
            intra_threads: threads of one matrix product; PyTorch has one such setting
                for the whole process.
            compute_type: ``float32`` (the default) or ``bfloat16``.

        Raises:
            ValueError: the compute type is not known.
            ModelNotFoundError: there is no such checkpoint.
            ModelFormatError: it is not a Marian checkpoint, or damaged.
        """
        if compute_type not in _DTYPES:
            raise ValueError(
                f"the transformers engine has no compute type {compute_type!r}; "
                f"its types are {', '.join(_DTYPES)}"
            )
        directory, card = _locate(model)
        self._pieces = Pieces(directory)
        self._tokenizer: Any
        self._model: Any
        try:
            with warnings.catch_warnings():  # that sacremoses, unused, is not installed
                warnings.simplefilter("ignore")
                self._tokenizer = MarianTokenizer.from_pretrained(directory)
            self._model = MarianMTModel.from_pretrained(directory, dtype=_DTYPES[compute_type])
        except Exception as error:  # every library has errors of its own for damaged files
            raise ModelFormatError(
                f"the checkpoint in {directory} cannot be loaded: {error}"
            ) from error
        self._model.eval()
        # What a checkpoint proposes for generation would fill in what _search leaves open.
        self._model.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
        positions = int(self._model.config.max_position_embeddings)
        self._max_output_tokens = positions - 1
        self._max_source_tokens = card.max_source_tokens if card else positions - 1
        self._suppressed = [self._tokenizer.unk_token_id, self._model.config.pad_token_id]
        torch.set_num_threads(intra_threads)

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``float32``."""
        return str(self._model.dtype).removeprefix("torch.")

    @property
    def max_source_tokens(self) -> int:
        """The most tokens of one source sequence, the end token not counted."""
        return self._max_source_tokens

    def tokenize(self, text: str) -> list[str]:
        """The source tokens of ``text``, without the end token."""
        return self._pieces.tokenize(text)

    def detokenize(self, tokens: Sequence[str]) -> str:
        """The text of target ``tokens``."""
        return self._pieces.detokenize(tokens)

    def is_unknown(self, token: str) -> bool:
        """Whether the model has no entry for the source ``token``."""
        return token not in self._tokenizer.encoder

    def decode(
        self, batch: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        """Decode a batch of source token sequences; blocks until all are done.

        Raises:
            ValueError: a sequence is longer than :attr:`max_source_tokens`.
        """
        if any(len(tokens) > self.max_source_tokens for tokens in batch):
            raise ValueError(f"the model takes at most {self.max_source_tokens} source tokens")
        config = self._model.config
        rows = [
            [*self._tokenizer.convert_tokens_to_ids(list(tokens)), config.eos_token_id]
            for tokens in batch
        ]
        width = max(len(row) for row in rows)
        ids = torch.full((len(rows), width), config.pad_token_id)
        mask = torch.zeros_like(ids)
        for row, filled, seen in zip(rows, ids, mask, strict=True):
            filled[: len(row)] = torch.tensor(row)
            seen[: len(row)] = 1
        limit = min(options.max_output_tokens, self._max_output_tokens)
        with torch.inference_mode():
            sequences = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                generation_config=self._search(options, limit),
            )
            scores = self._scores(ids, mask, sequences)
        hypotheses = [
            self._hypothesis(tokens[1:], score, limit)
            for tokens, score in zip(sequences.tolist(), scores.tolist(), strict=True)
        ]
        count = options.num_hypotheses
        return [hypotheses[at : at + count] for at in range(0, len(hypotheses), count)]

    def close(self) -> None:
        """Release the model."""
        del self._model

    def _search(self, options: DecodingOptions, limit: int) -> GenerationConfig:
        config = self._model.config
        return GenerationConfig(  # type: ignore[no-untyped-call]
            num_beams=options.beam_size,
            num_return_sequences=options.num_hypotheses,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            max_new_tokens=limit + 1,  # room for the end token
            length_penalty=1.0,
            early_stopping=options.beam_size > 1,
            min_new_tokens=1,
            do_sample=False,
            suppress_tokens=self._suppressed,
            renormalize_logits=True,
            decoder_start_token_id=config.decoder_start_token_id,
            eos_token_id=config.eos_token_id,
            pad_token_id=config.pad_token_id,
        )

    def _scores(self, ids: Tensor, mask: Tensor, sequences: Tensor) -> Tensor:
        """The mean log-probability of every sequence's tokens; the start token has none.

        Worked out after the search: kept during it, they would take (steps x rows x
        vocabulary) numbers.
        """
        each = len(sequences) // len(ids)
        logits = self._model(
            input_ids=ids.repeat_interleave(each, dim=0),
            attention_mask=mask.repeat_interleave(each, dim=0),
            decoder_input_ids=sequences[:, :-1],
        ).logits
        logits[:, :, self._suppressed] = -torch.inf
        logits[:, 0, self._model.config.eos_token_id] = -torch.inf  # as min_new_tokens does
        targets = sequences[:, 1:]
        kept: Tensor = targets != self._model.config.pad_token_id
        steps = logits.float().log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)
        means: Tensor = steps.where(kept, 0).sum(dim=1) / kept.sum(dim=1)
        return means

    def _hypothesis(self, ids: list[int], score: float, limit: int) -> Hypothesis:
        end = self._model.config.eos_token_id
        finished = end in ids
        kept = ids[: ids.index(end)] if finished else ids[:limit]
        return Hypothesis(tuple(self._tokenizer.convert_ids_to_tokens(kept)), score, finished)


def _locate(model: str | Path) -> tuple[Path, ModelCard | None]:
    """The checkpoint's directory, and the card of the model if it has one."""
    try:
        directory = find_model(model)
    except ModelNotFoundError as not_bundled:
        try:
            return Path(snapshot_download(str(model), local_files_only=True)), None
        except (HFValidationError, LocalEntryNotFoundError):
            raise ModelNotFoundError(
                f"{not_bundled}, nor is it in the local cache of the Hugging Face hub"
            ) from not_bundled
    # A bundled model keeps its checkpoint beside the converted form.
    beside = directory / "transformers"
    if beside.is_dir():
        return beside, read_card(directory)
    if (directory / "model.bin").is_file():
        raise ModelFormatError(
            f"{directory} is a CTranslate2 model without its checkpoint: use the ctranslate2 engine"
        )
    return directory, None
