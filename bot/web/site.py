"""The FastAPI application that mounts Slack's door and the health pages, and the server that runs it.

The server lives in our own event loop and leaves signals alone: who starts it decides when it stops, and it drains.
"""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.web.health import Readiness, health_routes

SLACK_PATH = "/slack/events"
GRACE_SECONDS = 10
# Longer than the minute after which load balancers drop an idle connection: they close it, not we under them.
_KEEP_ALIVE_SECONDS = 75
_WAITING_CONNECTIONS = 2048


def build_site(*, readiness: Readiness, registry: CollectorRegistry, door: ASGIApp | None = None) -> FastAPI:
    """The application. Without a door (Socket Mode) only the health pages answer."""
    site = FastAPI(title="Escalations", docs_url=None, redoc_url=None, openapi_url=None)
    if door is not None:
        # An ASGI application as endpoint: the door reads the body itself, with its own bound.
        site.router.routes.append(Route(SLACK_PATH, endpoint=door, include_in_schema=False))
    site.include_router(health_routes(readiness, registry))
    return site


async def serve_site(
    site: ASGIApp,
    *,
    host: str,
    port: int,
    stop: asyncio.Event,
    on_listening: Callable[[int], None] | None = None,
) -> None:
    """Serve until `stop` is set, then finish the requests under way (at most GRACE_SECONDS).

    `on_listening` is told the port, which matters where `port` is 0. Raises OSError if the address cannot be had.
    """
    listener = _listen(host, port)
    if on_listening:
        on_listening(listener.getsockname()[1])
    server = _Server(
        uvicorn.Config(
            site,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
        await serving


def _listen(host: str, port: int) -> socket.socket:
    """Bound here, since uvicorn ends the whole process where an address is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_WAITING_CONNECTIONS)


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handlers."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
