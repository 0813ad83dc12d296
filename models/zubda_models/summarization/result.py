"""What a summary is made of: its sentences, who says so, and who says otherwise."""

from dataclasses import dataclass
from enum import StrEnum

from zubda_models.text.boilerplate import RemovalReason
from zubda_models.text.span import Span
from zubda_models.warnings import Warning  # noqa: A004 - see there


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a document that carries a statement, verbatim."""

    document_index: int
    span: Span
    text: str
    similarity: float
    """The cosine of the embeddings of statement and sentence; 1 for the sentence itself."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of a summary, verbatim: ``span.of(documents[document_index]) == text``.

    Where a model wrote it, the words are its own: :attr:`citations` are the sentences that
    support it, best first, maybe none, and document and span are those of the first.
    """

    document_index: int
    span: Span
    text: str
    score: float
    """How much it matters among the sentences of all documents, from 0 to 1."""

    citations: tuple[Citation, ...]
    """The sentence itself, then one of each other document that carries the statement."""

    warnings: tuple[Warning, ...] = ()
    """About this sentence; those about the summary as a whole are with that."""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A stretch that was taken out of a document before the choice."""

    document_index: int
    span: Span
    reason: RemovalReason


class FactKind(StrEnum):
    """The kinds of facts in which documents are compared."""

    NUMBER = "number"
    """A number, an amount or a percentage."""

    DATE = "date"

    PERSON = "person"
    """The name of a person."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a contradiction: a sentence, and the fact as it stands there."""

    citation: Citation
    value: str
    value_span: Span
    """Where the fact stands in the document."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements of different documents that are otherwise alike but differ in a fact.

    Which of them is right is not judged.
    """

    kind: FactKind
    claims: tuple[Claim, ...]
    """At most one of each document, in the order of the documents."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The article as it was extracted from an HTML document; all spans refer to it."""

    document_index: int
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen sentences in reading order, and what was done to get them."""

    sentences: tuple[RankedSentence, ...]
    removed: tuple[RemovedText, ...]
    warnings: tuple[Warning, ...]
    contradictions: tuple[Contradiction, ...] = ()
    extracts: tuple[Extract, ...] = ()
