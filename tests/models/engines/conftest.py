"""A small random Marian checkpoint, and sentences to run through models."""

import io
import json
from pathlib import Path

import pytest
import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel

from zubda_models.engines.convert import convert

SENTENCES = """\
أعلنت وزارة الصحة اليوم افتتاح مستشفى جديد في العاصمة.
قال الرئيس إن الحكومة ستعمل على تحسين الاقتصاد خلال العام المقبل.
ارتفعت أسعار النفط بنسبة 3.5 في المئة.
فاز المنتخب بالمباراة النهائية بهدفين مقابل هدف.
هطلت أمطار غزيرة على المدن الساحلية، ما أدى إلى إغلاق الطرق.
هل تنجح المفاوضات هذه المرة؟
لم يصدر أي تعليق رسمي حتى الآن.
وصل الوفد إلى المطار صباح الاثنين؛ وكان في استقباله الوزير.
تعهد البنك المركزي بإبقاء الفائدة دون تغيير.
اكتشف العلماء نوعا جديدا من الأسماك في أعماق البحر الأحمر.
أغلقت المدارس أبوابها يومين بسبب العاصفة الرملية.
بلغ عدد الزوار ٢٥٠٠ زائر في اليوم الأول.
وأضاف المتحدث أن التحقيق ما زال مستمرا.
تقع القرية على بعد عشرة كيلومترات من الحدود.
انخفضت درجات الحرارة ليلا إلى ما دون الصفر.
يبحث المجلس غدا مشروع قانون العمل الجديد.
استقبلت المكتبة الوطنية مجموعة من المخطوطات النادرة.
توقفت حركة القطارات ساعتين ثم عادت إلى طبيعتها.
«لن نتراجع عن موقفنا»، قالت رئيسة النقابة.
أطلقت الشركة هاتفا جديدا يعمل بنظام Android.
شارك في الماراثون عداءون من ثلاثين دولة.
نعم.
سوق الخضار في المدينة القديمة
عاد الطلاب إلى الجامعة بعد عطلة طويلة.
زرع الفلاحون القمح مبكرا هذا العام.
أنقذ خفر السواحل عشرين مهاجرا قبالة الساحل.
تستعد المدينة لاستضافة معرض الكتاب في تشرين الأول.
ووفق البيان، فإن المصنع سيوفر 400 فرصة عمل.
شهدت العملة المحلية تراجعا أمام الدولار.
رفضت المحكمة الطعن وأيدت الحكم السابق.
يعود تاريخ القلعة إلى القرن الثاني عشر.
انتهت الجولة الأولى دون اتفاق بين الطرفين.
""".splitlines()


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    return SENTENCES


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Marian checkpoint with the ids of OPUS-MT: end 0, unknown 1, padding last.

    Its start token has an embedding of its own, its outputs a bias, and its two sides
    different SentencePiece models.
    """
    directory = tmp_path_factory.mktemp("checkpoint")
    pieces = ["</s>", "<unk>"]
    for side, lines in (("source", SENTENCES), ("target", ["a small house by the sea"] * 5)):
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=model,
            vocab_size=150 if side == "source" else 24,
            hard_vocab_limit=False,
            minloglevel=2,
        )
        (directory / f"{side}.spm").write_bytes(model.getvalue())
        processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
        found = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
        pieces += [piece for piece in found if piece not in pieces]
    pieces.append("<pad>")
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    (directory / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    (directory / "tokenizer_config.json").write_text('{"source_lang": "ar", "target_lang": "en"}')
    pad = vocabulary["<pad>"]
    torch.manual_seed(7)
    config = MarianConfig(
        vocab_size=len(pieces),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        activation_function="swish",
        max_position_embeddings=64,
        init_std=0.3,
        scale_embedding=True,
        eos_token_id=0,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        bos_token_id=None,
    )
    model = MarianMTModel(config)
    with torch.no_grad():
        model.get_input_embeddings().weight[pad].normal_()
        model.final_logits_bias.normal_()
        model.final_logits_bias[0, config.eos_token_id] = 5  # some sentences end, some do not
    model.save_pretrained(directory)
    return directory


@pytest.fixture(scope="session")
def converted(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same checkpoint as CTranslate2 runs it, in full precision."""
    directory = tmp_path_factory.mktemp("converted")
    convert(str(checkpoint), directory, quantization="float32", license="CC0-1.0")
    return directory
