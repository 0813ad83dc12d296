"""Sentences as vectors: the multilingual-e5 encoder, run by CTranslate2."""

from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import numpy as np
from numpy.typing import NDArray

from zubda_models.bundle import read_card
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.engines.vocabulary import load_pieces

_PREFIX = "passage: "
_BATCH_TOKENS = 4096


class SentenceEncoder:
    """Maps sentences to unit vectors whose dot product measures likeness of meaning.

    The recipe is the one that the model was trained with: "passage: " before the
    sentence, the mean of all token vectors, divided by its length (Wang et al., 2024,
    "Multilingual E5 Text Embeddings").
    """

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
            directory: an encoder that :mod:`zubda_models.engines.convert` has written.
            inter_threads: calls of :meth:`encode` that run at once.
            intra_threads: threads for each of them.
            compute_type: as CTranslate2 names it; ``default`` is that of the stored weights.

        Raises:
            ModelNotFoundError: there is no model in ``directory``.
            ModelFormatError: it is of another form, or damaged.
        """
        if not (directory / "model.bin").is_file():
            raise ModelNotFoundError(f"{directory} holds no CTranslate2 model (model.bin)")
        self._max_tokens = read_card(directory).max_source_tokens
        self._pieces = load_pieces(directory / "sentencepiece.model")
        try:
            self._model = ctranslate2.Encoder(
                str(directory),
                device="cpu",
                inter_threads=inter_threads,
                intra_threads=intra_threads,
                compute_type=compute_type,
            )
        except (ValueError, RuntimeError) as error:
            raise ModelFormatError(f"the model in {directory} cannot be loaded: {error}") from error

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``int8_float32``."""
        return str(self._model.compute_type)

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``sentences``, one row each, of length 1.

        A sentence of more than 510 tokens is represented by its first 510. Sentences
        of like length are run together; what else is in its batch changes a
        vector by no more than the rounding of int8 does (cosine above 0.99).

        Raises:
            ValueError: there are no sentences.
        """
        if not sentences:
            raise ValueError("there are no sentences to encode")
        rows = [self._ids(sentence) for sentence in sentences]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        vectors: dict[int, NDArray[np.float32]] = {}
        batch: list[int] = []
        for row in order:
            if batch and (len(batch) + 1) * len(rows[row]) > _BATCH_TOKENS:
                vectors.update(zip(batch, self._pooled([rows[i] for i in batch]), strict=True))
                batch = []
            batch.append(row)
        vectors.update(zip(batch, self._pooled([rows[i] for i in batch]), strict=True))
        return np.stack([vectors[row] for row in range(len(rows))])

    def close(self) -> None:
        """Release the model."""
        self._model.unload_model()

    def _ids(self, sentence: str) -> list[int]:
        pieces = self._pieces
        ids: list[int] = pieces.encode(_PREFIX + sentence)
        return [pieces.bos_id(), *ids[: self._max_tokens], pieces.eos_id()]

    def _pooled(self, rows: Sequence[list[int]]) -> NDArray[np.float32]:
        hidden = np.asarray(self._model.forward_batch(list(rows)).last_hidden_state)
        lengths = np.array([len(row) for row in rows])
        real = np.arange(hidden.shape[1]) < lengths[:, None]
        mean = (hidden * real[:, :, None]).sum(axis=1) / lengths[:, None]
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit.astype(np.float32)
