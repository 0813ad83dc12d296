import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FinishReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FINISH_REASON_UNSPECIFIED: _ClassVar[FinishReason]
    FINISH_REASON_STOP: _ClassVar[FinishReason]
    FINISH_REASON_LENGTH: _ClassVar[FinishReason]
    FINISH_REASON_PASSED_THROUGH: _ClassVar[FinishReason]

class WarningCode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WARNING_CODE_UNSPECIFIED: _ClassVar[WarningCode]
    WARNING_CODE_TRUNCATED: _ClassVar[WarningCode]
    WARNING_CODE_SEGMENT_SPLIT: _ClassVar[WarningCode]
    WARNING_CODE_NUMBER_MISMATCH: _ClassVar[WarningCode]
    WARNING_CODE_URL_LOST: _ClassVar[WarningCode]
    WARNING_CODE_EMAIL_LOST: _ClassVar[WarningCode]
    WARNING_CODE_PLACEHOLDER_LOST: _ClassVar[WarningCode]
    WARNING_CODE_UNTRANSLATED_TEXT: _ClassVar[WarningCode]
    WARNING_CODE_REPETITION: _ClassVar[WarningCode]
    WARNING_CODE_UNSUPPORTED_LANGUAGE: _ClassVar[WarningCode]
    WARNING_CODE_MARKUP: _ClassVar[WarningCode]
    WARNING_CODE_UNKNOWN_CHARACTERS: _ClassVar[WarningCode]
    WARNING_CODE_TOO_SHORT: _ClassVar[WarningCode]
    WARNING_CODE_NOTHING_LEFT: _ClassVar[WarningCode]
    WARNING_CODE_NOT_ARABIC: _ClassVar[WarningCode]
    WARNING_CODE_UNSUPPORTED_STATEMENT: _ClassVar[WarningCode]
    WARNING_CODE_CONTRADICTION: _ClassVar[WarningCode]

class SummaryMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUMMARY_METHOD_UNSPECIFIED: _ClassVar[SummaryMethod]
    SUMMARY_METHOD_EXTRACTIVE: _ClassVar[SummaryMethod]
    SUMMARY_METHOD_ABSTRACTIVE: _ClassVar[SummaryMethod]

class FactKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_KIND_UNSPECIFIED: _ClassVar[FactKind]
    FACT_KIND_NUMBER: _ClassVar[FactKind]
    FACT_KIND_DATE: _ClassVar[FactKind]
    FACT_KIND_PERSON: _ClassVar[FactKind]

class RemovalReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REMOVAL_REASON_UNSPECIFIED: _ClassVar[RemovalReason]
    REMOVAL_REASON_FURNITURE: _ClassVar[RemovalReason]
    REMOVAL_REASON_NOTICE: _ClassVar[RemovalReason]
    REMOVAL_REASON_CAPTION: _ClassVar[RemovalReason]
    REMOVAL_REASON_REPEATED: _ClassVar[RemovalReason]
    REMOVAL_REASON_LABEL: _ClassVar[RemovalReason]

class ModelTask(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODEL_TASK_UNSPECIFIED: _ClassVar[ModelTask]
    MODEL_TASK_TRANSLATION: _ClassVar[ModelTask]
    MODEL_TASK_SENTENCE_EMBEDDING: _ClassVar[ModelTask]
    MODEL_TASK_SUMMARIZATION: _ClassVar[ModelTask]
FINISH_REASON_UNSPECIFIED: FinishReason
FINISH_REASON_STOP: FinishReason
FINISH_REASON_LENGTH: FinishReason
FINISH_REASON_PASSED_THROUGH: FinishReason
WARNING_CODE_UNSPECIFIED: WarningCode
WARNING_CODE_TRUNCATED: WarningCode
WARNING_CODE_SEGMENT_SPLIT: WarningCode
WARNING_CODE_NUMBER_MISMATCH: WarningCode
WARNING_CODE_URL_LOST: WarningCode
WARNING_CODE_EMAIL_LOST: WarningCode
WARNING_CODE_PLACEHOLDER_LOST: WarningCode
WARNING_CODE_UNTRANSLATED_TEXT: WarningCode
WARNING_CODE_REPETITION: WarningCode
WARNING_CODE_UNSUPPORTED_LANGUAGE: WarningCode
WARNING_CODE_MARKUP: WarningCode
WARNING_CODE_UNKNOWN_CHARACTERS: WarningCode
WARNING_CODE_TOO_SHORT: WarningCode
WARNING_CODE_NOTHING_LEFT: WarningCode
WARNING_CODE_NOT_ARABIC: WarningCode
WARNING_CODE_UNSUPPORTED_STATEMENT: WarningCode
WARNING_CODE_CONTRADICTION: WarningCode
SUMMARY_METHOD_UNSPECIFIED: SummaryMethod
SUMMARY_METHOD_EXTRACTIVE: SummaryMethod
SUMMARY_METHOD_ABSTRACTIVE: SummaryMethod
FACT_KIND_UNSPECIFIED: FactKind
FACT_KIND_NUMBER: FactKind
FACT_KIND_DATE: FactKind
FACT_KIND_PERSON: FactKind
REMOVAL_REASON_UNSPECIFIED: RemovalReason
REMOVAL_REASON_FURNITURE: RemovalReason
REMOVAL_REASON_NOTICE: RemovalReason
REMOVAL_REASON_CAPTION: RemovalReason
REMOVAL_REASON_REPEATED: RemovalReason
REMOVAL_REASON_LABEL: RemovalReason
MODEL_TASK_UNSPECIFIED: ModelTask
MODEL_TASK_TRANSLATION: ModelTask
MODEL_TASK_SENTENCE_EMBEDDING: ModelTask
MODEL_TASK_SUMMARIZATION: ModelTask

class TranslateRequest(_message.Message):
    __slots__ = ("texts", "source_language_code", "target_language_code", "decoding")
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    TARGET_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    DECODING_FIELD_NUMBER: _ClassVar[int]
    texts: _containers.RepeatedScalarFieldContainer[str]
    source_language_code: str
    target_language_code: str
    decoding: DecodingOptions
    def __init__(self, texts: _Optional[_Iterable[str]] = ..., source_language_code: _Optional[str] = ..., target_language_code: _Optional[str] = ..., decoding: _Optional[_Union[DecodingOptions, _Mapping]] = ...) -> None: ...

class TranslateResponse(_message.Message):
    __slots__ = ("translations", "timings")
    TRANSLATIONS_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    translations: _containers.RepeatedCompositeFieldContainer[Translation]
    timings: Timings
    def __init__(self, translations: _Optional[_Iterable[_Union[Translation, _Mapping]]] = ..., timings: _Optional[_Union[Timings, _Mapping]] = ...) -> None: ...

class StreamTranslateRequest(_message.Message):
    __slots__ = ("texts", "source_language_code", "target_language_code", "decoding")
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    TARGET_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    DECODING_FIELD_NUMBER: _ClassVar[int]
    texts: _containers.RepeatedScalarFieldContainer[str]
    source_language_code: str
    target_language_code: str
    decoding: DecodingOptions
    def __init__(self, texts: _Optional[_Iterable[str]] = ..., source_language_code: _Optional[str] = ..., target_language_code: _Optional[str] = ..., decoding: _Optional[_Union[DecodingOptions, _Mapping]] = ...) -> None: ...

class StreamTranslateResponse(_message.Message):
    __slots__ = ("text_index", "text", "segment", "last", "timings")
    TEXT_INDEX_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    text_index: int
    text: str
    segment: TranslatedSegment
    last: bool
    timings: Timings
    def __init__(self, text_index: _Optional[int] = ..., text: _Optional[str] = ..., segment: _Optional[_Union[TranslatedSegment, _Mapping]] = ..., last: bool = ..., timings: _Optional[_Union[Timings, _Mapping]] = ...) -> None: ...

class DecodingOptions(_message.Message):
    __slots__ = ("beam_size", "alternative_count", "max_output_tokens")
    BEAM_SIZE_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    MAX_OUTPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    beam_size: int
    alternative_count: int
    max_output_tokens: int
    def __init__(self, beam_size: _Optional[int] = ..., alternative_count: _Optional[int] = ..., max_output_tokens: _Optional[int] = ...) -> None: ...

class Translation(_message.Message):
    __slots__ = ("text", "segments")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    text: str
    segments: _containers.RepeatedCompositeFieldContainer[TranslatedSegment]
    def __init__(self, text: _Optional[str] = ..., segments: _Optional[_Iterable[_Union[TranslatedSegment, _Mapping]]] = ...) -> None: ...

class TextSpan(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class TranslatedSegment(_message.Message):
    __slots__ = ("source_span", "source_text", "target_text", "source_language_code", "score", "finish_reason", "warnings", "alternatives")
    SOURCE_SPAN_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TEXT_FIELD_NUMBER: _ClassVar[int]
    TARGET_TEXT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    FINISH_REASON_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    source_span: TextSpan
    source_text: str
    target_text: str
    source_language_code: str
    score: float
    finish_reason: FinishReason
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    alternatives: _containers.RepeatedCompositeFieldContainer[Alternative]
    def __init__(self, source_span: _Optional[_Union[TextSpan, _Mapping]] = ..., source_text: _Optional[str] = ..., target_text: _Optional[str] = ..., source_language_code: _Optional[str] = ..., score: _Optional[float] = ..., finish_reason: _Optional[_Union[FinishReason, str]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., alternatives: _Optional[_Iterable[_Union[Alternative, _Mapping]]] = ...) -> None: ...

class Alternative(_message.Message):
    __slots__ = ("text", "score")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    text: str
    score: float
    def __init__(self, text: _Optional[str] = ..., score: _Optional[float] = ...) -> None: ...

class Warning(_message.Message):
    __slots__ = ("code", "message", "tokens")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    code: WarningCode
    message: str
    tokens: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, code: _Optional[_Union[WarningCode, str]] = ..., message: _Optional[str] = ..., tokens: _Optional[_Iterable[str]] = ...) -> None: ...

class Timings(_message.Message):
    __slots__ = ("queue", "tokenize", "infer", "total")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    TOKENIZE_FIELD_NUMBER: _ClassVar[int]
    INFER_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    queue: _duration_pb2.Duration
    tokenize: _duration_pb2.Duration
    infer: _duration_pb2.Duration
    total: _duration_pb2.Duration
    def __init__(self, queue: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., tokenize: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., infer: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., total: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class SummarizeRequest(_message.Message):
    __slots__ = ("documents", "target_language_code", "sentence_count", "word_count", "ratio", "decoding", "method")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    TARGET_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_COUNT_FIELD_NUMBER: _ClassVar[int]
    WORD_COUNT_FIELD_NUMBER: _ClassVar[int]
    RATIO_FIELD_NUMBER: _ClassVar[int]
    DECODING_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    target_language_code: str
    sentence_count: int
    word_count: int
    ratio: float
    decoding: DecodingOptions
    method: SummaryMethod
    def __init__(self, documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., target_language_code: _Optional[str] = ..., sentence_count: _Optional[int] = ..., word_count: _Optional[int] = ..., ratio: _Optional[float] = ..., decoding: _Optional[_Union[DecodingOptions, _Mapping]] = ..., method: _Optional[_Union[SummaryMethod, str]] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("text", "mime_type")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    MIME_TYPE_FIELD_NUMBER: _ClassVar[int]
    text: str
    mime_type: str
    def __init__(self, text: _Optional[str] = ..., mime_type: _Optional[str] = ...) -> None: ...

class SummarizeResponse(_message.Message):
    __slots__ = ("text", "sentences", "removed", "warnings", "timings", "contradictions", "extracts")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    TIMINGS_FIELD_NUMBER: _ClassVar[int]
    CONTRADICTIONS_FIELD_NUMBER: _ClassVar[int]
    EXTRACTS_FIELD_NUMBER: _ClassVar[int]
    text: str
    sentences: _containers.RepeatedCompositeFieldContainer[SummarySentence]
    removed: _containers.RepeatedCompositeFieldContainer[RemovedText]
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    timings: Timings
    contradictions: _containers.RepeatedCompositeFieldContainer[Contradiction]
    extracts: _containers.RepeatedCompositeFieldContainer[Extract]
    def __init__(self, text: _Optional[str] = ..., sentences: _Optional[_Iterable[_Union[SummarySentence, _Mapping]]] = ..., removed: _Optional[_Iterable[_Union[RemovedText, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., timings: _Optional[_Union[Timings, _Mapping]] = ..., contradictions: _Optional[_Iterable[_Union[Contradiction, _Mapping]]] = ..., extracts: _Optional[_Iterable[_Union[Extract, _Mapping]]] = ...) -> None: ...

class Extract(_message.Message):
    __slots__ = ("document_index", "text")
    DOCUMENT_INDEX_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    document_index: int
    text: str
    def __init__(self, document_index: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class SummarySentence(_message.Message):
    __slots__ = ("text", "document_index", "source_span", "source_text", "rank_score", "warnings", "citations")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_INDEX_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SPAN_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TEXT_FIELD_NUMBER: _ClassVar[int]
    RANK_SCORE_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    CITATIONS_FIELD_NUMBER: _ClassVar[int]
    text: str
    document_index: int
    source_span: TextSpan
    source_text: str
    rank_score: float
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    citations: _containers.RepeatedCompositeFieldContainer[Citation]
    def __init__(self, text: _Optional[str] = ..., document_index: _Optional[int] = ..., source_span: _Optional[_Union[TextSpan, _Mapping]] = ..., source_text: _Optional[str] = ..., rank_score: _Optional[float] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., citations: _Optional[_Iterable[_Union[Citation, _Mapping]]] = ...) -> None: ...

class Citation(_message.Message):
    __slots__ = ("document_index", "source_span", "source_text", "similarity")
    DOCUMENT_INDEX_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SPAN_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TEXT_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    document_index: int
    source_span: TextSpan
    source_text: str
    similarity: float
    def __init__(self, document_index: _Optional[int] = ..., source_span: _Optional[_Union[TextSpan, _Mapping]] = ..., source_text: _Optional[str] = ..., similarity: _Optional[float] = ...) -> None: ...

class Contradiction(_message.Message):
    __slots__ = ("kind", "claims")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    kind: FactKind
    claims: _containers.RepeatedCompositeFieldContainer[Claim]
    def __init__(self, kind: _Optional[_Union[FactKind, str]] = ..., claims: _Optional[_Iterable[_Union[Claim, _Mapping]]] = ...) -> None: ...

class Claim(_message.Message):
    __slots__ = ("citation", "value", "value_span")
    CITATION_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VALUE_SPAN_FIELD_NUMBER: _ClassVar[int]
    citation: Citation
    value: str
    value_span: TextSpan
    def __init__(self, citation: _Optional[_Union[Citation, _Mapping]] = ..., value: _Optional[str] = ..., value_span: _Optional[_Union[TextSpan, _Mapping]] = ...) -> None: ...

class RemovedText(_message.Message):
    __slots__ = ("document_index", "source_span", "text", "reason")
    DOCUMENT_INDEX_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SPAN_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    document_index: int
    source_span: TextSpan
    text: str
    reason: RemovalReason
    def __init__(self, document_index: _Optional[int] = ..., source_span: _Optional[_Union[TextSpan, _Mapping]] = ..., text: _Optional[str] = ..., reason: _Optional[_Union[RemovalReason, str]] = ...) -> None: ...

class GetServiceInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetServiceInfoResponse(_message.Message):
    __slots__ = ("version", "models", "translation_pairs", "summary_language_codes", "limits", "summary_methods")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    TRANSLATION_PAIRS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_LANGUAGE_CODES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_METHODS_FIELD_NUMBER: _ClassVar[int]
    version: str
    models: _containers.RepeatedCompositeFieldContainer[Model]
    translation_pairs: _containers.RepeatedCompositeFieldContainer[LanguagePair]
    summary_language_codes: _containers.RepeatedScalarFieldContainer[str]
    limits: Limits
    summary_methods: _containers.RepeatedScalarFieldContainer[SummaryMethod]
    def __init__(self, version: _Optional[str] = ..., models: _Optional[_Iterable[_Union[Model, _Mapping]]] = ..., translation_pairs: _Optional[_Iterable[_Union[LanguagePair, _Mapping]]] = ..., summary_language_codes: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., summary_methods: _Optional[_Iterable[_Union[SummaryMethod, str]]] = ...) -> None: ...

class Model(_message.Message):
    __slots__ = ("name", "task", "license", "description", "engine", "compute_type", "size_bytes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    LICENSE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    COMPUTE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    task: ModelTask
    license: str
    description: str
    engine: str
    compute_type: str
    size_bytes: int
    def __init__(self, name: _Optional[str] = ..., task: _Optional[_Union[ModelTask, str]] = ..., license: _Optional[str] = ..., description: _Optional[str] = ..., engine: _Optional[str] = ..., compute_type: _Optional[str] = ..., size_bytes: _Optional[int] = ...) -> None: ...

class LanguagePair(_message.Message):
    __slots__ = ("source_language_code", "target_language_code")
    SOURCE_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    TARGET_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    source_language_code: str
    target_language_code: str
    def __init__(self, source_language_code: _Optional[str] = ..., target_language_code: _Optional[str] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_texts", "max_documents", "max_request_code_points", "max_message_bytes", "max_segment_tokens", "max_beam_size", "max_alternatives", "max_output_tokens", "max_summary_sentences", "max_summary_words", "default_beam_size", "default_summary_sentences", "max_queue_tokens", "max_concurrent_calls", "max_call_duration")
    MAX_TEXTS_FIELD_NUMBER: _ClassVar[int]
    MAX_DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_REQUEST_CODE_POINTS_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_SEGMENT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MAX_BEAM_SIZE_FIELD_NUMBER: _ClassVar[int]
    MAX_ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    MAX_OUTPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MAX_SUMMARY_SENTENCES_FIELD_NUMBER: _ClassVar[int]
    MAX_SUMMARY_WORDS_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_BEAM_SIZE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_SUMMARY_SENTENCES_FIELD_NUMBER: _ClassVar[int]
    MAX_QUEUE_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MAX_CONCURRENT_CALLS_FIELD_NUMBER: _ClassVar[int]
    MAX_CALL_DURATION_FIELD_NUMBER: _ClassVar[int]
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
    max_call_duration: _duration_pb2.Duration
    def __init__(self, max_texts: _Optional[int] = ..., max_documents: _Optional[int] = ..., max_request_code_points: _Optional[int] = ..., max_message_bytes: _Optional[int] = ..., max_segment_tokens: _Optional[int] = ..., max_beam_size: _Optional[int] = ..., max_alternatives: _Optional[int] = ..., max_output_tokens: _Optional[int] = ..., max_summary_sentences: _Optional[int] = ..., max_summary_words: _Optional[int] = ..., default_beam_size: _Optional[int] = ..., default_summary_sentences: _Optional[int] = ..., max_queue_tokens: _Optional[int] = ..., max_concurrent_calls: _Optional[int] = ..., max_call_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
