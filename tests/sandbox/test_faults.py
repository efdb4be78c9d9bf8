"""Planted trouble: errors, statuses, delays, rate limits, connections that are cut before and after."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Literal, Protocol

import aiohttp
import pytest

from bot.sandbox import Fault, SandboxServer, Workspace
from bot.sandbox.errors import Mistake
from tests.sandbox.apps import Api, Json


class Post(Protocol):
    """Posts a message as the app."""

    def __call__(self, text: str = "x", channel: str = "support") -> Coroutine[Any, Any, Json]: ...


@pytest.fixture
def post(api: Api, workspace: Workspace) -> Post:
    async def call(text: str = "x", channel: str = "support") -> Json:
        return await api("chat.postMessage", channel=workspace.channel(channel).id, text=text)

    return call


async def test_an_error_strikes_as_often_as_it_was_planted_for(post: Post, workspace: Workspace) -> None:
    fault = workspace.faults.plant(Fault(method="chat.postMessage", error="fatal_error", times=2))
    assert [(await post()).get("error") for _ in range(3)] == ["fatal_error", "fatal_error", None]
    assert fault.hits == 2


async def test_only_the_named_channel_or_the_matching_arguments_are_struck(post: Post, workspace: Workspace) -> None:
    engineering = workspace.channel("engineering").id
    workspace.faults.plant(Fault(method="chat.postMessage", channel=engineering, error="is_archived"))
    assert (await post())["ok"]
    assert (await post(channel="engineering"))["error"] == "is_archived"
    workspace.faults.plant(Fault(when=lambda arguments: "bad" in arguments["text"], error="fatal_error"))
    assert (await post("good"))["ok"]
    assert (await post("bad"))["error"] == "fatal_error"


async def test_an_error_that_slack_does_not_document_must_be_asked_for(workspace: Workspace) -> None:
    with pytest.raises(Mistake):
        workspace.faults.plant(Fault(method="chat.postMessage", error="thread_not_found"))
    workspace.faults.plant(Fault(method="chat.postMessage", error="brand_new"), undocumented=True)


@pytest.mark.parametrize(("reset", "stands"), [("before", 0), ("after", 1)])
async def test_a_connection_is_cut_before_or_after_the_message_stands(
    post: Post, workspace: Workspace, reset: Literal["before", "after"], stands: int
) -> None:
    workspace.faults.plant(Fault(method="chat.postMessage", reset=reset))
    with pytest.raises(aiohttp.ClientOSError) as caught:
        await post()
    assert isinstance(caught.value, ConnectionResetError | aiohttp.ClientOSError)
    assert len(workspace.messages()) == stands
    assert (await post())["ok"]


async def test_a_bad_status_brings_no_json(
    api: Api, server: SandboxServer, session: aiohttp.ClientSession, workspace: Workspace
) -> None:
    workspace.faults.plant(Fault(method="auth.test", status=503))
    async with session.post(server.api_url + "auth.test", headers=api.headers) as response:
        assert (response.status, response.content_type) == (503, "text/html")


async def test_a_rate_limit_says_how_long_to_wait(
    api: Api, server: SandboxServer, session: aiohttp.ClientSession, workspace: Workspace
) -> None:
    workspace.faults.plant(Fault(method="auth.test", retry_after_seconds=7))
    async with session.post(server.api_url + "auth.test", headers=api.headers) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
        assert await response.json() == {"ok": False, "error": "ratelimited"}


async def test_one_message_a_second_and_channel_where_it_is_switched_on(post: Post, workspace: Workspace) -> None:
    workspace.faults.one_message_a_second = True
    got = [(await post()).get("error"), (await post()).get("error")]
    elsewhere = await post(channel="engineering")
    assert got == [None, "ratelimited"]
    assert elsewhere["ok"]


async def test_a_delayed_answer_takes_effect_at_once(post: Post, workspace: Workspace) -> None:
    workspace.faults.plant(Fault(method="chat.postMessage", delay_seconds=0.2))
    started = time.monotonic()
    task = asyncio.create_task(post())
    await workspace.until(workspace.messages)
    assert not task.done()
    assert (await task)["ok"]
    assert time.monotonic() - started >= 0.2


async def test_a_held_call_waits_until_it_is_released(post: Post, workspace: Workspace) -> None:
    fault = workspace.faults.plant(Fault(method="chat.postMessage", hold=True))
    task = asyncio.create_task(post())
    await workspace.until(lambda: fault.hits == 1)
    assert workspace.messages() == []
    fault.release()
    assert (await task)["ok"]


async def test_the_log_knows_every_call_and_its_end(post: Post, workspace: Workspace) -> None:
    await post()
    await post(channel="random")
    calls = workspace.log.calls_of("chat.postMessage")
    assert [(call.ok, call.error) for call in calls] == [(True, None), (False, "not_in_channel")]
    assert [call.arguments["text"] for call in workspace.log.refused()] == ["x"]
