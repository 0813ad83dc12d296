"""SentencePiece text handling, which both engines share so that they see the same tokens."""

from collections.abc import Sequence
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError

SPACE_MARK = "\N{LOWER ONE EIGHTH BLOCK}"
"""How SentencePiece writes a space."""


class Pieces:
    """The SentencePiece models of a Marian model's two sides."""

    def __init__(self, directory: Path) -> None:
        """Load ``source.spm`` and ``target.spm`` of ``directory``.

        A directory without ``target.spm`` has one model for both sides.

        Raises:
            ModelNotFoundError: there is no ``source.spm``.
            ModelFormatError: a file is damaged.
        """
        source, target = directory / "source.spm", directory / "target.spm"
        self._source = load_pieces(source)
        self._target = load_pieces(target) if target.is_file() else self._source

    def tokenize(self, text: str) -> list[str]:
        """The pieces of ``text``; control symbols spelled out in it are plain text."""
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def detokenize(self, tokens: Sequence[str]) -> str:
        """The text of target pieces."""
        text: str = self._target.decode_pieces(list(tokens))
        # A piece of the shared vocabulary that only the source model has is left as it is.
        return text.replace(SPACE_MARK, " ").strip()


def load_pieces(path: Path) -> SentencePieceProcessor:
    """Load one SentencePiece model.

    Raises:
        ModelNotFoundError: there is no such file.
        ModelFormatError: it is no SentencePiece model.
    """
    if not path.is_file():
        raise ModelNotFoundError(f"{path.parent} holds no {path.name}")
    try:
        return SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError) as error:
        raise ModelFormatError(f"{path} is no SentencePiece model: {error}") from error
