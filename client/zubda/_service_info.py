"""What a server tells about itself, as plain Python objects."""

from dataclasses import dataclass
from enum import StrEnum


class ModelTask(StrEnum):
    """What a model is used for."""

    UNSPECIFIED = "unspecified"
    TRANSLATION = "translation"
    SENTENCE_EMBEDDING = "sentence_embedding"
    SUMMARIZATION = "summarization"


class SummaryMethod(StrEnum):
    """How a summary is made."""

    UNSPECIFIED = "unspecified"
    EXTRACTIVE = "extractive"
    """By choosing sentences of the documents, verbatim."""
    ABSTRACTIVE = "abstractive"
    """By a model that writes sentences of its own."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that the server has loaded."""

    name: str
    task: ModelTask
    license: str
    """An SPDX expression."""
    description: str
    """Where it comes from, in one sentence."""
    engine: str
    """``ctranslate2`` or ``transformers``."""
    compute_type: str
    """The number format of its matrix products, such as ``int8_float32``."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """A pair of languages that the server translates."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit that the server enforces, and the defaults of a request.

    Named and explained as in the contract, ``proto/zubda/v1/zubda.proto``.
    """

    max_texts: int
    max_documents: int
    max_request_code_points: int
    max_message_bytes: int
    max_segment_tokens: int
    max_beam_size: int
    max_alternatives: int
    max_output_tokens: int
    max_summary_sentences: int
    max_summary_words: int
    default_beam_size: int
    default_summary_sentences: int
    max_queue_tokens: int
    max_concurrent_calls: int
    max_call_duration: float
    """In seconds."""


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """What a server runs."""

    version: str
    models: tuple[Model, ...]
    translation_pairs: tuple[LanguagePair, ...]
    summary_languages: tuple[str, ...]
    summary_methods: tuple[SummaryMethod, ...]
    limits: Limits
