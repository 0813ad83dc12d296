"""The client of Zubda: Arabic news, summarized and translated.

    import zubda

    with zubda.Client("localhost:50051") as client:
        print(client.translate("مرحبا بالعالم").text)
        print(client.summarize(page, to="en", sentences=3).text)

:class:`AsyncClient` is the same for ``asyncio``. It needs a running server
(``zubda serve``); importing this package loads neither server nor models.
"""

from zubda._aio import AsyncClient, AsyncTranslationStream
from zubda._channel import TLS
from zubda._client import Client, TranslationStream
from zubda._errors import (
    DeadlineExceededError,
    FieldViolation,
    InternalError,
    InvalidArgumentError,
    OverloadedError,
    UnauthenticatedError,
    UnavailableError,
    UnimplementedError,
    ZubdaError,
)
from zubda._requests import Document
from zubda._results import (
    Alternative,
    Citation,
    Claim,
    Contradiction,
    Extract,
    FactKind,
    FinishReason,
    Piece,
    RemovalReason,
    RemovedText,
    Segment,
    Span,
    Summary,
    SummarySentence,
    Timings,
    Translation,
    Warning,  # noqa: A004 - used as zubda.Warning
    WarningCode,
)
from zubda._service_info import (
    LanguagePair,
    Limits,
    Model,
    ModelTask,
    ServiceInfo,
    SummaryMethod,
)
from zubda._version import __version__

__all__ = [
    "TLS",
    "Alternative",
    "AsyncClient",
    "AsyncTranslationStream",
    "Citation",
    "Claim",
    "Client",
    "Contradiction",
    "DeadlineExceededError",
    "Document",
    "Extract",
    "FactKind",
    "FieldViolation",
    "FinishReason",
    "InternalError",
    "InvalidArgumentError",
    "LanguagePair",
    "Limits",
    "Model",
    "ModelTask",
    "OverloadedError",
    "Piece",
    "RemovalReason",
    "RemovedText",
    "Segment",
    "ServiceInfo",
    "Span",
    "Summary",
    "SummaryMethod",
    "SummarySentence",
    "Timings",
    "Translation",
    "TranslationStream",
    "UnauthenticatedError",
    "UnavailableError",
    "UnimplementedError",
    "Warning",
    "WarningCode",
    "ZubdaError",
    "__version__",
]
