"""The bundled sentence encoder."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from zubda_models.bundle import find_model
from zubda_models.engines.errors import ModelFormatError, ModelNotFoundError
from zubda_models.summarization.encoder import SentenceEncoder

SENTENCES = [
    "ارتفعت أسعار النفط اليوم بعد قرار خفض الإنتاج.",
    "صعد سعر برميل الخام عقب الاتفاق على تقليص الإمدادات.",
    "فاز المنتخب الوطني بالمباراة النهائية بهدفين مقابل هدف.",
    "Oil prices rose today after the decision to cut production.",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(find_model("e5-small-ar-en"))


def test_vectors_are_unit_rows(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)


def test_meaning_counts_across_words_and_languages(encoder: SentenceEncoder) -> None:
    likeness = encoder.encode(SENTENCES) @ encoder.encode(SENTENCES).T
    assert likeness[0, 1] > likeness[0, 2]
    assert likeness[0, 3] > likeness[2, 3]


def test_order_and_batches_hardly_matter(encoder: SentenceEncoder) -> None:
    many = SENTENCES * 40 + ["كلمة " * 300]
    vectors = encoder.encode(many)
    alone = np.concatenate([encoder.encode([sentence]) for sentence in SENTENCES])
    cosines = (vectors[:160] * np.tile(alone, (40, 1))).sum(axis=1)
    assert cosines.min() > 0.99


def test_long_sentence_counts_by_its_beginning(encoder: SentenceEncoder) -> None:
    beginning = "كلمة أخرى " * 400
    cut, same = encoder.encode([beginning, beginning + SENTENCES[0]])
    assert cut == pytest.approx(same, abs=1e-3)


def test_nothing_to_encode_is_an_error(encoder: SentenceEncoder) -> None:
    with pytest.raises(ValueError, match="no sentences"):
        encoder.encode([])


def test_bad_directories_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"model\.bin"):
        SentenceEncoder(tmp_path)
    broken = tmp_path / "broken"
    shutil.copytree(find_model("e5-small-ar-en"), broken)
    (broken / "model.bin").write_bytes(b"\x06")
    with pytest.raises(ModelFormatError, match="cannot be loaded"):
        SentenceEncoder(broken)
    with pytest.raises(ModelNotFoundError, match=r"sentencepiece\.model"):
        SentenceEncoder(find_model("ar-en-mini"))


def test_compute_type_and_release() -> None:
    encoder = SentenceEncoder(find_model("e5-small-ar-en"), compute_type="float32")
    assert encoder.compute_type == "float32"
    encoder.close()
    with pytest.raises(RuntimeError):
        encoder.encode(SENTENCES)
