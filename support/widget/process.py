"""What lives as long as the web process: turn runner, live push, case dates, the sweep, and whether they are well."""

import asyncio
import signal
import threading
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings

from support.cases.clock import CaseClock
from support.conversations import bell
from support.conversations.far_bell import FarBell
from support.conversations.lookout import Lookout
from support.conversations.runner import Runner
from support.conversations.words import WordsMissing, responses
from support.privacy.sweep import Sweep
from support.telemetry import logs
from support.widget.live import Live


class Part(Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Process:
    """Started by the server's lifespan; outside it (tests, management commands) there is none of them."""

    runner: Runner | None = None
    live: Live | None = None
    sweep: Sweep | None = None
    clock: CaseClock | None = None

    beside: Sequence[Part] = ()

    async def start(self, beside: Sequence[Part]) -> None:
        """Raises WordsMissing."""
        responses()
        if settings.LOG_FORMAT == "json":
            logs.write_json()
        others = FarBell(bell.hear)
        self.runner, self.live, self.sweep, self.clock = Runner(), Live(), Sweep(), CaseClock()
        self.beside = (*beside, others, Lookout(others.is_heard))
        for part in (self.runner, self.live, self.sweep, self.clock, *self.beside):
            await part.start()
        self._end_streams_first(asyncio.get_running_loop())

    def _end_streams_first(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server waits for open connections before it stops the rest, and an event stream never ends by itself."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            servers = signal.getsignal(number)

            def end(number: int, frame: Any, servers: Any = servers) -> None:
                loop.call_soon_threadsafe(self.live.end_streams)
                loop.call_soon_threadsafe(bell.close)
                if callable(servers):
                    servers(number, frame)

            signal.signal(number, end)

    async def stop(self) -> None:
        for part in (*self.beside, self.live, self.runner, self.sweep, self.clock):
            if part:
                await part.stop()


process = Process()


async def lifespan(receive: Any, send: Any, *beside: Part) -> None:
    """The ASGI lifespan protocol: a start that cannot succeed says why and ends the server. beside: lives so, too."""
    await receive()
    try:
        await process.start(beside)
    except WordsMissing as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await process.stop()
    await send({"type": "lifespan.shutdown.complete"})
