"""Who holds an office: a title, what it is the title of, and the name after it.

Arabic has no capital letters, so a name is known by its place: ``وزير الخارجية السوري، أسعد
الشيباني،``. What cannot be told apart surely is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zubda_models.summarization.facts import Fact
from zubda_models.summarization.lexical import STOP_WORDS, content, root, word_set
from zubda_models.summarization.names import same_name
from zubda_models.summarization.result import FactKind
from zubda_models.text.boilerplate import fold
from zubda_models.text.span import Span

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640])*")
_TANWEEN = re.compile("[\u064b-\u064d]")
_PROCLITIC = re.compile(r"^[وف]?[بلك]?(?=ال|لل)|^و(?=.{3})")
_ARTICLE = re.compile(r"^(?:ال|لل)(?=..)")

_HEADS = {
    **{
        form: head
        for head in word_set("رئيس وزير سفير مبعوث مدير متحدث ناطق مستشار مفوض نائب وكيل منسق")
        for form in (head, f"{head}ه")
    },
    **{head: head for head in word_set("ملك امير قائد محافظ حاكم نقيب سلطان مدرب زعيم امين")},
}
_DUALS = {head + ending: head for head in ("رئيس", "وزير") for ending in ("ان", "ين", "ا", "ي")}
_SPEAKERS = frozenset({"متحدث", "ناطق"})
_COUNTERPARTS = word_set("نظيره نظيرها نظيرته نظيرتها")
_HONORIFICS = word_set(
    "اللواء الفريق العميد العقيد الدكتور الدكتوره السيد السيده المهندس المهندسه الشيخ الاستاذ"
    " الجنرال المشير الركن د الحالي الحاليه الجديد الجديده الانتقالي المؤقت"
)
_FORMER = word_set(
    "السابق السابقه الاسبق الراحل الراحله المخلوع المقال المستقيل المكلف المعين المرشح المنتخب"
)
_PAST = re.compile(r"(?<!\w)[وفبل]?(?:عهد|حكم|نظام|سقوط|زمن|اسقاط|اطاحه|الاطاحه|رحيل)(?!\w)")
_GENERIC = frozenset(
    root(word) for word in word_set("مجلس الوزاره الدوله باسم العام الرسمي الرسميه")
)
_VERBS = word_set(
    "زار التقي بحث ناقش استقبل عقد وقع شارك ترأس تراس دعا حذر طالب رفض نفي كشف شدد لفت تابع توجه"
    " غادر عاد بدا اجري تلقي حضر القي تحدث صرح ادان رحب هنا عين اقال قرر وعد تعهد ابدي عبر اعرب"
    " استعرض افتتح اطلع تراجع فاز خسر توفي استقال امر راي تسلم سلم قدم اتهم تفقد خلف نقل ردا رد"
    " تمسك جدد اعتبر توقع التقت زارت بحثت ناقشت شددت لفتت ان إن"
)
_NAMES_LIKE_VERBS = word_set(
    "يوسف ياسر يحيي يونس يعقوب ياسين يزن يزيد يسري توفيق تميم تامر تيسير تركي تحسين توماس تيم"
    " تيدروس يائير يوري يانيس تشارلز تشاك تشن"
)
_NAMES_LIKE_CONJUNCTIONS = word_set("وليد وائل وسام وفاء وداد وجدي وحيد وجيه وليم ويليام")
_IMPERFECT = re.compile(r"^س?[يت][^\W\d_]{3,}$")
_LINKS = word_set("عبد ابو ابن بن بنت ال ام دي فان فون دا ابي")
_MAX_NAME = 4


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    span: Span
    gap: str
    """What stands between it and the word before."""

    tanween: bool

    @property
    def bare(self) -> str:
        """Without conjunction and preposition."""
        return _PROCLITIC.sub("", self.folded)

    @property
    def definite(self) -> bool:
        return _ARTICLE.match(self.bare) is not None

    @property
    def noun(self) -> str:
        """Without the article as well."""
        known = self.folded in _HEADS or self.folded in _DUALS  # the first letter of "وزير"
        return self.folded if known else _ARTICLE.sub("", self.bare)

    @property
    def head(self) -> str | None:
        return _HEADS.get(self.noun) or _DUALS.get(self.noun)

    @property
    def broken(self) -> bool:
        """Whether a mark other than a quotation mark stands before it."""
        return bool(self.gap.strip(' \xa0“”«»"'))

    @property
    def after_comma(self) -> bool:
        return self.gap.strip(' \xa0“”«»"') == "،"


@dataclass(frozen=True, slots=True)
class _Office:
    head: str
    of: tuple[str, ...]
    """The roots of the words that it is the office of, in their order."""

    end: int
    """The index of the word after the title."""

    definite: bool

    def of_counterpart(self, nationality: str) -> tuple[str, ...]:
        kept = self.of[:-1] if self.definite or len(self.of) > 1 else self.of
        return (*kept, nationality)


def persons(sentence: str) -> Iterator[Fact]:
    """The holders of offices that a sentence names."""
    words = _words(sentence)
    context = content(sentence)
    firm = not _PAST.search(fold(sentence))
    for office, of, name in _holders(words):
        span = Span(name[0].span.start, name[-1].span.end)
        value = (tuple(w.folded for w in name), _following(words, span.end))
        key = (office.head, frozenset(of) - _GENERIC)
        if key[1]:
            yield Fact(
                FactKind.PERSON,
                span,
                key,
                value,
                context,
                firm=firm,
                identified=office.definite or len(of) > 1 or office.head in _SPEAKERS,
                agrees=same_name,
            )


def _holders(words: Sequence[_Word]) -> Iterator[tuple[_Office, tuple[str, ...], list[_Word]]]:
    last: _Office | None = None
    for i, word in enumerate(words):
        if word.noun in _COUNTERPARTS and last and i + 1 < len(words) and words[i + 1].definite:
            of = last.of_counterpart(root(words[i + 1].noun))
            if name := _name(words, i + 2):
                yield last, of, name
            continue
        office = _office(words, i)
        if office is None:
            continue
        last = office
        if not (name := _name(words, office.end)):
            continue
        yield office, office.of, name
        follower = office.end + len(name)
        if word.noun in _DUALS and follower < len(words):
            other = words[follower]
            if other.folded.startswith("وال") and (second := _name(words, follower + 1)):
                yield office, office.of_counterpart(root(other.noun)), second


def _office(words: Sequence[_Word], start: int) -> _Office | None:
    """The title that begins at a word, up to where its holder's name may stand."""
    title = words[start]
    if title.head is None or (start and words[start - 1].head and not title.broken):
        return None
    i, of = start + 1, []
    while not title.definite and i < len(words) and i - start <= 3 and not words[i].broken:
        if words[i].definite or words[i].folded in STOP_WORDS:
            break
        of.append(words[i])
        i += 1
    if i < len(words) and words[i].folded == "باسم":
        i += 1
    while i < len(words) and words[i].definite and not words[i].broken:
        if words[i].bare in _FORMER:
            return None
        if of and words[i].head:
            break  # another title: "وزير الدفاع الرئيس …"
        if words[i].bare not in _HONORIFICS:
            of.append(words[i])
        i += 1
    if not of or not any(word.definite for word in of):
        return None
    i = _past_aside(words, i)
    return _Office(title.head, tuple(root(w.noun) for w in of), i, title.definite)


def _past_aside(words: Sequence[_Word], i: int) -> int:
    """Past "في المرحلة الانتقالية،" between title and name."""
    if i < len(words) and words[i].folded == "في" and not words[i].broken:
        for j in range(i + 1, min(i + 6, len(words))):
            if words[j].after_comma:
                return j
    return i


def _name(words: Sequence[_Word], start: int) -> list[_Word]:
    """The name that begins at a word; empty if none surely does."""
    if start >= len(words) or (words[start].broken and not words[start].after_comma):
        return []
    apposed = words[start].after_comma
    name: list[_Word] = []
    for word in words[start : start + _MAX_NAME]:
        if (name and word.broken) or not _may_name(word, first=not name, apposed=apposed):
            break
        linked = bool(name) and name[-1].folded in _LINKS
        if not apposed and len(name) >= 2 and not (linked or word.definite):
            break
        name.append(word)
    closed = start + len(name) >= len(words) or words[start + len(name)].broken
    if apposed and not closed and not _is_function_word(words[start + len(name)]):
        return []
    return name if len(name) >= 2 or (apposed and closed and len(name) == 1) else []


def _following(words: Sequence[_Word], end: int) -> tuple[str, ...]:
    """The word after a name if it may be the rest of it."""
    after = next((word for word in words if word.span.start >= end), None)
    if after is None or after.broken or not _may_name(after, first=False, apposed=False):
        return ()
    return (after.folded,)


def _may_name(word: _Word, *, first: bool, apposed: bool) -> bool:
    folded = word.folded
    if _is_function_word(word) or word.tanween or word.head or folded in _COUNTERPARTS:
        return False
    if _IMPERFECT.match(folded) and folded not in _NAMES_LIKE_VERBS:
        return False
    if first:
        conjoined = folded.startswith("و") and folded not in _NAMES_LIKE_CONJUNCTIONS
        return not conjoined and (apposed or not word.definite)
    return not (folded.startswith("و") or (word.definite and not folded.startswith("ال")))


def _is_function_word(word: _Word) -> bool:
    return word.folded in STOP_WORDS or word.folded in _VERBS


def _words(sentence: str) -> list[_Word]:
    words, end = [], 0
    for match in _WORD.finditer(sentence):
        words.append(
            _Word(
                fold(match.group()),
                Span(*match.span()),
                sentence[end : match.start()],
                _TANWEEN.search(match.group()) is not None,
            )
        )
        end = match.end()
    return words
