"""The life of a server: listen, load, warm up, serve, drain, close."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from zubda.v1 import zubda_pb2, zubda_pb2_grpc
from zubda_server.admission import Admission
from zubda_server.core import Core, load_core
from zubda_server.interceptors import AccessLog, Admit, Errors, Token
from zubda_server.metrics import Metrics
from zubda_server.servicer import ZubdaServicer
from zubda_server.settings import Settings, SettingsError

SERVICE = zubda_pb2.DESCRIPTOR.services_by_name["ZubdaService"].full_name

_STOP_MARGIN = 2.0  # seconds beyond the grace in which gRPC sends the last answers

log = logging.getLogger("zubda_server")


class Server:
    """A server inside this process and event loop.

    ``async with Server(settings) as server:`` listens at once, at ``server.address``,
    and loads the models meanwhile; until they are warm, calls are refused with
    UNAVAILABLE and the health service says NOT_SERVING. Leaving the block drains.

    Args:
        settings: what to run, and where.
        load: what loads the models; it runs in a thread.
    """

    def __init__(self, settings: Settings, *, load: Callable[[Settings], Core] = load_core) -> None:
        self._settings = settings
        self._load = load
        self._admission = Admission(settings.max_concurrent_calls, settings.max_call_duration)
        self._health = health.aio.HealthServicer()
        self._servicer = ZubdaServicer(settings)
        self._metrics = Metrics(lambda: self.queued_tokens)
        self._metrics_server = contextlib.ExitStack()
        self.address = settings.address
        """Where the server listens, as a client can call it; the port is a real one."""

    async def __aenter__(self) -> Self:
        """Listen, and begin to load the models.

        Raises:
            SettingsError: the server, or its metrics, cannot listen there.
        """
        self._grpc = self._build()
        if address := self._settings.metrics_address:
            self._metrics_server.enter_context(self._metrics.served(address))
        # Liveness ("") is SERVING from the start, readiness only after warm-up.
        await self._health.set(SERVICE, health_pb2.HealthCheckResponse.NOT_SERVING)
        await self._grpc.start()
        log.info("listening on %s", self.address)
        self._ready = asyncio.create_task(self._get_ready())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drain, as :meth:`stop` does, unless that was done."""
        await self.stop(self._settings.drain_grace)

    @property
    def queued_tokens(self) -> int:
        """Tokens that wait for an engine now."""
        return self._servicer.queued_tokens

    async def wait_ready(self) -> None:
        """Wait until the models are loaded and warm.

        Raises:
            EngineError: a model cannot be loaded.
            SettingsError: a setting contradicts what a model can do.
        """
        await asyncio.shield(self._ready)

    async def stop(self, grace: float) -> None:
        """Take no more calls, let those in progress finish for ``grace`` seconds, and close."""
        await self._health.enter_graceful_shutdown()
        stopping = asyncio.create_task(self._grpc.stop(grace + _STOP_MARGIN))
        await self._admission.drain(grace)
        await stopping
        with contextlib.suppress(Exception):  # wait_ready() is where it is reported
            await self._ready
        await self._servicer.aclose()
        self._metrics_server.close()

    def hurry(self) -> None:
        """End the calls in progress now."""
        self._admission.end_all()

    async def _get_ready(self) -> None:
        started = time.monotonic()
        core = await asyncio.to_thread(self._load, self._settings)
        await asyncio.to_thread(core.warm_up, self._settings.max_batch_tokens)
        self._servicer.start(core)
        await self._health.set(SERVICE, health_pb2.HealthCheckResponse.SERVING)
        log.info("ready after %.1f s", time.monotonic() - started)

    def _build(self) -> grpc.aio.Server:
        settings = self._settings
        interceptors: list[grpc.aio.ServerInterceptor] = [AccessLog(self._metrics), Errors()]
        if token := settings.bearer_token():
            interceptors.append(Token(token))
        interceptors.append(Admit(self._admission))
        server = grpc.aio.server(interceptors=interceptors, options=_options(settings))
        zubda_pb2_grpc.add_ZubdaServiceServicer_to_server(self._servicer, server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, server)
        if settings.reflection:
            names = (SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME)
            reflection.enable_server_reflection(names, server)
        try:
            if credentials := _credentials(settings):
                port = server.add_secure_port(settings.address, credentials)
            else:
                port = server.add_insecure_port(settings.address)
        except RuntimeError:
            raise SettingsError(
                f"cannot listen on {settings.address}: it is in use or not of this machine, "
                "or the TLS key and certificates are not valid"
            ) from None
        if not settings.address.startswith("unix"):
            self.address = f"{settings.address.rpartition(':')[0]}:{port}"
        return server


async def serve(settings: Settings) -> None:
    """Run a server until SIGTERM or SIGINT; a second signal does not wait for calls.

    Raises:
        EngineError: a model cannot be loaded.
        SettingsError: the server cannot listen, or a setting contradicts a model.
    """
    for warning in settings.warnings():
        log.warning(warning)
    signalled = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signalled.set)
    async with Server(settings) as server:
        ready = asyncio.create_task(server.wait_ready())
        await _first(ready, signalled)
        if ready.done():
            await ready  # raises if the models cannot be loaded
        ready.cancel()
        await signalled.wait()
        log.info("stopping: calls in progress have %g s to finish", settings.drain_grace)
        signalled.clear()
        stop = asyncio.create_task(server.stop(settings.drain_grace))
        await _first(stop, signalled)
        if not stop.done():
            server.hurry()
        await stop
    log.info("stopped")


async def _first(task: asyncio.Task[None], event: asyncio.Event) -> None:
    """Wait until ``task`` is done or ``event`` is set."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


def _credentials(settings: Settings) -> grpc.ServerCredentials | None:
    if not (settings.tls_key and settings.tls_certificate):
        return None
    authorities = settings.tls_client_ca.read_bytes() if settings.tls_client_ca else None
    return grpc.ssl_server_credentials(
        [(settings.tls_key.read_bytes(), settings.tls_certificate.read_bytes())],
        root_certificates=authorities,
        require_client_auth=authorities is not None,
    )


def _options(settings: Settings) -> list[tuple[str, int]]:
    options = [
        ("grpc.max_receive_message_length", settings.max_message_bytes),
        ("grpc.max_send_message_length", -1),
        ("grpc.keepalive_time_ms", round(settings.keepalive * 1000)),
        ("grpc.so_reuseport", 0),  # a second server on the port is a mistake, and says so
    ]
    if settings.max_connection_age:
        options += [
            ("grpc.max_connection_age_ms", round(settings.max_connection_age * 1000)),
            ("grpc.max_connection_age_grace_ms", round(settings.max_call_duration * 1000)),
        ]
    return options
