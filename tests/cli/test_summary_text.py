"""A summary on a terminal: beside its source, with citations, differences and sources."""

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zubda
from zubda.cli.layout import direction, side_by_side
from zubda.cli.summary_text import summary_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
RLI, FSI, PDI = "\u2067", "\u2068", "\u2069"
SOURCE = "وصل الوزير إلى دمشق."


def cells(row: str) -> int:
    """The width of a row of Latin and Arabic letters."""
    return sum(unicodedata.category(character) not in ("Mn", "Cf") for character in row)


def citation(document: int, source: str = SOURCE) -> zubda.Citation:
    return zubda.Citation(document, zubda.Span(0, len(source)), source, 1.0)


def sentence(text: str, *documents: int, source: str = SOURCE) -> zubda.SummarySentence:
    citations = tuple(citation(document, source) for document in documents)
    first = documents[0] if documents else 0
    return zubda.SummarySentence(
        text,
        first,
        citations[0].span if citations else zubda.Span(0, 0),
        source,
        1.0,
        (),
        citations,
    )


def summary(
    *sentences: zubda.SummarySentence, contradictions: tuple[zubda.Contradiction, ...] = ()
) -> zubda.Summary:
    return zubda.Summary(
        "\n".join(sentence.text for sentence in sentences), sentences, (), (), contradictions, (),
        zubda.Timings(0, 0, 0, 0),
    )  # fmt: skip


def test_english_stands_left_and_its_source_right():
    shown = summary_text(summary(sentence("The minister came.", 0)), ["a"], 80)
    left, right = "The minister came.", f"{RLI}{SOURCE}{PDI}"
    assert shown == f"{left}{' ' * (80 - len(left) - len(SOURCE))}{right}\n"


def test_a_narrow_terminal_has_one_under_the_other():
    shown = summary_text(summary(sentence("The minister came.", 0)), ["a"], 79)
    assert shown == f"The minister came.\n{' ' * (79 - len(SOURCE))}{RLI}{SOURCE}{PDI}\n"


def test_a_sentence_in_the_source_s_own_words_is_shown_once():
    shown = summary_text(summary(sentence(SOURCE, 0), sentence(SOURCE, 0)), ["a"], 100)
    row = f"{' ' * (100 - len(SOURCE))}{RLI}{SOURCE}{PDI}\n"
    assert shown == row + row


def test_several_sources_are_numbered_and_listed():
    sentences = (sentence("One.", 2, 0, 2), sentence("Two.", 1))
    shown = summary_text(summary(*sentences), ["a.txt", "ب.txt", "c.txt"], 120)
    one, two, sources = shown.split("\n\n")
    assert one.startswith("One. [3][1]  ")
    assert two.startswith("Two. [2]  ")
    assert sources == "Sources:\n  [1] a.txt\n  [2] ب.txt\n  [3] c.txt\n"


def test_one_source_is_not_numbered():
    assert "[1]" not in summary_text(summary(sentence("One.", 0)), ["a.txt"], 80)


@pytest.mark.parametrize(
    ("kind", "noun"),
    [(zubda.FactKind.PERSON, "person"), (zubda.FactKind.UNSPECIFIED, "fact")],
)
def test_differences_name_each_value_once_with_its_sources(kind, noun):
    claims = [
        zubda.Claim(citation(document), value, zubda.Span(0, 4))
        for document, value in enumerate(["أحمد الشرع", "بشار الأسد", "أحمد الشرع"])
    ]
    contradiction = zubda.Contradiction(kind, tuple(claims))
    found = summary(sentence("One.", 0), contradictions=(contradiction,))
    _, differences, _ = summary_text(found, ["a", "b", "c"], 80).split("\n\n")
    assert differences.split("\n") == [
        f"The sources differ in a {noun}:",
        f"  [1][3] {FSI}أحمد الشرع{PDI}",
        f"  [2] {FSI}بشار الأسد{PDI}",
    ]


def test_a_sentence_that_nothing_supports_stands_alone():
    shown = summary_text(summary(sentence("Invented.", source="")), ["a"], 80)
    assert shown == "Invented.\n"


def test_an_empty_summary_shows_nothing():
    assert summary_text(summary(), ["a"], 80) == ""


def test_a_source_cannot_steer_the_terminal():
    source = "\x1b]0;title\x07قال\tالوزير\x9b2J"
    shown = summary_text(summary(sentence("He said.", 0, source=source)), ["a"], 80)
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"]
    assert "قال الوزير" in shown


def test_marks_and_long_words_keep_the_columns():
    left = "See https://example.com/" + "a" * 60
    right = "مَدْرَسَةٌ " * 12
    rows = side_by_side(left, right.strip(), 84).split("\n")
    assert len(rows) > 2
    for row in rows:
        assert row[40:44].strip() == ""
        if RLI in row:
            assert cells(row) == 84
            assert row.endswith(PDI)
    assert not [row for row in rows if unicodedata.category(row.strip(RLI + " ")[0]) == "Mn"]


LATIN, ARABIC = (st.lists(st.text(a, min_size=1, max_size=50)) for a in ("abc.,", "ابتَُّ،"))


@given(LATIN, ARABIC, st.integers(80, 200))
def test_columns_lose_nothing_and_fit(english, arabic, columns):
    left, right = " ".join(english), " ".join(arabic)
    width = (columns - 4) // 2
    rows = side_by_side(left, right, columns).split("\n")
    assert all(cells(row) <= columns for row in rows)
    shown = "".join(row[:width] for row in rows if not row.startswith(RLI))
    assert re.sub(f"[^{re.escape('abc.,')}]", "", shown) == left.replace(" ", "")
    shown = "".join(row[width:] for row in rows)
    assert re.sub("[^ابتَُّ،]", "", shown) == right.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("نص English", "rtl"),
        ("English نص", "ltr"),
        ("12 %", None),
        (f"[1] {FSI}نص{PDI}", None),
        (f"[1] {FSI}نص{PDI} English", "ltr"),
        (f"{PDI}نص", "rtl"),
    ],
)
def test_the_first_letter_outside_of_isolates_decides(text, way):
    assert direction(text) == way


@pytest.mark.parametrize("columns", [120, 60])
def test_a_terminal_shows_the_digest_of_several_pages(server, columns):
    command = [sys.executable, "-m", "zubda", "summarize", *map(str, EXAMPLES)]
    command += ["--to", "en", "--sentences", "3", "--server", server]
    terminal, other_end = os.openpty()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=other_end,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": str(columns)},
    ) as process:
        os.close(other_end)
        shown = b"".join(iter(lambda: received(terminal), b"")).decode().replace("\r\n", "\n")
        os.close(terminal)
    assert process.returncode == 0
    piped = subprocess.run(command, capture_output=True, check=True).stdout.decode()

    rows = shown.split("\n")
    assert max(map(cells, rows)) == columns, "the Arabic stands at the right edge"
    assert "Sources:" in rows
    assert [row for row in rows if row == f"  [5] {EXAMPLES[4]}"]
    pairs = shown.split("\n\n")[:3]
    texts = "".join(page.read_text("utf-8") for page in EXAMPLES)
    for pair, english in zip(pairs, piped.splitlines(), strict=True):
        arabic = " ".join(re.findall(f"{RLI}(.*){PDI}", pair))
        assert arabic in texts
        left = re.sub(f" *{RLI}.*{PDI}", "", pair)
        assert re.fullmatch(
            re.escape(" ".join(english.split())) + r" (\[\d\])+", " ".join(left.split())
        )
    assert not re.search(r"\[\d\]|Sources|[\u2066-\u2069]", piped)


def received(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the process has ended
        return b""
