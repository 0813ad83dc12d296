"""Shows a summary on a terminal: the source beside each sentence, and who says it."""

import unicodedata
from collections.abc import Iterable, Sequence

import zubda
from zubda.cli.layout import lay_out, side_by_side

_TWO_COLUMNS = 80
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def summary_text(summary: zubda.Summary, names: Sequence[str], columns: int) -> str:
    """The summary for a terminal that is ``columns`` wide.

    A sentence in words that are not the source's has those at its right, or below it
    where the terminal is narrow. With several documents, which are called by ``names``,
    the numbers of those that say it follow each sentence.
    """
    several = len(names) > 1
    sentences = [_sentence(sentence, columns, cites=several) for sentence in summary.sentences]
    bilingual = any(map(is_reworded, summary.sentences))
    blocks = [("\n\n" if bilingual else "\n").join(sentences)] if sentences else []
    blocks.extend(_difference(contradiction, columns) for contradiction in summary.contradictions)
    if several:
        listed = [f"  [{number}] {name}" for number, name in enumerate(names, start=1)]
        blocks.append("\n".join(["Sources:", *listed]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def is_reworded(sentence: zubda.SummarySentence) -> bool:
    """Whether a sentence is a translation, or a model's, of a source to be shown with it."""
    return sentence.source not in ("", sentence.text)


def _sentence(sentence: zubda.SummarySentence, columns: int, *, cites: bool) -> str:
    text = _printable(sentence.text)
    if cites:
        text = f"{text} {_numbers(citation.document_index for citation in sentence.citations)}"
    if not is_reworded(sentence):
        return lay_out(text, columns)
    source = _printable(sentence.source)
    if columns >= _TWO_COLUMNS:
        return side_by_side(text, source, columns)
    return f"{lay_out(text, columns)}\n{lay_out(source, columns)}"


def _difference(contradiction: zubda.Contradiction, columns: int) -> str:
    """The values of a fact, each with the documents that state it."""
    stated: dict[str, list[int]] = {}
    for claim in contradiction.claims:
        stated.setdefault(_printable(claim.value), []).append(claim.citation.document_index)
    rows = [
        lay_out(f"  {_numbers(documents)} {_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}", columns)
        for value, documents in stated.items()
    ]
    return "\n".join([f"The sources differ in a {kind_of(contradiction)}:", *rows])


def kind_of(contradiction: zubda.Contradiction) -> str:
    """What the documents differ in, as a noun."""
    return "fact" if contradiction.kind is zubda.FactKind.UNSPECIFIED else contradiction.kind


def _numbers(documents: Iterable[int]) -> str:
    return "".join(f"[{index + 1}]" for index in dict.fromkeys(documents))


def _printable(text: str) -> str:
    """In one line, without the characters that steer a terminal."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) != "Cc")
