"""Which calls may run, and for how long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from zubda_server.errors import DeadlineExceededError, ShuttingDownError, TooManyCallsError

_FLUSH = 0.1  # seconds in which a health watcher still gets the last status


class Admission:
    """Counts the calls in progress, limits their time, and ends them when the server stops.

    Args:
        max_calls: calls of the service in progress at once.
        max_duration: seconds that one of them may take.
    """

    def __init__(self, max_calls: int, max_duration: float) -> None:
        self._max_calls = max_calls
        self._max_duration = max_duration
        self._calls: set[asyncio.Timeout] = set()
        self._watchers: set[asyncio.Timeout] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False

    @asynccontextmanager
    async def call(self, time_remaining: float | None) -> AsyncIterator[None]:
        """Admit a call of the service, whose client waits for ``time_remaining`` seconds.

        Raises:
            TooManyCallsError: too many are in progress.
            DeadlineExceededError: its time is used up; its work is cancelled.
            ShuttingDownError: the server stops and cannot wait for it any longer.
        """
        if len(self._calls) >= self._max_calls:
            raise TooManyCallsError("too many calls are in progress; try again later")
        patience = self._max_duration if time_remaining is None else time_remaining
        self._idle.clear()
        try:
            async with self._scope(self._calls, min(patience, self._max_duration)):
                yield
        finally:
            if not self._calls:
                self._idle.set()

    @asynccontextmanager
    async def watcher(self) -> AsyncIterator[None]:
        """Admit a call of another service (health, reflection), which may last for ever."""
        async with self._scope(self._watchers, None):
            yield

    async def drain(self, grace: float) -> None:
        """Wait until no call is in progress, at most ``grace`` seconds, then end all."""
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()
        self.end_all()

    def end_all(self) -> None:
        """End all calls with :class:`ShuttingDownError`."""
        self._stopping = True
        now = asyncio.get_running_loop().time()
        for scopes, when in ((self._calls, now), (self._watchers, now + _FLUSH)):
            for scope in scopes:
                if not scope.expired():
                    scope.reschedule(when)

    @asynccontextmanager
    async def _scope(
        self, scopes: set[asyncio.Timeout], seconds: float | None
    ) -> AsyncIterator[None]:
        scope = asyncio.timeout(seconds)
        try:
            async with scope:
                scopes.add(scope)
                try:
                    yield
                finally:
                    scopes.remove(scope)
        except TimeoutError:
            if not scope.expired():
                raise
            if self._stopping:
                raise ShuttingDownError("the server is shutting down") from None
            raise DeadlineExceededError(
                f"the call took longer than its deadline or the {self._max_duration:g} seconds "
                "that this server allows: send less text at once"
            ) from None
