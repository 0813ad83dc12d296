"""AdamW over one flat fp32 buffer, with bf16 working weights, averaging and a WSD schedule."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor


@dataclass(frozen=True)
class Schedule:
    """Warm-up, stable, decay: Hägele et al., 2024 (arXiv:2405.18392).

    The stable phase can be stopped and continued at any time, and any of its checkpoints can be
    annealed into finished weights; how long training will go on need not be known beforehand.

    Attributes:
        rate: the stable learning rate.
        warmup: steps of linear warm-up after a (re)start.
        decay_seconds: length of the annealing branch in seconds of training time, 0 for none.

    """

    rate: float
    warmup: int = 200
    decay_seconds: float = 0.0

    def at(self, steps: int, seconds: float) -> float:
        """The rate after so many steps of warm-up and so many seconds of decay (1 − √ shape)."""
        rate = self.rate * min(1.0, (steps + 1) / max(1, self.warmup))
        if self.decay_seconds:
            rate *= max(0.0, 1.0 - math.sqrt(min(1.0, seconds / self.decay_seconds)))
        return rate


def cut(flat: Tensor, sizes: Mapping[str, Sequence[int]]) -> dict[str, Tensor]:
    """Cut a flat buffer into views by name, in the order of ``sizes``."""
    pieces = torch.split(flat, [math.prod(size) for size in sizes.values()])
    return {n: p.view(*s) for (n, s), p in zip(sizes.items(), pieces, strict=True)}


class FlatAdamW:
    """Parameters, gradients and moments of a model, each as one buffer.

    Networks compute with ``weights`` (views of a buffer of the working type, bf16 as a rule);
    the optimizer holds the fp32 master copy and the moments. Two groups have rates of their own:
    the pretrained part (encoder and embeddings) and the decoder.

    Args:
        params: fp32 parameters by name.
        work: type of the working copy.
        device: where everything lives.
        replicas: networks that gather gradients at the same time, each for itself.
        encoder_rate: rate of the encoder and the embeddings as a part of the decoder's.
        average: decay of the exponential moving average of the weights for each update of it.
        decay: decoupled weight decay.
        clip: largest norm of the gradient.

    """

    def __init__(
        self,
        params: dict[str, Tensor],
        *,
        work: torch.dtype,
        device: torch.device,
        replicas: int = 1,
        encoder_rate: float = 1.0,
        average: float = 0.98,
        decay: float = 0.01,
        clip: float = 1.0,
    ) -> None:
        early = [n for n in params if n == "embed" or n.startswith("enc.")]
        names = early + [n for n in params if n not in set(early)]
        self.sizes = {n: params[n].shape for n in names}
        flat = torch.cat([params[n].reshape(-1).float() for n in names]).to(device)
        border = sum(params[n].numel() for n in early)
        self.master = flat
        self.ema = flat.clone()
        self.working = flat.to(work)
        self._grads = [torch.zeros_like(self.working) for _ in range(replicas)]
        self.clip = clip
        self.average = average
        self._encoder_rate = encoder_rate
        self._parts = [flat[:border], flat[border:]]
        self._wide = torch.empty_like(flat)
        wide = [self._wide[:border], self._wide[border:]]
        for part, gradient in zip(self._parts, wide, strict=True):
            part.grad = gradient
        self.adam = torch.optim.AdamW(
            [{"params": [part]} for part in self._parts],
            betas=(0.9, 0.98),
            eps=1e-8,
            weight_decay=decay,
            fused=True,
        )
        self.weights = [self._leaves(gradient) for gradient in self._grads]

    def _leaves(self, gradient: Tensor) -> dict[str, Tensor]:
        """The working weights as leaves of autograd that gather into their own gradient."""
        gradients = self.views(gradient)
        leaves: dict[str, Tensor] = {}
        for name, view in self.views(self.working).items():
            leaves[name] = view.detach().requires_grad_()
            leaves[name].grad = gradients[name]
        return leaves

    def views(self, flat: Tensor) -> dict[str, Tensor]:
        """Cut a flat buffer into parameters by name, without copying."""
        return cut(flat, self.sizes)

    def step(self, rate: float) -> float:
        """One update with the mean of the replicas' gradients; returns its norm.

        A step with a gradient that is not finite is left out.
        """
        self._wide.copy_(self._grads[0])
        for gradient in self._grads[1:]:
            self._wide.add_(gradient)
        for gradient in self._grads:
            gradient.zero_()
        self._wide.div_(len(self._grads))
        norm = float(torch.linalg.vector_norm(self._wide))
        if not math.isfinite(norm):
            return norm
        if norm > self.clip:
            self._wide.mul_(self.clip / norm)
        early, late = self.adam.param_groups
        early["lr"], late["lr"] = rate * self._encoder_rate, rate
        self.adam.step()
        with torch.no_grad():
            self.working.copy_(self.master)
        return norm

    def update_average(self) -> None:
        """Move the averaged weights towards the present ones."""
        self.ema.lerp_(self.master, 1.0 - self.average)

    def state_dict(self) -> dict[str, Any]:
        """Everything that training needs to go on, as tensors and plain values."""
        return {
            "sizes": {name: list(size) for name, size in self.sizes.items()},
            "master": self.master,
            "ema": self.ema,
            "adam": self.adam.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up a state written by :meth:`state_dict`."""
        self.master.copy_(state["master"])
        self.ema.copy_(state["ema"])
        self.adam.load_state_dict(state["adam"])
        with torch.no_grad():
            self.working.copy_(self.master)
