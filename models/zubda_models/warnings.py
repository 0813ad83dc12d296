"""What a caller should know about a result that was nevertheless returned."""

from dataclasses import dataclass
from enum import StrEnum


class WarningCode(StrEnum):
    """The kinds of warnings; the contract's ``WarningCode`` has the same names."""

    TRUNCATED = "truncated"
    """The output was cut at the limit of tokens."""

    SEGMENT_SPLIT = "segment_split"
    """The segment was longer than the model takes and was decoded in parts."""

    NUMBER_MISMATCH = "number_mismatch"
    """A number of the source is not in the translation, or the other way round."""

    URL_LOST = "url_lost"
    """A URL of the source is not in the translation."""

    EMAIL_LOST = "email_lost"
    """An e-mail address of the source is not in the translation."""

    PLACEHOLDER_LOST = "placeholder_lost"
    """A placeholder of the source is not in the translation."""

    UNTRANSLATED_TEXT = "untranslated_text"
    """The translation still holds Arabic letters."""

    REPETITION = "repetition"
    """The translation repeats itself, even after one guarded retry."""

    UNSUPPORTED_LANGUAGE = "unsupported_language"
    """The segment is in a language that is not translated; it was passed through."""

    MARKUP = "markup"
    """The segment holds markup, which was treated as plain text."""

    UNKNOWN_CHARACTERS = "unknown_characters"
    """Characters that the model does not know were dropped from the translation."""

    TOO_SHORT = "too_short"
    """The document is too short to summarize: it is returned whole."""

    NOTHING_LEFT = "nothing_left"
    """Nothing is left of the document after boilerplate was removed."""

    NOT_ARABIC = "not_arabic"
    """The document is not mainly Arabic; summaries of it are less reliable."""

    UNSUPPORTED_STATEMENT = "unsupported_statement"
    """A model wrote a sentence that no sentence of the documents supports."""

    CONTRADICTION = "contradiction"
    """The documents contradict each other."""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the contract's word; the builtin is an exception of another kind
    """Something that was, or may have been, lost or done differently than asked."""

    code: WarningCode
    """What kind of thing."""

    message: str
    """One English sentence for people: what happened, and to what."""

    tokens: tuple[str, ...] = ()
    """The pieces of text concerned, as they stand there; empty where there are none."""
