"""The service with the bundled models, over the real wire."""

import asyncio
import math
from pathlib import Path
from typing import Any

import grpc
import pytest

from zubda.v1 import zubda_pb2
from zubda_models.text.boilerplate import RemovalReason
from zubda_models.translation.result import FinishReason
from zubda_models.warnings import WarningCode
from zubda_server.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEWS = """الحكومة تعلن خطة جديدة لتطوير المدارس

أعلنت وزارة التعليم يوم الأحد خطة جديدة لتطوير المدارس في جميع المدن. وقال الوزير إن الخطة \
تشمل بناء 120 مدرسة خلال ثلاث سنوات. وأضاف أن الوزارة ستوظف خمسة آلاف معلم جديد.

من جهة أخرى، رحبت نقابة المعلمين بالخطة، لكنها طالبت برفع الرواتب قبل نهاية العام. وأوضح \
رئيس النقابة أن الرواتب لم تتغير منذ سنوات. وأكد خبراء أن نجاح الخطة يحتاج إلى تمويل كبير \
من الدولة.

شارك هذا المقال

اترك تعليقا
"""


def request(*texts: str, **fields: Any) -> zubda_pb2.TranslateRequest:
    return zubda_pb2.TranslateRequest(texts=texts, target_language_code="en", **fields)


def stream_request(*texts: str, **fields: Any) -> zubda_pb2.StreamTranslateRequest:
    return zubda_pb2.StreamTranslateRequest(texts=texts, target_language_code="en", **fields)


def summarize(*texts: str, **fields: Any) -> zubda_pb2.SummarizeRequest:
    documents = [zubda_pb2.Document(text=text) for text in texts]
    return zubda_pb2.SummarizeRequest(documents=documents, **fields)


def arabic_letters(text: str) -> int:
    return sum("ء" <= char <= "ي" for char in text)


async def test_translations_keep_the_layout_and_cite_their_source(stub: Any) -> None:
    texts = [
        "  أعلنت الوزارة خطة جديدة.\r\n\n\tقال الوزير ذلك اليوم!\n",
        "",
        " \n ",
        "Hello, world.",
    ]
    response = await stub.Translate(request(*texts))
    assert [len(t.segments) for t in response.translations] == [2, 0, 0, 1]
    first, *blank, english = response.translations
    assert [t.text for t in blank] == ["", " \n "]
    one, two = first.segments
    assert first.text == f"  {one.target_text}\r\n\n\t{two.target_text}\n"
    for segment in (one, two):
        span = segment.source_span
        assert texts[0][span.start : span.end] == segment.source_text
        assert segment.source_language_code == "ar"
        assert segment.finish_reason == zubda_pb2.FINISH_REASON_STOP
        assert segment.score < 0
        assert arabic_letters(segment.target_text) == 0
    assert english.text == texts[3]
    assert english.segments[0].finish_reason == zubda_pb2.FINISH_REASON_PASSED_THROUGH
    assert english.segments[0].source_language_code == "en"
    assert not english.segments[0].HasField("score")


async def test_timings_are_of_this_call(stub: Any) -> None:
    timings = (await stub.Translate(request("أعلنت الوزارة خطة جديدة."))).timings
    total = timings.total.ToTimedelta()
    for part in (timings.queue, timings.tokenize, timings.infer):
        assert 0 < part.ToTimedelta().total_seconds() < total.total_seconds()


async def test_options_reach_the_engine(stub: Any) -> None:
    text = "أعلنت الوزارة خطة جديدة لتطوير المدارس."
    decoding = zubda_pb2.DecodingOptions(beam_size=4, alternative_count=2)
    [translation] = (await stub.Translate(request(text, decoding=decoding))).translations
    [segment] = translation.segments
    assert len(segment.alternatives) == 2
    scores = [segment.score, *(other.score for other in segment.alternatives)]
    assert scores == sorted(scores, reverse=True)
    decoding = zubda_pb2.DecodingOptions(max_output_tokens=3)
    [translation] = (await stub.Translate(request(text, decoding=decoding))).translations
    [segment] = translation.segments
    assert segment.finish_reason == zubda_pb2.FINISH_REASON_LENGTH
    assert zubda_pb2.WARNING_CODE_TRUNCATED in {w.code for w in segment.warnings}


async def test_a_stream_is_the_translation_in_pieces(stub: Any) -> None:
    texts = ["  خطة جديدة.\n\nقال الوزير ذلك.\n", "", "نص قصير", "\n"]
    whole = await stub.Translate(request(*texts))
    pieces = [piece async for piece in stub.StreamTranslate(stream_request(*texts))]
    for index, translation in enumerate(whole.translations):
        mine = [piece for piece in pieces if piece.text_index == index]
        assert "".join(piece.text for piece in mine) == translation.text
        segments = [p.segment for p in mine if p.HasField("segment")]
        assert [s.source_span for s in segments] == [s.source_span for s in translation.segments]
        assert [piece.last for piece in mine] == [False] * (len(mine) - 1) + [True]
    assert [piece.text_index for piece in pieces] == sorted(p.text_index for p in pieces)
    assert [p.HasField("timings") for p in pieces] == [False] * (len(pieces) - 1) + [True]


async def test_callers_at_the_same_time_get_their_own_translations(stub: Any) -> None:
    texts = [f"قال الوزير إن العدد هو {number}." for number in (7, 35, 120, 999)]
    alone = [(await stub.Translate(request(text))).translations[0] for text in texts]
    together = await asyncio.gather(*(stub.Translate(request(text)) for text in texts))
    for text, before, after in zip(texts, alone, together, strict=True):
        assert after.translations[0].segments[0].source_text == text
        assert after.translations[0].text == before.text


@pytest.mark.parametrize("language", ["", "ar"])
async def test_an_arabic_summary_cites_its_document(stub: Any, language: str) -> None:
    response = await stub.Summarize(
        summarize(NEWS, target_language_code=language, sentence_count=2)
    )
    assert len(response.sentences) == 2
    assert response.text == "\n".join(sentence.text for sentence in response.sentences)
    for sentence in response.sentences:
        span = sentence.source_span
        assert NEWS[span.start : span.end] == sentence.source_text == sentence.text
        assert sentence.document_index == 0
        assert 0 <= sentence.rank_score <= 1
    assert response.removed
    for removed in response.removed:
        span = removed.source_span
        assert NEWS[span.start : span.end] == removed.text
        assert removed.reason != zubda_pb2.REMOVAL_REASON_UNSPECIFIED
    assert response.timings.infer.ToTimedelta() < response.timings.total.ToTimedelta()


async def test_an_english_summary_is_the_same_choice_translated(stub: Any) -> None:
    arabic = await stub.Summarize(summarize(NEWS, "", target_language_code="ar", word_count=40))
    english = await stub.Summarize(
        summarize(
            NEWS,
            "",
            target_language_code="en",
            word_count=40,
            decoding=zubda_pb2.DecodingOptions(beam_size=2),
        )
    )
    assert [s.source_text for s in english.sentences] == [s.text for s in arabic.sentences]
    assert arabic_letters(english.text) == 0
    assert english.text == "\n".join(sentence.text for sentence in english.sentences)


async def test_a_text_too_short_to_summarize_is_returned_whole(stub: Any) -> None:
    response = await stub.Summarize(summarize("أعلنت الوزارة خطة جديدة لتطوير المدارس."))
    assert response.text == "أعلنت الوزارة خطة جديدة لتطوير المدارس."
    assert zubda_pb2.WARNING_CODE_TOO_SHORT in {warning.code for warning in response.warnings}


async def test_the_information_names_models_licences_and_every_limit(stub: Any) -> None:
    info = await stub.GetServiceInfo(zubda_pb2.GetServiceInfoRequest())
    assert info.version
    models = {model.task: model for model in info.models}
    translation = models[zubda_pb2.MODEL_TASK_TRANSLATION]
    encoder = models[zubda_pb2.MODEL_TASK_SENTENCE_EMBEDDING]
    assert (translation.name, encoder.name) == ("ar-en-mini", "e5-small-ar-en")
    for model in info.models:
        assert model.license not in ("", "unknown")
        assert model.description
        assert model.engine == "ctranslate2"
        assert model.compute_type.startswith("int8")
        assert model.size_bytes > 1_000_000
    [pair] = info.translation_pairs
    assert (pair.source_language_code, pair.target_language_code) == ("ar", "en")
    assert list(info.summary_language_codes) == ["ar", "en"]
    assert len(info.limits.ListFields()) == len(zubda_pb2.Limits.DESCRIPTOR.fields)
    assert info.limits.max_texts == Settings().max_texts
    assert info.limits.max_call_duration.seconds == Settings().max_call_duration


@pytest.mark.parametrize(
    ("core", "contract", "prefix"),
    [
        (FinishReason, zubda_pb2.FinishReason, "FINISH_REASON_"),
        (WarningCode, zubda_pb2.WarningCode, "WARNING_CODE_"),
        (RemovalReason, zubda_pb2.RemovalReason, "REMOVAL_REASON_"),
    ],
)
async def test_the_core_and_the_contract_know_the_same_kinds(
    core: Any, contract: Any, prefix: str
) -> None:
    assert {f"{prefix}{kind.name}" for kind in core} == set(contract.keys()) - {
        f"{prefix}UNSPECIFIED"
    }


SENTENCE_WITHOUT_END = "قال الوزير إن الحكومة تعمل على بناء مدارس جديدة " * 20


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("\u202bأعلنت الوزارة\u200f خطة\u200b جديدة.\u202c", None),
        ("أعلنت الوزارة خطة جديدة 🎉😀.", None),
        ("\x01أعلنت\x07 الوزارة خطة.", None),
        (">>fra<< أعلنت الوزارة خطة جديدة.", None),
        ("<p>أعلنت الوزارة <b>خطة</b> جديدة.</p>", zubda_pb2.WARNING_CODE_MARKUP),
        ("这是一个中文句子。", zubda_pb2.WARNING_CODE_UNSUPPORTED_LANGUAGE),
        (SENTENCE_WITHOUT_END, zubda_pb2.WARNING_CODE_SEGMENT_SPLIT),
        ("12345 !!!", None),
        ("\ufeffنص", None),
        ("ـــ", None),
        ("ﷺ", None),
        ("؟؟؟", None),
    ],
)
async def test_odd_text_is_answered_and_said_to_be_odd(
    stub: Any, text: str, warning: int | None
) -> None:
    decoding = zubda_pb2.DecodingOptions(beam_size=1, max_output_tokens=128)
    response = await stub.Translate(request(text, decoding=decoding))
    [translation] = response.translations
    for segment in translation.segments:
        span = segment.source_span
        assert text[span.start : span.end] == segment.source_text
    codes = {w.code for segment in translation.segments for w in segment.warnings}
    assert warning is None or warning in codes
    summary = await stub.Summarize(summarize(text))
    for sentence in summary.sentences:
        span = sentence.source_span
        assert text[span.start : span.end] == sentence.source_text


async def test_bad_requests_are_refused_with_reason_and_field(stub: Any, refused: Any) -> None:
    long = "ا" * (Settings().max_request_code_points + 1)
    options = zubda_pb2.DecodingOptions
    for call, reason, field in (
        (stub.Translate(request()), "MISSING_FIELD", "texts"),
        (stub.Translate(request("نص\0")), "INVALID_CHARACTER", "texts[0]"),
        (stub.Translate(request(long)), "TEXT_TOO_LONG", "texts"),
        (stub.Translate(request(*["نص"] * 129)), "TOO_MANY_TEXTS", "texts"),
        (
            stub.Translate(request("نص", source_language_code="klingon!")),
            "INVALID_LANGUAGE_CODE",
            "source_language_code",
        ),
        (
            stub.Translate(request("نص", decoding=options(beam_size=-(2**31)))),
            "VALUE_OUT_OF_RANGE",
            "decoding.beam_size",
        ),
        (stub.StreamTranslate(stream_request("نص\0")).read(), "INVALID_CHARACTER", "texts[0]"),
        (
            stub.StreamTranslate(
                zubda_pb2.StreamTranslateRequest(texts=["نص"], target_language_code="fr")
            ).read(),
            "UNSUPPORTED_LANGUAGE_PAIR",
            "target_language_code",
        ),
        (stub.Summarize(summarize()), "MISSING_FIELD", "documents"),
        (stub.Summarize(summarize(" ")), "EMPTY_TEXT", "documents"),
        (stub.Summarize(summarize("نص", ratio=math.nan)), "VALUE_OUT_OF_RANGE", "ratio"),
        (stub.Summarize(summarize("نص", word_count=-1)), "VALUE_OUT_OF_RANGE", "word_count"),
    ):
        error = await refused(call)
        assert error.code == grpc.StatusCode.INVALID_ARGUMENT
        assert error.reason == reason
        [violation] = error.bad_request.field_violations
        assert (violation.field, violation.reason) == (field, reason)
        assert violation.description
        assert field in error.message
        assert len(error.message) < 300


async def test_ten_megabytes_are_refused_with_the_limit(stub: Any, refused: Any) -> None:
    error = await refused(stub.Translate(request("ا" * 5_000_000)))
    assert error.reason == "TEXT_TOO_LONG"
    assert str(Settings().max_request_code_points) in error.message


async def test_more_than_the_message_limit_is_refused_by_the_transport(stub: Any) -> None:
    text = "ا" * (Settings().max_message_bytes // 2)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.Translate(request(text))
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


EXAMPLES = sorted(Path(__file__).parents[2].joinpath("examples").glob("*.txt"))


async def test_a_whole_page_can_be_summarized_in_english(stub: Any) -> None:
    page = EXAMPLES[0].read_text("utf-8")
    response = await stub.Summarize(summarize(page, target_language_code="en"))
    assert len(response.sentences) == Settings().default_summary_sentences
    for sentence in response.sentences:
        assert page[sentence.source_span.start : sentence.source_span.end] == sentence.source_text


async def test_a_digest_cites_every_source_and_names_the_contradiction(stub: Any) -> None:
    documents = [
        "كلفة الجسر الجديد على النهر 40 مليون يورو. يبدأ العمل فيه في الربيع المقبل.",
        "تبلغ كلفة الجسر الجديد على النهر 40 مليون يورو. رحب السكان بالخبر في الأحياء القريبة.",
        "كلفة الجسر الجديد على النهر 55 مليون يورو. وتأخر المشروع سنوات بسبب التمويل.",
    ]
    response = await stub.Summarize(summarize(*documents, sentence_count=2))
    for sentence in response.sentences:
        cited = [citation.document_index for citation in sentence.citations]
        assert cited[0] == sentence.document_index
        assert len(cited) == len(set(cited))
        for citation in sentence.citations:
            span = citation.source_span
            text = documents[citation.document_index][span.start : span.end]
            assert text == citation.source_text
    assert any(len(sentence.citations) == 2 for sentence in response.sentences)
    (found,) = response.contradictions
    assert found.kind == zubda_pb2.FACT_KIND_NUMBER
    assert [claim.value for claim in found.claims] == ["40 مليون", "40 مليون", "55 مليون"]
    for claim in found.claims:
        document = documents[claim.citation.document_index]
        assert document[claim.value_span.start : claim.value_span.end] == claim.value
    assert zubda_pb2.WARNING_CODE_CONTRADICTION in {w.code for w in response.warnings}
