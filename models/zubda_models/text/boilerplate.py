"""What gives a line of a news page away as no part of the article.

Every rule asks for evidence that prose does not show: a whole line that is a set
phrase of web sites, a request to the reader together with a thing that only a
site has, a credit in brackets, the vocabulary of site software. Phrases are
compared after :func:`fold`, so that spelling variants count as one.
"""

import re
import unicodedata
from enum import StrEnum

from zubda_models.text import site_phrases as phrases

MAX_FURNITURE_CHARACTERS = 300
"""Longer lines are prose."""

MAX_CAPTION_WORDS = 25
"""Longer lines with a credit at their end are paragraphs: "… (رويترز)"."""

MAX_BYLINE_WORDS = 6
"""Longer lines that open like a byline are headlines of the kind "بقلم رصاص: …"."""


class RemovalReason(StrEnum):
    """Why a stretch of a page is no part of the article."""

    FURNITURE = "furniture"
    """Comment forms, share buttons, navigation, bylines, subscription, correction notices."""

    NOTICE = "notice"
    """A message of the site's software, its licence or its cookies."""

    CAPTION = "caption"
    """The caption or credit of a picture."""

    REPEATED = "repeated"
    """A line that stands earlier on the same page."""

    LABEL = "label"
    """A category label, a breadcrumb or tags."""


_ONE_SPELLING = str.maketrans("أإآٱىة", "ااااي" + "ه")


def fold(text: str) -> str:
    """The text in one spelling, for comparison only.

    Diacritics, tatweel and invisible characters go; alef forms, ya and ta marbuta
    become one; digits become ASCII, Latin letters lower-case, white space single.
    """
    kept = []
    for char in unicodedata.normalize("NFKC", text):
        if unicodedata.category(char) in ("Mn", "Cf") or char == "ـ":
            continue
        digit = unicodedata.decimal(char, None)
        kept.append(char if digit is None else str(digit))
    return " ".join("".join(kept).translate(_ONE_SPELLING).lower().split())


def _any_of(phrases: str) -> str:
    """An expression for phrases that are given with " | " between them."""
    return "(?:" + "|".join(re.escape(fold(phrase)) for phrase in phrases.split(" | ")) + ")"


# As a whole line: "آخر الأخبار من غزة …" is prose.
_LINK_LIST = re.compile(_any_of(phrases.LINK_LISTS) + r"[\s:.…»>|-]*")
_LINK = re.compile(_any_of(phrases.LINKS) + r" ?[:|]")
_SET_PHRASE = re.compile(_any_of(phrases.OPENINGS) + "|" + phrases.OPENING_PATTERNS)
_NAVIGATION = re.compile(
    r"(?=.*[^\W\d])(?:(?:\d+|" + _any_of(phrases.NAVIGATION) + r")(?:[\s|•·/,،:*›»؟()-]+|$))+"
)
# Lines that are no sentences at all: clock times, counters, addresses, initials, end marks.
_COMMENTS = re.compile(phrases.COMMENTS)
_APPARATUS = re.compile("|".join(f"(?:{pattern})" for pattern in phrases.APPARATUS))
_DISCLAIMER = re.compile(phrases.DISCLAIMER)

# A request to the reader that cannot be "he did": sites speak so, reporters do not.
_REQUEST = re.compile(
    r"(?:^|[ /(])(?:راسلنا|راسلونا|تابعنا|تابعونا|اشتركوا|اضغط|اضغطوا|انقر|انقروا|بالضغط|بالنقر"
    r"|شاركنا|شاركونا|اخبرنا|ابلغنا|لا تفوت|لا تفوتوا|ليصلك|لتصلك|لمتابعتنا|للاشتراك)(?!\w)"
)
# The same word is "he did" elsewhere, so it must open the line.
_REQUEST_OR_VERB = re.compile(
    r"(?:ارسل|اشترك|سجل|حمل|نزل|ادخل|اكتب|شارك|قدم|انضم|تواصل|فعل|تابع)(?:ي|وا)?(?!\w)"
)
# Plural before its subject: a verb that opens a sentence of the press is singular.
_IMPERATIVE = re.compile(
    r"(?:تابعوا|تابعي|اشتركوا|انضموا|حملوا|شاركوا|ارسلوا|ادعموا|سارعوا|لمتابعه|لمزيد)(?:نا)? "
)
_OWN_CHANNEL = re.compile(
    r"(?:علي|عبر|خدمه|قناتنا|مجموعات|تطبيق|صفحه) ?(?:ال)?"
    r"(?:واتساب|تليجرام|تلغرام|تيليجرام|فيسبوك|google|جوجل|غوغل|نبض|انستغرام)|«|@"
)
_ADDRESS = re.compile(
    r"(?:(?:اذا|ان) (?:كنت|وجدت|لاحظت|رغبت|كان لديك|كانت لديك)|هل (?:لديك|وجدت|لاحظت)|للابلاغ"
    r"|للتبليغ"
    r"|لارسال|للتواصل|للمزيد|لمزيد|لقراءه|لمشاهده|لمتابعه)(?!\w)"
)
_ANY_REQUEST = re.compile(
    rf"{_REQUEST.pattern}|(?:^|[ /(،]){_REQUEST_OR_VERB.pattern}|{_any_of('يرجى | نرجو')}"
)
_OWN_THING = re.compile(
    r"بريدك|رايك|تعليقك|اصدقائك|اصدقاءك"
    r"|نشرتنا|نشراتنا|النشره البريديه|نشره بريديه|قناتنا|قنواتنا|صفحتنا|صفحاتنا"
    r"|حسابنا|حساباتنا|تطبيقنا|التطبيق الان|موقعنا|ميثاقنا|محتوانا"
)
_SITE_THING = re.compile(
    rf"{_OWN_THING.pattern}|اشعارات|\bالمقال\b|هذا الخبر|هذه الصفحه|نموذج (?:التصحيح|الاتصال"
    rf"|المراسله)"
    r"|(?:اضغط|انقر) هنا|من هنا|الرابط|زر الاشتراك|شروط الاستخدام|سياسه الخصوصيه|لحظه بلحظه"
    r"|(?:تصلك|يصلك|اهم|اخر|احدث) الاخبار"
    r"|(?:علي|عبر) (?:واتساب|تلغرام|تيليجرام|فيسبوك|تويتر|انستغرام|يوتيوب|جوجل|غوغل|منصه)"
)
# Somebody is reported to speak: the request is theirs, not the site's.
_REPORTED = re.compile(
    r"(?:^| )[وف]?(?:قال|يقول|اضاف|اكد|اعلن|اوضح|دعا|طالب|ذكر|اشار|تقول|دع|نقل)(?:ت|وا)?(?= )"
)

_SOFTWARE = re.compile(
    r"\b(?:licen[cs]e|theme|plugin|cookies?|javascript|browser|undefined|deprecated|wordpress|php"
    r"|settings|adblock\w*|captcha|notice:|warning:|error:|fatal)\b"
)
_SITE_VOICE = re.compile(
    r"\b(?:we use|our (?:site|website|cookies?|partners)|your? |please|this (?:site|website|page))"
)
_COOKIES = re.compile(r"ملفات تعريف الارتباط|\b(?:ال)?كوكيز\b")

_MONTH = _any_of(
    "يناير | فبراير | مارس | أبريل | إبريل | مايو | يونيو | يوليو | أغسطس | سبتمبر | أكتوبر"
    " | نوفمبر | ديسمبر | كانون الثاني | شباط | آذار | نيسان | أيار | حزيران | تموز | آب | أيلول"
    " | تشرين الأول | تشرين الثاني | كانون الأول | جانفي | فيفري | أفريل | ماي | جوان | جويلية"
    " | أوت"
)
_DATE = re.compile(rf"\b{_MONTH},?/? ?\d{{4}}\b|\b\d{{1,4}}([/.-])\d{{1,2}}\1\d{{1,4}}\b")
_DATE_WORD = re.compile(
    rf"{_MONTH}|\d+|كانون|تشرين|الثاني|الاول"
    + "|"
    + _any_of(
        "السبت | الأحد | الاثنين | الإثنين | الثلاثاء | الأربعاء | الخميس | الجمعة | نشر"
        " | النشر | تم"
        " | تاريخ | آخر | تحديث | التحديث | في | من | منذ | قبل | الساعة | ساعة | ساعات | يوم"
        " | أيام"
        " | دقيقة | دقائق | صباحا | مساء | ص | م | هـ | ه | بتوقيت | غرينتش | مكة | المكرمة | دمشق"
        " | القاهرة | بغداد | am | pm | gmt | utc"
    )
)
_BYLINE = re.compile(
    r"(?:كتب|كتبت|كتبه|كتبها|بقلم|تحرير|اعداد|المصدر|المصادر|بواسطه|ترجمه|تدقيق|مراجعه|تصوير|تحقيق"
    r"|اشراف|باشراف|حاوره|حاورها|حاورته|تعديل الصوره|by|author|role) ?[:/,،-] ?.+"
    r"|(?:بقلم|بواسطه|حاورتها?|by) .+"
)
_SOURCE = re.compile(r"(?:المصدر|تحرير|ترجمه|تدقيق|تعديل الصوره) ?: ?[^.؟!]+")
_DATELINE = re.compile(
    r"[^\s:]+(?: [^\s:]+)? ?[-–/] ?[^\s.؟!:]+(?: [^\s.؟!:]+)?:?"
    r"|[^.؟!:]{2,30} ?[-–] ?(?:خاص|وكالات|متابعه)"
)
_TAGS = re.compile(
    _any_of(
        "الوسوم | وسوم | الكلمات المفتاحية | كلمات مفتاحية | كلمات دلالية | كلمات دالة"
        " | كلمات البحث | مواضيع | تصنيفات | tags"
    )
    + r"(?: ?:.*)?"
)
_HASHTAGS = re.compile(r"(?:#\w+[\s،,]*)+")
_BREADCRUMB = re.compile(r"[^.؟!«»]{1,60}(?: [»›>] [^.؟!«»]{1,60})+")
_SECTION_WORD = re.compile(
    r"[وفب]?(?:ال)?(?:اخبار|سياس[هي]|سياسيه|اقتصاد|اقتصادي|اقتصاديه|رياض[هي]|ثقاف[هي]|فن|فنون"
    r"|منوعات"
    r"|تقارير|تحقيقات|مقالات|راي|اراء|دولي|دوليه|محلي|محليه|محليات|عربي|عربيه|عالمي|عالميه|عالم|عرب"
    r"|صحه|علوم|تكنولوجيا|تقنيه|مجتمع|حوادث|عاجل|خاص|حصري|شؤون|مال|اعمال|اسواق|طاقه|رئيسيه|مميز)"
)

_CREDIT = re.compile(
    r"\b(?:وكاله|وكالات|رويترز|فرانس برس|اسوشيتد|ا ف ب|اف ب|الاناضول|سانا|بترا|نوفوستي|سبوتنيك|تاس"
    r"|شينخوا|واس|وام|كونا|ارشيف|ارشيفيه|تصوير|عدسه|مواقع التواصل|انترنت|الانترنت|المصدر|صحيفه"
    r"|وزاره|رئاسه"
    r"|الرئاسه|فيسبوك|تويتر|اكس|تلغرام|انستغرام|afp|reuters|getty|ap|epa|photo)\b"
)
_BRACKETED_END = re.compile(r"(.*)\(([^()]{2,60})\)")
_SENTENCE_END = re.compile(r"[.!؟?…](?:\s|$)")
_CAPTION_END = re.compile(
    r"(?:[-–/] ?(?:صوره )?ارشيف(?:يه)?|picture alliance|getty images|[.–-] ?تصوير:? .{2,40})$"
)
_CAPTION_START = re.compile(
    r"(?:مصدر الصوره|صدر الصوره|صوره من|التعليق علي الصوره|تعليق الصوره|صوره ارشيفيه"
    r"|صوره تعبيريه|صوره متداوله|الصوره"
    r"|تصوير|عدسه|photo|image source|getty images)(?: ?[:،,/|-]|$| \()"
)

_TERMINATED = re.compile(r"[.!؟?…۔][\s\"'”’»)\]*]*(?:\([^()]{2,60}\))?$")


def is_terminated(line: str) -> bool:
    """Whether the line ends as a sentence does, but for closing quotes and a credit."""
    return _TERMINATED.search(line) is not None


def is_link_list_heading(line: str) -> bool:
    """Whether the line heads a list of links, such as "مقالات ذات صلة"."""
    return _LINK_LIST.fullmatch(fold(line)) is not None


def is_date_or_byline(line: str, *, other_words: int = 0) -> bool:
    """Whether the line only tells when or by whom the page was published.

    Beside a full date it may have ``other_words``, such as the name of a place.
    """
    folded = fold(line)
    words = re.findall(r"\w+", folded)
    others = sum(_DATE_WORD.fullmatch(word) is None for word in words)
    if any(map(str.isdigit, words)) and others <= (other_words if _DATE.search(folded) else 0):
        return True
    return len(folded.split()) <= MAX_BYLINE_WORDS and _BYLINE.fullmatch(folded) is not None


def is_dateline(line: str) -> bool:
    """Whether the line only names a place and a source: "عدن - وكالات"."""
    folded = fold(line)
    return len(folded.split()) <= MAX_BYLINE_WORDS and _DATELINE.fullmatch(folded) is not None


def opens_comments(line: str) -> bool:
    """Whether the line stands above what visitors wrote, or above the form for it."""
    return _COMMENTS.match(fold(line)) is not None


def is_section_label(line: str) -> bool:
    """Whether the line is the name of a section of the site, such as "دولي"."""
    words = re.findall(r"\w+", fold(line))
    return 0 < len(words) <= 4 and all(map(_SECTION_WORD.fullmatch, words))


def removal_reason(line: str, *, arabic_page: bool) -> RemovalReason | None:
    """Why this line, whatever stands around it, is no part of an article.

    ``arabic_page`` tells that the page is mainly Arabic: then a line without
    Arabic letters that has the vocabulary of site software is one of its
    messages. On other pages it must also speak to the visitor.
    """
    if len(line) > MAX_FURNITURE_CHARACTERS:
        return None
    folded = fold(line)
    if _is_notice(folded, arabic_page=arabic_page):
        return RemovalReason.NOTICE
    if not is_terminated(line) and _is_caption(folded):
        return RemovalReason.CAPTION
    if any(label.fullmatch(folded) for label in (_TAGS, _HASHTAGS, _BREADCRUMB)):
        return RemovalReason.LABEL
    if not any(map(str.isalnum, folded)) or _is_furniture(folded):
        return RemovalReason.FURNITURE
    return None


def _is_notice(folded: str, *, arabic_page: bool) -> bool:
    if _COOKIES.search(folded):
        return re.search(r"نستخدم|نحن|يستخدم (?:هذا )?(?:ال)?موقع|موقعنا|توافق", folded) is not None
    if re.search("[\u0600-\u06ff]", folded):
        return False
    words = len(_SOFTWARE.findall(folded))
    to_visitor = _SITE_VOICE.search(folded) is not None
    return (words > 1 or (words == 1 and to_visitor)) and (arabic_page or to_visitor)


def _is_caption(folded: str) -> bool:
    if _CAPTION_END.search(folded) and not _REPORTED.search(folded):
        return True
    bracketed = _BRACKETED_END.fullmatch(folded)
    if bracketed is None or len(folded.split()) > MAX_CAPTION_WORDS:
        return _CAPTION_START.match(folded) is not None
    subject, bracket = bracketed.groups()
    if _SENTENCE_END.search(subject) or _REPORTED.search(subject):
        return False
    dated = " - " in subject and _DATE.search(subject) is not None
    return dated or _CREDIT.search(bracket) is not None


def _is_furniture(folded: str) -> bool:
    if any(whole.fullmatch(folded) for whole in (_LINK_LIST, _NAVIGATION, _APPARATUS)):
        return True
    if any(opening.match(folded) for opening in (_LINK, _SET_PHRASE)):
        return True
    if len(folded.split()) <= MAX_BYLINE_WORDS and _SOURCE.fullmatch(folded):
        return True
    if _REPORTED.search(folded):
        return False
    return _DISCLAIMER.search(folded) is not None or _is_request(folded)


def _is_request(folded: str) -> bool:
    """Whether the site asks the visitor for something."""
    if _IMPERATIVE.match(folded) and (_SITE_THING.search(folded) or _OWN_CHANNEL.search(folded)):
        return True
    if _REQUEST_OR_VERB.match(folded):
        return _OWN_THING.search(folded) is not None
    addressed = _REQUEST.search(folded) or (_ADDRESS.match(folded) and _ANY_REQUEST.search(folded))
    return bool(addressed and _SITE_THING.search(folded))
