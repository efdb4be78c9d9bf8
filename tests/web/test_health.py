"""What an operator's machines ask, and the server's start and end."""

import asyncio
import json

import pytest
import structlog
from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.web.health import Probe, Readiness
from bot.web.site import build_site, serve_site
from tests.web.kit import RunningSite, signed

COMMAND = b"command=%2Fescalate&text=x"


async def _ready() -> bool:
    return True


async def _not_ready() -> bool:
    return False


async def _broken() -> bool:
    raise ConnectionRefusedError


async def _never() -> bool:
    await asyncio.Event().wait()
    return True


async def test_a_living_process_says_so_and_asks_nobody(site: RunningSite) -> None:
    site.readiness.probes = [Probe("database", _broken)]
    assert await site.get("/healthz") == (200, "ok")
    assert (await site.get("/healthz", "HEAD"))[0] == 200


async def test_ready_when_every_probe_is(site: RunningSite) -> None:
    site.readiness.probes = [Probe("database", _ready), Probe("slack", _ready)]
    status, text = await site.get("/readyz")
    assert (status, json.loads(text)) == (200, {"ready": True, "not_ready": []})


async def test_what_is_not_ready_is_named_whether_it_says_no_breaks_or_hangs(site: RunningSite) -> None:
    site.readiness.probes = [
        Probe("database", _ready),
        Probe("migrations", _not_ready),
        Probe("slack", _broken),
        Probe("outbox", _never, seconds=0.05),
    ]
    with structlog.testing.capture_logs() as lines:
        status, text = await site.get("/readyz")
    assert (status, json.loads(text)) == (503, {"ready": False, "not_ready": ["migrations", "slack", "outbox"]})
    assert {line["event"]: line["probe"] for line in lines} == {"probe_failed": "slack", "probe_too_slow": "outbox"}


async def test_a_draining_process_is_alive_and_not_ready(site: RunningSite) -> None:
    site.readiness.draining = True
    assert (await site.get("/healthz"))[0] == 200
    assert (await site.get("/readyz"))[0] == 503


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/", "/slack/events/x", "/slack"])
async def test_nothing_else_is_served(site: RunningSite, path: str) -> None:
    assert (await site.get(path))[0] == 404


async def test_without_a_door_slack_s_path_does_not_exist() -> None:
    app = build_site(readiness=Readiness(), registry=CollectorRegistry())
    running = RunningSite()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        serve_site(app, host="127.0.0.1", port=0, stop=running.stop, on_listening=port.set_result)
    )
    running.url = f"http://127.0.0.1:{await port}"
    assert (await running.post(COMMAND, signed(COMMAND)))[0] == 404
    assert (await running.get("/healthz"))[0] == 200
    running.stop.set()
    await serving


async def test_a_stop_lets_the_request_under_way_finish(site: RunningSite) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def dispatch(_: AsyncBoltRequest) -> BoltResponse:
        entered.set()
        await leave.wait()
        return BoltResponse(status=200, body="saved")

    site.dispatch = dispatch
    asked = asyncio.create_task(site.post(COMMAND, signed(COMMAND)))
    await entered.wait()
    site.stop.set()
    leave.set()
    status, text, _ = await asked
    assert (status, text) == (200, "saved")


async def test_an_address_in_use_is_an_error_and_not_the_end_of_the_process(site: RunningSite) -> None:
    app = build_site(readiness=Readiness(), registry=CollectorRegistry())
    with pytest.raises(OSError, match="in use"):
        await serve_site(app, host="127.0.0.1", port=site.port, stop=asyncio.Event())


async def test_a_cancelled_server_closes_its_socket(site: RunningSite) -> None:
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    app = build_site(readiness=Readiness(), registry=CollectorRegistry())
    serving = asyncio.create_task(
        serve_site(app, host="127.0.0.1", port=0, stop=asyncio.Event(), on_listening=port.set_result)
    )
    number = await port
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", number)
