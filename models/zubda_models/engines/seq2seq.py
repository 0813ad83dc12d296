"""Models that write a text from a text: how each is used, and what runs it.

A translation engine is told by its caller how to search; here the checkpoint says it, in
a :class:`Recipe`, because a summarizer is only as good as the settings it was tuned with.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from zubda_models.bundle import ModelCard
from zubda_models.engines.errors import ModelFormatError

FAMILIES = ("t5", "mt5", "bart", "mbart")
"""The values of ``model_type`` in a checkpoint's configuration that can be run; AraT5 says
that it is a T5, and AraBART an mBART."""

RECIPE_FILE = "recipe.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a checkpoint wants its input, and how it is decoded."""

    text_prefix: str
    """What comes before every text, such as ``summarize: ``; mostly nothing."""

    source_prefix: tuple[str, ...]
    """The special tokens before those of the text."""

    source_suffix: tuple[str, ...]
    """The special tokens after them, such as ``</s>`` and a language code."""

    prompt: tuple[str, ...]
    """What the decoder starts from: a start token, and maybe one that is to follow it, such
    as a language code."""

    end_token: str
    unknown_token: str
    padding_token: str

    max_source_tokens: int
    """The most tokens of a text with its prefix, the special tokens not counted."""

    max_output_tokens: int
    """The longest output, the end token included."""

    beam_size: int
    no_repeat_ngram_size: int
    length_penalty: float
    """The power of its length by which the score of a hypothesis is divided."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a model wrote."""

    text: str
    tokens: tuple[str, ...]
    """Its tokens, without those of the prompt and the end token."""

    finished: bool
    """Whether the model ended the text itself (false: the limit cut it)."""


class TextGenerator(Protocol):
    """Runs one text-to-text model. Methods may be called from several threads at once."""

    @property
    def card(self) -> ModelCard:
        """What the model is, and what it may be used for."""

    @property
    def compute_type(self) -> str:
        """The number format of the matrix products, such as ``int8_float32``."""

    @property
    def max_source_tokens(self) -> int:
        """The most tokens of one text, as :meth:`count_tokens` counts them."""

    def count_tokens(self, text: str) -> int:
        """The tokens of ``text`` with the recipe's prefix; special tokens are not counted."""

    def generate(self, texts: Sequence[str]) -> list[Output]:
        """What the model writes for each of ``texts``; blocks until all are done.

        Raises:
            ValueError: a text is longer than :attr:`max_source_tokens`.
        """

    def close(self) -> None:
        """Release the model."""


def write_recipe(recipe: Recipe, directory: Path) -> None:
    """Write ``recipe`` beside a converted model."""
    text = json.dumps(asdict(recipe), ensure_ascii=False, indent=2)
    (directory / RECIPE_FILE).write_text(text + "\n", "utf-8")


def read_recipe(directory: Path) -> Recipe:
    """The recipe of the converted model in ``directory``.

    Raises:
        ModelFormatError: there is none, or it cannot be read.
    """
    path = directory / RECIPE_FILE
    try:
        fields = json.loads(path.read_text("utf-8"))
        listed = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        return Recipe(**{**fields, **listed})
    except FileNotFoundError as error:
        raise ModelFormatError(
            f"the model in {directory} does not write summaries: it has no {RECIPE_FILE}"
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelFormatError(f"{path} is no recipe of a text-to-text model: {error}") from error
