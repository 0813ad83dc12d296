"""Reads the messages of the contract into the objects that the client returns."""

from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from google.protobuf.duration_pb2 import Duration

from zubda import _results as results
from zubda import _service_info as service
from zubda.v1 import zubda_pb2 as pb

_Enum = TypeVar("_Enum", bound=StrEnum)


class _EnumDescriptor(Protocol):
    def Name(self, number: Any) -> str: ...  # noqa: N802 - the name that protobuf gives it


def read_translations(response: pb.TranslateResponse) -> list[results.Translation]:
    """The translations of a response, in the order of its texts."""
    timings = _timings(response.timings)
    return [
        results.Translation(t.text, tuple(map(_segment, t.segments)), timings)
        for t in response.translations
    ]


def read_piece(response: pb.StreamTranslateResponse) -> results.Piece:
    """One message of a stream."""
    return results.Piece(
        text_index=response.text_index,
        text=response.text,
        segment=_segment(response.segment) if response.HasField("segment") else None,
        last=response.last,
        timings=_timings(response.timings) if response.HasField("timings") else None,
    )


def read_summary(response: pb.SummarizeResponse) -> results.Summary:
    """A summary."""
    return results.Summary(
        text=response.text,
        sentences=tuple(
            results.SummarySentence(
                text=sentence.text,
                document_index=sentence.document_index,
                span=_span(sentence.source_span),
                source=sentence.source_text,
                score=sentence.rank_score,
                warnings=_warnings(sentence.warnings),
                citations=tuple(map(_citation, sentence.citations)),
            )
            for sentence in response.sentences
        ),
        removed=tuple(
            results.RemovedText(
                document_index=removed.document_index,
                span=_span(removed.source_span),
                text=removed.text,
                reason=_member(results.RemovalReason, pb.RemovalReason, removed.reason),
            )
            for removed in response.removed
        ),
        warnings=_warnings(response.warnings),
        contradictions=tuple(map(_contradiction, response.contradictions)),
        extracts=tuple(
            results.Extract(extract.document_index, extract.text) for extract in response.extracts
        ),
        timings=_timings(response.timings),
    )


def read_info(response: pb.GetServiceInfoResponse) -> service.ServiceInfo:
    """What a server runs."""
    limits = {field.name: getattr(response.limits, field.name) for field in fields(service.Limits)}
    limits["max_call_duration"] = _seconds(response.limits.max_call_duration)
    return service.ServiceInfo(
        version=response.version,
        models=tuple(
            service.Model(
                name=model.name,
                task=_member(service.ModelTask, pb.ModelTask, model.task),
                license=model.license,
                description=model.description,
                engine=model.engine,
                compute_type=model.compute_type,
                size_bytes=model.size_bytes,
            )
            for model in response.models
        ),
        translation_pairs=tuple(
            service.LanguagePair(pair.source_language_code, pair.target_language_code)
            for pair in response.translation_pairs
        ),
        summary_languages=tuple(response.summary_language_codes),
        summary_methods=tuple(
            _member(service.SummaryMethod, pb.SummaryMethod, method)
            for method in response.summary_methods
        ),
        limits=service.Limits(**limits),
    )


def _segment(message: pb.TranslatedSegment) -> results.Segment:
    return results.Segment(
        span=_span(message.source_span),
        source=message.source_text,
        target=message.target_text,
        language=message.source_language_code,
        score=message.score if message.HasField("score") else None,
        finish_reason=_member(results.FinishReason, pb.FinishReason, message.finish_reason),
        warnings=_warnings(message.warnings),
        alternatives=tuple(
            results.Alternative(other.text, other.score) for other in message.alternatives
        ),
    )


def _contradiction(message: pb.Contradiction) -> results.Contradiction:
    return results.Contradiction(
        kind=_member(results.FactKind, pb.FactKind, message.kind),
        claims=tuple(
            results.Claim(_citation(claim.citation), claim.value, _span(claim.value_span))
            for claim in message.claims
        ),
    )


def _citation(message: pb.Citation) -> results.Citation:
    return results.Citation(
        document_index=message.document_index,
        span=_span(message.source_span),
        source=message.source_text,
        similarity=message.similarity,
    )


# Any: the generated stubs take a Warning in another message for Python's own.
def _warnings(messages: Iterable[Any]) -> tuple[results.Warning, ...]:
    return tuple(
        results.Warning(
            code=_member(results.WarningCode, pb.WarningCode, message.code),
            message=message.message,
            tokens=tuple(message.tokens),
        )
        for message in messages
    )


def _member(enum: type[_Enum], descriptor: _EnumDescriptor, number: int) -> _Enum:
    """The member for a number of the wire; UNSPECIFIED for those of a newer contract."""
    prefix = descriptor.Name(0).removesuffix("UNSPECIFIED")
    try:
        return enum(descriptor.Name(number).removeprefix(prefix).lower())
    except ValueError:
        return enum("unspecified")


def _span(message: pb.TextSpan) -> results.Span:
    return results.Span(message.start, message.end)


def _timings(message: pb.Timings) -> results.Timings:
    return results.Timings(
        queue=_seconds(message.queue),
        tokenize=_seconds(message.tokenize),
        infer=_seconds(message.infer),
        total=_seconds(message.total),
    )


def _seconds(duration: Duration) -> float:
    return duration.ToTimedelta().total_seconds()
