"""Prometheus metrics, for whoever scrapes them over HTTP.

The call metric has the name and labels of gRPC's proposal A66. No label tells who
called: that would grow without bound, and is nobody's business.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    start_http_server,
)

from zubda_server.settings import SettingsError

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """What one server counts.

    Args:
        queued_tokens: tells the tokens that wait for an engine now.
    """

    def __init__(self, queued_tokens: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._calls = Histogram(
            "grpc_server_call_duration_seconds",
            "Duration of calls, by method and status",
            ["grpc_method", "grpc_status"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._code_points = Counter(
            "zubda_code_points", "Unicode code points received", registry=self._registry
        )
        self._segments = Counter("zubda_segments", "Segments translated", registry=self._registry)
        Gauge(
            "zubda_queue_tokens", "Tokens that wait for an engine", registry=self._registry
        ).set_function(queued_tokens)

    def observe(
        self, method: str, status: str, seconds: float, *, code_points: int, segments: int
    ) -> None:
        """Count a call that has ended."""
        self._calls.labels(method.removeprefix("/"), status).observe(seconds)
        self._code_points.inc(code_points)
        self._segments.inc(segments)

    @contextmanager
    def served(self, address: str) -> Iterator[None]:
        """Answer ``GET /metrics`` at ``address`` (HOST:PORT) from a thread meanwhile.

        Raises:
            SettingsError: the address is in use, or not of this machine.
        """
        host, _, port = address.rpartition(":")
        try:
            http, thread = start_http_server(int(port), host.strip("[]"), self._registry)
        except (OSError, OverflowError) as error:
            raise SettingsError(f"cannot serve metrics on {address}: {error}") from None
        try:
            yield
        finally:
            http.shutdown()
            http.server_close()
            thread.join()
