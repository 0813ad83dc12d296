"""What a checkpoint of transformers says of itself: its tokens, and how it is to be used.

Nothing about special tokens is taken for granted: fine-tuned checkpoints differ in them
from the model that they came from. Needs the ``transformers`` extra.
"""

import json
import warnings
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
from transformers import AutoConfig, AutoTokenizer

from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.engines.seq2seq import FAMILIES, Recipe
from zubda_models.engines.seq2seq_tokens import LibraryTokens, TextTokens, load_tokens

ARABIC = "ar_AR"
"""The code of Arabic in mBART's vocabularies."""

_SEARCHES: dict[str, dict[str, Any]] = {
    # How each family's published summarizers are decoded, for what a checkpoint leaves open:
    # t5-base and facebook/bart-large-cnn by their own configurations, mT5 by that of XL-Sum
    # (Hasan et al., 2021), mBART as Liu et al. (2020) fine-tune it.
    "t5": {"num_beams": 4, "no_repeat_ngram_size": 3, "length_penalty": 2.0, "max_length": 200},
    "mt5": {"num_beams": 4, "no_repeat_ngram_size": 2, "length_penalty": 0.6, "max_length": 84},
    "bart": {"num_beams": 4, "no_repeat_ngram_size": 3, "length_penalty": 2.0, "max_length": 142},
    "mbart": {"num_beams": 4, "no_repeat_ngram_size": 3, "length_penalty": 1.0, "max_length": 128},
}

_RELATIVE_POSITIONS_ROOM = 512
"""T5 and mT5 have no last position, but were trained on inputs of so many tokens."""


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint's side of the work."""

    family: str
    recipe: Recipe
    vocabulary: tuple[str, ...]
    """The tokens by their ids; as many as the model has embeddings."""

    tokenizer: Any
    """The tokenizer of transformers."""

    tokens: TextTokens
    max_positions: int
    """The longest sequence, special tokens included."""


def find_checkpoint(model: str | Path) -> Path:
    """The directory of ``model``, itself one or a name of the hub in the local cache.

    Raises:
        ModelNotFoundError: it is neither.
    """
    if Path(model).is_dir():
        return Path(model)
    try:
        return Path(snapshot_download(str(model), local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelNotFoundError(
            f"{str(model)!r} is neither a directory nor in the local cache of the Hugging Face hub"
        ) from error


def read_checkpoint(directory: Path) -> Checkpoint:
    """Read what the checkpoint in ``directory`` says of itself.

    Raises:
        ModelFormatError: it is of none of the families, or damaged.
    """
    stated = _read_json(directory / "config.json")
    family = str(stated.get("model_type"))
    if family not in FAMILIES:
        raise ModelFormatError(
            f"{directory} is a model of type {family!r}; "
            f"the types that write summaries are {', '.join(FAMILIES)}"
        )
    try:
        config = AutoConfig.from_pretrained(directory, local_files_only=True)
        tokenizer: Any = _tokenizer(directory)
        recipe, vocabulary = _recipe(directory, family, stated, config, tokenizer)
    except Exception as error:  # every library has errors of its own for damaged files
        raise ModelFormatError(f"{directory} cannot be read: {error}") from error
    try:
        tokens = load_tokens(directory)
    except ModelNotFoundError:  # an older form of files, which transformers has put together
        tokens = LibraryTokens(tokenizer.backend_tokenizer)
    return Checkpoint(family, recipe, vocabulary, tokenizer, tokens, _positions(config))


def _tokenizer(directory: Path) -> Any:
    tokenizer: Any
    with warnings.catch_warnings():  # about old forms of files
        warnings.simplefilter("ignore")
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
    if hasattr(tokenizer, "src_lang") and ARABIC in tokenizer.get_vocab():
        tokenizer.src_lang = ARABIC
    return tokenizer


def _recipe(
    directory: Path, family: str, stated: dict[str, Any], config: Any, tokenizer: Any
) -> tuple[Recipe, tuple[str, ...]]:
    generation = directory / "generation_config.json"
    chosen = _read_json(generation) if generation.is_file() else {}
    task = (stated.get("task_specific_params") or {}).get("summarization") or {}
    given = {k: v for part in (stated, chosen, task) for k, v in part.items() if v is not None}
    search = {**_SEARCHES[family], **given}

    vocabulary = _vocabulary(tokenizer, config.vocab_size)
    end = config.eos_token_id
    start = given.get("decoder_start_token_id", getattr(config, "decoder_start_token_id", None))
    if start is None:
        start = config.pad_token_id if family in ("t5", "mt5") else end
    prefix, suffix = _frame(tokenizer) or ([vocabulary[config.bos_token_id]], [vocabulary[end]])
    prompt = [vocabulary[start]]
    if ARABIC in suffix:  # the first mBART starts the decoder from the language,
        prompt = [ARABIC]
    elif ARABIC in prefix:  # the second forces it as the first token
        prompt.append(ARABIC)
    elif (forced := given.get("forced_bos_token_id")) is not None:
        prompt.append(vocabulary[forced])

    positions = _positions(config)
    room = given.get("max_new_tokens") or search["max_length"] - len(prompt)
    recipe = Recipe(
        text_prefix=search.get("prefix") or "",
        source_prefix=tuple(prefix),
        source_suffix=tuple(suffix),
        prompt=tuple(prompt),
        end_token=vocabulary[end],
        unknown_token=tokenizer.unk_token,
        padding_token=vocabulary[config.pad_token_id],
        max_source_tokens=positions - len(prefix) - len(suffix),
        max_output_tokens=min(room, positions - len(prompt)),
        beam_size=search["num_beams"],
        no_repeat_ngram_size=search["no_repeat_ngram_size"],
        length_penalty=float(search["length_penalty"]),
    )
    return recipe, vocabulary


def _vocabulary(tokenizer: Any, size: int) -> tuple[str, ...]:
    """Every id's token; rows that the model has beyond its tokenizer get names of their own."""
    names = {number: token for token, number in tokenizer.get_vocab().items()}
    return tuple(names.get(number, f"<unused_{number}>") for number in range(size))


def _frame(tokenizer: Any) -> tuple[list[str], list[str]] | None:
    """The special tokens that the checkpoint's tokenizer puts before and after a text.

    None where it puts none: transformers 5 leaves them out when it makes AraBART's
    tokenizer from a SentencePiece model.
    """
    special = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}
    ids = tokenizer("خبر").input_ids
    before = list(takewhile(special.__contains__, ids))
    after = list(takewhile(special.__contains__, reversed(ids)))[::-1]
    if not after:
        return None
    return tokenizer.convert_ids_to_tokens(before), tokenizer.convert_ids_to_tokens(after)


def _positions(config: Any) -> int:
    for name in ("max_position_embeddings", "n_positions"):
        if getattr(config, name, None):
            return int(getattr(config, name))
    return _RELATIVE_POSITIONS_ROOM


def _read_json(path: Path) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFormatError(f"{path} cannot be read: {error}") from error
    return fields
