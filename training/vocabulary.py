"""Step ``vocabulary``: cut a multilingual SentencePiece model to what the corpora use."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

from training.prepare import read_pairs
from training.text import strip_diacritics

# The generated protocol classes have no types.
protocol: Any = sentencepiece_model_pb2

SPECIAL = ("<unk>", "<s>", "</s>")
PAD = "<pad>"


def alphabet() -> list[str]:
    """Characters that must have a piece of their own: ASCII, Arabic letters, marks and digits."""
    blocks = [*range(0x21, 0x7F), *range(0x600, 0x700), 0xAB, 0xBB, *range(0x2013, 0x2027)]
    return [chr(c) for c in blocks if unicodedata.category(chr(c))[0] in "LMNPS"]


def count_pieces(pieces: SentencePieceProcessor, texts: Iterable[str]) -> Counter[str]:
    """How often each piece is used in the texts, which are also read without diacritics."""
    used: Counter[str] = Counter()
    for text in texts:
        used.update(pieces.encode(text, out_type=str))
        bare = strip_diacritics(text)
        if bare != text:
            used.update(pieces.encode(bare, out_type=str))
    return used


def cut(base: Path, used: Counter[str], size: int) -> Any:
    """The SentencePiece model with the ``size`` most used pieces and the whole alphabet.

    Pieces keep their scores and their order; characters that the base does not have are added
    with the lowest score. The special pieces become ``<unk>`` 0, ``<s>`` 1 and ``</s>`` 2.

    Raises:
        ValueError: if the base is not a unigram model.

    """
    model = protocol.ModelProto()
    model.ParseFromString(base.read_bytes())
    if model.trainer_spec.model_type != protocol.TrainerSpec.UNIGRAM:
        raise ValueError(f"{base.name} is not a unigram model")
    normal = [p for p in model.pieces if p.type == protocol.ModelProto.SentencePiece.NORMAL]
    letters = set(alphabet())
    wanted = {"▁"} | {p.piece for p in normal if p.piece in letters}
    by_use = sorted(normal, key=lambda p: -used[p.piece])
    for piece in by_use:
        if len(wanted) >= size or not used[piece.piece]:
            break
        wanted.add(piece.piece)
    kept = [p for p in normal if p.piece in wanted]
    missing = sorted(letters - wanted)
    lowest = min(p.score for p in normal)
    del model.pieces[:]
    kinds = protocol.ModelProto.SentencePiece
    for piece in SPECIAL:
        kind = kinds.UNKNOWN if piece == SPECIAL[0] else kinds.CONTROL
        model.pieces.add(piece=piece, score=0.0, type=kind)
    for old in kept:
        model.pieces.add(piece=old.piece, score=old.score, type=kinds.NORMAL)
    for piece in missing:
        model.pieces.add(piece=piece, score=lowest - 1, type=kinds.NORMAL)
    settings = model.trainer_spec
    settings.unk_id, settings.bos_id, settings.eos_id, settings.pad_id = 0, 1, 2, -1
    model.trainer_spec.vocab_size = len(model.pieces)
    return model


def vocabulary(base: Path, data: Path, output: Path, size: int = 26_000) -> int:
    """Write ``source.spm``, ``target.spm`` (the same), ``vocab.json`` and tokenizer settings.

    Args:
        base: SentencePiece model of the pretrained encoder.
        data: prepared corpora.
        output: folder to write into.
        size: pieces to keep.

    Returns:
        The size of the vocabulary, with ``<pad>`` as its last entry.

    """
    output.mkdir(parents=True, exist_ok=True)
    texts = (text for path in sorted(data.glob("*.tsv")) for p in read_pairs(path) for text in p)
    used = count_pieces(SentencePieceProcessor(model_file=str(base)), texts)
    model = cut(base, used, size)
    for name in ("source.spm", "target.spm"):
        (output / name).write_bytes(model.SerializeToString())
    ids = {piece.piece: i for i, piece in enumerate(model.pieces)} | {PAD: len(model.pieces)}
    settings = {
        "source_lang": "ar",
        "target_lang": "en",
        "tokenizer_class": "MarianTokenizer",
        "model_max_length": 512,
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": PAD,
    }
    (output / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    (output / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return len(ids)
