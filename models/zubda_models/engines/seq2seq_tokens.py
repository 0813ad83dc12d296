"""The tokens of text-to-text models, by SentencePiece where the checkpoint brings its model.

SentencePiece is what T5, mT5, AraT5, mBART and AraBART were trained with. Others (BART's
byte-level pairs) bring a ``tokenizer.json``, which the tokenizers library reads.
"""

# ruff: noqa: PLC0415 - the tokenizers library is needed by few models

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sentencepiece import SentencePieceProcessor

from zubda_models.engines.errors import (
    MissingDependencyError,
    ModelFormatError,
    ModelNotFoundError,
)
from zubda_models.engines.vocabulary import SPACE_MARK, load_pieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SENTENCEPIECE_FILES = ("spiece.model", "sentencepiece.bpe.model")
TOKENIZER_FILE = "tokenizer.json"

_SENTINEL = re.compile(rf"{SPACE_MARK}?<extra_id_\d+>")


class TextTokens(Protocol):
    """Cuts text into tokens and joins them again; special tokens are the caller's matter."""

    def tokenize(self, text: str) -> list[str]:
        """The tokens of ``text``; special tokens spelled out in it are plain text."""

    def detokenize(self, tokens: Sequence[str]) -> str:
        """The text of ``tokens``; special ones say nothing."""


class SentencePieceTokens:
    """Tokens by a SentencePiece model."""

    def __init__(self, pieces: SentencePieceProcessor) -> None:
        self._pieces = pieces

    def tokenize(self, text: str) -> list[str]:
        """As :meth:`TextTokens.tokenize`."""
        tokens: list[str] = self._pieces.encode(text, out_type=str)
        return tokens

    def detokenize(self, tokens: Sequence[str]) -> str:
        """As :meth:`TextTokens.detokenize`."""
        text: str = self._pieces.decode_pieces([token for token in tokens if self._speaks(token)])
        return text.strip()

    def _speaks(self, token: str) -> bool:
        number = self._pieces.piece_to_id(token)
        silent = self._pieces.is_unknown(number) or self._pieces.is_control(number)
        return not silent and not _SENTINEL.fullmatch(token)


class LibraryTokens:
    """Tokens by the tokenizers library."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True  # as plain text, that is

    def tokenize(self, text: str) -> list[str]:
        """As :meth:`TextTokens.tokenize`."""
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens

    def detokenize(self, tokens: Sequence[str]) -> str:
        """As :meth:`TextTokens.detokenize`."""
        numbers = map(self._tokenizer.token_to_id, tokens)
        known = [number for number in numbers if number is not None]
        text: str = self._tokenizer.decode(known, skip_special_tokens=True)
        return text.strip()


def load_tokens(directory: Path) -> TextTokens:
    """The tokens of the model in ``directory``.

    Raises:
        ModelNotFoundError: it has neither a SentencePiece model nor a ``tokenizer.json``.
        ModelFormatError: what it has is damaged.
        MissingDependencyError: it needs the tokenizers library, which is not installed.
    """
    for name in SENTENCEPIECE_FILES:
        if (directory / name).is_file():
            return SentencePieceTokens(load_pieces(directory / name))
    path = directory / TOKENIZER_FILE
    if not path.is_file():
        files = ", ".join((*SENTENCEPIECE_FILES, TOKENIZER_FILE))
        raise ModelNotFoundError(f"{directory} holds no tokenizer: none of {files}")
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingDependencyError(
            f"{path} can only be read by the tokenizers library: pip install tokenizers"
        ) from error
    try:
        return LibraryTokens(Tokenizer.from_file(str(path)))
    except Exception as error:  # the library raises nothing more particular
        raise ModelFormatError(f"{path} is no tokenizer: {error}") from error
