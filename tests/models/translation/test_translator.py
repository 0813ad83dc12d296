"""What a caller of the translator can rely on, with an engine whose output is known."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.engines.protocol import DecodingOptions, Hypothesis
from zubda_models.text.normalize import normalize
from zubda_models.text.span import Span
from zubda_models.translation.result import FinishReason, SegmentTranslation
from zubda_models.translation.translator import Translator, join
from zubda_models.warnings import WarningCode

Answer = Callable[[Sequence[str], DecodingOptions], list[Hypothesis]]


def echo(tokens: Sequence[str], options: DecodingOptions) -> list[Hypothesis]:
    """An engine that answers with its source, up to the limit of tokens."""
    limit = options.max_output_tokens
    return [Hypothesis(tuple(tokens[:limit]), -0.5, finished=len(tokens) <= limit)]


LATIN = {
    ord(letter): chr(97 + at % 26)
    for at, letter in enumerate("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآئؤء")
}


def transliterate(tokens: Sequence[str], options: DecodingOptions) -> list[Hypothesis]:
    """An engine that answers in Latin letters, word for word."""
    return echo([token.translate(LATIN) for token in tokens], options)


LONG = (
    "وصل وزير خارجية دولة مجاورة صباح أمس إلى عاصمة البلاد، حيث التقى رئيس حكومتها وبحث معه سبل "
    "تعزيز تعاون تجاري بين جانبين منذ سنوات طويلة"
)


class FakeEngine:
    """Words are tokens, written as SentencePiece writes them."""

    compute_type = "none"

    def __init__(self, answer: Answer = echo, max_source_tokens: int = 100) -> None:
        self.max_source_tokens = max_source_tokens
        self.batches: list[list[Sequence[str]]] = []
        self.options: list[DecodingOptions] = []
        self._answer = answer

    def tokenize(self, text: str) -> list[str]:
        return [f"▁{word}" for word in text.split(" ")]

    def detokenize(self, tokens: Sequence[str]) -> str:
        return "".join(tokens).replace("▁", " ").strip()

    def is_unknown(self, token: str) -> bool:
        return "☃" in token

    def decode(
        self, batch: Sequence[Sequence[str]], options: DecodingOptions
    ) -> list[list[Hypothesis]]:
        self.batches.append(list(batch))
        self.options.append(options)
        return [self._answer(tokens, options) for tokens in batch]

    def close(self) -> None: ...


def says(*texts: str, finished: bool = True) -> Answer:
    """An engine that answers with ``texts``, best first, whatever it is asked."""
    hypotheses = [
        Hypothesis(tuple(f"▁{word}" for word in text.split(" ")), -0.1 * rank, finished)
        for rank, text in enumerate(texts, 1)
    ]
    return lambda tokens, options: hypotheses[: options.num_hypotheses]


def one(translator: Translator, text: str, **options: int) -> SegmentTranslation:
    [segment] = translator.translate(text, options=DecodingOptions(**options)).segments
    return segment


def codes(segment: SegmentTranslation) -> list[WarningCode]:
    return [warning.code for warning in segment.warnings]


WORDS = st.sampled_from(["ذهب", "الولد", "إلى", "المدرسة", "اليوم", "home", "وقال", "في", "٣٫٥"])
MARKS = st.sampled_from(["", ".", "!", "...", ":"])
GAPS = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\t", " \n ", "\u00a0", "\u2028", "   "])
TEXTS = st.lists(st.tuples(GAPS, WORDS, MARKS)).map(lambda parts: "".join(map("".join, parts)))


@given(TEXTS, GAPS)
def test_layout_survives_an_engine_that_changes_nothing(text: str, tail: str) -> None:
    text += tail
    translated = Translator(FakeEngine()).translate(text)
    # What lies inside a segment is normalised before it is decoded.
    expected, end = "", 0
    for segment in translated.segments:
        assert segment.source == segment.span.of(text)
        gap = text[end : segment.span.start]
        assert not gap.strip()
        passed = segment.finish_reason is FinishReason.PASSED_THROUGH
        expected += gap + (segment.source if passed else normalize(segment.source))
        end = segment.span.end
    assert not text[end:].strip()
    assert translated.text == expected + text[end:]


@given(st.text(alphabet="اب a.\n\t\r\u00a0"))
def test_text_of_single_spaced_lines_comes_back_unchanged(text: str) -> None:
    lines = "\n".join(normalize(line) for line in text.split("\n"))
    assert Translator(FakeEngine()).translate(lines).text == lines


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_blank_text_has_no_segments(text: str) -> None:
    translated = Translator(FakeEngine()).translate(text)
    assert (translated.text, translated.segments) == (text, ())


@pytest.mark.parametrize(
    ("text", "language", "warnings"),
    [
        ("The minister  said no.", "en", []),
        ("42 %  — 7", "zxx", []),
        ("部长昨天抵达开罗", "und", [WarningCode.UNSUPPORTED_LANGUAGE]),
    ],
)
def test_other_languages_pass_through(
    text: str, language: str, warnings: list[WarningCode]
) -> None:
    engine = FakeEngine()
    segment = one(Translator(engine), text)
    assert segment.target == text
    assert segment.language == language
    assert segment.finish_reason is FinishReason.PASSED_THROUGH
    assert segment.score is None
    assert codes(segment) == warnings
    assert not engine.batches


def test_stated_language_translates_every_segment_with_an_arabic_letter() -> None:
    engine = FakeEngine(says("done"))
    text = "The newspaper named after the word حياة was closed\nNo Arabic here"
    by_script = Translator(engine).translate(text)
    assert by_script.text == text
    stated = Translator(engine).translate(text, source_language="ar")
    assert stated.text == "done\nNo Arabic here"
    assert stated.segments[0].language == "en"


def test_source_languages_that_are_not_offered_are_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Translator(FakeEngine()).translate("نص", source_language="fr")


def test_mixed_segment_is_translated() -> None:
    segment = one(Translator(FakeEngine(says("Apple's phone"))), "هاتف شركة Apple")
    assert (segment.language, segment.target) == ("ar", "Apple's phone")
    assert segment.finish_reason is FinishReason.STOP
    assert segment.score == pytest.approx(-0.1)


def test_models_see_normalised_text_and_no_language_token() -> None:
    engine = FakeEngine()
    one(Translator(engine), ">>fra<< كتـــاب\u200f جديد")
    [[tokens]] = engine.batches
    assert "كتاب" in engine.detokenize(tokens)
    assert not any(">>" in token for token in tokens)


def test_segments_share_batches_and_come_back_in_their_order() -> None:
    engine = FakeEngine(transliterate)
    words = LONG.replace("،", "").split()
    lines = [" ".join(words[at % 7 : 3 + at % 11]) or "كلمة" for at in range(80)]
    translated = Translator(engine).translate("\n".join(lines))
    expected = [line.translate(LATIN) for line in lines]
    assert [segment.target for segment in translated.segments] == expected
    assert [len(batch) for batch in engine.batches] == [32, 32, 16]


def test_overlong_segment_is_cut_at_clause_marks_and_says_so() -> None:
    engine = FakeEngine(transliterate, max_source_tokens=12)
    segment = one(Translator(engine), LONG)
    [parts] = engine.batches
    assert sorted(map(len, parts)) == [3, 10, 12]
    assert segment.target == LONG.translate(LATIN).replace("،", ",")
    assert codes(segment) == [WarningCode.SEGMENT_SPLIT]
    assert "3 parts" in segment.warnings[0].message
    assert segment.score == pytest.approx(-0.5)


def test_part_of_a_long_segment_that_is_cut_makes_the_segment_truncated() -> None:
    engine = FakeEngine(transliterate, max_source_tokens=12)
    segment = one(Translator(engine), LONG, max_output_tokens=5)
    assert segment.finish_reason is FinishReason.LENGTH
    assert set(codes(segment)) == {WarningCode.SEGMENT_SPLIT, WarningCode.TRUNCATED}


def test_cut_output_is_reported() -> None:
    segment = one(Translator(FakeEngine(says("an unfinished", finished=False))), "جملة طويلة")
    assert segment.target == "an unfinished"
    assert segment.finish_reason is FinishReason.LENGTH
    assert codes(segment) == [WarningCode.TRUNCATED]


REPEATING = "the president said " * 8


def test_repetition_is_decoded_once_more_under_a_guard() -> None:
    def answer(tokens: Sequence[str], options: DecodingOptions) -> list[Hypothesis]:
        good = options.no_repeat_ngram_size == 3
        return says("the president said so" if good else REPEATING.strip())(tokens, options)

    engine = FakeEngine(answer)
    segment = one(Translator(engine), "قال الرئيس ذلك")
    assert segment.target == "the president said so"
    assert segment.warnings == ()
    assert [options.no_repeat_ngram_size for options in engine.options] == [0, 3]


def test_repetition_that_stays_is_reported_after_one_retry() -> None:
    engine = FakeEngine(says(REPEATING.strip()))
    segment = one(Translator(engine), "قال الرئيس ذلك")
    assert segment.target == REPEATING.strip()
    assert WarningCode.REPETITION in codes(segment)
    assert len(engine.batches) == 2


def test_retry_that_is_worse_is_not_taken() -> None:
    def answer(tokens: Sequence[str], options: DecodingOptions) -> list[Hypothesis]:
        guarded = options.no_repeat_ngram_size > 0
        return says(REPEATING.strip(), finished=not guarded)(tokens, options)

    segment = one(Translator(FakeEngine(answer)), "قال الرئيس ذلك")
    assert segment.finish_reason is FinishReason.STOP
    assert WarningCode.TRUNCATED not in codes(segment)


def test_alternatives_come_best_first() -> None:
    engine = FakeEngine(says("first", "second", "third"))
    segment = one(Translator(engine), "الأول", num_hypotheses=3)
    assert segment.target == "first"
    assert [(a.text, round(a.score, 3)) for a in segment.alternatives] == [
        ("second", -0.2),
        ("third", -0.3),
    ]


def test_alternatives_of_a_split_segment_are_joined_by_rank() -> None:
    def answer(tokens: Sequence[str], options: DecodingOptions) -> list[Hypothesis]:
        texts = ["one", "two", "three"] if len(tokens) == 10 else ["last", "end"]
        return says(*texts)(tokens, options)

    engine = FakeEngine(answer, max_source_tokens=10)
    segment = one(Translator(engine), " ".join(["كلمة"] * 15), num_hypotheses=3)
    assert segment.target == "one last"
    assert [alternative.text for alternative in segment.alternatives] == ["two end"]


def test_characters_that_the_model_does_not_know_are_named() -> None:
    segment = one(Translator(FakeEngine(says("snow"))), "ثلج ☃ ثلج ☃")
    assert codes(segment) == [WarningCode.UNKNOWN_CHARACTERS]
    assert segment.warnings[0].tokens == ("☃",)


@pytest.mark.parametrize(
    ("source", "output", "target"),
    [
        ("هل جاء؟", "did he come؟", "did he come?"),
        ("كلمة", "one، two؛ three٪", "one, two; three%"),
        ("شركة", "the company&apos;s &quot;plan&quot;", 'the company\'s "plan"'),
        ("رمز &amp; هنا", "the sign &amp; here", "the sign &amp; here"),
        ("كلمة", " AT&T ", "AT&T"),
    ],
)
def test_output_is_cleaned(source: str, output: str, target: str) -> None:
    assert one(Translator(FakeEngine(says(output))), source).target == target


def test_join_keeps_what_lies_between_segments() -> None:
    text = "  أ \n\n ب\t"
    spans = [Span(2, 3), Span(7, 8)]
    segments = [
        SegmentTranslation(span, span.of(text), target, "ar", -1.0, FinishReason.STOP)
        for span, target in zip(spans, ["first", "second"], strict=True)
    ]
    assert join(text, segments) == "  first \n\n second\t"


def test_steps_ask_before_they_answer() -> None:
    translator = Translator(FakeEngine())
    text = "نعم. No."
    spans = translator.segments(text)
    steps = translator.steps(text, spans[0], options=DecodingOptions(beam_size=2))
    request = next(steps)
    assert request.sequences == (("▁نعم.",),)
    assert request.options.beam_size == 2
    with pytest.raises(StopIteration) as stop:
        steps.send([[Hypothesis(("▁Yes.",), -0.2, finished=True)]])
    assert stop.value.value.target == "Yes."
