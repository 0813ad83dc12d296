"""From requests to what they ask for, or to every field that stands in the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zubda.v1 import zubda_pb2
from zubda_models.engines.protocol import DecodingOptions
from zubda_models.summarization.length import Length, Ratio, SentenceCount, WordCount
from zubda_server.errors import InvalidRequestError, Violation
from zubda_server.settings import Settings

SOURCE_LANGUAGE = "ar"
TARGET_LANGUAGE = "en"
SUMMARY_LANGUAGES = ("ar", "en")
PLAIN_TEXT, HTML = MEDIA_TYPES = ("text/plain", "text/html")

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # RFC 5646, roughly


@dataclass(frozen=True)
class TranslationJob:
    """What a Translate or StreamTranslate request asks for."""

    texts: Sequence[str]
    source_language: str | None
    options: DecodingOptions


@dataclass(frozen=True)
class SummaryJob:
    """What a Summarize request asks for."""

    documents: Sequence[str]
    html: Sequence[int]
    """The indices of the documents that are HTML."""
    language: str
    length: Length
    options: DecodingOptions
    abstractive: bool


def translation_job(
    request: zubda_pb2.TranslateRequest | zubda_pb2.StreamTranslateRequest, settings: Settings
) -> TranslationJob:
    """Check ``request`` against the limits of ``settings``.

    Raises:
        InvalidRequestError: with a violation for every field that is wrong.
    """
    check = _Check(settings)
    check.texts("texts", "texts[{}]", request.texts, settings.max_texts)
    source = check.language("source_language_code", request.source_language_code, [SOURCE_LANGUAGE])
    if not request.target_language_code:
        check.refuse("target_language_code", "MISSING_FIELD", f'say "{TARGET_LANGUAGE}"')
    check.language("target_language_code", request.target_language_code, [TARGET_LANGUAGE])
    options = check.decoding(request.decoding)
    check.finish()
    return TranslationJob(request.texts, source, options)


def summary_job(request: zubda_pb2.SummarizeRequest, settings: Settings) -> SummaryJob:
    """Check ``request`` against the limits of ``settings``.

    Raises:
        InvalidRequestError: with a violation for every field that is wrong.
    """
    check = _Check(settings)
    documents = [document.text for document in request.documents]
    check.texts("documents", "documents[{}].text", documents, settings.max_documents)
    if documents and not any(text.strip() for text in documents):
        check.refuse("documents", "EMPTY_TEXT", "every document is empty; send some text")
    types = [
        check.media_type(f"documents[{index}].mime_type", document.mime_type)
        for index, document in enumerate(request.documents)
    ]
    language = check.language(
        "target_language_code", request.target_language_code, SUMMARY_LANGUAGES
    )
    if request.HasField("decoding") and language != TARGET_LANGUAGE:
        check.refuse(
            "decoding", "INVALID_ARGUMENT", f'only a summary in "{TARGET_LANGUAGE}" is decoded'
        )
    length = check.length(request)
    options = check.decoding(request.decoding)
    check.method(request.method)
    check.finish()
    abstractive = request.method == zubda_pb2.SUMMARY_METHOD_ABSTRACTIVE
    html = [index for index, media_type in enumerate(types) if media_type == HTML]
    return SummaryJob(documents, html, language or SOURCE_LANGUAGE, length, options, abstractive)


def summary_methods(settings: Settings) -> list[zubda_pb2.SummaryMethod]:
    """The ways in which a server with ``settings`` can make a summary."""
    if settings.summary_model is None:
        return [zubda_pb2.SUMMARY_METHOD_EXTRACTIVE]
    return [zubda_pb2.SUMMARY_METHOD_EXTRACTIVE, zubda_pb2.SUMMARY_METHOD_ABSTRACTIVE]


class _Check:
    """Collects what is wrong with one request, so that the caller learns all of it at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._violations: list[Violation] = []

    def refuse(self, field: str, reason: str, description: str, **metadata: object) -> None:
        facts = {name: str(value) for name, value in metadata.items()}
        self._violations.append(Violation(field, reason, description, facts))

    def finish(self) -> None:
        if self._violations:
            raise InvalidRequestError(self._violations)

    def texts(self, field: str, element: str, texts: Sequence[str], most: int) -> None:
        if not texts:
            self.refuse(field, "MISSING_FIELD", "at least one is needed")
        if len(texts) > most:
            self.refuse(
                field,
                "TOO_MANY_TEXTS",
                f"{len(texts)} in one request, at most {most}: send several requests",
                count=len(texts),
                limit=most,
            )
        length, limit = sum(map(len, texts)), self._settings.max_request_code_points
        if length > limit:
            self.refuse(
                field,
                "TEXT_TOO_LONG",
                f"{length} code points in one request, at most {limit}: split it into several",
                length=length,
                limit=limit,
            )
        for index, text in enumerate(texts):
            if (offset := text.find("\0")) >= 0:
                self.refuse(
                    element.format(index),
                    "INVALID_CHARACTER",
                    f"NUL (U+0000) at code point {offset}: text has none, remove it",
                    offset=offset,
                )

    def language(self, field: str, code: str, offered: Sequence[str]) -> str | None:
        """The one of ``offered`` that ``code`` asks for, as RFC 4647 looks it up."""
        if not code:
            return None
        if not _LANGUAGE_TAG.fullmatch(code):
            self.refuse(field, "INVALID_LANGUAGE_CODE", 'not a BCP 47 language tag such as "ar"')
            return None
        language = code.partition("-")[0].lower()
        if language not in offered:
            self.refuse(
                field,
                "UNSUPPORTED_LANGUAGE_PAIR",
                f'"{code}" is not offered here; offered: {", ".join(offered)}',
                translation_pairs=f"{SOURCE_LANGUAGE}-{TARGET_LANGUAGE}",
                summary_languages=",".join(SUMMARY_LANGUAGES),
            )
        return language

    def media_type(self, field: str, value: str) -> str:
        """The one of ``MEDIA_TYPES`` that ``value`` names, its parameters set aside."""
        media_type = value.partition(";")[0].strip().lower() or PLAIN_TEXT
        if media_type not in MEDIA_TYPES:
            offered = ", ".join(MEDIA_TYPES)
            self.refuse(
                field,
                "VALUE_OUT_OF_RANGE",
                f'"{value}" is not read here; offered: {offered}',
                media_types=",".join(MEDIA_TYPES),
            )
        return media_type

    def decoding(self, message: zubda_pb2.DecodingOptions) -> DecodingOptions:
        limits = self._settings
        self._range("decoding.beam_size", message.beam_size, 0, limits.max_beam_size)
        beam_size = message.beam_size or limits.default_beam_size
        alternatives = message.alternative_count
        self._range("decoding.alternative_count", alternatives, 0, limits.max_alternatives)
        if 0 < beam_size <= alternatives <= limits.max_alternatives:
            self.refuse(
                "decoding.alternative_count",
                "VALUE_OUT_OF_RANGE",
                f"must be less than the beam size, which is {beam_size}",
                minimum=0,
                maximum=beam_size - 1,
            )
        most = limits.max_output_tokens
        self._range("decoding.max_output_tokens", message.max_output_tokens, 0, most)
        return DecodingOptions(
            beam_size=beam_size,
            num_hypotheses=1 + alternatives,
            max_output_tokens=message.max_output_tokens or most,
        )

    def length(self, request: zubda_pb2.SummarizeRequest) -> Length:
        limits = self._settings
        match request.WhichOneof("length"):
            case "sentence_count" as field:
                most = limits.max_summary_sentences
                if self._range(field, request.sentence_count, 1, most):
                    return SentenceCount(request.sentence_count)
            case "word_count" as field:
                if self._range(field, request.word_count, 1, limits.max_summary_words):
                    return WordCount(request.word_count)
            case "ratio" as field:
                if 0 < request.ratio <= 1:
                    return Ratio(request.ratio)
                self.refuse(field, "VALUE_OUT_OF_RANGE", "must be above 0 and at most 1", maximum=1)
        return SentenceCount(limits.default_summary_sentences)

    def method(self, method: zubda_pb2.SummaryMethod) -> None:
        offered = summary_methods(self._settings)
        if method not in (zubda_pb2.SUMMARY_METHOD_UNSPECIFIED, *offered):
            prefix = "SUMMARY_METHOD_"
            names = [zubda_pb2.SummaryMethod.Name(one).removeprefix(prefix) for one in offered]
            self.refuse(
                "method",
                "INVALID_ARGUMENT",
                f"not offered here; offered: {', '.join(names)}",
                summary_methods=",".join(names),
            )

    def _range(self, field: str, value: int, least: int, most: int) -> bool:
        if least <= value <= most:
            return True
        self.refuse(
            field,
            "VALUE_OUT_OF_RANGE",
            f"must be from {least} to {most}, not {value}",
            minimum=least,
            maximum=most,
        )
        return False
