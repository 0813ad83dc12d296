"""What gives a line of a news page away as no part of the article.

Every rule asks for evidence that prose does not show: a whole line that is a set
phrase of web sites, a request to the reader together with a thing that only a
site has, a credit in brackets, the vocabulary of site software. Phrases are
compared after :func:`fold`, so that spelling variants count as one.
"""

import re
import unicodedata
from enum import StrEnum

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


# Headings over links to other articles, as a whole line: "آخر الأخبار من غزة …" is prose.
_LINK_LIST = re.compile(
    _any_of(
        "مقالات ذات صلة | مواضيع ذات صلة | موضوعات ذات صلة | أخبار ذات صلة | ذات صلة"
        " | مقالات مشابهة"
        " | مواضيع مشابهة | مواضيع متعلقة | موضوعات متعلقة | أخبار متعلقة | مقالات أخرى"
        " | أخبار أخرى"
        " | اقرأ أيضا | اقرأ المزيد | شاهد أيضا | طالع أيضا | تابع أيضا | قد يهمك | قد يهمك أيضا"
        " | قد يعجبك | قد يعجبك أيضا | ربما يعجبك | ربما يهمك | الأكثر قراءة | الأكثر مشاهدة"
        " | الأكثر تداولا | الأكثر شيوعا | الأكثر تعليقا | آخر الأخبار | أحدث الأخبار | أهم الأخبار"
        " | آخر المقالات | أحدث المقالات | المزيد من الأخبار | المزيد | مختارات | من نفس القسم"
        " | related articles | related posts | related news | related stories | read also"
        " | read more"
        " | most read | latest news | you may also like"
    )
    + r"[\s:.…»>-]*"
)
_LINK = re.compile(
    _any_of("اقرأ أيضا | اقرأ المزيد | شاهد أيضا | طالع أيضا | read also | read more") + r" ?:"
)

# What no sentence of an article opens with.
_SET_PHRASE = re.compile(
    _any_of(
        "اترك تعليق | اترك رد | أضف تعليق | أضف رد | اكتب تعليق | شاركنا رأيك | شاركنا برأيك"
        " | لن يتم نشر عنوان بريدك | لن ينشر عنوان بريدك | لن يتم نشر بريدك"
        " | الحقول الإلزامية مشار | الحقول المطلوبة مشار | احفظ اسمي | زر الذهاب إلى الأعلى"
        " | جميع الحقوق محفوظة | كافة الحقوق محفوظة | كل الحقوق محفوظة | حقوق النشر محفوظة"
        " | هل كان هذا المقال مفيد | هل أعجبك المقال | هل أعجبك هذا المقال | قيم هذا المقال"
    )
    + r"|(?:مده|وقت) القراءه ?:? ?\d|مقالات ذات صله (?=اترك|اضف)"
    + r"|©|copyright (?:©|\d)|all rights reserved|leave a (?:comment|reply)$"
)

# Navigation, forms, share buttons: a line that holds nothing else is furniture.
_NAVIGATION = re.compile(
    r"(?=.*[^\W\d])(?:(?:\d+|"
    + _any_of(
        "الرئيسية | الصفحة الرئيسية | من نحن | اتصل بنا | تواصل معنا | أعلن معنا | فريق العمل"
        " | سياسة الخصوصية | شروط الاستخدام | سياسة الاستخدام | الشروط والأحكام | اتفاقية الاستخدام"
        " | شارك هذا المقال | شارك هذا الخبر | شارك هذا الموضوع | شارك المقال عبر"
        " | شارك الخبر عبر | شارك الموضوع عبر | مشاركة المقال | مشاركة الخبر"
        " | خريطة الموقع | القائمة | بحث | إغلاق | إعلان | مساحة إعلانية | مشاركة | شارك | شاركها"
        " | طباعة | حفظ | إرسال | إرسال التعليق | اشترك | اشترك الآن | تابعنا | تابعونا"
        " | تابعنا على"
        " | التعليقات | تعليق | التعليق | تعليقات | لا توجد تعليقات | الاسم | البريد الإلكتروني"
        " | الموقع الإلكتروني | النشرة البريدية | كلمة المرور | نسيت كلمة المرور | تسجيل الدخول"
        " | إنشاء حساب | إلغاء الرد | تحميل المزيد | عرض المزيد | التالي | السابق | المقال التالي"
        " | المقال السابق | نسخ الرابط | انسخ الرابط | العودة إلى الأعلى | نعم لا | عبر البريد"
        " | فيسبوك | فيس بوك | تويتر | إكس | منصة إكس | واتساب | واتس اب | تلغرام | تيليجرام"
        " | تلقرام"
        " | تيلقرام | انستغرام | انستقرام | إنستجرام | يوتيوب | لينكدإن | لينكد إن | بينتيريست"
        " | تيك توك | سناب شات | ماسنجر | مسنجر | ثريدز | نبض | جوجل نيوز"
        " | facebook | twitter | x | whatsapp | telegram | instagram | youtube | linkedin"
        " | pinterest"
        " | reddit | tumblr | messenger | email | print | share | tweet | copy link | search | menu"
        " | home | contact us | about us | privacy policy | terms of use | advertisement"
        " | subscribe"
    )
    + r")(?:[\s|•·/,،:*›»؟()-]+|$))+"
)

# A request to the reader that cannot be "he did": sites speak so, reporters do not.
_REQUEST = re.compile(
    r"(?:^|[ /(])(?:راسلنا|راسلونا|تابعنا|تابعونا|اشتركوا|اضغط|اضغطوا|انقر|انقروا|بالضغط|بالنقر"
    r"|شاركنا|شاركونا|اخبرنا|ابلغنا|لا تفوت|لا تفوتوا|ليصلك|لتصلك|لمتابعتنا|للاشتراك)(?!\w)"
)
# The same word is "he did" elsewhere, so it must open the line.
_REQUEST_OR_VERB = re.compile(
    r"(?:ارسل|اشترك|سجل|حمل|نزل|ادخل|اكتب|شارك|قدم|انضم|تواصل|فعل|تابع)(?:ي|وا)?(?!\w)"
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
_BYLINE = re.compile(r"(?:كتب|كتبت|كتبه|كتبها|بقلم|تحرير|اعداد|المصدر|بواسطه) ?[:/-] ?.+|بقلم .+")
_TAGS = re.compile(
    _any_of("الوسوم | الكلمات المفتاحية | كلمات مفتاحية | كلمات دلالية | tags") + r"(?: ?:.*)?"
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
    r"|شينخوا|واس|وام|كونا|ارشيف|ارشيفيه|تصوير|عدسه|مواقع التواصل|انترنت|الانترنت|وزاره|رئاسه"
    r"|الرئاسه|فيسبوك|تويتر|اكس|تلغرام|انستغرام|afp|reuters|getty|ap|epa|photo)\b"
)
_BRACKETED_END = re.compile(r"(.*)\(([^()]{2,60})\)")
_SENTENCE_END = re.compile(r"[.!؟?…](?:\s|$)")
_CAPTION_START = re.compile(
    r"(?:مصدر الصوره|التعليق علي الصوره|تعليق الصوره|صوره ارشيفيه|صوره تعبيريه|صوره متداوله|الصوره"
    r"|تصوير|عدسه|photo|image source|getty images)(?: ?[:،,/|-]|$| \()"
)

_TERMINATED = re.compile(r"[.!؟?…۔][\s\"'”’»)\]*]*(?:\([^()]{2,60}\))?$")


def is_terminated(line: str) -> bool:
    """Whether the line ends as a sentence does, but for closing quotes and a credit."""
    return _TERMINATED.search(line) is not None


def is_link_list_heading(line: str) -> bool:
    """Whether the line heads a list of links, such as "مقالات ذات صلة"."""
    return _LINK_LIST.fullmatch(fold(line)) is not None


def is_date_or_byline(line: str) -> bool:
    """Whether the line only tells when or by whom the page was published."""
    folded = fold(line)
    words = re.findall(r"\w+", folded)
    if words and any(map(str.isdigit, words)) and all(map(_DATE_WORD.fullmatch, words)):
        return True
    return len(folded.split()) <= MAX_BYLINE_WORDS and _BYLINE.fullmatch(folded) is not None


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
    bracketed = _BRACKETED_END.fullmatch(folded)
    if bracketed is None or len(folded.split()) > MAX_CAPTION_WORDS:
        return _CAPTION_START.match(folded) is not None
    subject, bracket = bracketed.groups()
    if _SENTENCE_END.search(subject) or _REPORTED.search(subject):
        return False
    dated = " - " in subject and _DATE.search(subject) is not None
    return dated or _CREDIT.search(bracket) is not None


def _is_furniture(folded: str) -> bool:
    if _LINK_LIST.fullmatch(folded) or _NAVIGATION.fullmatch(folded):
        return True
    if _LINK.match(folded) or _SET_PHRASE.match(folded):
        return True
    if _REPORTED.search(folded):
        return False
    if _REQUEST_OR_VERB.match(folded):
        return _OWN_THING.search(folded) is not None
    addressed = _REQUEST.search(folded) or (_ADDRESS.match(folded) and _ANY_REQUEST.search(folded))
    return bool(addressed and _SITE_THING.search(folded))
