"""Loads what the server runs: the models, and what works on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from zubda_models.bundle import ModelCard, ModelTask, find_model, read_card
from zubda_models.engines.errors import EngineError
from zubda_models.engines.load import load_engine, load_generator
from zubda_models.engines.protocol import DecodingOptions, TranslationEngine
from zubda_models.engines.seq2seq import TextGenerator
from zubda_models.summarization.abstractive import AbstractiveSummarizer
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.length import SentenceCount
from zubda_models.summarization.summarizer import Summarizer
from zubda_models.translation.translator import Translator
from zubda_server.settings import Settings, SettingsError

_WARM_UP_TEXT = "أعلنت الوزارة اليوم عن خطة جديدة لتطوير المدارس في المدن والقرى. "
_WARM_UP_OUTPUT = 32  # tokens; memory is taken by the first step, more would only take time


@dataclass(frozen=True)
class LoadedModel:
    """A model in use; the fields mean what those of the contract's ``Model`` mean."""

    name: str
    task: ModelTask
    engine: str
    compute_type: str
    license: str = "unknown"
    description: str = "A checkpoint without a model card."
    size_bytes: int = 0

    @classmethod
    def of(cls, card: ModelCard, engine: str, compute_type: str) -> Self:
        """The model that ``card`` describes."""
        return cls(
            card.name,
            card.task,
            engine,
            compute_type,
            card.license,
            card.description,
            card.size_bytes,
        )


@dataclass(frozen=True)
class Core:
    """The models and what works on them; free of gRPC."""

    engine: TranslationEngine
    encoder: SentenceEncoder
    translator: Translator
    summarizer: Summarizer
    models: Sequence[LoadedModel]
    generator: TextGenerator | None = None
    writer: AbstractiveSummarizer | None = None
    """What makes abstractive summaries with the generator; None where they are not offered."""

    def warm_up(self, max_batch_tokens: int) -> None:
        """Run everything once, the engine with the largest batch, so that no call pays for it."""
        sequence = self.engine.tokenize(_WARM_UP_TEXT)
        batch = [sequence] * (max_batch_tokens // (len(sequence) + 1))
        self.engine.decode(batch, DecodingOptions(max_output_tokens=_WARM_UP_OUTPUT))
        self.summarizer.summarize([_WARM_UP_TEXT * 4], SentenceCount(1))
        if self.generator is not None:
            self.generator.generate([_WARM_UP_TEXT])

    def close(self) -> None:
        """Release the models."""
        self.engine.close()
        self.encoder.close()
        if self.generator is not None:
            self.generator.close()


def load_core(settings: Settings) -> Core:
    """Load the models that ``settings`` name. Blocks for as long as it takes.

    Raises:
        EngineError: a model cannot be loaded.
        SettingsError: a limit contradicts what a model can do.
    """
    try:
        engine = load_engine(
            settings.translation_model,
            settings.engine,
            inter_threads=settings.inter_threads,
            intra_threads=settings.threads_per_batch,
            compute_type=settings.compute_type,
        )
    except ValueError as error:
        raise SettingsError(str(error)) from error
    if settings.max_batch_tokens <= engine.max_source_tokens:
        raise SettingsError(
            f"--max-batch-tokens {settings.max_batch_tokens} cannot hold one segment of "
            f"{settings.translation_model}: {engine.max_source_tokens} tokens and an end token"
        )
    directory = find_model(settings.sentence_model)
    encoder = SentenceEncoder(directory, intra_threads=settings.threads_per_batch)
    models = [
        _translation_model(settings, engine.compute_type),
        LoadedModel.of(read_card(directory), "ctranslate2", encoder.compute_type),
    ]
    generator = writer = None
    if settings.summary_model is not None:
        generator = load_generator(
            settings.summary_model,
            settings.summary_engine,
            intra_threads=settings.threads_per_batch,
        )
        writer = AbstractiveSummarizer(generator, encoder)
        card = generator.card
        models.append(LoadedModel.of(card, settings.summary_engine, generator.compute_type))
    return Core(
        engine=engine,
        encoder=encoder,
        translator=Translator(engine),
        summarizer=Summarizer(encoder),
        models=models,
        generator=generator,
        writer=writer,
    )


def _translation_model(settings: Settings, compute_type: str) -> LoadedModel:
    """What can be said of the translation model; a checkpoint of one's own may have no card."""
    model, engine = settings.translation_model, settings.engine
    try:
        return LoadedModel.of(read_card(find_model(model)), engine, compute_type)
    except EngineError:
        return LoadedModel(model, ModelTask.TRANSLATION, engine, compute_type)
