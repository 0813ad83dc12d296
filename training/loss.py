"""Cross entropy over the vocabulary in chunks, with its gradient worked out in the forward pass.

The output layer is a third of all arithmetic in a model of this size. Four things keep it cheap:
logits exist for one chunk of rows at a time; rows of padding are left out; only those pieces that
English text can contain are scored at all (:func:`target_pieces`); and of these a sample stands
for all while training (:class:`OutputLayer`). The pieces left out get a ``final_logits_bias`` of
:data:`NEVER` on export, so that the shipped model cannot produce them either.
"""

import re
from collections import Counter
from typing import Any

import torch
from torch import Tensor

NEVER = -1e4
"""Logit bias of pieces that are never produced (representable in fp16)."""

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")


def target_pieces(vocabulary: dict[str, int], used: Counter[int], eos: int) -> list[int]:
    """Ids that the model may produce, the most used first.

    They are ``</s>``, the pieces counted in ``used`` and single characters. Pieces with Arabic
    letters or marks are never among them, nor are the other special tokens.
    """
    ids = {eos}
    for piece, index in vocabulary.items():
        if _ARABIC.search(piece) or (piece.startswith("<") and piece.endswith(">")):
            continue
        if index in used or len(piece) == 1:
            ids.add(index)
    return sorted(ids, key=lambda index: (-used[index], index))


class ChunkedCrossEntropy(torch.autograd.Function):
    """Mean label-smoothed cross entropy of N rows over K candidate pieces.

    ``apply(rows, weight, counts, labels, smoothing, chunk)`` takes hidden rows (N, D), the output
    embeddings of the candidates (K, D), how many pieces of the vocabulary each candidate stands
    for (K), labels (N) as positions among the candidates, -1 for rows to ignore, the smoothing
    mass spread over the vocabulary (Szegedy et al., 2016), and the rows handled at a time. It
    returns the loss and the plain cross entropy in nats (not differentiable), both divided by
    the number of rows not ignored.
    """

    @staticmethod
    def forward(  # noqa: PLR0917 - autograd functions take no keywords
        ctx: Any,
        rows: Tensor,
        weight: Tensor,
        counts: Tensor,
        labels: Tensor,
        smoothing: float,
        chunk: int,
    ) -> tuple[Tensor, Tensor]:
        """Loss and gradients at once; see the class."""
        inverse = 1.0 / float((labels >= 0).sum().clamp(min=1))
        prior = counts / counts.sum()
        offset = counts.log().to(rows.dtype)
        grad_rows = torch.empty_like(rows)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        loss = torch.zeros((), dtype=torch.float32, device=rows.device)
        plain = torch.zeros((), dtype=torch.float32, device=rows.device)
        uniform = prior.to(rows.dtype) @ weight
        for start in range(0, len(rows), chunk):
            part, wanted = rows[start : start + chunk], labels[start : start + chunk]
            keep = (wanted >= 0).to(rows.dtype)[:, None]
            index = wanted.clamp(min=0)[:, None]
            logits = torch.addmm(offset, part, weight.t())
            log_total = torch.logsumexp(logits, dim=1, keepdim=True).float()
            right = log_total - logits.gather(1, index).float()
            cross_entropy = (right * keep).sum()
            plain += cross_entropy
            loss += (1 - smoothing) * cross_entropy
            if smoothing:
                mean = (part @ uniform).float()[:, None]
                loss += smoothing * ((log_total - mean) * keep).sum()
            probabilities = logits.sub_(log_total.to(logits.dtype)).exp_()
            probabilities.scatter_add_(
                1, index, torch.full_like(index, -(1 - smoothing), dtype=rows.dtype)
            )
            if smoothing:
                probabilities.sub_((smoothing * prior).to(rows.dtype))
            probabilities.mul_(keep * inverse)
            grad_rows[start : start + chunk] = probabilities @ weight
            grad_weight += probabilities.t() @ part
        ctx.save_for_backward(grad_rows, grad_weight.to(weight.dtype))
        ctx.mark_non_differentiable(plain)
        return loss * inverse, plain * inverse

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """Scale the stored gradients by that of the loss."""
        grad_rows, grad_weight = ctx.saved_tensors
        return grad_rows * grads[0], grad_weight * grads[0], None, None, None, None


class OutputLayer:
    """The loss of a batch over all pieces that may be produced, or over a sample of them.

    With a sample (importance sampling after Jean et al., 2015, arXiv:1412.2007) the candidates
    are the batch's own pieces, the most frequent ones, and a random rest of which each stands for
    many: the expectation of the partition function stays right and the layer costs a fifth.

    Args:
        allowed: ids that may be produced, the most frequent ones first.
        vocab: size of the vocabulary.
        pad: id of the padding.
        device: where the batches are.
        smoothing: label smoothing mass.
        sample: number of candidates a batch; 0 for all.
        chunk: rows of logits held at a time.

    """

    def __init__(
        self,
        allowed: list[int],
        vocab: int,
        pad: int,
        device: torch.device,
        *,
        smoothing: float = 0.0,
        sample: int = 0,
        chunk: int = 1024,
    ) -> None:
        self._allowed = torch.tensor(allowed, device=device)
        self._lookup = torch.full((vocab,), -1, device=device)
        self._lookup[self._allowed] = torch.arange(len(allowed), device=device)
        self._all = torch.ones(len(allowed), device=device)
        self._pad, self._smoothing, self._chunk = pad, smoothing, chunk
        self._sample = sample if sample < len(allowed) else 0

    def _candidates(self, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Positions in ``allowed`` to score, and how many pieces each stands for."""
        size, total = self._sample, len(self._allowed)
        chosen = torch.zeros(total, dtype=torch.bool, device=labels.device)
        chosen[: size // 2] = True
        chosen[labels[labels >= 0]] = True
        sure = chosen.nonzero().squeeze(1)
        rest = (~chosen).nonzero().squeeze(1)
        number = max(0, size - len(sure))
        drawn = rest[torch.randperm(len(rest), device=rest.device)[:number]]
        counts = torch.ones(len(sure) + number, device=labels.device)
        counts[len(sure) :] = len(rest) / max(1, number)
        return torch.cat([sure, drawn]), counts

    def __call__(
        self, hidden: Tensor, embed: Tensor, target: Tensor, *, exact: bool = False
    ) -> tuple[Tensor, Tensor]:
        """Loss of predicting ``target`` (B, T) from ``hidden`` (B, T, D).

        Args:
            hidden: decoder output.
            embed: the shared embeddings (V, D).
            target: ids of the right tokens; positions of padding are left out.
            exact: score all pieces, whatever the sample, and do not smooth.

        Returns:
            The smoothed loss (with gradient) and the plain cross entropy in nats a token.

        """
        labels = target.flatten()
        rows = torch.nonzero(labels != self._pad).squeeze(1)
        short = -len(rows) % 256
        labels = self._lookup[labels[rows]]
        if short:
            rows = torch.cat([rows, rows.new_zeros(short)])
            labels = torch.cat([labels, labels.new_full((short,), -1)])
        ids, counts = self._allowed, self._all
        if self._sample and not exact:
            candidates, counts = self._candidates(labels)
            back = torch.full_like(ids, -1)
            back[candidates] = torch.arange(len(candidates), device=ids.device)
            labels = torch.where(labels >= 0, back[labels.clamp(min=0)], labels)
            ids = ids[candidates]
        loss, plain = ChunkedCrossEntropy.apply(  # type: ignore[no-untyped-call]
            hidden.flatten(0, 1).index_select(0, rows),
            embed.index_select(0, ids),
            counts,
            labels,
            0.0 if exact else self._smoothing,
            self._chunk,
        )
        return loss, plain
