"""Words that bear on where a sentence ends, in lower case and without diacritics.

Arabic has no capital letters: whether the sentence ends at the full stop of ``م.`` can only
be told from the words around it.
"""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words(
    """
    د أ ا م ود وأ وم أ.د ا.د أ.م أ.م.د أ.د.م د.م م.د وأ.د
    mr mrs ms dr prof st gen col lt sgt capt maj cpl adm rep sen gov rev hon pres messrs
    """
)
"""Stand before a name; a sentence does not end with them."""

BEFORE_NUMBER = _words(
    """
    مج رقم هاتف فاكس no nos p pp vol fig ch sec art para tel ext ca
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
"""Stand before their number: volume, telephone, figure, month."""

AFTER_NUMBER = _words(
    """
    م هـ ه ق.م ب.م ت.م كم كلم سم ملم مم كغ كجم غ غم كج مل ل ط هك ق س ث ص ظ
    km cm mm kg m g mi ft in lb oz am pm a.m p.m b.c a.d bc
    """
)
"""Follow their number: eras, units, times of day. They may close a sentence."""

ET_CETERA = _words("إلخ الخ etc")
"""May close a sentence."""

ABBREVIATIONS = _words("inc ltd co corp llc plc bros jr sr vs approx dept est govt univ ave blvd")
"""Rarely close a sentence, as acronyms (``ش.م.ل.``, ``U.S.``) do."""

LETTERED = _words(
    """
    مجموعة المجموعة فئة الفئة قسم القسم نقطة النقطة فقرة الفقرة بند البند مستوى المستوى
    درجة الدرجة فيتامين الفيتامين حرف الحرف منطقة المنطقة صنف الصنف نوع النوع
    خطة الخطة ملحق الملحق كبد الكبد مبنى المبنى
    group plan vitamin class hepatitis grade section category type
    """
)
"""Nouns that a letter names, which then is no initial: ``تصدر المجموعة أ.``"""

UNFINISHED = _words(
    """
    أن إن لأن كأن بأن و أو أم ثم بل لكن ولكن من في إلى على عن مع حتى منذ عند بين هل ما لا لم
    لن قد لقد سوف إذا لو لولا كل غير الذي التي الذين كان كانت ليس يا أيها
    the a an and or but of in on at to from with that if is are was were
    """
)
"""Cannot close a sentence: an ellipsis after them is a pause."""

CONTINUING = _words(
    """
    في من إلى الى على عن حتى مع عند لدى أو أم بين حيث بسبب بل أي أن لأن لكي كي ثم لكن لكنه لكنها
    لكنهم ولكن ولكنه ولكنها الذي التي الذين اللذان اللتان وحتى وإلى ومن وهو وهي وهم الموافق
    تقريبا فقط أيضا مثلا
    """
)
"""Do not begin a sentence after an abbreviation or an ellipsis."""

STARTERS = _words(
    """
    كما أما بينما هذا هذه هؤلاء لقد فقد فإن يذكر تجدر يشار
    the he she it they this these those that in on at but and however we i you there when
    while after before if as an a its his her their meanwhile according
    """
)
"""Begin a sentence after an acronym, as Arabic words joined to ``و`` do."""

FRONTING = _words("في وفي عام سنة منذ ومنذ بعد وبعد قبل وقبل خلال وخلال بحلول وبحلول حتى حوالي")
"""Open an adverbial that goes before its sentence: ``في عام 1990 م. انتقل إلى …``"""

SPEECH_VERBS = _words(
    """
    قال قالت قالوا قلت يقول تقول يقولون سأل سألت سألته يسأل تسأل تساءل تساءلت يتساءل تتساءل
    أجاب أجابت يجيب رد ردت يرد صاح صاحت يصيح هتف هتفت هتفوا صرخ صرخت أضاف أضافت يضيف تضيف
    كتب كتبت يكتب علق علقت همس همست تابع تابعت استفسر خاطب مخاطبا متسائلا قائلا قائلة
    متسائلة مضيفا مؤكدا مشيرا هكذا بهذه
    """
)
"""Continue the sentence after a quotation: ``«…؟» قال الوزير.``"""
