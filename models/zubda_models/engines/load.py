"""Find a model and start the engine that runs it."""

# ruff: noqa: PLC0415 - an engine is imported when it is asked for; neither needs the other's

from pathlib import Path

from zubda_models.bundle import find_model
from zubda_models.engines.errors import MissingDependencyError
from zubda_models.engines.protocol import TranslationEngine
from zubda_models.engines.seq2seq import TextGenerator

ENGINES = ("ctranslate2", "transformers")


def load_engine(
    model: str | Path,
    engine: str = "ctranslate2",
    *,
    inter_threads: int = 1,
    intra_threads: int = 1,
    compute_type: str = "default",
) -> TranslationEngine:
    """Load a translation model.

    Nothing is ever downloaded here; ``zubda models pull`` does that.

    Args:
        model: a directory or the name of a bundled model; with the transformers engine
            also a name of the Hugging Face hub whose files are in the local cache.
        engine: ``ctranslate2`` or ``transformers``.
        inter_threads: batches decoded at once (ctranslate2; transformers decodes as many
            as it is called for).
        intra_threads: threads for each batch.
        compute_type: the number format, as the engine names it; ``default`` is that of
            the stored weights (ctranslate2) or ``float32`` (transformers).

    Raises:
        ValueError: the engine or its compute type is not known.
        ModelNotFoundError: there is no such model.
        ModelFormatError: the model is not of the engine's form, or damaged.
        MissingDependencyError: the engine's packages are not installed.
    """
    _check(engine)
    try:
        if engine == "transformers":
            from zubda_models.engines.transformers import TransformersEngine

            return TransformersEngine(model, intra_threads=intra_threads, compute_type=compute_type)
        from zubda_models.engines.ctranslate2 import CTranslate2Engine

        return CTranslate2Engine(
            find_model(model),
            inter_threads=inter_threads,
            intra_threads=intra_threads,
            compute_type=compute_type,
        )
    except ImportError as error:
        raise _missing(engine, error) from error


def load_generator(
    model: str | Path,
    engine: str = "ctranslate2",
    *,
    intra_threads: int = 1,
    compute_type: str = "default",
) -> TextGenerator:
    """Load a model that writes summaries.

    Nothing is ever downloaded here; ``zubda models pull`` does that.

    Args:
        model: a directory; with the transformers engine also a name of the Hugging Face
            hub whose files are in the local cache.
        engine: ``ctranslate2`` or ``transformers``.
        intra_threads: threads for each batch.
        compute_type: as in :func:`load_engine`.

    Raises:
        ValueError, ModelNotFoundError, ModelFormatError, MissingDependencyError: as in
            :func:`load_engine`.
    """
    _check(engine)
    try:
        if engine == "transformers":
            from zubda_models.engines.seq2seq_transformers import TransformersGenerator

            return TransformersGenerator(
                model, intra_threads=intra_threads, compute_type=compute_type
            )
        from zubda_models.engines.seq2seq_ctranslate2 import CTranslate2Generator

        return CTranslate2Generator(
            Path(model), intra_threads=intra_threads, compute_type=compute_type
        )
    except ImportError as error:
        raise _missing(engine, error) from error


def _check(engine: str) -> None:
    if engine not in ENGINES:
        raise ValueError(f"unknown engine {engine!r}; the engines are {', '.join(ENGINES)}")


def _missing(engine: str, error: ImportError) -> MissingDependencyError:
    extra = "server" if engine == "ctranslate2" else "transformers"
    return MissingDependencyError(
        f"the {engine} engine needs {error.name}: pip install 'zubda[{extra}]'"
    )
