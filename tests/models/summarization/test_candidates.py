import pytest

from zubda_models.summarization.candidates import Sentence, candidates, read_sentences
from zubda_models.text.page import read_page

LEAD = "وقّع الوزيران اتفاقية النقل في عمّان أمس."


def sentences(text: str) -> list[Sentence]:
    return read_sentences(3, text, read_page(text))


def second(text: str) -> Sentence:
    """The sentence as it is read after another one."""
    return sentences(f"{LEAD} {text}")[1]


def test_sentences_know_where_they_stand() -> None:
    text = (
        f"عنوان الخبر في سطر\n{LEAD} وتبدأ الأعمال في الربيع المقبل.\nعنوان فرعي\nوتنتهي بعد عامين."
    )

    found = sentences(text)

    assert [s.span.of(text) for s in found] == [s.text for s in found]
    assert [s.text for s in found] == [
        LEAD,
        "وتبدأ الأعمال في الربيع المقبل.",
        "وتنتهي بعد عامين.",
    ]
    assert [s.position for s in found] == [0, 1, 2]
    assert {s.document_index for s in found} == {3}
    assert found[0].words == 7


@pytest.mark.parametrize(
    "text",
    [
        "فهل تنجح الخطة هذه المرة في ذلك؟",
        "وهل يكفي هذا كله لإنقاذ الموسم (؟)",
        "انتهى الاجتماع.",
        "وجاء في البيان المشترك ما يأتي:",
        "«سنبني سكة حديد تصل البحر بالعاصمة».",
        "“القطار لا يتعب ولا ينام أبدًا”.",
        "1 2 3 4 5 6.",
    ],
)
def test_what_says_nothing_on_its_own_is_not_eligible(text: str) -> None:
    assert not second(text).eligible


def test_a_statement_with_a_quotation_is_eligible() -> None:
    assert second("وقال الوزير إن القطار “لا يتعب ولا ينام”.").eligible


@pytest.mark.parametrize(
    "text",
    [
        "كما ناقش الجانبان تعرفة الشحن.",
        "من جهته، رحب الوزير العراقي بالاتفاقية.",
        "وأضاف أن الأعمال تبدأ في الربيع.",
        "وأشارت إلى أنها تدرس العروض كلها.",
        "وتابع: «العمل يبدأ غدًا من العقبة».",
        "وتأتي هذه الخطوة بعد مفاوضات طويلة.",
        "لكن السائقين يخشون على أعمالهم كثيرًا.",
        "في المقابل، رحبت غرفة الصناعة بالمشروع.",
        "وبحث الطرفان سبل التغلب على تلك العقبات.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_dangles(text: str) -> None:
    assert second(text).dangling


@pytest.mark.parametrize(
    "text",
    [
        "وأضاف الوزير أن الأعمال تبدأ في الربيع.",
        "وتوقعت الوزارة ارتفاع الإنتاج هذا العام.",
        "وتبلغ الكلفة الإجمالية 5.6 مليار دولار.",
        "كمال الدين وزير سابق للنقل البري.",
    ],
)
def test_a_sentence_that_names_its_matter_does_not_dangle(text: str) -> None:
    assert not second(text).dangling


def test_the_first_sentence_of_a_document_leans_on_nothing() -> None:
    assert not sentences("هذه الاتفاقية هي الأولى بين البلدين.")[0].dangling


@pytest.mark.parametrize("heading", ["الخاتمة", "خلاصة:", "الخلاصة"])
def test_what_stands_under_a_closing_heading_winds_up(heading: str) -> None:
    text = f"عنوان\n{LEAD}\n{heading}\nيبقى المشروع رهنًا بالتمويل.\nبيانات\nطوله مئة كيلومتر."

    assert [s.concluding for s in sentences(text)] == [False, True, False]


def test_a_closing_phrase_winds_up() -> None:
    assert second("في الختام، يمثل المشروع خطوة مهمة للبلدين.").concluding


def test_items_of_a_list_and_lines_without_full_stop_are_fragments() -> None:
    text = f"{LEAD}\n- مد سكة بطول مئة كيلومتر.\nوقال الوزير إن العمل يبدأ قريبًا"

    assert [s.fragment for s in sentences(text)] == [False, True, True]


@pytest.mark.parametrize("digits", ["5.6", "٥٫٦"])
def test_figures_are_concrete(digits: str) -> None:
    assert second(f"وتبلغ كلفة المشروع كله {digits} مليار دولار.").concrete
    assert not second("وتبلغ كلفة المشروع كله مليارات الدولارات.").concrete


def test_where_no_sentence_is_eligible_all_are_candidates() -> None:
    questions = sentences(
        "هل بدأ العمل في المشروع فعلًا يا ترى وهل ينتهي؟ ومتى ينتهي العمل؟ ومن يموله؟"
    )

    assert candidates(questions) == questions
    assert len(candidates(sentences(f"{LEAD} متى يبدأ العمل؟"))) == 1
