import math
from typing import Any

import pytest

from zubda.v1 import zubda_pb2
from zubda_models.summarization.length import Ratio, SentenceCount, WordCount
from zubda_server.errors import InvalidRequestError, Violation
from zubda_server.settings import Settings
from zubda_server.validation import summary_job, translation_job

SETTINGS = Settings(max_texts=3, max_documents=2, max_request_code_points=50)


def translate(**fields: Any) -> zubda_pb2.TranslateRequest:
    return zubda_pb2.TranslateRequest(**{"texts": ["نص"], "target_language_code": "en", **fields})


def summarize(*texts: str, **fields: Any) -> zubda_pb2.SummarizeRequest:
    documents = [zubda_pb2.Document(text=text) for text in texts or ("نص",)]
    return zubda_pb2.SummarizeRequest(documents=documents, **fields)


def decoding(**fields: int) -> zubda_pb2.DecodingOptions:
    return zubda_pb2.DecodingOptions(**fields)


def violations(
    request: zubda_pb2.TranslateRequest | zubda_pb2.SummarizeRequest,
) -> list[Violation]:
    check: Any = summary_job if isinstance(request, zubda_pb2.SummarizeRequest) else translation_job
    with pytest.raises(InvalidRequestError) as caught:
        check(request, SETTINGS)
    return list(caught.value.violations)


def test_defaults_of_a_translation() -> None:
    job = translation_job(translate(), SETTINGS)
    assert list(job.texts) == ["نص"]
    assert job.source_language is None
    assert (job.options.beam_size, job.options.num_hypotheses) == (4, 1)
    assert job.options.max_output_tokens == 256


def test_options_of_a_translation() -> None:
    request = translate(
        source_language_code="ar",
        decoding=decoding(beam_size=8, alternative_count=4, max_output_tokens=10),
    )
    job = translation_job(request, SETTINGS)
    assert job.source_language == "ar"
    assert (job.options.beam_size, job.options.num_hypotheses) == (8, 5)
    assert job.options.max_output_tokens == 10


def test_languages_are_looked_up_as_bcp_47_says() -> None:
    request = translate(source_language_code="AR-eg", target_language_code="en-GB")
    assert translation_job(request, SETTINGS).source_language == "ar"


@pytest.mark.parametrize(
    ("request_", "field", "reason"),
    [
        (translate(texts=[]), "texts", "MISSING_FIELD"),
        (translate(texts=["a"] * 4), "texts", "TOO_MANY_TEXTS"),
        (translate(texts=["ا" * 26, "b" * 25]), "texts", "TEXT_TOO_LONG"),
        (translate(texts=["a", "نص\0"]), "texts[1]", "INVALID_CHARACTER"),
        (translate(target_language_code=""), "target_language_code", "MISSING_FIELD"),
        (translate(target_language_code="e"), "target_language_code", "INVALID_LANGUAGE_CODE"),
        (translate(target_language_code="en "), "target_language_code", "INVALID_LANGUAGE_CODE"),
        (translate(target_language_code="fr"), "target_language_code", "UNSUPPORTED_LANGUAGE_PAIR"),
        (translate(target_language_code="ar"), "target_language_code", "UNSUPPORTED_LANGUAGE_PAIR"),
        (translate(source_language_code="en"), "source_language_code", "UNSUPPORTED_LANGUAGE_PAIR"),
        (translate(source_language_code="عر"), "source_language_code", "INVALID_LANGUAGE_CODE"),
        (translate(decoding=decoding(beam_size=-1)), "decoding.beam_size", "VALUE_OUT_OF_RANGE"),
        (translate(decoding=decoding(beam_size=9)), "decoding.beam_size", "VALUE_OUT_OF_RANGE"),
        (
            translate(decoding=decoding(alternative_count=10_000)),
            "decoding.alternative_count",
            "VALUE_OUT_OF_RANGE",
        ),
        (
            translate(decoding=decoding(beam_size=1, alternative_count=1)),
            "decoding.alternative_count",
            "VALUE_OUT_OF_RANGE",
        ),
        (
            translate(decoding=decoding(max_output_tokens=2**31 - 1)),
            "decoding.max_output_tokens",
            "VALUE_OUT_OF_RANGE",
        ),
        (zubda_pb2.SummarizeRequest(), "documents", "MISSING_FIELD"),
        (summarize("a", "b", "c"), "documents", "TOO_MANY_TEXTS"),
        (summarize("a" * 51), "documents", "TEXT_TOO_LONG"),
        (summarize("a", "\0"), "documents[1].text", "INVALID_CHARACTER"),
        (summarize("", " \n\u3000"), "documents", "EMPTY_TEXT"),
        (
            summarize(target_language_code="fr"),
            "target_language_code",
            "UNSUPPORTED_LANGUAGE_PAIR",
        ),
        (summarize(sentence_count=0), "sentence_count", "VALUE_OUT_OF_RANGE"),
        (summarize(sentence_count=-5), "sentence_count", "VALUE_OUT_OF_RANGE"),
        (summarize(sentence_count=51), "sentence_count", "VALUE_OUT_OF_RANGE"),
        (summarize(word_count=0), "word_count", "VALUE_OUT_OF_RANGE"),
        (summarize(word_count=2001), "word_count", "VALUE_OUT_OF_RANGE"),
        (summarize(ratio=0), "ratio", "VALUE_OUT_OF_RANGE"),
        (summarize(ratio=1.01), "ratio", "VALUE_OUT_OF_RANGE"),
        (summarize(ratio=math.nan), "ratio", "VALUE_OUT_OF_RANGE"),
        (summarize(ratio=math.inf), "ratio", "VALUE_OUT_OF_RANGE"),
        (summarize(decoding=decoding(beam_size=1)), "decoding", "INVALID_ARGUMENT"),
        (
            summarize(target_language_code="en", decoding=decoding(beam_size=99)),
            "decoding.beam_size",
            "VALUE_OUT_OF_RANGE",
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_reason(request_: Any, field: str, reason: str) -> None:
    [violation] = violations(request_)
    assert (violation.field, violation.reason) == (field, reason)


def test_every_wrong_field_is_named_at_once() -> None:
    request = translate(texts=["\0", "\0"], source_language_code="?", target_language_code="")
    assert [v.field for v in violations(request)] == [
        "texts[0]",
        "texts[1]",
        "source_language_code",
        "target_language_code",
    ]


def test_violations_carry_what_a_program_needs() -> None:
    [violation] = violations(translate(texts=["x" * 60]))
    assert violation.metadata == {"length": "60", "limit": "50"}
    [violation] = violations(translate(texts=["نص\0"]))
    assert violation.metadata == {"offset": "2"}
    [violation] = violations(translate(target_language_code="fr"))
    assert violation.metadata["translation_pairs"] == "ar-en"
    [violation] = violations(translate(decoding=decoding(beam_size=99)))
    assert violation.metadata == {"minimum": "0", "maximum": "8"}


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ({}, SentenceCount(3)),
        ({"sentence_count": 50}, SentenceCount(50)),
        ({"word_count": 1}, WordCount(1)),
        ({"ratio": 1.0}, Ratio(1.0)),
        ({"ratio": 0.25}, Ratio(0.25)),
    ],
)
def test_length_of_a_summary(fields: dict[str, Any], length: object) -> None:
    job = summary_job(summarize(**fields), SETTINGS)
    assert job.length == length
    assert job.language == "ar"


def test_a_blank_document_among_others_is_no_error() -> None:
    job = summary_job(summarize("", "نص", target_language_code="en"), SETTINGS)
    assert job.language == "en"
    assert list(job.documents) == ["", "نص"]


def test_media_types_are_compared_without_case_and_parameters() -> None:
    request = summarize("نص", "نص")
    request.documents[1].mime_type = "Text/HTML; charset=utf-8"

    assert summary_job(request, SETTINGS).html == [1]
