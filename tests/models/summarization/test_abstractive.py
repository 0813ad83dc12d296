"""Abstractive summaries: what the model is given, and what becomes of what it writes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from zubda_models.bundle import find_model
from zubda_models.engines.load import load_generator
from zubda_models.engines.seq2seq import Output
from zubda_models.summarization.abstractive import AbstractiveSummarizer
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.length import Ratio, SentenceCount, WordCount
from zubda_models.warnings import WarningCode

REPORT = [
    "أعلنت وزارة الصحة افتتاح مستشفى جديد في مدينة المنصورة بسعة 400 سرير.",
    "وقالت الوزارة إن المستشفى سيستقبل المرضى ابتداء من الأسبوع المقبل.",
    "ويضم المستشفى أقساما للجراحة والأطفال والطوارئ ومركزا لغسيل الكلى.",
    "وبلغت كلفة البناء ملياري جنيه دفعت الحكومة نصفها وتبرع السكان بالباقي.",
    "وسيعمل في المستشفى أكثر من ثلاثمئة طبيب وممرض من أبناء المحافظة.",
    "وطالب الأهالي بتشغيل خط حافلات يصل القرى المجاورة بالمبنى الجديد.",
]
DOCUMENT = "\n".join(REPORT)
TRUE = "افتتحت وزارة الصحة مستشفى جديدا في المنصورة بسعة 400 سرير."
TOO_MANY = "افتتحت وزارة الصحة مستشفى جديدا في المنصورة بسعة 900 سرير."
FOREIGN = "فاز المنتخب الوطني بكأس القارة بعد مباراة مثيرة."


class Writer:
    """Writes what the test says, and keeps what it was given; a word is a token."""

    compute_type = "none"
    card: Any = None

    def __init__(self, *outputs: str, room: int = 500, finished: bool = True) -> None:
        self.max_source_tokens = room
        self.given: list[str] = []
        self._outputs = iter([*outputs] * 50)
        self._finished = finished

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def generate(self, texts: Sequence[str]) -> list[Output]:
        assert all(self.count_tokens(text) <= self.max_source_tokens for text in texts)
        self.given += texts
        return [Output(next(self._outputs), (), self._finished) for _ in texts]

    def close(self) -> None: ...


@pytest.fixture(scope="module")
def encoder() -> Iterator[SentenceEncoder]:
    encoder = SentenceEncoder(find_model("e5-small-ar-en"))
    yield encoder
    encoder.close()


def codes(warnings: Sequence[Any]) -> list[WarningCode]:
    return [warning.code for warning in warnings]


def test_each_sentence_of_a_real_model_is_supported_or_marked(
    trained_model: Path, encoder: SentenceEncoder, article: str, supported: str, invented: str
) -> None:
    summarizer = AbstractiveSummarizer(load_generator(trained_model), encoder)
    summary = summarizer.summarize([article], SentenceCount(2))
    first, second = summary.sentences
    assert (first.text, second.text) == (supported, invented)
    assert first.citations[0].text.startswith("افتتحت وزارة الطاقة يوم الأحد")
    assert first.citations[0].span.of(article) == first.citations[0].text
    assert first.span == first.citations[0].span
    assert 0.9 < first.citations[0].similarity <= 1
    assert not first.warnings
    assert second.citations == ()
    assert codes(second.warnings) == [WarningCode.UNSUPPORTED_STATEMENT]


def test_where_there_is_no_room_for_all_the_unsupported_goes_first(
    encoder: SentenceEncoder,
) -> None:
    summarizer = AbstractiveSummarizer(Writer(f"{FOREIGN} {TRUE}"), encoder)
    for length in (SentenceCount(1), WordCount(12), Ratio(0.2)):
        (sentence,) = summarizer.summarize([DOCUMENT], length).sentences
        assert sentence.text == TRUE


def test_one_sentence_is_left_even_if_it_is_too_long(encoder: SentenceEncoder) -> None:
    summarizer = AbstractiveSummarizer(Writer(TRUE), encoder)
    assert [s.text for s in summarizer.summarize([DOCUMENT], WordCount(3)).sentences] == [TRUE]


def test_number_that_no_supporting_sentence_holds_makes_a_sentence_unsupported(
    encoder: SentenceEncoder,
) -> None:
    summarizer = AbstractiveSummarizer(Writer(TOO_MANY), encoder)
    (sentence,) = summarizer.summarize([DOCUMENT], SentenceCount(2)).sentences
    assert sentence.citations == ()
    (warning,) = sentence.warnings
    assert warning.code is WarningCode.UNSUPPORTED_STATEMENT
    assert warning.tokens == ("900",)
    assert "900" in warning.message


def test_long_document_is_given_in_like_chunks_of_whole_sentences(
    encoder: SentenceEncoder,
) -> None:
    writer = Writer(TRUE, "يعمل في المستشفى أكثر من ثلاثمئة طبيب وممرض.", room=30)
    summary = AbstractiveSummarizer(writer, encoder).summarize([DOCUMENT], SentenceCount(3))
    assert " ".join(writer.given).split() == DOCUMENT.split()
    assert all(chunk.endswith(".") for chunk in writer.given)
    sizes = [writer.count_tokens(chunk) for chunk in writer.given]
    assert len(sizes) == 3
    assert max(sizes) < 2 * min(sizes)
    (warning,) = summary.warnings
    assert warning.code is WarningCode.SEGMENT_SPLIT
    assert "3 parts" in warning.message
    assert len(summary.sentences) == 2  # the third chunk's repeats the first's


def test_sentence_longer_than_the_model_takes_is_cut_between_words(
    encoder: SentenceEncoder,
) -> None:
    writer = Writer(TRUE, room=7)
    AbstractiveSummarizer(writer, encoder).summarize([DOCUMENT], SentenceCount(1))
    assert " ".join(writer.given).split() == DOCUMENT.split()


def test_work_that_nobody_waits_for_any_more_is_ended(encoder: SentenceEncoder) -> None:
    class GoneError(Exception):
        pass

    def proceed() -> None:
        if writer.given:
            raise GoneError

    writer = Writer(TRUE, room=7)
    with pytest.raises(GoneError):
        AbstractiveSummarizer(writer, encoder).summarize(
            [DOCUMENT], SentenceCount(1), proceed=proceed
        )
    assert 0 < len(" ".join(writer.given).split()) < len(DOCUMENT.split()) / 2


def test_documents_are_given_one_by_one_and_blank_ones_not(encoder: SentenceEncoder) -> None:
    writer = Writer(TRUE, "يعمل في المستشفى أكثر من ثلاثمئة طبيب وممرض.")
    documents = ["\n".join(REPORT[:4]), " \n", "\n".join(REPORT[3:])]
    summary = AbstractiveSummarizer(writer, encoder).summarize(documents, SentenceCount(2))
    assert writer.given == [" ".join(REPORT[:4]), " ".join(REPORT[3:])]
    assert [sentence.document_index for sentence in summary.sentences] == [0, 2]
    for sentence in summary.sentences:
        for citation in sentence.citations:
            assert citation.span.of(documents[citation.document_index]) == citation.text
    assert WarningCode.SEGMENT_SPLIT not in codes(summary.warnings)


def test_text_that_is_short_already_is_not_given_to_the_model(encoder: SentenceEncoder) -> None:
    writer = Writer(FOREIGN)
    summary = AbstractiveSummarizer(writer, encoder).summarize([REPORT[0]], SentenceCount(3))
    assert [sentence.text for sentence in summary.sentences] == [REPORT[0]]
    assert codes(summary.warnings) == [WarningCode.TOO_SHORT]
    assert writer.given == []


def test_text_of_which_nothing_is_left_is_not_given_to_the_model(encoder: SentenceEncoder) -> None:
    writer = Writer(FOREIGN)
    summary = AbstractiveSummarizer(writer, encoder).summarize(["  "], SentenceCount(3))
    assert summary.sentences == ()
    assert writer.given == []


def test_cut_sentence_is_dropped_unless_it_is_the_only_one(encoder: SentenceEncoder) -> None:
    cut = "وقالت الوزارة إن المستشفى"
    writer = Writer(f"{TRUE} {cut}", finished=False)
    summary = AbstractiveSummarizer(writer, encoder).summarize([DOCUMENT], SentenceCount(3))
    assert [sentence.text for sentence in summary.sentences] == [TRUE]
    writer = Writer(cut, finished=False)
    (only,) = AbstractiveSummarizer(writer, encoder).summarize([DOCUMENT], Ratio(0.5)).sentences
    assert only.text == cut
    assert WarningCode.TRUNCATED in codes(only.warnings)


def test_model_that_writes_nothing_leaves_the_choice_of_sentences(
    encoder: SentenceEncoder,
) -> None:
    summary = AbstractiveSummarizer(Writer(""), encoder).summarize([DOCUMENT], SentenceCount(2))
    assert {sentence.text for sentence in summary.sentences} < set(REPORT)
    assert codes(summary.warnings) == [WarningCode.NOTHING_LEFT]
