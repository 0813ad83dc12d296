"""Pages as people copy them, each line labelled by hand with what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda_models.text.boilerplate import RemovalReason
from zubda_models.text.page import BlockRole, read_page

BLOG = """
label     | أخبار محلية
headline  | بلدية صيدا تطلق مشروعًا لمعالجة النفايات
furniture | بقلم: رنا الحسن
furniture | نُشر في: 3 مارس 2025 - 10:30 ص
furniture | 5 دقائق قراءة: قراءة
body      | أطلقت بلدية صيدا، أمس الاثنين، مشروعًا لمعالجة النفايات الصلبة بكلفة 12 مليون يورو.
heading   | تمويل أوروبي
body      | ويموّل الاتحاد الأوروبي ثلثي الكلفة. وقال رئيس البلدية إن العمل يبدأ في أيار.
furniture | شاهد أيضًا: أزمة الكهرباء في الجنوب
body      | وأضاف: "لن تُفرض رسوم جديدة على السكان"
heading   | ماذا بعد؟
body      | ينتظر المشروع موافقة وزارة البيئة.
furniture | ذات صلة
furniture | كشف تفاصيل جديدة عن خطة الطوارئ
furniture | انقطاع المياه عن أحياء المدينة القديمة
furniture | 3 تعليقات
furniture | أضف تعليقًا
furniture | الاسم*
furniture | إرسال التعليق
""".replace("furniture | 5 دقائق قراءة: قراءة\n", "furniture | مدة القراءة 5 دقائق\n")

AGENCY = """
caption   | مصدر الصورة، Getty Images
body      | الرباط - أعلنت وزارة الفلاحة المغربية أن إنتاج الحبوب ارتفع بنسبة 41% هذا الموسم.
body      | وقال الوزير للصحافيين: «المطر أنقذ الموسم».
caption   | حقل قمح قرب مكناس (أ ف ب)
body      | وكانت المملكة استوردت 9 ملايين طن من القمح في 2024.
body      | ولم يذكر الوزير توقعات العام المقبل، لكن خبراء رجحوا تحسنًا طفيفًا. (رويترز)
furniture | تابعنا على منصة إكس
furniture | Facebook Twitter WhatsApp
notice    | نستخدم ملفات تعريف الارتباط لتحسين تجربتك. بمتابعة التصفح فإنك توافق على ذلك.
"""

NO_FULL_STOPS = """
headline  | افتتاح مطار جديد في الداخلية
body      | افتتحت سلطنة عمان صباح اليوم مطارًا جديدًا في محافظة الداخلية بطاقة مليوني مسافر سنويًا
body      | وقال مدير المطار إن أول رحلة ستنطلق إلى صلالة
heading   | خدمات المطار
body      | يضم المطار مبنى للركاب وآخر للشحن ومواقف تتسع لألف وخمسمئة سيارة ومحطة للحافلات
"""

LIST = """
headline  | نصائح وزارة الصحة لموسم الإنفلونزا
body      | دعت الوزارة إلى اتباع الإرشادات الآتية خلال الشتاء.
body      | - غسل اليدين مرات عدة في اليوم
body      | - البقاء في المنزل عند ظهور الأعراض
body      | وقالت الوزارة إن اللقاح متوفر في جميع المراكز.
label     | الكلمات المفتاحية: صحة، لقاح
label     | #صحة #لقاح
furniture | * * *
furniture | للمزيد من التفاصيل اضغط هنا
furniture | إذا لاحظت خطأ في هذا الخبر راسلنا
"""

ENGLISH_MESSAGES = """
notice    | Warning: Undefined variable $post in /var/www/html/single.php on line 12
notice    | Please enable JavaScript in your browser to see this page.
headline  | مجلس الوزراء يقر موازنة العام المقبل
furniture | الخميس، 9 كانون الثاني 2025
body      | أقر مجلس الوزراء موازنة العام المقبل بعجز نسبته 4%.
body      | "We will not raise taxes," the finance minister said in English.
body      | وتُحال الموازنة إلى البرلمان في الأسبوع المقبل.
repeated  | أقر مجلس الوزراء موازنة العام المقبل بعجز نسبته 4%.
furniture | Copyright © 2025
"""

ENGLISH_PAGE = """
headline  | City council approves a new tram line
body      | The city council approved a tram line on Tuesday that will cost 300 million dollars.
heading   | What comes next
body      | The browser maker and the theme park both own licenses for shops along the line.
notice    | We use cookies. Please read our cookie policy.
furniture | Related articles
furniture | Tram drivers strike for a second day
"""

MENU_AND_COMMENTS = """
furniture | Skip to content
label     | الوفيات
furniture | القائمة
label     | محليات
headline  | افتتاح جسر جديد فوق نهر الأردن
furniture | رنا الحسن
furniture | 3 مارس 2025 عمّان
furniture | 2 تعليقات
heading   | حركة السير
body      | افتُتح أمس جسر جديد فوق نهر الأردن بطول 120 مترًا.
furniture | 14:35
body      | س: متى يُفتح الجسر أمام الشاحنات؟
body      | ج: بعد شهرين على الأرجح. ننتظر نتائج الفحص.
furniture | -انتهى-
furniture | م.ل/ ف.ع
furniture | https://example.com/bridge
furniture | تعليقات (2)
furniture | أبو خالد
furniture | بارك الله في كل من عمل على هذا المشروع الكبير.
furniture | Reply
furniture | AE
"""

ONLY_SHORT_LINES = """
body      | عاجل من مراسلنا
body      | انفجار في مصنع
body      | لا إصابات
"""

PAGES = {name: page for name, page in globals().items() if name.isupper() and isinstance(page, str)}


def labelled(page: str) -> list[tuple[str, str]]:
    rows = [row.split("|", 1) for row in page.strip().splitlines()]
    return [(label.strip(), line.strip()) for label, line in rows]


def read(text: str) -> list[tuple[str, str]]:
    page = read_page(text)
    found = [(block.span, str(block.role)) for block in page.blocks]
    found += [(item.span, str(item.reason)) for item in page.removed]
    return [(kind, span.of(text)) for span, kind in sorted(found)]


@pytest.mark.parametrize("separator", ["\n", "\n\n", " \r\n\t\n  "], ids=["lf", "blank", "crlf"])
@pytest.mark.parametrize("name", PAGES)
def test_every_line_of_a_page_is_told_for_what_it_is(name: str, separator: str) -> None:
    expected = labelled(PAGES[name])

    assert read(separator.join(line for _, line in expected)) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "آخر الأخبار الواردة من غزة تشير إلى هدوء حذر.",
        "اشترك الوزير في الاجتماع عبر الفيديو.",
        "قدم الكاتب في هذا المقال قراءة جديدة للأزمة.",
        "قدمت النقابة شكوى إلى النيابة العامة بشأن الموقع.",
        "شارك هذا الخبر آلاف المستخدمين خلال ساعات.",
        "شارك الخبر عبر حسابه الرسمي ثم حذفه.",
        "سجل المنتخب ثلاثة أهداف في الشوط الأول.",
        "حمل المتظاهرون لافتات تطالب بالإصلاح.",
        "إذا كنت تعاني من السكري فاستشر طبيبك.",
        "وقال للصحافيين: تابعنا التطورات عبر واتساب.",
        "انضم العراق إلى الاتفاقية في آذار 2019.",
        "للإبلاغ عن الحرائق خصصت الوزارة رقمًا مجانيًا.",
        "وذكرت الوكالة أن الوزير سيصل غدًا (رويترز).",
        "قالت الشركة إن ملفات تعريف الارتباط تهدد خصوصية الأطفال.",
        "المزيد من القوات وصل إلى الحدود.",
        "بحث الجانبان ملف المياه.",
        "تعليق الرحلات الجوية يدخل يومه الثالث.",
        "الاسم الأول على لائحة المرشحين معروف منذ أسابيع.",
        "تابعوا المباراة في المقاهي حتى منتصف الليل.",
        "حملوا الجرحى إلى المستشفى على صفحة جديدة من المعاناة.",
        "التعليقات على القرار تعكس موقف الشارع.",
        "وقال المتحدث إن المقالات تعبر عن رأي كاتبها فقط.",
        "كل الحقوق محفوظة في الدستور الجديد، قال الوزير.",
        "منذ ساعة يقف الناس أمام المخبز.",
        "12 تعليقا وصلت إلى البلدية حول المخطط.",
        "عاد قبل 3 ساعات من جولة في الجنوب.",
        "تعليقات الوزير أثارت غضب المعارضة.",
        "المصدر الرئيسي للمياه في المدينة هو النهر.",
    ],
)
def test_prose_that_resembles_furniture_stays(prose: str) -> None:
    text = f"عنوان الصفحة التجريبية\n{prose}\nوانتهى الاجتماع من دون بيان ختامي.\n"

    assert ("body", prose) in read(text)


def test_furniture_at_the_ends_of_a_page_in_one_line_is_cut_off() -> None:
    text = (
        "Jannah Theme License is not validated, Go to the theme options page. "
        "وقّع البلدان اتفاقية للنقل. وتبلغ الكلفة 3.5 مليار دولار. "
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *"
    )

    assert read(text) == [
        ("notice", "Jannah Theme License is not validated, Go to the theme options page."),
        ("body", "وقّع البلدان اتفاقية للنقل. وتبلغ الكلفة 3.5 مليار دولار."),
        ("furniture", "لن يتم نشر عنوان بريدك الإلكتروني."),
        ("furniture", "الحقول الإلزامية مشار إليها بـ *"),
    ]


def test_a_long_first_line_without_full_stop_is_the_headline() -> None:
    headline = (
        "بعد عام من المفاوضات الشاقة وأربع جولات فاشلة في ثلاث عواصم الأردن والعراق يتفقان أخيرًا"
    )
    text = f"{headline}\nوقّع الوزيران الاتفاقية في عمّان.\nوتبدأ الأعمال في الربيع المقبل."

    assert read(text)[0] == ("headline", headline)


def test_the_last_line_under_a_link_amid_the_article_may_be_a_heading() -> None:
    text = (
        "بدأ البناء أمس.\nاقرأ أيضا\nأسعار النفط تتراجع\nموسم الحصاد يبدأ\nمراحل المشروع\n"
        "ينتهي العمل بعد عامين."
    )

    assert read(text)[2:5] == [
        ("furniture", "أسعار النفط تتراجع"),
        ("furniture", "موسم الحصاد يبدأ"),
        ("heading", "مراحل المشروع"),
    ]


def test_a_page_of_symbols_only_leaves_nothing() -> None:
    page = read_page("***\n🙂🙂\n")

    assert page.blocks == ()
    assert [item.reason for item in page.removed] == [RemovalReason.FURNITURE] * 2


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u2028"])
def test_blank_text_is_an_empty_page(text: str) -> None:
    page = read_page(text)

    assert page.blocks == page.removed == ()


WORDS = st.sampled_from(
    [line for page in PAGES.values() for _, line in labelled(page)]
    + ["وقال", "قال إن", "؟", "!", "…", "*", "(رويترز)", "»", "«", " - ", "\u200f", "د.", "3.5"]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\r\n", " ", "\u2029", "\x1c"]))).map("".join),
)


@given(TEXTS)
def test_nothing_is_lost_between_blocks_and_removed_text(text: str) -> None:
    page = read_page(text)
    spans = sorted([b.span for b in page.blocks] + [r.span for r in page.removed])

    outside = []
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        assert span.of(text) == span.of(text).strip()
        outside.append(text[end : span.start])
        end = span.end
    assert "".join([*outside, text[end:]]).strip() == ""


@given(TEXTS)
def test_blocks_and_removed_text_are_in_page_order(text: str) -> None:
    page = read_page(text)

    assert [b.span for b in page.blocks] == sorted(b.span for b in page.blocks)
    assert [r.span for r in page.removed] == sorted(r.span for r in page.removed)


@given(TEXTS)
def test_a_page_has_one_headline_at_most_and_it_comes_first(text: str) -> None:
    roles = [block.role for block in read_page(text).blocks]

    assert roles.count(BlockRole.HEADLINE) <= 1
    if BlockRole.HEADLINE in roles:
        assert BlockRole.BODY in roles[roles.index(BlockRole.HEADLINE) :]
        assert BlockRole.BODY not in roles[: roles.index(BlockRole.HEADLINE)]
