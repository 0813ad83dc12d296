"""Text-to-text models on CTranslate2."""

import json
from collections.abc import Sequence
from pathlib import Path

import ctranslate2

from zubda_models.bundle import ModelCard, read_card
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.engines.seq2seq import Output, read_recipe
from zubda_models.engines.seq2seq_tokens import load_tokens


class CTranslate2Generator:
    """Runs a text-to-text model that :mod:`zubda_models.engines.convert` has written."""

    def __init__(
        self, directory: Path, *, intra_threads: int = 1, compute_type: str = "default"
    ) -> None:
        """Load the model.

        Args:
            directory: the converted model.
            intra_threads: threads of one batch.
            compute_type: as CTranslate2 names it; ``default`` is that of the stored weights.

        Raises:
            ModelNotFoundError: there is no model in ``directory``.
            ModelFormatError: it is of another form, or damaged.
            MissingDependencyError: its tokenizer needs a library that is not installed.
        """
        if not (directory / "model.bin").is_file():
            raise ModelNotFoundError(
                f"{directory} holds no CTranslate2 model (model.bin): convert the checkpoint "
                "with `zubda models pull`, or use the transformers engine"
            )
        self._card = read_card(directory)
        self._recipe = read_recipe(directory)
        self._tokens = load_tokens(directory)
        try:
            vocabulary = directory / "shared_vocabulary.json"
            self._known = frozenset[str](json.loads(vocabulary.read_text("utf-8")))
            self._model = ctranslate2.Translator(
                str(directory), device="cpu", intra_threads=intra_threads, compute_type=compute_type
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelFormatError(f"the model in {directory} cannot be loaded: {error}") from error

    @property
    def card(self) -> ModelCard:
        """What the model is, and what it may be used for."""
        return self._card

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``int8_float32``."""
        return str(self._model.compute_type)

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
        recipe = self._recipe
        results = self._model.translate_batch(
            [self._source(text) for text in texts],
            target_prefix=[list(recipe.prompt) for _ in texts],
            beam_size=recipe.beam_size,
            no_repeat_ngram_size=recipe.no_repeat_ngram_size,
            length_penalty=recipe.length_penalty,
            max_input_length=0,  # refused, not cut
            # The prompt counts, but for its start token.
            max_decoding_length=recipe.max_output_tokens + len(recipe.prompt) - 1,
            min_decoding_length=len(recipe.prompt),
            disable_unk=True,
            suppress_sequences=[[recipe.padding_token]],
            return_end_token=True,
        )
        return [self._output(result.hypotheses[0]) for result in results]

    def close(self) -> None:
        """Release the model."""
        self._model.unload_model()

    def _pieces(self, text: str) -> list[str]:
        return self._tokens.tokenize(self._recipe.text_prefix + text)

    def _source(self, text: str) -> list[str]:
        recipe = self._recipe
        pieces = self._pieces(text)
        if len(pieces) > recipe.max_source_tokens:
            raise ValueError(f"the model takes at most {recipe.max_source_tokens} source tokens")
        known = [piece if piece in self._known else recipe.unknown_token for piece in pieces]
        return [*recipe.source_prefix, *known, *recipe.source_suffix]

    def _output(self, hypothesis: list[str]) -> Output:
        finished = hypothesis[-1:] == [self._recipe.end_token]
        # The start token is not given back, what follows it in the prompt is.
        begin = len(self._recipe.prompt) - 1
        written = tuple(hypothesis[begin : -1 if finished else None])
        return Output(self._tokens.detokenize(written), written, finished)
