"""The call to Slack over real HTTP: what is sent, and which fault each kind of failure is."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from aiohttp import web

from bot.outbox.errors import FaultKind
from bot.outbox.slack import METHODS_USED, SlackCalls, SlackFault, open_slack_calls

TOKEN = "xox" + "b-1-test"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def _slack(handler: Handler, timeout_seconds: float = 10) -> AsyncIterator[SlackCalls]:
    """Calls against a server of one handler."""
    app = web.Application()
    app.router.add_post("/api/{method}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        address = f"http://127.0.0.1:{port}/api/"
        async with open_slack_calls(token=TOKEN, api_url=address, timeout_seconds=timeout_seconds) as calls:
            yield calls
    finally:
        await runner.cleanup()


async def _fault(handler: Handler, method: str = "chat.postMessage") -> SlackFault:
    async with _slack(handler) as calls:
        with pytest.raises(SlackFault) as caught:
            await calls.call(method, channel="C1", text="x")
        return caught.value


def _answers(status: int = 200, **answer: object) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        return web.json_response(answer, status=status)

    return handler


async def test_arguments_go_as_a_form_with_json_inside_and_the_token_in_the_header() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update({name: str(value) for name, value in (await request.post()).items()})
        seen["authorization"] = request.headers["Authorization"]
        return web.json_response({"ok": True, "ts": "1.2"})

    async with _slack(handler) as calls:
        answer = await calls.call(
            "chat.postMessage",
            channel="C1",
            text="提现",
            blocks=[{"type": "divider"}],
            unfurl_links=False,
            thread_ts=None,
        )
    assert answer == {"ok": True, "ts": "1.2"}
    assert seen == {
        "channel": "C1",
        "text": "提现",
        "blocks": '[{"type":"divider"}]',
        "unfurl_links": "false",
        "authorization": f"Bearer {TOKEN}",
    }


async def test_a_refusal_of_slack_s_carries_its_code_and_class() -> None:
    failed = await _fault(_answers(ok=False, error="is_archived"))
    assert (failed.method, failed.code, failed.fault.kind) == ("chat.postMessage", "is_archived", FaultKind.GONE)
    assert "is_archived" in str(failed)


async def test_a_mistake_in_the_blocks_says_where_and_quotes_nobody() -> None:
    messages = ["[ERROR] hunter2 must be less than 151 characters [json-pointer:/blocks/0/text/text]"]
    failed = await _fault(_answers(ok=False, error="invalid_blocks", response_metadata={"messages": messages}))
    assert failed.fault.kind is FaultKind.BUG
    assert failed.pointers == ("/blocks/0/text/text",)


async def test_an_error_that_nobody_has_thought_about_is_loud() -> None:
    with structlog.testing.capture_logs() as lines:
        failed = await _fault(_answers(ok=False, error="brand_new"))
    assert [(line["event"], line["log_level"]) for line in lines] == [("slack_error_unknown", "error")]
    assert failed.fault.kind is FaultKind.BUG
    assert not failed.fault.known


async def test_a_429_carries_its_wait() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "7"})

    fault = (await _fault(handler)).fault
    assert (fault.kind, fault.retry_after_seconds) == (FaultKind.RATE, 7)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_error_is_ambiguous_for_a_post_and_transient_for_a_read(status: int) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=status, text="<html>oops</html>", content_type="text/html")

    assert (await _fault(handler)).fault.kind is FaultKind.AMBIGUOUS
    assert (await _fault(handler, "users.info")).fault.kind is FaultKind.TRANSIENT


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", "application/json"),
        ("{not json", "application/json"),
        ("[1, 2]", "application/json"),
        ('"ok"', "application/json"),
        ("null", "application/json"),
        ("hello", "text/plain"),
        ("<html>", "text/html"),
        ("{}", "application/json"),
        ("{}", "application/json; charset=no-such"),
        ('{"ok": false, "error": 7}', "application/json"),
    ],
)
async def test_an_answer_that_is_not_slack_s_leaves_a_post_ambiguous(body: str, content_type: str) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body.encode(), headers={"Content-Type": content_type})

    failed = await _fault(handler)
    assert (failed.code, failed.fault.kind) == ("unreadable", FaultKind.AMBIGUOUS)


async def test_a_reset_after_sending_is_ambiguous_and_the_post_is_not_sent_again() -> None:
    posts = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal posts
        await request.read()
        posts += 1
        transport = request.transport
        assert transport is not None
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
        return web.Response()

    failed = await _fault(handler)
    assert (failed.code, failed.fault.kind) == ("no_answer", FaultKind.AMBIGUOUS)
    assert posts == 1


async def test_a_refused_connection_was_never_sent_and_may_be_tried_again() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    async with open_slack_calls(token=TOKEN, api_url=f"http://127.0.0.1:{port}/api/") as calls:
        with pytest.raises(SlackFault) as caught:
            await calls.call("chat.postMessage", channel="C1", text="x")
    assert (caught.value.code, caught.value.fault.kind) == ("never_sent", FaultKind.TRANSIENT)


async def test_no_answer_in_time_is_ambiguous() -> None:
    asked = asyncio.Event()
    done = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        asked.set()
        await done.wait()
        return web.json_response({"ok": True})

    async with _slack(handler, timeout_seconds=0.2) as calls:
        with pytest.raises(SlackFault) as caught:
            await calls.call("chat.postMessage", channel="C1", text="x")
        done.set()
    assert asked.is_set()
    assert (caught.value.code, caught.value.fault.kind) == ("no_answer", FaultKind.AMBIGUOUS)


async def test_connections_are_shared_and_nothing_is_retried_behind_our_back() -> None:
    peers = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"ok": True})

    async with _slack(handler) as calls:
        assert calls.client.retry_handlers == []
        for _ in range(5):
            await calls.call("auth.test")
    assert len(peers) == 1


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with _slack(_answers(ok=True)) as calls:
        assert (await calls.call("auth.test"))["ok"] is True


def test_every_method_that_we_call_is_one_of_slack_s() -> None:
    from_slack = json.loads((Path(__file__).parent / "slack-methods.json").read_text())
    assert METHODS_USED.keys() <= from_slack.keys()
