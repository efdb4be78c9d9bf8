"""Sends what people do and what happens to the app: over HTTP, or over Socket Mode when the app is connected.

Slack waits three seconds for an answer. An event that got none comes again: at once, after a minute, after
five; a command or an interaction does not. Every request stands in the log with its status and its time.
Slack: https://docs.slack.dev/apis/events-api#retries
"""

import asyncio
import itertools
import json
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.errors import Json, Mistake
from bot.sandbox.log import Request
from bot.sandbox.signing import signed_headers
from bot.sandbox.sockets import Sockets

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

WAIT_SECONDS = 3.0
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass
class Answer:
    """What the app answered. `error` is Slack's word for it where that was no answer."""

    status: int | None = None
    body: str = ""
    error: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    latency_seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return self.error is None

    def json(self) -> Any:
        """The body as JSON; None where it is empty or something else."""
        try:
            return json.loads(self.body) if self.body.strip() else None
        except json.JSONDecodeError:
            return None


@dataclass
class Packet:
    """One signed request as it goes out; `resend` puts the same bytes on the wire again."""

    body: bytes
    content_type: str
    headers: dict[str, str]


class Delivery:
    """The way from the workspace to its app."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._urls: list[str] = []
        self._turn = itertools.count()
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._in_first_try = 0
        self.sockets = Sockets(workspace)
        self.wait_seconds = WAIT_SECONDS
        self.retry_scale = 1.0
        self.last_packet: Packet | None = None

    def connect_http(self, urls: list[str]) -> None:
        """Deliver to these addresses, in turn."""
        self._urls = list(urls)

    @property
    def _is_installed(self) -> bool:
        return bool(self._urls) or self.sockets.ever_connected

    async def open(self) -> None:
        """Get ready to send. The server calls it."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Give up what is still to be sent, and close."""
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.sockets.close()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def settled(self) -> None:
        """Return when no request awaits its first answer (retries that are still to come do not count)."""
        await self._workspace.changes.until(lambda: self._in_first_try == 0, timeout=60.0)

    async def command(self, fields: Json) -> Answer:
        """Send a slash command."""
        if self.sockets.connected:
            return await self._over_socket("slash_commands", "command", fields)
        return await self._over_http("command", urlencode(fields).encode(), content_type=FORM, payload=fields)

    async def interaction(self, payload: Json) -> Answer:
        """Send what somebody did in a message, in a view, or with a shortcut."""
        if self.sockets.connected:
            return await self._over_socket("interactive", str(payload["type"]), payload)
        body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        return await self._over_http(str(payload["type"]), body, content_type=FORM, payload=payload)

    async def verify_url(self) -> bool:
        """Ask the app to prove its address, as Slack does when the address is entered."""
        challenge = self._workspace.ids.secret(32)
        payload = {"token": "sandbox-verification", "challenge": challenge, "type": "url_verification"}
        answer = await self._over_http(
            "url_verification", json.dumps(payload).encode(), content_type=JSON, payload=payload
        )
        parsed = answer.json()
        said = parsed.get("challenge") if isinstance(parsed, dict) else answer.body.strip()
        return answer.ok and said == challenge

    def send_event(self, event: Json) -> None:
        """Send an event in the background, with retries. Where no app is connected, nobody hears it."""
        if self._session is None or not self._is_installed:
            return
        self._in_first_try += 1
        self.background(self._deliver_event(event))

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that `close` will end."""
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver_event(self, event: Json) -> None:
        try:
            answer = await self._try_event(event, 0, None)
        finally:
            self._in_first_try -= 1
            self._workspace.changed()
        for number, seconds in enumerate(RETRY_AFTER_SECONDS, start=1):
            if answer.ok or answer.headers.get("x-slack-no-retry") == "1":
                return
            await asyncio.sleep(seconds * self.retry_scale)
            answer = await self._try_event(event, number, answer.error)

    async def _try_event(self, event: Json, number: int, reason: str | None) -> Answer:
        kind = str(event["event"]["type"])
        if self.sockets.connected:
            return await self._over_socket("events_api", kind, event, retry=(number, reason))
        body = json.dumps(event, ensure_ascii=False).encode()
        return await self._over_http(kind, body, content_type=JSON, payload=event, retry=(number, reason))

    async def _over_socket(
        self, envelope_type: str, kind: str, payload: Json, *, retry: tuple[int, str | None] = (0, None)
    ) -> Answer:
        request = Request(self._workspace.ids.now(), kind, payload, "socket", retry_number=retry[0])
        request.retry_reason = retry[1]
        started = time.monotonic()
        answer = Answer(error="connection_failed")
        try:
            acked = await self.sockets.send(envelope_type, payload, wait_seconds=self.wait_seconds, retry=retry)
            answer = Answer(200, "" if acked is None else json.dumps(acked))
        except TimeoutError:
            answer = Answer(error="http_timeout")
        except ConnectionError:
            answer = Answer(error="connection_failed")
        return self._noted(request, answer, started)

    async def _over_http(
        self,
        kind: str,
        body: bytes,
        *,
        content_type: str,
        payload: Any,
        retry: tuple[int, str | None] = (0, None),
    ) -> Answer:
        headers = signed_headers(self._workspace.signing_secret, body)
        if retry[1] is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        packet = Packet(body, content_type, headers)
        self.last_packet = packet
        return await self._transmit(packet, kind, payload, retry=retry)

    async def resend(self, packet: Packet) -> Answer:
        """Put a packet on the wire once more, byte by byte, whatever it holds."""
        return await self._transmit(packet, "raw", packet.body, retry=(0, None))

    async def raw(
        self,
        body: bytes,
        *,
        content_type: str = FORM,
        timestamp: str | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """Send any bytes, rightly signed for `timestamp` (now, unless one is given).

        `headers` replace the signed ones; None as a value leaves a header out.
        """
        signed = signed_headers(self._workspace.signing_secret, body, timestamp=timestamp)
        wanted = {**signed, **(headers or {})}
        kept = {name: value for name, value in wanted.items() if value is not None}
        return await self.resend(Packet(body, content_type, kept))

    async def _transmit(self, packet: Packet, kind: str, payload: Any, *, retry: tuple[int, str | None]) -> Answer:
        if self._session is None or not self._is_installed:
            raise Mistake("no app is connected: connect_http() or Socket Mode first, with the server running")
        url = self._urls[next(self._turn) % len(self._urls)] if self._urls else ""
        request = Request(self._workspace.ids.now(), kind, payload, url or "socket")
        request.retry_number, request.retry_reason = retry
        started = time.monotonic()
        if not url:
            return self._noted(request, Answer(error="connection_failed"), started)
        headers = {"Content-Type": packet.content_type, **packet.headers}
        headers.setdefault("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
        limit = aiohttp.ClientTimeout(total=self.wait_seconds)
        try:
            async with self._session.post(
                url, data=BytesIO(packet.body), headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                text = (await response.read()).decode("utf-8", "replace")
                error = None if 200 <= response.status < 300 else "http_error"
                got = {name.lower(): value for name, value in response.headers.items()}
                answer = Answer(response.status, text, error, got)
        except TimeoutError:
            answer = Answer(error="http_timeout")
        except aiohttp.ClientError:
            answer = Answer(error="connection_failed")
        return self._noted(request, answer, started)

    def _noted(self, request: Request, answer: Answer, started: float) -> Answer:
        answer.latency_seconds = time.monotonic() - started
        request.latency_seconds = answer.latency_seconds
        request.status, request.error, request.body = answer.status, answer.error, answer.body
        self._workspace.log.requests.append(request)
        self._workspace.changed()
        return answer
