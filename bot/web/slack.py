"""HTTP mode's guard: only what Slack signed a moment ago, whole and well formed, reaches Bolt.

Under Bolt alone a malformed timestamp, a non-ASCII signature or a broken body answers 500 (measured). Here each is
a 4xx, and nothing of the request is logged but a reason. https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.types import Receive, Scope, Send

from bot.clock import MachineClock
from bot.log import get_logger, new_request_id, record_incident, request_facts
from bot.web.parsing import Malformed, parse_payload

log = get_logger(__name__)

MOST_BODY_BYTES = 1_000_000
_MOST_SECONDS_OLD = 300
_BODY_SECONDS = 5.0
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
# Only these go on to Bolt: an outsider could otherwise set headers that Bolt takes for its own (x-slack-bolt-…).
_HANDED_ON = frozenset({"content-type", "user-agent", "x-slack-retry-num", "x-slack-retry-reason"})

_NOBODY_WAITS = frozenset({"view_closed", "app_rate_limited"})

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
Observe = Callable[[str, float], None]


class Refused(Exception):
    """The request ends at the door with `status`; `reason` is a code for the log."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Disconnected(Exception):
    """The client went away before the body was whole: nobody is there to be answered."""


class SlackDoor:
    """An ASGI application for /slack/events. `observe` is told each outcome and the seconds it took."""

    def __init__(
        self, *, signing_secret: str, machine: MachineClock, dispatch: Dispatch, observe: Observe | None = None
    ) -> None:
        self._secret = signing_secret.encode("utf-8")
        self._machine = machine
        self._dispatch = dispatch
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = self._machine.monotonic()
        with request_facts(request=new_request_id()):
            try:
                answer = await self._answer(scope, receive)
                outcome = "answered" if answer.status < 500 else "failed"
            except Refused as refused:
                log.warning("request_refused", reason=refused.reason, status=refused.status)
                answer, outcome = _refusal(refused), "refused"
            except Disconnected:
                return
            if self._observe:
                self._observe(outcome, self._machine.monotonic() - started)
            await _send(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> BoltResponse:
        if scope["method"] != "POST":
            raise Refused(405, "method")
        headers = _headers(scope)
        timestamp, signature = self._checked_headers(headers)
        body = await _read_body(headers, receive)
        self._check_signature(timestamp, signature, body)
        try:
            payload = parse_payload(body, _one(headers, "content-type"))
        except Malformed as malformed:
            raise Refused(400, malformed.reason) from None
        if payload.get("type") == "url_verification":
            return _challenge(payload)
        return await self._handed_on(payload, headers)

    def _checked_headers(self, headers: Mapping[str, list[str]]) -> tuple[str, str]:
        timestamp = _one(headers, "x-slack-request-timestamp")
        signature = _one(headers, "x-slack-signature")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise Refused(401, "timestamp")
        if abs(self._machine.now().timestamp() - int(timestamp)) > _MOST_SECONDS_OLD:
            raise Refused(401, "stale")
        if not signature.isascii():
            raise Refused(401, "signature")
        return timestamp, signature

    def _check_signature(self, timestamp: str, signature: str, body: bytes) -> None:
        signed = b"v0:" + timestamp.encode("ascii") + b":" + body
        expected = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise Refused(401, "signature")

    async def _handed_on(self, payload: dict[str, Any], headers: Mapping[str, list[str]]) -> BoltResponse:
        # In "socket_mode" Bolt takes the payload as it is, as verified: it neither parses nor checks a second time.
        # The mode means nothing else to it.
        handed_on: dict[str, str | Sequence[str]] = {
            name: values for name, values in headers.items() if name in _HANDED_ON
        }
        try:
            # Bolt looks around in the payload as soon as it is given one.
            request = AsyncBoltRequest(body=payload, headers=handed_on, mode="socket_mode")
            answer = await self._dispatch(request)
        except Exception:  # noqa: BLE001 - the door: Slack is told to try again, the log has the incident
            return _unavailable(record_incident(log, "request_failed"))
        if answer.status == 404 and payload.get("type") in _NOBODY_WAITS:
            # News of something that we do not follow: any answer but a 200 would only bring it again.
            return BoltResponse(status=200, body="")
        # Bolt has logged what its own middleware ran into; Slack is told the same as above.
        return answer if answer.status != 500 else _unavailable(None)


def _headers(scope: Scope) -> dict[str, list[str]]:
    """Names in lower case; latin-1 reads any byte, so a strange header is compared and refused, not raised on."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return headers


def _one(headers: Mapping[str, list[str]], name: str) -> str:
    """The header's value, or nothing: a header that stands twice could be read differently further on."""
    values = headers.get(name, [])
    return values[0] if len(values) == 1 else ""


async def _read_body(headers: Mapping[str, list[str]], receive: Receive) -> bytes:
    """At most MOST_BODY_BYTES, whatever the client announces, and no longer than _BODY_SECONDS."""
    announced = _one(headers, "content-length")
    if _TIMESTAMP.fullmatch(announced) and int(announced) > MOST_BODY_BYTES:
        raise Refused(413, "too_large")
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await _read_bounded(receive)
    except TimeoutError:
        raise Refused(400, "too_slow") from None


async def _read_bounded(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body += message.get("body", b"")
        if len(body) > MOST_BODY_BYTES:
            raise Refused(413, "too_large")
        more = message.get("more_body", False)
    return bytes(body)


def _challenge(payload: Mapping[str, Any]) -> BoltResponse:
    challenge = payload.get("challenge")
    if not isinstance(challenge, str):
        raise Refused(400, "challenge")
    return BoltResponse(status=200, body={"challenge": challenge})


def _unavailable(incident: str | None) -> BoltResponse:
    return BoltResponse(status=503, body={"error": "unavailable"} | ({"incident": incident} if incident else {}))


def _refusal(refused: Refused) -> BoltResponse:
    headers: dict[str, Any] = {"allow": "POST"} if refused.status == 405 else {}
    if refused.status in (400, 413):
        # What is left of the body is not read: the connection is of no further use.
        headers["connection"] = "close"
    return BoltResponse(status=refused.status, body=json.dumps({"error": refused.reason}), headers=headers)


async def _send(send: Send, answer: BoltResponse) -> None:
    body = answer.body.encode("utf-8")
    headers = [
        (name.encode("latin-1"), str(value).encode("latin-1"))
        for name, values in answer.headers.items()
        for value in values
    ]
    headers.append((b"content-length", str(len(body)).encode("ascii")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
