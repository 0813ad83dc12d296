"""Messages of the contract become the objects that the documentation promises."""

import pytest
from google.protobuf.duration_pb2 import Duration

import zubda
from zubda._responses import (
    read_info,
    read_piece,
    read_summary,
    read_translations,
)
from zubda.v1 import zubda_pb2 as pb


def a_warning():
    return pb.Warning(code=pb.WARNING_CODE_NUMBER_MISMATCH, message="7 is lost", tokens=["7"])


def a_segment():
    return pb.TranslatedSegment(
        source_span=pb.TextSpan(start=1, end=4),
        source_text="أ 7",
        target_text="a",
        source_language_code="ar",
        score=-0.5,
        finish_reason=pb.FINISH_REASON_STOP,
        warnings=[a_warning()],
        alternatives=[pb.Alternative(text="an", score=-0.75)],
    )


def a_citation():
    return pb.Citation(
        document_index=2,
        source_span=pb.TextSpan(start=0, end=8),
        source_text="وصل أمس.",
        similarity=0.75,
    )


CITATION = zubda.Citation(2, zubda.Span(0, 8), "وصل أمس.", 0.75)
WARNING = zubda.Warning(zubda.WarningCode.NUMBER_MISMATCH, "7 is lost", ("7",))
SEGMENT = zubda.Segment(
    span=zubda.Span(1, 4),
    source="أ 7",
    target="a",
    language="ar",
    score=-0.5,
    finish_reason=zubda.FinishReason.STOP,
    warnings=(WARNING,),
    alternatives=(zubda.Alternative("an", -0.75),),
)


def test_translations():
    response = pb.TranslateResponse(
        translations=[pb.Translation(text="\na", segments=[a_segment()])],
        timings=pb.Timings(
            queue=Duration(nanos=1_000_000),
            tokenize=Duration(nanos=2_000_000),
            infer=Duration(seconds=3),
            total=Duration(seconds=4),
        ),
    )
    (translation,) = read_translations(response)
    assert translation == zubda.Translation(
        "\na", (SEGMENT,), zubda.Timings(queue=0.001, tokenize=0.002, infer=3, total=4)
    )
    assert translation.warnings == (WARNING,)
    assert translation.segments[0].span.of("\nأ 7") == "أ 7"


def test_pieces():
    piece = read_piece(pb.StreamTranslateResponse(text_index=1, text="a", segment=a_segment()))
    assert piece == zubda.Piece(1, "a", SEGMENT, last=False, timings=None)
    piece = read_piece(pb.StreamTranslateResponse(text="\n", last=True, timings=pb.Timings()))
    assert piece == zubda.Piece(0, "\n", None, last=True, timings=zubda.Timings(0, 0, 0, 0))


def test_what_was_not_decoded_has_no_score():
    (translation,) = read_translations(
        pb.TranslateResponse(translations=[pb.Translation(segments=[pb.TranslatedSegment()])])
    )
    assert translation.segments[0].score is None


def test_summaries():
    response = pb.SummarizeResponse(
        text="one",
        sentences=[
            pb.SummarySentence(
                text="one",
                document_index=1,
                source_span=pb.TextSpan(start=2, end=5),
                source_text="أحد",
                rank_score=0.5,
                warnings=[a_warning()],
                citations=[a_citation()],
            )
        ],
        removed=[
            pb.RemovedText(
                document_index=0,
                source_span=pb.TextSpan(start=0, end=4),
                text="شارك",
                reason=pb.REMOVAL_REASON_FURNITURE,
            )
        ],
        warnings=[a_warning()],
        contradictions=[
            pb.Contradiction(
                kind=pb.FACT_KIND_DATE,
                claims=[
                    pb.Claim(
                        citation=a_citation(),
                        value="أمس",
                        value_span=pb.TextSpan(start=5, end=8),
                    )
                ],
            )
        ],
        extracts=[pb.Extract(document_index=1, text="نص")],
    )
    assert read_summary(response) == zubda.Summary(
        text="one",
        sentences=(
            zubda.SummarySentence(
                "one",
                1,
                zubda.Span(2, 5),
                "أحد",
                0.5,
                warnings=(WARNING,),
                citations=(CITATION,),
            ),
        ),
        removed=(zubda.RemovedText(0, zubda.Span(0, 4), "شارك", zubda.RemovalReason.FURNITURE),),
        warnings=(WARNING,),
        contradictions=(
            zubda.Contradiction(
                zubda.FactKind.DATE, (zubda.Claim(CITATION, "أمس", zubda.Span(5, 8)),)
            ),
        ),
        extracts=(zubda.Extract(1, "نص"),),
        timings=zubda.Timings(0, 0, 0, 0),
    )


def test_info_carries_every_limit_of_the_contract():
    limits = pb.Limits(max_call_duration=Duration(seconds=300))
    numbers = [f.name for f in pb.Limits.DESCRIPTOR.fields if f.name != "max_call_duration"]
    for number, name in enumerate(numbers, start=1):
        setattr(limits, name, number)
    info = read_info(
        pb.GetServiceInfoResponse(
            version="1.0.0",
            models=[
                pb.Model(
                    name="m",
                    task=pb.MODEL_TASK_TRANSLATION,
                    license="MIT",
                    description="d",
                    engine="ctranslate2",
                    compute_type="int8",
                    size_bytes=2**40,
                )
            ],
            translation_pairs=[
                pb.LanguagePair(source_language_code="ar", target_language_code="en")
            ],
            summary_language_codes=["ar", "en"],
            limits=limits,
        )
    )
    assert info.models == (
        zubda.Model("m", zubda.ModelTask.TRANSLATION, "MIT", "d", "ctranslate2", "int8", 2**40),
    )
    assert info.translation_pairs == (zubda.LanguagePair("ar", "en"),)
    assert info.summary_languages == ("ar", "en")
    assert info.limits.max_call_duration == 300
    for number, name in enumerate(numbers, start=1):
        assert getattr(info.limits, name) == number


@pytest.mark.parametrize(
    "name", ["FinishReason", "WarningCode", "RemovalReason", "ModelTask", "FactKind"]
)
def test_every_enum_value_of_the_contract_has_a_member(name):
    members = {member.value for member in getattr(zubda, name)}
    values = pb.DESCRIPTOR.enum_types_by_name[name].values
    prefix = values[0].name.removesuffix("UNSPECIFIED")
    assert members == {value.name.removeprefix(prefix).lower() for value in values}


def test_a_value_of_a_newer_contract_is_unspecified():
    (translation,) = read_translations(
        pb.TranslateResponse(
            translations=[
                pb.Translation(
                    segments=[pb.TranslatedSegment(warnings=[pb.Warning(code=99, message="new")])]
                )
            ]
        )
    )
    assert translation.warnings == (zubda.Warning(zubda.WarningCode.UNSPECIFIED, "new", ()),)
