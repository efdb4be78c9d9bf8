"""`serve`: runs the application until a signal says stop, then drains."""

import asyncio
import gc
import signal

from bot.app import Application
from bot.clock import BusinessClock
from bot.log import get_logger
from bot.settings import Settings

log = get_logger(__name__)

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def serve_until_stopped(settings: Settings) -> None:
    """Starts, says where it listens, and ends cleanly on SIGTERM or SIGINT. Raises CannotServe.

    A signal during the start (Slack not answering yet) ends it too.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    starting = asyncio.create_task(Application.start(settings, clock=BusinessClock()))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return
    application = starting.result()
    _settle_memory()
    await stopping
    log.info("draining")
    await application.stop()
    log.info("stopped")


def _settle_memory() -> None:
    """What the start has built stays for good, so the collector need not look at it again, nor after every
    few requests: each makes thousands of short-lived objects that go by themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
