"""The call to Slack: one shared connection pool, no blind retries, and a typed fault when it fails.

slack_sdk's default retry handlers send again after a reset, and a post would stand twice (DESIGN, promise 4): they
are switched off. When to call is pace.py's, what a failure means is errors.py's.
"""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.log import get_logger
from bot.outbox.errors import Fault, FaultKind, Lost, classify

log = get_logger(__name__)

TIMEOUT_SECONDS = 10
_CONNECT_SECONDS = 5

# Every method that the bot calls, with the bot scopes it needs (app-level and token-only methods need none).
METHODS_USED: dict[str, str] = {
    "auth.test": "",
    "apps.connections.open": "",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.getPermalink": "",
    "conversations.open": "im:write",
    "conversations.info": "channels:read groups:read im:read",
    "conversations.history": "channels:history groups:history im:history",
    "conversations.replies": "channels:history groups:history im:history",
    "users.info": "users:read",
    "users.list": "users:read",
    "usergroups.list": "usergroups:read",
    "views.open": "",
    "views.push": "",
    "views.update": "",
    "views.publish": "",
}

# Sent twice, these happen twice. The others read, replace, or are refused the second time.
_HAPPEN_TWICE = frozenset(
    {
        "chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage", "conversations.create", "views.open",
        "views.push", "files.getUploadURLExternal", "files.completeUploadExternal", "bookmarks.add", "canvases.create",
        "oauth.v2.access", "oauth.v2.exchange", "openid.connect.token",
    }
)  # fmt: skip
_POINTER = re.compile(r"json-pointer:(/[A-Za-z0-9_/]{1,200})")


class SlackFault(Exception):
    """A call that failed. `pointers` says where in the blocks, when Slack did."""

    def __init__(self, method: str, fault: Fault, pointers: tuple[str, ...] = ()) -> None:
        super().__init__(f"{method}: {fault.code} ({fault.kind})")
        self.method = method
        self.fault = fault
        self.pointers = pointers

    @property
    def code(self) -> str:
        return self.fault.code


class SlackCalls:
    """Calls Slack's Web API. Made by `open_slack_calls`; `client` is for Bolt, which shares the connections."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client

    async def call(self, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Call `method` and return Slack's answer. Raises SlackFault, and nothing else, when there is none.

        Arguments that are None are left out; dicts and lists go as JSON.
        """
        response = await self._answer(method, arguments)
        return dict(response.data) if isinstance(response.data, dict) else {}

    async def whoami(self) -> tuple[dict[str, Any], frozenset[str]]:
        """`auth.test`'s answer, and the scopes that were granted: Slack says them in a header. Empty if it
        does not. Raises SlackFault."""
        response = await self._answer("auth.test", {})
        headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
        granted = headers.get("x-oauth-scopes", "")
        scopes = frozenset(scope.strip() for scope in granted.split(",") if scope.strip())
        return dict(response.data) if isinstance(response.data, dict) else {}, scopes

    async def open_socket(self, app_token: str) -> None:
        """Asks for a Socket Mode connection, to see whether the app-level token may. Raises SlackFault."""
        await self._answer("apps.connections.open", {}, token=app_token)

    async def _answer(
        self, method: str, arguments: Mapping[str, Any], *, token: str | None = None
    ) -> AsyncSlackResponse:
        # Another token than the client's goes where the SDK looks for one.
        params = {"token": token} if token else None
        try:
            # As a form, since Slack reads JSON only for some methods and a form for all.
            return await self.client.api_call(method, data=_form(arguments), params=params)
        except SlackApiError as refused:
            raise self._refused(method, refused) from refused
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unreached:
            raise self._lost(method, Lost.NEVER_SENT) from unreached
        except (aiohttp.ClientError, TimeoutError, OSError) as cut:
            raise self._lost(method, Lost.NO_ANSWER) from cut
        except (AttributeError, ValueError, LookupError) as tripped:
            # The SDK reads the answer as a JSON object without looking: a list, plain text or an unknown charset
            # trips it up. The request had been answered, by whomever.
            raise self._lost(method, Lost.UNREADABLE) from tripped

    def _refused(self, method: str, refused: SlackApiError) -> SlackFault:
        response = refused.response
        # The SDK's own response, or aiohttp's where the body was no JSON.
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
        data = getattr(response, "data", None)
        code = data.get("error") if isinstance(data, dict) else None
        cause: str | int | Lost = Lost.UNREADABLE
        if status != 200:
            cause = status
        elif isinstance(code, str):
            cause = code
        fault = classify(cause, effect=_happens_twice(method), retry_after_seconds=_retry_after(response.headers))
        failed = SlackFault(method, fault, _pointers(data))
        _say_if_it_is_our_fault(failed)
        return failed

    def _lost(self, method: str, why: Lost) -> SlackFault:
        return SlackFault(method, classify(why, effect=_happens_twice(method)))


@asynccontextmanager
async def open_slack_calls(
    *, token: str, api_url: str, timeout_seconds: float = TIMEOUT_SECONDS
) -> AsyncIterator[SlackCalls]:
    """Open the connection pool and close it at the end."""
    timeout = aiohttp.ClientTimeout(total=timeout_seconds, sock_connect=_CONNECT_SECONDS)
    # No limit here: a call that waits in the pool would look like one that Slack did not answer. Who sends decides
    # how many are under way.
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
        client = AsyncWebClient(
            token=token, base_url=api_url, timeout=TIMEOUT_SECONDS, session=session, retry_handlers=[]
        )
        if _is_this_machine(api_url):
            # The SDK takes a proxy from the environment for every address, loopback too.
            client.proxy = None
        yield SlackCalls(client)


def _happens_twice(method: str) -> bool:
    return method in _HAPPEN_TWICE


def _form(arguments: Mapping[str, Any]) -> dict[str, str]:
    return {name: _form_value(value) for name, value in arguments.items() if value is not None}


def _form_value(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    text = headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None


def _pointers(data: object) -> tuple[str, ...]:
    """Where in the blocks the mistake is. The rest of what Slack says about it may quote a person."""
    metadata = data.get("response_metadata") if isinstance(data, dict) else None
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    if not isinstance(messages, list):
        return ()
    return tuple(found for each in messages for found in _POINTER.findall(str(each)))


def _say_if_it_is_our_fault(failed: SlackFault) -> None:
    fault = failed.fault
    if not fault.known:
        log.error("slack_error_unknown", method=failed.method, error=fault.code)
    elif fault.kind is FaultKind.BUG:
        log.error("slack_call_wrong", method=failed.method, error=fault.code, pointers=failed.pointers)


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
