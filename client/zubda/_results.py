"""What the service answers, as plain Python objects.

All offsets count Unicode code points of the text exactly as it was sent, so they
index a Python ``str`` as it is. All times are in seconds.
"""

from dataclasses import dataclass
from enum import StrEnum


class FinishReason(StrEnum):
    """Why the translation of a segment ends where it does."""

    UNSPECIFIED = "unspecified"
    """The server states a reason that this client does not know."""
    STOP = "stop"
    """The model ended the sentence."""
    LENGTH = "length"
    """The limit of tokens cut it; a ``truncated`` warning says so as well."""
    PASSED_THROUGH = "passed_through"
    """Nothing was translated: English already, no letters, or an unsupported language."""


class WarningCode(StrEnum):
    """The kinds of warnings."""

    UNSPECIFIED = "unspecified"
    TRUNCATED = "truncated"
    SEGMENT_SPLIT = "segment_split"
    NUMBER_MISMATCH = "number_mismatch"
    URL_LOST = "url_lost"
    EMAIL_LOST = "email_lost"
    PLACEHOLDER_LOST = "placeholder_lost"
    UNTRANSLATED_TEXT = "untranslated_text"
    REPETITION = "repetition"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    MARKUP = "markup"
    UNKNOWN_CHARACTERS = "unknown_characters"
    TOO_SHORT = "too_short"
    NOTHING_LEFT = "nothing_left"
    NOT_ARABIC = "not_arabic"
    UNSUPPORTED_STATEMENT = "unsupported_statement"
    CONTRADICTION = "contradiction"


class RemovalReason(StrEnum):
    """Why a stretch of a document is no part of the article."""

    UNSPECIFIED = "unspecified"
    FURNITURE = "furniture"
    NOTICE = "notice"
    CAPTION = "caption"
    REPEATED = "repeated"
    LABEL = "label"


class FactKind(StrEnum):
    """The kinds of facts in which documents are compared."""

    UNSPECIFIED = "unspecified"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch of ``text`` that this span names."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the term of the contract; never imported by its bare name
    """Something to know about a result that was nevertheless returned."""

    code: WarningCode
    message: str
    """One English sentence: what happened, and to what."""
    tokens: tuple[str, ...]
    """The numbers, addresses, placeholders … of the source that it is about."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of a call went in the server, in seconds.

    Segments are decoded side by side, so the parts need not add up to the total.
    """

    queue: float
    """Waiting for an engine, of the segment that waited longest."""
    tokenize: float
    """Segmentation, cleaning and tokenization."""
    infer: float
    """From the first batch with a segment of this call until its last batch was done."""
    total: float
    """From the arrival of the request until the response was ready."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A further hypothesis for a segment."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, heading or list item, and its translation."""

    span: Span
    """Where it stands in the text."""
    source: str
    """The segment as it stands there."""
    target: str
    """The translation; the source itself where it was passed through."""
    language: str
    """By script: ``ar``, ``en``, ``und`` (any other), ``zxx`` (no letters)."""
    score: float | None
    """Mean log-probability of a token: 0 is certainty, below about -1.5 deserves a
    look. None where nothing was decoded."""
    finish_reason: FinishReason
    warnings: tuple[Warning, ...]
    """What was, or may have been, lost."""
    alternatives: tuple[Alternative, ...]
    """The next best hypotheses, best first."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The translation of one text."""

    text: str
    """The translation, with the whitespace and line breaks of the source."""
    segments: tuple[Segment, ...]
    """In the order of the source; what lies between them is whitespace."""
    timings: Timings
    """Of the whole call, which may have held further texts."""

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """The warnings of all segments."""
        return tuple(warning for segment in self.segments for warning in segment.warnings)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a streamed translation; the pieces of one text, joined, are the whole."""

    text_index: int
    """Which of the texts it belongs to."""
    text: str
    """The next piece of the translation, whitespace included."""
    segment: Segment | None
    """The segment that it renders; None where it is only whitespace."""
    last: bool
    """Whether it is the last piece of its text."""
    timings: Timings | None
    """Of the whole call; with the last piece of the stream only."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a document that carries a statement."""

    document_index: int
    span: Span
    """Where it stands in that document."""
    source: str
    """The sentence exactly as it stands there."""
    similarity: float
    """How alike statement and sentence are in meaning: 1 for the sentence itself."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary."""

    text: str
    """The sentence in the language of the summary."""
    document_index: int
    """Which of the documents it comes from."""
    span: Span
    """Where it stands in that document."""
    source: str
    """The sentence exactly as it stands there."""
    score: float
    """How much it matters among the sentences of the request, from 0 to 1."""
    warnings: tuple[Warning, ...]
    """What was, or may have been, lost in its translation; ``unsupported_statement``
    where a model wrote what no document says."""
    citations: tuple[Citation, ...]
    """The sentences that carry this statement, at most one of each document: first the
    chosen sentence itself. Of an abstractive summary those that support it, best first,
    maybe none; :attr:`document_index`, :attr:`span` and :attr:`source` are of the first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a contradiction."""

    citation: Citation
    """The sentence that makes the statement."""
    value: str
    """The fact as it stands in the sentence, such as a name or a number."""
    value_span: Span
    """Where the fact stands in the document."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that are alike but differ in a fact; which is right is not judged."""

    kind: FactKind
    claims: tuple[Claim, ...]
    """At most one of each document, in the order of the documents."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The article as it was extracted from an HTML document."""

    document_index: int
    text: str
    """What all spans in this document refer to."""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A stretch of a document that was taken out before the choice of sentences."""

    document_index: int
    span: Span
    text: str
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of one or several documents."""

    text: str
    """The sentences in reading order, one on each line."""
    sentences: tuple[SummarySentence, ...]
    removed: tuple[RemovedText, ...]
    """What was taken out as boilerplate, in the order of the documents."""
    warnings: tuple[Warning, ...]
    """About the summary as a whole; those of a sentence are with it."""
    contradictions: tuple[Contradiction, ...]
    """Statements of fact in which the documents differ."""
    extracts: tuple[Extract, ...]
    """What was extracted from the documents that are HTML."""
    timings: Timings
