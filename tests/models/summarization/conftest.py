from collections.abc import Iterator

import pytest

from zubda_models.bundle import DEFAULT_SENTENCE_ENCODER, find_model
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.summarizer import Summarizer


@pytest.fixture(scope="session")
def summarizer() -> Iterator[Summarizer]:
    encoder = SentenceEncoder(find_model(DEFAULT_SENTENCE_ENCODER))
    yield Summarizer(encoder)
    encoder.close()
