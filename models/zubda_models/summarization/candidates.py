"""The sentences of a document, and which of them can stand in a summary."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zubda_models.text.boilerplate import fold, is_terminated
from zubda_models.text.page import BlockRole, Page
from zubda_models.text.segment import segment
from zubda_models.text.span import Span
from zubda_models.translation.numbers import numbers

MIN_WORDS = 5
"""Shorter sentences say nothing on their own."""

_QUESTION = re.compile(r"[؟?][\s\"'”’»)\]!؟?.]*$")
_QUOTATION = re.compile(r"[\"“«„‘”][^\"“”«»„]*[\"”»“’][.،!]*")
_LIST_ITEM = re.compile(r"[-–—•▪●◦*]|\d+ ?[.)-] ")

# Openings that lean on the sentence before, in the spelling of fold().
_CONNECTIVE = re.compile(
    r"و?(?:كما|كذلك|ايضا|لذلك|لهذا|بذلك|هكذا|لكن|لكنه|لكنها|ولكن|غير ان|الا ان|بل|اما|اذ|حيث|فقد"
    r"|هو|هي|هم|هذا|هذه|بدوره|بدورها|بدورهم|بالتالي|بالمقابل|بالتوازي|سابقا|سبق|ثم"
    r"|من (?:جهته|جهتها|جهتهم|جانبه|جانبها|جانبهم|ناحيته|هنا|ثم)"
    r"|في (?:المقابل|الوقت (?:نفسه|ذاته)|السياق (?:نفسه|ذاته)|سياق (?:متصل|اخر|مواز)|الاثناء"
    r"|الاطار نفسه|تطور (?:اخر|متصل))"
    r"|(?:مع|رغم|بعد|عقب|قبل|نتيجه|الي جانب|علاوه علي|فضلا عن|اضافه الي|بالاضافه الي) (?:ذلك|هذا)"
    r"|علي (?:صعيد (?:اخر|متصل)|الرغم من (?:ذلك|هذا)))(?!\w)"
)
# "هذا العام" and the like point at the calendar, not at the sentence before.
_DEMONSTRATIVE = re.compile(
    r"(?<!\w)[وفبلك]{0,2}(?:هذا|هذه|هذان|هذين|هاتان|هاتين|هؤلاء|ذلك|تلك)(?!\w)"
    r"(?! (?:العام|السنه|الشهر|الاسبوع|اليوم|الموسم|القرن|المره|الاثناء))"
)
_SUBJECTLESS = re.compile(
    r"[وف]?(?:قال|اضاف|اكد|اعلن|اوضح|ذكر|اشار|كشف|افاد|بين|شدد|لفت|تابع|راي|حذر|طالب|دعا|دعت|نفي"
    r"|نفت|توقع|يقول|تقول|اعتبر|استدرك|ختم|اردف|زاد)(?:ت|وا|ا)?(?: الي| علي| من| ب)?(?: ان| انه"
    r"| انها| انهم| بان| ?[:\"“«])"
)
# "في اليوم", "حتى اليوم", "اليوم الثاني" are no news of today.
_TIMELY = re.compile(
    r"(?<!\w)(?:(?<!في )(?<!حتي )(?<!الي )(?<!ذلك )(?<!هذا )(?<!منذ )اليوم(?! ال)"
    r"|امس|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|هذا الاسبوع)(?!\w)"
)
_CONCLUSION_OPENING = re.compile(
    r"و?(?:في (?:الختام|النهايه|المحصله|الخلاصه|خلاصه القول|نهايه المطاف)|ختاما|خلاصه القول"
    r"|خلاصه الامر|يبقي (?:السؤال|التحدي|الامل|القول|ان)|اخيرا،)(?!\w)"
)
_CONCLUSION_HEADING = re.compile(
    r"(?:ال)?(?:خاتمه|خلاصه|ختام|خلاصه القول|نتيجه|كلمه اخيره)|في الختام"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text and what its form tells about its use."""

    document_index: int
    span: Span
    text: str
    position: int
    """How many sentences of its document come before it."""

    eligible: bool
    """Whether it can stand in a summary: a statement, long enough, in the reporter's voice."""

    dangling: bool
    """Whether it opens with a word that leans on the sentence before."""

    concluding: bool
    """Whether it only winds the article up."""

    fragment: bool
    """Whether it is an item of a list or lacks its full stop."""

    concrete: bool
    """Whether it holds a number."""

    timely: bool
    """Whether it says that something happened just now: today, yesterday, on a weekday."""

    @property
    def words(self) -> int:
        """Its length in words, counted between white space."""
        return len(self.text.split())


def read_sentences(document_index: int, text: str, page: Page) -> list[Sentence]:
    """The sentences of the paragraphs of a page, in reading order."""
    return [
        _describe(document_index, span, span.of(text), position, in_conclusion=in_conclusion)
        for position, (span, in_conclusion) in enumerate(_spans(text, page))
    ]


def _spans(text: str, page: Page) -> Iterator[tuple[Span, bool]]:
    """Every sentence, with whether it stands below a heading like "الخاتمة"."""
    in_conclusion = False
    for block in page.blocks:
        paragraph = block.span.of(text)
        if block.role is not BlockRole.BODY:
            heading = fold(paragraph).rstrip(" :.")
            in_conclusion = _CONCLUSION_HEADING.fullmatch(heading) is not None
            continue
        start = block.span.start
        for span in segment(paragraph):
            yield Span(start + span.start, start + span.end), in_conclusion


def _describe(
    document_index: int, span: Span, text: str, position: int, *, in_conclusion: bool
) -> Sentence:
    folded = fold(text)
    return Sentence(
        document_index=document_index,
        span=span,
        text=text,
        position=position,
        eligible=_is_eligible(text),
        dangling=position > 0 and _leans_on_the_sentence_before(folded),
        concluding=in_conclusion or _CONCLUSION_OPENING.match(folded) is not None,
        fragment=_LIST_ITEM.match(text) is not None or not is_terminated(text),
        concrete=any(number.required for number in numbers(text)),
        timely=_TIMELY.search(folded) is not None,
    )


def _leans_on_the_sentence_before(folded: str) -> bool:
    return bool(
        _CONNECTIVE.match(folded) or _SUBJECTLESS.match(folded) or _DEMONSTRATIVE.search(folded)
    )


def _is_eligible(text: str) -> bool:
    return (
        len(text.split()) >= MIN_WORDS
        and any(map(str.isalpha, text))
        and not _QUESTION.search(text)
        and not text.endswith((":", "：", "،", ","))
        and not _QUOTATION.fullmatch(text)
    )


def candidates(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The eligible sentences; all of them where none is."""
    return [sentence for sentence in sentences if sentence.eligible] or list(sentences)
