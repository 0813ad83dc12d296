"""Preparation, augmentation and the measures that BLEU does not replace."""

from pathlib import Path
from random import Random

import pytest
from training.augment import ascii_digits, indic_digits, swap_numbers, vary
from training.measures import (
    name_accuracy,
    number_fidelity,
    read_names,
    repeats,
    repetition_rate,
    untranslated_rate,
)
from training.prepare import Contamination, fault, prepare
from training.text import source_text, target_text


@pytest.mark.parametrize(
    ("arabic", "english", "reason"),
    [
        ("زار الرئيس المدينة", "The president visited the city", None),
        ("", "empty", "empty"),
        ("abc def", "abc def", "script"),
        ("زار الرئيس", "زار the city", "script"),
        ("زار الرئيس www.example.org", "He visited www.example.org", "mark-up"),
        ("ذهب الرئيس إلى المدينة القديمة", "Gone", "length ratio"),
        ("كلمة word other latin words here", "a word and others", "mostly latin"),
    ],
)
def test_faults_are_named(arabic: str, english: str, reason: str | None) -> None:
    assert fault(arabic, english, lexicon=False) == reason


def test_what_is_evaluated_on_is_not_trained_on(tmp_path: Path) -> None:
    corpora, test = tmp_path / "corpora", tmp_path / "test.txt"
    corpora.mkdir()
    shared = "أعلن الرئيس اليوم عن زيارة رسمية إلى المدينة القديمة"
    test.write_text(shared, encoding="utf-8")
    pairs = [
        (f"وقال إن {shared} غدا", "A sentence with a run of shared words in the Arabic half of it"),
        ("غادر الوزير المدينة", "The minister left the city"),
        ("غادر  الوزير المدينة", "The minister left the city"),
    ]
    text = "".join(f"{a}\t{e}\n" for a, e in pairs)
    (corpora / "news_ant.tsv").write_text(text, encoding="utf-8")
    report = prepare(corpora, [test], tmp_path / "out")["news_ant"]
    assert (report.read, report.kept) == (3, 1)
    assert report.dropped == {"overlaps evaluation": 1, "duplicate": 1}


def test_contamination_sees_through_spelling() -> None:
    tests = Contamination(["إلى الأمام يا أبطال"])
    assert "الى الأَمام، يا ابطال!" in tests
    assert "الى الخلف" not in tests


def test_text_forms() -> None:
    assert source_text("مـــرحبا\u200f  بكم") == "مرحبا بكم"
    assert target_text("“It’s”  here") == '"It\'s" here'


def test_digits_there_and_back() -> None:
    assert indic_digits("3.5% من 1,200") == "٣٫٥٪ من ١٬٢٠٠"
    assert ascii_digits("٣٫٥٪ من ١٬٢٠٠") == "3.5% من 1,200"


@pytest.mark.parametrize("seed", range(30))
def test_figures_are_exchanged_on_both_sides_alike(seed: int) -> None:
    arabic, english = "قتل ٤٥ شخصا عام 2017 و3 و3", "45 people died in 2017, 3 and 3"
    new_arabic, new_english = swap_numbers(arabic, english, Random(seed))
    rate, count = number_fidelity([new_arabic], [new_english], [new_english])
    assert (rate, count) == (1.0, 3)
    assert "3 and 3" in new_english
    assert number_fidelity([new_arabic], [new_english], [english])[0] < 1


def test_variation_never_touches_english_without_figures() -> None:
    for seed in range(40):
        pair = vary('قالَ "الوزير" إنه سيزور المدينة، أمس', "The minister said", Random(seed))
        assert pair[1] == "The minister said"


def test_number_fidelity_counts_what_a_person_kept() -> None:
    sources = ["في ٢٠١٧ مات 5,000 شخص", "جاء 3 رجال"]
    references = ["In 2017, 5000 people died", "Three men came"]
    outputs = ["In 2012, 5,000 people died", "3 men came"]
    assert number_fidelity(sources, references, outputs) == (0.5, 2)


def test_names_need_an_accepted_form() -> None:
    names = {"لافروف": ["lavrov"], "طرطوس": ["tartus", "tartous"]}
    source, reference = ["وصل لافروف إلى طرطوس"], ["Lavrov arrived in Tartus"]
    assert name_accuracy(source, reference, ["Lavrov came to Tartous"], names) == (1.0, 2)
    assert name_accuracy(source, reference, ["Lafroov came to Tartous"], names) == (0.5, 2)
    assert {"lavrov"} <= set(read_names()["لافروف"])


def test_repetition_and_untranslated_text() -> None:
    assert repeats("it was very very very good")
    assert repeats("he said that he said that he said that")
    assert not repeats("it was very, very good")
    assert repetition_rate(["a a a", "a b"]) == 0.5
    assert untranslated_rate(["قال", "said", " "]) == pytest.approx(2 / 3)
