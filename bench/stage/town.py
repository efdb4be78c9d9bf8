"""Slack in a process of its own, so that its work is not counted as the bot's; what Mei submits is recorded there."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bot.demo.town import build_town
from bot.sandbox import SandboxServer, Workspace
from bot.sandbox.identity import system_now

_START_SECONDS = 60.0
_TEXT = "提现未到账 po_1NxQ7fLkdIwHu7ix acct_1AbQ2eZvKYlo2C9p"
_FIELDS = {"title_local": "Payout not received since 09:10", "need": "Release it, or explain the hold"}


@dataclass(frozen=True, slots=True)
class Town:
    """The way to Slack's process. `opening` has Mei open an escalation and gives what Slack sent for it."""

    api_url: str
    bot_token: str
    signing_secret: str
    _wire: Connection

    def opening(self, bot_url: str) -> dict[str, Any]:
        """The payload of a submitted modal, which the bot at this address has just answered."""
        self._wire.send(bot_url)
        payload: dict[str, Any] = _received(self._wire)
        return payload


@contextmanager
def slack_town() -> Iterator[Town]:
    """Start Slack's process; it ends with the block."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_live, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        api_url, bot_token, signing_secret = _received(ours)
        yield Town(api_url, bot_token, signing_secret, ours)
    finally:
        ours.send(None)
        process.join(timeout=10)
        process.kill()


def _received(wire: Connection) -> Any:
    if not wire.poll(_START_SECONDS):
        raise TimeoutError("Slack's process does not answer")
    return wire.recv()


def _live(wire: Connection) -> None:
    asyncio.run(_serve(wire))


async def _serve(wire: Connection) -> None:
    town = build_town(system_now)
    async with SandboxServer(town) as server:
        wire.send((server.api_url, town.bot_token, town.signing_secret))
        while bot_url := await asyncio.to_thread(wire.recv):
            town.connect_http(bot_url)
            wire.send(await _recorded_opening(town))


async def _recorded_opening(town: Workspace) -> Any:
    mei = town.person("mei")
    await mei.command("/escalate", _TEXT, channel="support")
    view = await town.until(lambda: mei.view)
    if view is None:
        raise LookupError("no modal was opened")
    await mei.fill(view, _FIELDS)
    outcome = await mei.submit()
    if outcome.kind != "updated":
        raise ValueError(f"the submission was not taken: {outcome.errors or outcome.why}")
    await mei.close()
    return next(request.payload for request in reversed(town.log.requests) if request.kind == "view_submission")
