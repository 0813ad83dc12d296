"""A tiny world to train in: a synthetic corpus, a vocabulary and an encoder with random weights."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import sentencepiece
import torch
from safetensors.torch import save_file

WIDTH, FFN, LAYERS = 32, 64, 3
WORDS = {
    "الرئيس": "the president",
    "الوزير": "the minister",
    "المدينة": "the city",
    "سوريا": "Syria",
    "روسيا": "Russia",
    "لافروف": "Lavrov",
    "طرطوس": "Tartus",
    "زار": "visited",
    "غادر": "left",
    "أعلن": "announced",
    "اليوم": "today",
    "أمس": "yesterday",
    "ميناء": "the port of",
    "قاعدة": "the base of",
}


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Networks this small are slowed down by every thread more, on a busy machine by far."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def sentence(rng: random.Random) -> tuple[str, str]:
    """A nonsense sentence of three to six words and a figure, in both languages."""
    words = rng.sample(sorted(WORDS), rng.randint(3, 6))
    figure = str(rng.randint(100, 9999))
    return f"{' '.join(words)} {figure}.", f"{' '.join(WORDS[w] for w in words)} {figure}."


def lines(number: int, seed: int) -> str:
    rng = random.Random(seed)
    return "".join("\t".join(sentence(rng)) + "\n" for _ in range(number))


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two corpora and a lexicon under names that the mix knows, and an evaluation set."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "news_ant.tsv").write_text(lines(400, 1), encoding="utf-8")
    (folder / "sent_tatoeba.tsv").write_text(lines(200, 2), encoding="utf-8")
    entries = "".join(f"{a}\t{e}\n" for a, e in WORDS.items())
    (folder / "lex_arwikicats.tsv").write_text(entries, encoding="utf-8")
    (folder / "eval").mkdir()
    (folder / "eval" / "dev.tsv").write_text(lines(6, 3), encoding="utf-8")
    return folder


def bert_state(vocab: int) -> dict[str, torch.Tensor]:
    """Random weights by the names of transformers' BertModel."""
    generator = torch.Generator().manual_seed(5)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator) * 0.1

    state = {
        "embeddings.word_embeddings.weight": draw(vocab, WIDTH),
        "embeddings.position_embeddings.weight": draw(64, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
        "embeddings.LayerNorm.weight": torch.ones(WIDTH),
        "embeddings.LayerNorm.bias": torch.zeros(WIDTH),
    }
    for i in range(LAYERS):
        name = f"encoder.layer.{i}"
        for part in ("query", "key", "value"):
            state[f"{name}.attention.self.{part}.weight"] = draw(WIDTH, WIDTH)
            state[f"{name}.attention.self.{part}.bias"] = draw(WIDTH)
        state[f"{name}.attention.output.dense.weight"] = draw(WIDTH, WIDTH)
        state[f"{name}.attention.output.dense.bias"] = draw(WIDTH)
        state[f"{name}.intermediate.dense.weight"] = draw(FFN, WIDTH)
        state[f"{name}.intermediate.dense.bias"] = draw(FFN)
        state[f"{name}.output.dense.weight"] = draw(WIDTH, FFN)
        state[f"{name}.output.dense.bias"] = draw(WIDTH)
        for norm in ("attention.output", "output"):
            state[f"{name}.{norm}.LayerNorm.weight"] = torch.ones(WIDTH)
            state[f"{name}.{norm}.LayerNorm.bias"] = torch.zeros(WIDTH)
    return state


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Path:
    """A folder like that of a pretrained encoder."""
    folder = tmp_path_factory.mktemp("encoder")
    text = (corpora / "news_ant.tsv").read_text(encoding="utf-8").replace("\t", "\n")
    (folder / "text").write_text(text, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=150,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    pieces = sentencepiece.SentencePieceProcessor(str(folder / "sentencepiece.model"))
    save_file(bert_state(pieces.get_piece_size()), folder / "model.safetensors")
    (folder / "config.json").write_text(
        f'{{"hidden_size": {WIDTH}, "num_attention_heads": 4, "intermediate_size": {FFN}}}'
    )
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Path:
    """The prepared corpora."""
    from training.cli import main

    folder = tmp_path_factory.mktemp("data")
    main(["prepare", str(corpora), str(folder), "--evaluation", str(corpora / "eval")])
    return folder


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory, encoder: Path, data: Path) -> Path:
    """A starting model, made by the steps vocabulary and initialise."""
    from training.cli import main

    folder = tmp_path_factory.mktemp("start")
    base = str(encoder / "sentencepiece.model")
    main(["vocabulary", base, str(data), str(folder), "--size", "120"])
    main(["initialise", str(encoder), str(folder), str(data), "--layers=2", "--decoder-layers=2"])
    return folder
