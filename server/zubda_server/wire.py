"""Results of the models core as messages of the contract."""

import time
from collections.abc import Sequence

from google.protobuf import duration_pb2

import zubda
from zubda.v1 import zubda_pb2
from zubda_models.bundle import ModelTask
from zubda_models.summarization.result import (
    Citation,
    Contradiction,
    Extract,
    RankedSentence,
    RemovedText,
)
from zubda_models.text.span import Span
from zubda_models.translation.result import SegmentTranslation
from zubda_models.warnings import Warning as CoreWarning
from zubda_server.core import LoadedModel
from zubda_server.pipeline import CallTimes
from zubda_server.settings import Settings
from zubda_server.validation import (
    SOURCE_LANGUAGE,
    SUMMARY_LANGUAGES,
    TARGET_LANGUAGE,
    summary_methods,
)


def segment(result: SegmentTranslation) -> zubda_pb2.TranslatedSegment:
    """A translated segment."""
    return zubda_pb2.TranslatedSegment(
        source_span=span(result.span),
        source_text=result.source,
        target_text=result.target,
        source_language_code=result.language,
        score=result.score,
        finish_reason=f"FINISH_REASON_{result.finish_reason.name}",
        warnings=map(warning, result.warnings),
        alternatives=[
            zubda_pb2.Alternative(text=other.text, score=other.score)
            for other in result.alternatives
        ],
    )


def warning(result: CoreWarning) -> zubda_pb2.Warning:
    """A warning."""
    return zubda_pb2.Warning(
        code=f"WARNING_CODE_{result.code.name}",
        message=result.message,
        tokens=result.tokens,
    )


def span(result: Span) -> zubda_pb2.TextSpan:
    """A stretch of a text."""
    return zubda_pb2.TextSpan(start=result.start, end=result.end)


def removed_text(result: RemovedText, documents: Sequence[str]) -> zubda_pb2.RemovedText:
    """What was taken out of one of ``documents``."""
    return zubda_pb2.RemovedText(
        document_index=result.document_index,
        source_span=span(result.span),
        text=result.span.of(documents[result.document_index]),
        reason=f"REMOVAL_REASON_{result.reason.name}",
    )


def summary_sentence(
    result: RankedSentence, translation: SegmentTranslation | None
) -> zubda_pb2.SummarySentence:
    """A sentence of a summary, in the source language or as ``translation`` has it."""
    source = result.citations[0] if result.citations else None
    return zubda_pb2.SummarySentence(
        text=translation.target if translation else result.text,
        document_index=result.document_index,
        source_span=span(source.span) if source else None,
        source_text=source.text if source else "",
        rank_score=result.score,
        warnings=[
            *map(warning, result.warnings),
            *map(warning, translation.warnings if translation else ()),
        ],
        citations=map(citation, result.citations),
    )


def citation(result: Citation) -> zubda_pb2.Citation:
    """A sentence that carries a statement."""
    return zubda_pb2.Citation(
        document_index=result.document_index,
        source_span=span(result.span),
        source_text=result.text,
        similarity=result.similarity,
    )


def contradiction(result: Contradiction) -> zubda_pb2.Contradiction:
    """Statements that differ in a fact."""
    return zubda_pb2.Contradiction(
        kind=f"FACT_KIND_{result.kind.name}",
        claims=[
            zubda_pb2.Claim(
                citation=citation(claim.citation),
                value=claim.value,
                value_span=span(claim.value_span),
            )
            for claim in result.claims
        ],
    )


def extract(result: Extract) -> zubda_pb2.Extract:
    """The article of an HTML document."""
    return zubda_pb2.Extract(document_index=result.document_index, text=result.text)


def timings(times: CallTimes) -> zubda_pb2.Timings:
    """Where the time of a call that ends now went."""
    return zubda_pb2.Timings(
        queue=duration(times.flow.queue_seconds),
        tokenize=duration(times.tokenize_seconds),
        infer=duration(times.flow.infer_seconds),
        total=duration(time.monotonic() - times.started),
    )


def service_info(
    models: Sequence[LoadedModel], max_segment_tokens: int, settings: Settings
) -> zubda_pb2.GetServiceInfoResponse:
    """What the server runs."""
    return zubda_pb2.GetServiceInfoResponse(
        version=zubda.__version__,
        models=map(_model, models),
        translation_pairs=[
            zubda_pb2.LanguagePair(
                source_language_code=SOURCE_LANGUAGE, target_language_code=TARGET_LANGUAGE
            )
        ],
        summary_language_codes=SUMMARY_LANGUAGES,
        limits=_limits(max_segment_tokens, settings),
        summary_methods=summary_methods(settings),
    )


def duration(seconds: float) -> duration_pb2.Duration:
    """A duration."""
    message = duration_pb2.Duration()
    message.FromNanoseconds(round(seconds * 1e9))
    return message


def _model(model: LoadedModel) -> zubda_pb2.Model:
    tasks = {
        ModelTask.TRANSLATION: zubda_pb2.MODEL_TASK_TRANSLATION,
        ModelTask.SENTENCE_EMBEDDING: zubda_pb2.MODEL_TASK_SENTENCE_EMBEDDING,
        ModelTask.SUMMARIZATION: zubda_pb2.MODEL_TASK_SUMMARIZATION,
    }
    return zubda_pb2.Model(
        name=model.name,
        task=tasks[model.task],
        license=model.license,
        description=model.description,
        engine=model.engine,
        compute_type=model.compute_type,
        size_bytes=model.size_bytes,
    )


def _limits(max_segment_tokens: int, settings: Settings) -> zubda_pb2.Limits:
    """Every limit; the settings have the names of the contract's fields."""
    fields = (field.name for field in zubda_pb2.Limits.DESCRIPTOR.fields)
    values = {name: getattr(settings, name) for name in fields if name != "max_segment_tokens"}
    values["max_call_duration"] = duration(settings.max_call_duration)
    return zubda_pb2.Limits(max_segment_tokens=max_segment_tokens, **values)
