"""The default engine: CTranslate2, int8 on CPU."""

import json
from collections.abc import Sequence
from pathlib import Path

import ctranslate2

from zubda_models.bundle import read_card
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_models.engines.vocabulary import Pieces


class CTranslate2Engine:
    """Runs a Marian model that :mod:`zubda_models.engines.convert` has written."""

    def __init__(
        self,
        directory: Path,
        *,
        inter_threads: int = 1,
        intra_threads: int = 1,
        compute_type: str = "default",
    ) -> None:
        """Load the model.

        Args:
            directory: the converted model.
            inter_threads: batches decoded at once; :meth:`decode` calls beyond it wait.
            intra_threads: threads for each of them. ``inter_threads * intra_threads``
                should not exceed the processor's cores.
            compute_type: as CTranslate2 names it; ``default`` is that of the stored weights.

        Raises:
            ModelNotFoundError: there is no model in ``directory``.
            ModelFormatError: it is of another form, or damaged.
        """
        if not (directory / "model.bin").is_file():
            raise _no_model(directory)
        self._card = read_card(directory)
        self._pieces = Pieces(directory)
        try:
            config = json.loads((directory / "config.json").read_text("utf-8"))
            self._end_token: str = config["eos_token"]
            vocabulary = directory / "shared_vocabulary.json"
            self._known = frozenset[str](json.loads(vocabulary.read_text("utf-8")))
            self._model = ctranslate2.Translator(
                str(directory),
                device="cpu",
                inter_threads=inter_threads,
                intra_threads=intra_threads,
                compute_type=compute_type,
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelFormatError(f"the model in {directory} cannot be loaded: {error}") from error

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``int8_float32``."""
        return str(self._model.compute_type)

    @property
    def max_source_tokens(self) -> int:
        """The most tokens of one source sequence, the end token not counted."""
        return self._card.max_source_tokens

    def tokenize(self, text: str) -> list[str]:
        """The source tokens of ``text``, without the end token."""
        return self._pieces.tokenize(text)

    def detokenize(self, tokens: Sequence[str]) -> str:
        """The text of target ``tokens``."""
        return self._pieces.detokenize(tokens)

    def is_unknown(self, token: str) -> bool:
        """Whether the model has no entry for the source ``token``."""
        return token not in self._known

    def decode(
        self, batch: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        """Decode a batch of source token sequences; blocks until all are done.

        With int8 the other sequences of a batch can now and then tip the rounding, and with
        it a close choice between two hypotheses; in ``float32`` they change nothing.

        Raises:
            ValueError: a sequence is longer than :attr:`max_source_tokens`.
        """
        if any(len(tokens) > self.max_source_tokens for tokens in batch):
            raise ValueError(f"the model takes at most {self.max_source_tokens} source tokens")
        limit = min(options.max_output_tokens, self._card.max_positions - 1)
        results = self._model.translate_batch(
            # Models converted from transformers' form do not add the end token themselves.
            [[*tokens, self._end_token] for tokens in batch],
            beam_size=options.beam_size,
            num_hypotheses=options.num_hypotheses,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            max_input_length=0,  # refused above, not cut
            max_decoding_length=limit + 1,  # room for the end token
            length_penalty=1,
            disable_unk=True,
            return_scores=True,
            return_end_token=True,
        )
        return [
            [
                self._hypothesis(tokens, score, limit)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def close(self) -> None:
        """Release the model."""
        self._model.unload_model()

    def _hypothesis(self, tokens: list[str], score: float, limit: int) -> Hypothesis:
        finished = tokens[-1:] == [self._end_token]
        return Hypothesis(tuple(tokens[:-1] if finished else tokens[:limit]), score, finished)


def _no_model(directory: Path) -> ModelNotFoundError | ModelFormatError:
    """Why ``directory`` cannot be loaded, as helpfully as can be."""
    if not directory.is_dir():
        return ModelNotFoundError(f"there is no model directory {directory}")
    if any(directory.glob("*.safetensors")) or (directory / "pytorch_model.bin").is_file():
        return ModelFormatError(
            f"{directory} is a checkpoint of transformers: convert it with "
            "`zubda models pull`, or use the transformers engine"
        )
    return ModelNotFoundError(f"{directory} holds no CTranslate2 model (model.bin)")
