"""A lean Marian for training: the same function as ``MarianMTModel``, in fewer operations.

Parameters are kept in one flat buffer and carry fused projections (query, key and value as one
matrix; the keys and values of all decoder layers as one), which pays on CPUs, where a step is
bound by memory traffic between small matrix products. :func:`from_marian` and :func:`to_marian`
convert from and to the names of ``transformers``; a test holds both models equal.

Shapes are written with B sentences, S source positions, T target positions, D the model's width,
H heads, V the vocabulary and N = B × T.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """The sizes that define the network, as in a Marian ``config.json``."""

    d_model: int
    heads: int
    ffn: int
    encoder_layers: int
    decoder_layers: int
    vocab: int
    pad: int
    eos: int
    positions: int = 512

    @classmethod
    def of(cls, config: dict[str, Any]) -> "Shape":
        """Read the sizes from the content of ``config.json``.

        Raises:
            ValueError: if the configuration is not the symmetric GELU Marian trained here.

        """
        same = (
            config["encoder_ffn_dim"] == config["decoder_ffn_dim"]
            and config["encoder_attention_heads"] == config["decoder_attention_heads"]
            and config["activation_function"] == "gelu"
            and config["scale_embedding"]
            and config["decoder_start_token_id"] == config["pad_token_id"]
        )
        if not same:
            raise ValueError("not a symmetric GELU Marian that starts its decoder with <pad>")
        return cls(
            config["d_model"],
            config["encoder_attention_heads"],
            config["encoder_ffn_dim"],
            config["encoder_layers"],
            config["decoder_layers"],
            config["vocab_size"],
            config["pad_token_id"],
            config["eos_token_id"],
            config["max_position_embeddings"],
        )


def sinusoids(positions: int, width: int) -> Tensor:
    """Marian's position table (positions × width): sines in the first half, cosines after."""
    rates = 10000.0 ** (-2.0 * torch.arange(width // 2, dtype=torch.float64) / width)
    angles = torch.arange(positions, dtype=torch.float64)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1).float()


class LeanMarian:
    """Forward pass over a dictionary of parameters.

    Args:
        shape: the sizes of the network.
        params: parameters by their lean names, all of one type and on one device.
        dropout: probability of dropping an element of a residual branch while training.

    """

    def __init__(self, shape: Shape, params: dict[str, Tensor], dropout: float = 0.0) -> None:
        self.shape = shape
        self.params = params
        self.dropout = dropout
        some = params["embed"]
        scale = math.sqrt(shape.d_model)
        self._scale = scale
        self._table = sinusoids(shape.positions, shape.d_model).to(some.device, some.dtype)

    def embed(self, tokens: Tensor) -> Tensor:
        """Scaled embeddings plus positions: (B, L) → (B, L, D)."""
        rows = functional.embedding(tokens, self.params["embed"], padding_idx=self.shape.pad)
        return torch.add(self._table[: tokens.shape[1]], rows, alpha=self._scale)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return functional.linear(x, self.params[f"{name}.weight"], self.params[f"{name}.bias"])

    def _join(self, name: str, x: Tensor, branch: Tensor) -> Tensor:
        """Residual connection followed by layer normalisation (post-norm)."""
        if self.dropout:
            branch = functional.dropout(branch, self.dropout)
        weight, bias = self.params[f"{name}.weight"], self.params[f"{name}.bias"]
        return functional.layer_norm(x + branch, (self.shape.d_model,), weight, bias, 1e-5)

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        """Attention of (B, T, D) queries over (B, S, D) keys and values."""
        batch, length, width = q.shape
        heads, size = self.shape.heads, width // self.shape.heads
        q, k, v = (t.view(batch, -1, heads, size).transpose(1, 2) for t in (q, k, v))
        if q.is_cuda:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:
            weights = (q * size**-0.5) @ k.transpose(2, 3)
            mixed = functional.softmax(weights + mask, dim=-1) @ v
        return mixed.transpose(1, 2).reshape(batch, length, width)

    def _self_attention(self, name: str, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = self._linear(f"{name}.qkv", x).chunk(3, dim=-1)
        return self._linear(f"{name}.out", self._attend(q, k, v, mask))

    def _feed_forward(self, name: str, x: Tensor) -> Tensor:
        return self._linear(f"{name}.fc2", functional.gelu(self._linear(f"{name}.fc1", x)))

    def padding_mask(self, source: Tensor) -> Tensor:
        """Additive mask (B, 1, 1, S): 0 on words, a very low number on padding."""
        mask = torch.zeros(source.shape, dtype=self._table.dtype, device=source.device)
        return mask.masked_fill_(source == self.shape.pad, -1e9)[:, None, None, :]

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        """Encode (B, S) tokens into (B, S, D) vectors."""
        x = self.embed(source)
        if self.dropout:
            x = functional.dropout(x, self.dropout)
        for layer in range(self.shape.encoder_layers):
            name = f"enc.{layer}"
            x = self._join(f"{name}.norm1", x, self._self_attention(f"{name}.self", x, mask))
            x = self._join(f"{name}.norm2", x, self._feed_forward(name, x))
        return x

    def decode(self, memory: Tensor, mask: Tensor, previous: Tensor) -> Tensor:
        """Decode (B, T) preceding tokens into (B, T, D) vectors, before the output layer."""
        x = self.embed(previous)
        if self.dropout:
            x = functional.dropout(x, self.dropout)
        length = previous.shape[1]
        causal = torch.full((length, length), -1e9, dtype=x.dtype, device=x.device).triu_(1)
        cross = self._linear("cross.kv", memory).chunk(2 * self.shape.decoder_layers, dim=-1)
        for layer in range(self.shape.decoder_layers):
            name = f"dec.{layer}"
            x = self._join(f"{name}.norm1", x, self._self_attention(f"{name}.self", x, causal))
            query = self._linear(f"{name}.cross.q", x)
            mixed = self._attend(query, cross[2 * layer], cross[2 * layer + 1], mask)
            x = self._join(f"{name}.norm2", x, self._linear(f"{name}.cross.out", mixed))
            x = self._join(f"{name}.norm3", x, self._feed_forward(name, x))
        return x

    def hidden(self, source: Tensor, target: Tensor) -> Tensor:
        """Vectors (B, T, D) that predict ``target`` (B, T) from ``source`` (B, S)."""
        mask = self.padding_mask(source)
        previous = torch.full_like(target, self.shape.pad)
        previous[:, 1:] = target[:, :-1]
        return self.decode(self.encode(source, mask), mask, previous)


def _names(shape: Shape) -> dict[str, list[str]]:
    """Lean name of every layer → the Marian names that are stacked in it."""
    layers: dict[str, list[str]] = {}

    def block(lean: str, marian: str) -> None:
        attention = f"{marian}.self_attn"
        layers[f"{lean}.self.qkv"] = [f"{attention}.{p}_proj" for p in "qkv"]
        layers[f"{lean}.self.out"] = [f"{attention}.out_proj"]
        layers[f"{lean}.norm1"] = [f"{attention}_layer_norm"]
        layers[f"{lean}.fc1"] = [f"{marian}.fc1"]
        layers[f"{lean}.fc2"] = [f"{marian}.fc2"]

    for i in range(shape.encoder_layers):
        block(f"enc.{i}", f"model.encoder.layers.{i}")
        layers[f"enc.{i}.norm2"] = [f"model.encoder.layers.{i}.final_layer_norm"]
    cross = [f"model.decoder.layers.{i}.encoder_attn" for i in range(shape.decoder_layers)]
    layers["cross.kv"] = [f"{name}.{p}_proj" for name in cross for p in "kv"]
    for i in range(shape.decoder_layers):
        block(f"dec.{i}", f"model.decoder.layers.{i}")
        layers[f"dec.{i}.cross.q"] = [f"{cross[i]}.q_proj"]
        layers[f"dec.{i}.cross.out"] = [f"{cross[i]}.out_proj"]
        layers[f"dec.{i}.norm2"] = [f"{cross[i]}_layer_norm"]
        layers[f"dec.{i}.norm3"] = [f"model.decoder.layers.{i}.final_layer_norm"]
    return layers


def from_marian(shape: Shape, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Lean fp32 parameters from the tensors of a ``MarianMTModel``.

    Raises:
        KeyError: if a tensor is missing.

    """
    params = {"embed": state["model.shared.weight"].float()}
    for lean, parts in _names(shape).items():
        for kind in ("weight", "bias"):
            params[f"{lean}.{kind}"] = torch.cat([state[f"{p}.{kind}"].float() for p in parts])
    return params


def to_marian(shape: Shape, params: dict[str, Tensor], logits_bias: Tensor) -> dict[str, Tensor]:
    """The tensors of a ``MarianMTModel``, with ``logits_bias`` (V) as ``final_logits_bias``."""
    state = {
        "model.shared.weight": params["embed"].clone(),
        "final_logits_bias": logits_bias.reshape(1, -1).clone(),
    }
    for lean, parts in _names(shape).items():
        for kind in ("weight", "bias"):
            pieces = params[f"{lean}.{kind}"].chunk(len(parts))
            for part, piece in zip(parts, pieces, strict=True):
                state[f"{part}.{kind}"] = piece.clone()
    return state
