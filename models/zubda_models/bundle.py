"""The models that come with Zubda, and the cards that describe any model.

A model is a directory. Its card, ``model.json``, is written by
:mod:`zubda_models.engines.convert` and read here; ``README.md`` beside it, if there
is one, tells people more.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError

CARD_FILE = "model.json"
DEFAULT_TRANSLATION_MODEL = "ar-en-mini"
DEFAULT_SENTENCE_ENCODER = "e5-small-ar-en"


class ModelTask(StrEnum):
    """What a model is used for."""

    TRANSLATION = "translation"
    SENTENCE_EMBEDDING = "sentence-embedding"
    SUMMARIZATION = "summarization"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model is, where it comes from and what it may be used for."""

    name: str
    """Its name, such as ``ar-en-mini`` or ``Helsinki-NLP/opus-mt-ar-en``."""

    task: ModelTask
    """What it is used for."""

    license: str
    """The licence of its weights as an SPDX expression, or ``unknown``."""

    description: str
    """What it is and where it comes from, in one sentence."""

    source_language: str | None
    """The language translated from (BCP 47); None where the task has none or it is not known."""

    target_language: str | None
    """The language translated into, likewise."""

    revision: str
    """The exact weights it was made from: a commit of the hub, or ``sha256:…`` of the file."""

    max_positions: int
    """The longest sequence in tokens, special tokens included, that it can hold."""

    max_source_tokens: int
    """The longest input in tokens, special tokens not counted, on which it is good: at most
    what :attr:`max_positions` leaves, less where it was trained on shorter ones."""

    directory: Path
    """Where its files are."""

    @property
    def size_bytes(self) -> int:
        """The size of the files in its directory; of subdirectories none."""
        return sum(file.stat().st_size for file in self.directory.iterdir() if file.is_file())


def bundled_models() -> list[ModelCard]:
    """The cards of the models that come with this installation, by name.

    Raises:
        ModelNotFoundError: the installation holds no weights.
    """
    return [read_card(path.parent) for path in sorted(_weights().glob(f"*/{CARD_FILE}"))]


def find_model(model: str | Path) -> Path:
    """The directory of ``model``, itself a directory or the name of a bundled model.

    Raises:
        ModelNotFoundError: it is neither.
    """
    if Path(model).is_dir():
        return Path(model)
    names = {card.name: card.directory for card in bundled_models()}
    if str(model) not in names:
        raise ModelNotFoundError(
            f"{str(model)!r} is neither a directory nor a bundled model ({', '.join(names)})"
        )
    return names[str(model)]


def read_card(directory: Path) -> ModelCard:
    """The card of the model in ``directory``.

    Raises:
        ModelNotFoundError: there is no such directory, or it has no card.
        ModelFormatError: the card cannot be read.
    """
    path = directory / CARD_FILE
    try:
        fields = json.loads(path.read_text("utf-8"))
        return ModelCard(**{**fields, "task": ModelTask(fields["task"])}, directory=directory)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelNotFoundError(f"{directory} holds no {CARD_FILE}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ModelFormatError(f"{path} is not a model card: {error}") from error


def write_card(card: ModelCard) -> None:
    """Write ``card`` into its directory."""
    fields = {
        "name": card.name,
        "task": card.task,
        "license": card.license,
        "description": card.description,
        "source_language": card.source_language,
        "target_language": card.target_language,
        "revision": card.revision,
        "max_positions": card.max_positions,
        "max_source_tokens": card.max_source_tokens,
    }
    text = json.dumps(fields, ensure_ascii=False, indent=2)
    (card.directory / CARD_FILE).write_text(text + "\n", "utf-8")


def _weights() -> Path:
    """Where the bundled models are: inside the package (wheel) or beside it (checkout)."""
    package = Path(__file__).parent
    for weights in (package / "weights", package.parent / "weights"):
        if weights.is_dir():
            return weights
    raise ModelNotFoundError("this installation of zubda holds no bundled models")
