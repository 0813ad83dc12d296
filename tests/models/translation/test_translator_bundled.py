"""Translation with the bundled model: structure, not wording, which changes with the weights."""

import pytest

from zubda_models.engines.load import load_engine
from zubda_models.engines.protocol import DecodingOptions
from zubda_models.translation.result import FinishReason
from zubda_models.translation.translator import Translator
from zubda_models.warnings import WarningCode

PAGE = """افتتاح جسر جديد

افتتح وزير النقل اليوم جسرا جديدا فوق النهر. وقال إن الجسر سيخفف الازدحام!
  The bridge is 400 metres long.

***
"""


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(load_engine("ar-en-mini"))


def test_page_is_translated_line_by_line(translator: Translator) -> None:
    translated = translator.translate(PAGE)
    arabic = [segment for segment in translated.segments if segment.language == "ar"]
    assert len(arabic) == 3
    for segment in arabic:
        assert segment.finish_reason is FinishReason.STOP
        assert segment.target
        assert segment.target.isascii()
        assert segment.score is not None
        assert segment.score < 0
    lines = translated.text.split("\n")
    assert len(lines) == len(PAGE.split("\n"))
    assert lines[3:] == PAGE.split("\n")[3:]


def test_sentence_longer_than_the_model_takes(translator: Translator) -> None:
    clause = "وقال الوزير إن العمل مستمر في جميع المدن"
    [segment] = translator.translate("، ".join([clause] * 40) + ".").segments
    assert WarningCode.SEGMENT_SPLIT in {warning.code for warning in segment.warnings}
    assert len(segment.target.split()) > 40


def test_alternatives_and_limits(translator: Translator) -> None:
    options = DecodingOptions(num_hypotheses=3, max_output_tokens=3)
    [segment] = translator.translate("وصل الوفد إلى العاصمة صباح اليوم.", options=options).segments
    assert len(segment.alternatives) == 2
    assert segment.finish_reason is FinishReason.LENGTH
    assert WarningCode.TRUNCATED in {warning.code for warning in segment.warnings}


def test_emoji_is_reported_as_dropped(translator: Translator) -> None:
    [segment] = translator.translate("صباح الخير 🙂 يا أصدقاء").segments
    [warning] = [w for w in segment.warnings if w.code is WarningCode.UNKNOWN_CHARACTERS]
    assert warning.tokens == ("🙂",)
