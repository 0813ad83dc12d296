"""Builds the messages of the contract from plain arguments.

The server validates requests. What is refused here is only what protobuf cannot
carry, or would carry as something else: lone surrogates, numbers beyond 32 bits, and
0 where the contract means "not given".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zubda._errors import FieldViolation, InvalidArgumentError
from zubda._service_info import SummaryMethod
from zubda.v1 import zubda_pb2 as pb

_INT32_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Document:
    """One source of a summary, where it is not plain text."""

    text: str
    mime_type: str
    """Its media type: ``text/html``, or ``text/plain`` as for a ``str``."""


Documents: TypeAlias = str | Document | Sequence[str | Document]
"""What can be summarized: one document or several; a ``str`` is plain text."""


def translate_request(
    texts: Sequence[str],
    *,
    to: str,
    source: str | None,
    beam_size: int | None,
    alternatives: int | None,
    max_output_tokens: int | None,
) -> pb.TranslateRequest:
    """The request of Translate."""
    return pb.TranslateRequest(
        texts=_texts(texts, "texts[{}]"),
        source_language_code=_text(source or "", "source_language_code"),
        target_language_code=_text(to, "target_language_code"),
        decoding=_decoding(beam_size, alternatives, max_output_tokens),
    )


def stream_request(request: pb.TranslateRequest) -> pb.StreamTranslateRequest:
    """The request of StreamTranslate that asks for what ``request`` asks for."""
    return pb.StreamTranslateRequest(
        texts=request.texts,
        source_language_code=request.source_language_code,
        target_language_code=request.target_language_code,
        decoding=request.decoding if request.HasField("decoding") else None,
    )


def summarize_request(
    documents: Documents,
    *,
    to: str,
    sentences: int | None,
    words: int | None,
    ratio: float | None,
    method: str | None,
    beam_size: int | None,
    max_output_tokens: int | None,
) -> pb.SummarizeRequest:
    """The request of Summarize."""
    if sum(length is not None for length in (sentences, words, ratio)) > 1:
        raise _invalid("length", "give one of sentences, words and ratio", "INVALID_ARGUMENT")
    given = [documents] if isinstance(documents, (str, Document)) else documents
    return pb.SummarizeRequest(
        documents=[_document(item, f"documents[{i}]") for i, item in enumerate(given)],
        target_language_code=_text(to, "target_language_code"),
        sentence_count=_number(sentences, "sentence_count"),
        word_count=_number(words, "word_count"),
        ratio=ratio,
        decoding=_decoding(beam_size, None, max_output_tokens),
        method=_method(method),
    )


def _method(method: str | None) -> str | None:
    if method is None:
        return None
    known = [one for one in SummaryMethod if one is not SummaryMethod.UNSPECIFIED]
    if method not in known:
        raise _invalid(
            "method", f"is one of {', '.join(known)}, not {method!r}", "INVALID_ARGUMENT"
        )
    return f"SUMMARY_METHOD_{method.upper()}"


def _document(document: str | Document, field: str) -> pb.Document:
    text, mime_type = (
        (document.text, document.mime_type) if isinstance(document, Document) else (document, "")
    )
    return pb.Document(
        text=_text(text, f"{field}.text"), mime_type=_text(mime_type, f"{field}.mime_type")
    )


def _decoding(
    beam_size: int | None, alternatives: int | None, max_output_tokens: int | None
) -> pb.DecodingOptions | None:
    if (beam_size, alternatives, max_output_tokens) == (None, None, None):
        return None
    return pb.DecodingOptions(
        beam_size=_number(beam_size, "decoding.beam_size", minimum=1),
        alternative_count=_number(alternatives, "decoding.alternative_count"),
        max_output_tokens=_number(max_output_tokens, "decoding.max_output_tokens", minimum=1),
    )


def _number(value: int | None, field: str, *, minimum: int = 0) -> int | None:
    if value is None or minimum <= value <= _INT32_MAX:
        return value
    permitted = f"at least {minimum}" if value < minimum else f"at most {_INT32_MAX}"
    raise _invalid(field, f"is {value}, and must be {permitted}", "VALUE_OUT_OF_RANGE")


def _texts(texts: Sequence[str], field: str) -> list[str]:
    if isinstance(texts, str):
        raise TypeError("expected a sequence of texts, got one str")
    return [_text(text, field.format(index)) for index, text in enumerate(texts)]


def _text(text: str, field: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{field} must be a str, not {type(text).__name__}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        offset = error.start
        raise _invalid(
            field,
            f"holds a lone surrogate, U+{ord(text[offset]):04X}, at offset {offset}: it is "
            "half of a character, left over from a faulty conversion",
            "INVALID_CHARACTER",
            offset=str(offset),
        ) from None
    return text


def _invalid(field: str, description: str, reason: str, **metadata: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{field}: {description}",
        reason=reason,
        violations=(FieldViolation(field, description),),
        metadata={"field": field, **metadata},
    )
