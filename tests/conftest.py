"""Small checkpoints of the families that write summaries, made on the spot.

torch and transformers take seconds to import and few tests need them, so functions do it.

One of each is random: enough to compare engines. A further one is trained to write
one text by heart, deaf to what it reads, so that a test knows what there is to support.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ARTICLE = """\
افتتاح محطة للطاقة الشمسية في الصحراء الغربية

افتتحت وزارة الطاقة يوم الأحد محطة للطاقة الشمسية في الصحراء الغربية بقدرة 300 ميغاواط.
وقال وزير الطاقة إن المحطة ستزود مئة ألف منزل بالكهرباء النظيفة.
وشارك في بناء المحطة ألف عامل من القرى المجاورة على مدى عامين كاملين.
وتعتزم الوزارة بناء ثلاث محطات أخرى قبل نهاية العقد الحالي.
وطالب سكان القرى بتعبيد الطريق المؤدية إلى المحطة وتوسيعها.
ويقول خبراء إن البلاد تتمتع بأكثر من ثلاثمئة يوم مشمس في السنة.
وكانت الحكومة قد وقعت عقد البناء مع شركة محلية بعد مناقصة طويلة.
"""

SUPPORTED = "افتتحت وزارة الطاقة محطة للطاقة الشمسية في الصحراء الغربية بقدرة 300 ميغاواط."
INVENTED = "وهزم فريق كرة القدم منافسه في المباراة النهائية بعد ركلات الترجيح."
WRITTEN = f"{SUPPORTED} {INVENTED}"

LINES = [
    *ARTICLE.split("\n"),
    WRITTEN,
    "هطلت أمطار غزيرة على المدن الساحلية وأغلقت المدارس أبوابها.",
    "لم يصدر أي تعليق رسمي حتى الآن؛ فهل تنجح المفاوضات هذه المرة؟",
    "بلغ عدد الزوار ٢٥٠٠ زائر في اليوم الأول من معرض الكتاب.",
    "«لن نتراجع عن موقفنا»، قالت رئيسة النقابة أمام الصحفيين.",
    "أطلقت الشركة هاتفا جديدا يعمل بنظام Android ابتداء من 99 دينارا.",
]

CHECKPOINTS = ("t5", "mt5", "mbart", "mbart50", "arabart", "bart")


@pytest.fixture(scope="session")
def article() -> str:
    return ARTICLE


@pytest.fixture(scope="session")
def supported() -> str:
    """What the trained model writes first, and the article says."""
    return SUPPORTED


@pytest.fixture(scope="session")
def invented() -> str:
    """What it writes then, and the article does not say."""
    return INVENTED


@pytest.fixture(scope="session")
def generator_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives a random checkpoint of a kind in :data:`CHECKPOINTS`."""
    made: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in made:
            directory = tmp_path_factory.mktemp("generators") / kind
            directory.mkdir()
            _t5(kind, directory) if kind.endswith("t5") else _bart(kind, directory)
            made[kind] = directory
        return made[kind]

    return make


@pytest.fixture(scope="session")
def trained_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An mT5 that writes :data:`WRITTEN`, with a licence in the front matter of its README."""
    import torch

    directory = tmp_path_factory.mktemp("generators") / "small-writer"
    directory.mkdir()
    pieces = _t5("mt5", directory)
    (directory / "README.md").write_text("---\nlicense: cc-by-nc-sa-4.0\n---\n# Small\n", "utf-8")
    model = _model_class("MT5ForConditionalGeneration").from_pretrained(directory)
    for block in model.decoder.block:
        block.layer[1].EncDecAttention.o.weight.requires_grad_(False).zero_()
    source = torch.tensor([[*pieces.encode(LINES[-1]), 1]])
    labels = torch.tensor([[*pieces.encode(WRITTEN), 1]])
    optimizer = torch.optim.Adam(filter(lambda w: w.requires_grad, model.parameters()), lr=1e-2)
    model.eval()  # no dropout: it shall learn by heart
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small a model is held up by more
    for _ in range(150):
        loss = model(input_ids=source, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.set_num_threads(threads)
    assert loss.item() < 0.05
    model.save_pretrained(directory)
    # Its pieces are so short that words share pairs of them.
    search = {"num_beams": 2, "no_repeat_ngram_size": 0, "max_length": 200}
    (directory / "generation_config.json").write_text(json.dumps(search))
    return directory


@pytest.fixture(scope="session")
def trained_model(trained_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as CTranslate2 runs it."""
    from zubda_models.engines.convert import convert

    directory = tmp_path_factory.mktemp("converted")
    convert(str(trained_checkpoint), directory, quantization="float32")
    return directory


def _t5(kind: str, directory: Path) -> Any:
    """T5 ties its embeddings and scales what comes out; mT5 does neither."""
    import torch

    pieces = _sentencepiece(directory / "spiece.model", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    family = kind.upper() if kind == "t5" else "MT5"
    (directory / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "T5Tokenizer", "extra_ids": 100 if kind == "t5" else 0})
    )
    fields: dict[str, Any] = {}
    if kind == "t5":
        task = {"prefix": "summarize: ", "num_beams": 3, "max_length": 40}
        fields = {"task_specific_params": {"summarization": task}}
    config = _model_class(f"{family}Config")(
        vocab_size=pieces.get_piece_size() + 112,
        d_model=32,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=kind == "t5",
        decoder_start_token_id=0,
        **fields,
    )
    torch.manual_seed(3)
    model = _model_class(f"{family}ForConditionalGeneration")(config)
    if kind == "mt5":
        model.lm_head.weight = torch.nn.Parameter(torch.empty_like(model.lm_head.weight))
    with torch.no_grad():
        for weights in model.parameters():
            if weights.dim() > 1:
                weights.normal_(0, 0.3)
    model.save_pretrained(directory)
    return pieces


def _bart(kind: str, directory: Path) -> None:
    """Four ways of one architecture to frame a text."""
    import torch
    from transformers import AutoTokenizer

    family = "Bart" if kind == "bart" else "MBart"
    if kind == "bart":
        from tokenizers import ByteLevelBPETokenizer

        pairs = ByteLevelBPETokenizer()
        special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        pairs.train_from_iterator(
            LINES, vocab_size=400, special_tokens=special, show_progress=False
        )
        pairs.save_model(str(directory))
    else:
        numbers = {"bos_id": 0, "pad_id": 1, "eos_id": 2, "unk_id": 3} if kind == "arabart" else {}
        _sentencepiece(directory / "sentencepiece.bpe.model", **numbers)
    tokenizers = {
        "bart": "BartTokenizer",
        "mbart": "MBartTokenizer",
        "mbart50": "MBart50Tokenizer",
        "arabart": "BarthezTokenizer",
    }
    (directory / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": tokenizers[kind]})
    )
    (directory / "config.json").write_text(json.dumps({"model_type": family.lower()}))
    tokenizer = AutoTokenizer.from_pretrained(directory)
    config = _model_class(f"{family}Config")(
        vocab_size=max(tokenizer.get_vocab().values()) + 1,
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=64,
        init_std=0.3,
    )
    torch.manual_seed(3)
    model = _model_class(f"{family}ForConditionalGeneration")(config)
    with torch.no_grad():
        model.final_logits_bias.normal_()
        model.final_logits_bias[0, config.eos_token_id] = 6  # some outputs end, some do not
    model.save_pretrained(directory)


def _sentencepiece(path: Path, **numbers: int) -> Any:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(line for line in LINES if line),
        model_writer=model,
        vocab_size=260,
        hard_vocab_limit=False,
        minloglevel=2,
        **numbers,
    )
    path.write_bytes(model.getvalue())
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def _model_class(name: str) -> Any:
    import transformers

    return getattr(transformers, name)
