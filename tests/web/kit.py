"""Slack's way of signing, and a site on a real socket with a door whose requests the test sees."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.web.health import Readiness
from bot.web.site import SLACK_PATH

SECRET = "0123456789abcdef" * 2
FORM = "application/x-www-form-urlencoded"


def sign(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def signed(body: bytes, content_type: str = FORM, *, age_seconds: int = 0) -> dict[str, str]:
    """The headers that Slack would send with this body."""
    timestamp = str(int(time.time()) - age_seconds)
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(body, timestamp),
    }


async def _answer_ok(_: AsyncBoltRequest) -> BoltResponse:
    return BoltResponse(status=200, body="")


@dataclass
class RunningSite:
    """Where the site listens, what reached Bolt, and how Bolt answers."""

    url: str = ""
    port: int = 0
    received: list[AsyncBoltRequest] = field(default_factory=list)
    dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]] = _answer_ok
    readiness: Readiness = field(default_factory=Readiness)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        self.received.append(request)
        return await self.dispatch(request)

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + SLACK_PATH, data=body, headers=headers) as r,
        ):
            return r.status, await r.text(), {name.lower(): value for name, value in r.headers.items()}

    async def get(self, path: str, method: str = "GET") -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.request(method, self.url + path) as answer:
            return answer.status, await answer.text()

    async def raw(self, request: bytes) -> bytes:
        """What the server says to these bytes, until it closes or the first answer is whole."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            await writer.drain()
            return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        finally:
            writer.close()
