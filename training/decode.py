"""Conversion of a model to CTranslate2, and translation of a list of lines with it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.data import LENGTHS
from training.text import source_text
from zubda_models.engines.convert import convert
from zubda_models.engines.load import load_engine
from zubda_models.engines.protocol import DecodingOptions

BATCH = 32
"""Lines decoded at a time."""


def to_int8(model: Path, output: Path, name: str = "ar-en-mini") -> int:
    """Convert a transformers folder to a CTranslate2 folder in int8.

    Returns:
        The size of the converted folder in bytes.
    """
    card = convert(
        str(model),
        output,
        quantization="int8",
        name=name,
        license="CC-BY-SA-4.0",
        description="Compact Marian Arabic-to-English model, made by training/ of Zubda.",
        max_source_tokens=LENGTHS[-1],
    )
    return card.size_bytes


@dataclass(frozen=True)
class Translation:
    """Translated lines in the order asked for, the seconds it took, and the tokens produced."""

    texts: list[str]
    seconds: float
    tokens: int


def translate(
    model: Path,
    texts: Sequence[str],
    *,
    engine: str = "ctranslate2",
    compute_type: str = "default",
    beam: int = 4,
    threads: int = 2,
) -> Translation:
    """Translate Arabic lines with one of the server's engines.

    Args:
        model: a CTranslate2 folder, or a transformers folder for the ``transformers`` engine.
        texts: Arabic lines, normalised here as in training.
        engine: ``ctranslate2`` or ``transformers``.
        compute_type: arithmetic as the engine names it, such as ``int8`` or ``float32``.
        beam: hypotheses kept at each step.
        threads: CPU threads.

    """
    loaded = load_engine(model, engine, intra_threads=threads, compute_type=compute_type)
    options = DecodingOptions(beam_size=beam)
    started = time.monotonic()
    sources = [loaded.tokenize(source_text(text))[: loaded.max_source_tokens] for text in texts]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    outputs = [""] * len(sources)
    tokens = 0
    for at in range(0, len(order), BATCH):
        some = order[at : at + BATCH]
        decoded = loaded.decode([sources[i] for i in some], options)
        for i, hypotheses in zip(some, decoded, strict=True):
            outputs[i] = loaded.detokenize(hypotheses[0].tokens)
            tokens += len(hypotheses[0].tokens)
    seconds = time.monotonic() - started
    loaded.close()
    return Translation(outputs, seconds, tokens)
