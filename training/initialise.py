"""Step ``initialise``: a Marian model whose encoder is the lower part of multilingual-e5-small.

Both networks are post-norm with GELU, so that e5's layers fit as they are once three things are
set right: the scale of the embeddings against Marian's sinusoids, how many layers to take, and
the statistics of what the decoder attends to. The reasons are in ``training/EXPERIMENTS.md``.
"""

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from sentencepiece import SentencePieceProcessor
from torch import Tensor
from torch.nn import functional

from training.checkpoint import load_marian, read_json, save_marian
from training.data import Tokenizer, padded
from training.lean import LeanMarian, Shape
from training.prepare import read_pairs

SCALE = 6.0
"""Size of the embeddings over e5's own, so that positions of amplitude 1 do not drown them."""

SAMPLE = 512
"""Sentences over which the encoder's output is standardised."""


def configuration(vocab: int, encoder: dict[str, int], layers: int, decoder_layers: int) -> str:
    """Content of ``config.json`` for an encoder with BERT's ``config.json``."""
    width, heads, ffn = (
        encoder[k] for k in ("hidden_size", "num_attention_heads", "intermediate_size")
    )
    both = {"attention_heads": heads, "ffn_dim": ffn, "layerdrop": 0.0}
    sides = {f"{side}_{k}": v for side in ("encoder", "decoder") for k, v in both.items()}
    values = sides | {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "activation_function": "gelu",
        "activation_dropout": 0.0,
        "attention_dropout": 0.0,
        "dropout": 0.0,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "forced_eos_token_id": 2,
        "pad_token_id": vocab - 1,
        "decoder_start_token_id": vocab - 1,
        "d_model": width,
        "encoder_layers": layers,
        "decoder_layers": decoder_layers,
        "vocab_size": vocab,
        "decoder_vocab_size": vocab,
        "init_std": 0.02,
        "is_encoder_decoder": True,
        "max_position_embeddings": 512,
        "scale_embedding": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "use_cache": True,
    }
    return json.dumps(values, indent=2)


def embeddings(state: dict[str, Tensor], old: dict[str, int], new: dict[str, int]) -> Tensor:
    """Rows of the new vocabulary: ``LayerNorm(word + type + mean position) · SCALE / √D``.

    Pieces that the encoder does not know get the mean of all rows; ``<pad>`` (the last) gets
    zeros, because the decoder starts from it.
    """
    extra = state["embeddings.token_type_embeddings.weight"][0]
    extra = extra + state["embeddings.position_embeddings.weight"].mean(0)
    norm = (state["embeddings.LayerNorm.weight"], state["embeddings.LayerNorm.bias"])
    table = state["embeddings.word_embeddings.weight"] + extra
    width = table.shape[1]
    table = functional.layer_norm(table, (width,), *norm, 1e-12) * (SCALE / math.sqrt(width))
    rows = table.mean(0).repeat(len(new), 1)
    for piece, row in new.items():
        if piece in old:
            rows[row] = table[old[piece]]
    rows[-1] = 0.0
    return rows


def encoder_layers(state: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Lean parameters of the first layers; the first one takes up the scale of the embeddings."""
    params: dict[str, Tensor] = {}
    for i in range(layers):
        old, new = f"encoder.layer.{i}", f"enc.{i}"
        for kind in ("weight", "bias"):
            parts = [state[f"{old}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
            params[f"{new}.self.qkv.{kind}"] = torch.cat(parts)
            params[f"{new}.self.out.{kind}"] = state[f"{old}.attention.output.dense.{kind}"]
            params[f"{new}.norm1.{kind}"] = state[f"{old}.attention.output.LayerNorm.{kind}"]
            params[f"{new}.fc1.{kind}"] = state[f"{old}.intermediate.dense.{kind}"]
            params[f"{new}.fc2.{kind}"] = state[f"{old}.output.dense.{kind}"]
            params[f"{new}.norm2.{kind}"] = state[f"{old}.output.LayerNorm.{kind}"]
    params["enc.0.self.qkv.weight"] = params["enc.0.self.qkv.weight"] / SCALE
    for kind in ("weight", "bias"):
        params[f"enc.0.self.out.{kind}"] = params[f"enc.0.self.out.{kind}"] * SCALE
    return params


def decoder_layers(shape: Shape, generator: torch.Generator) -> dict[str, Tensor]:
    """Random decoder (Glorot's uniform), its last gain lowered by the embeddings' scale."""
    width, ffn = shape.d_model, shape.ffn
    params: dict[str, Tensor] = {}

    def linear(name: str, outputs: int, inputs: int, parts: int = 1) -> None:
        bound = math.sqrt(6.0 / (inputs + outputs // parts))
        params[f"{name}.weight"] = (
            torch.rand(outputs, inputs, generator=generator) * 2 - 1
        ) * bound
        params[f"{name}.bias"] = torch.zeros(outputs)

    linear("cross.kv", 2 * shape.decoder_layers * width, width, 2 * shape.decoder_layers)
    for i in range(shape.decoder_layers):
        linear(f"dec.{i}.self.qkv", 3 * width, width, 3)
        for name in ("self.out", "cross.q", "cross.out"):
            linear(f"dec.{i}.{name}", width, width)
        linear(f"dec.{i}.fc1", ffn, width)
        linear(f"dec.{i}.fc2", width, ffn)
        for norm in ("norm1", "norm2", "norm3"):
            params[f"dec.{i}.{norm}.weight"] = torch.ones(width)
            params[f"dec.{i}.{norm}.bias"] = torch.zeros(width)
    params[f"dec.{shape.decoder_layers - 1}.norm3.weight"] /= SCALE
    return params


def standardise(model: LeanMarian, sources: list[list[int]]) -> None:
    """Fold mean 0 and deviation 1 of the encoder's output into its last LayerNorm."""
    rows = padded(sources, max(len(s) for s in sources), model.shape.pad)
    with torch.no_grad():
        output = model.encode(rows, model.padding_mask(rows))[rows != model.shape.pad]
        mean, deviation = output.mean(0), output.std(0)
        last = f"enc.{model.shape.encoder_layers - 1}.norm2"
        model.params[f"{last}.weight"] /= deviation
        model.params[f"{last}.bias"].sub_(mean).div_(deviation)


def initialise(
    encoder: Path, vocabulary: Path, data: Path, *, layers: int = 8, decoder: int = 3, seed: int = 1
) -> None:
    """Complete a vocabulary's folder with a configuration and starting weights.

    Args:
        encoder: multilingual-e5-small in transformers' BertModel form, with its
            ``sentencepiece.model`` (whose ids are the rows of the embeddings).
        vocabulary: folder written by the step ``vocabulary``.
        data: prepared corpora, of which a sample sets the encoder's output statistics.
        layers: encoder layers taken, from the bottom.
        decoder: decoder layers, random.
        seed: seed of the decoder and the sample.

    """
    ids: dict[str, int] = read_json(vocabulary / "vocab.json")
    bert = read_json(encoder / "config.json")
    config = configuration(len(ids), bert, layers, decoder)
    (vocabulary / "config.json").write_text(config + "\n", encoding="utf-8")
    special = {
        "bad_words_ids": [[len(ids) - 1]],
        "bos_token_id": 1,
        "decoder_start_token_id": len(ids) - 1,
        "eos_token_id": 2,
        "forced_eos_token_id": 2,
        "max_length": 512,
        "num_beams": 4,
        "pad_token_id": len(ids) - 1,
    }
    (vocabulary / "generation_config.json").write_text(json.dumps(special, indent=2) + "\n")
    pieces = SentencePieceProcessor(model_file=str(encoder / "sentencepiece.model"))
    known = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())}
    state = {n: t.float() for n, t in load_file(encoder / "model.safetensors").items()}
    shape = Shape.of(json.loads(config))
    params = {"embed": embeddings(state, known, ids)} | encoder_layers(state, layers)
    params |= decoder_layers(shape, torch.Generator().manual_seed(seed))
    tokenizer = Tokenizer(vocabulary, ids)
    lines = [pair for path in sorted(data.glob("*.tsv")) for pair in read_pairs(path)]
    lines = lines[:: max(1, len(lines) // SAMPLE)]
    sources = [ids[:64] for ids in tokenizer([arabic for arabic, _ in lines])]
    standardise(LeanMarian(shape, params), sources)
    save_marian(vocabulary, vocabulary, params, list(range(len(ids) - 1)))
    load_marian(vocabulary)
