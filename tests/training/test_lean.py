"""The lean network against transformers' MarianMTModel, and its loss against PyTorch's."""

from pathlib import Path

import pytest
import torch
from training.checkpoint import load_marian
from training.lean import LeanMarian, from_marian, to_marian
from training.loss import OutputLayer
from transformers import MarianMTModel


def test_lean_network_equals_marian(start: Path) -> None:
    shape, params = load_marian(start)
    lean = LeanMarian(shape, params)
    reference = MarianMTModel.from_pretrained(start, dtype=torch.float32).eval()
    generator = torch.Generator().manual_seed(1)
    source = torch.randint(3, shape.vocab - 1, (3, 11), generator=generator)
    source[0, 7:] = shape.pad
    target = torch.randint(3, shape.vocab - 1, (3, 9), generator=generator)
    with torch.no_grad():
        wanted = reference(input_ids=source, attention_mask=source != shape.pad, labels=target)
        logits = lean.hidden(source, target) @ params["embed"].t()
    bias = reference.final_logits_bias
    torch.testing.assert_close(logits + bias, wanted.logits, rtol=1e-4, atol=1e-4)


def test_conversion_loses_nothing(start: Path) -> None:
    shape, params = load_marian(start)
    back = from_marian(shape, to_marian(shape, params, torch.zeros(shape.vocab)))
    assert back.keys() == params.keys()
    for name, value in params.items():
        assert torch.equal(back[name], value), name


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_chunked_loss_equals_plain_cross_entropy(smoothing: float) -> None:
    generator = torch.Generator().manual_seed(2)
    hidden = torch.randn(4, 5, 8, generator=generator).requires_grad_()
    embed = torch.randn(20, 8, generator=generator).requires_grad_()
    target = torch.randint(3, 15, (4, 5), generator=generator)
    target[2, 3:] = 19
    allowed = list(range(2, 16))
    layer = OutputLayer(allowed, 20, 19, torch.device("cpu"), smoothing=smoothing, chunk=7)
    loss, plain = layer(hidden, embed, target)
    loss.backward()
    gradients = hidden.grad, embed.grad
    hidden.grad = embed.grad = None

    logits = hidden.flatten(0, 1) @ embed[2:16].t()
    labels = torch.where(target == 19, -100, target - 2).flatten()
    wanted = torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    wanted.backward()
    torch.testing.assert_close(loss, wanted)
    torch.testing.assert_close(plain, torch.nn.functional.cross_entropy(logits, labels))
    for got, expected in zip(gradients, (hidden.grad, embed.grad), strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-6)


def test_sampled_loss_is_right_on_average() -> None:
    torch.manual_seed(3)
    hidden = torch.randn(8, 4, 16)
    embed = torch.randn(400, 16) * 0.3
    target = torch.randint(0, 50, (8, 4))
    layer = OutputLayer(list(range(399)), 400, 399, torch.device("cpu"), sample=120)
    exact = float(layer(hidden, embed, target, exact=True)[1])
    sampled = [float(layer(hidden, embed, target)[1]) for _ in range(50)]
    assert sum(sampled) / 50 == pytest.approx(exact, rel=0.02)
