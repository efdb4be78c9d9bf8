"""Socket Mode: keeps a connection to Slack, and asks again until Slack gives one.

Slack closes connections now and then; the SDK opens the next one. Only the first is ours to insist on.
"""

import asyncio

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.app.bolt import make_socket
from bot.app.errors import CannotServe
from bot.log import get_logger
from bot.outbox.errors import classify
from bot.outbox.slack import SlackCalls

log = get_logger(__name__)

_LONGEST_PAUSE = 30.0


class SocketMode:
    """A Socket Mode connection. Must be made inside the event loop."""

    def __init__(self, bolt: AsyncApp, slack: SlackCalls, app_token: str) -> None:
        self._handler = make_socket(bolt, slack, app_token)

    async def connect(self) -> None:
        """Returns when Slack has given a connection. Raises CannotServe if it refuses the token."""
        pause = 1.0
        while True:
            try:
                await self._handler.connect_async()  # type: ignore[no-untyped-call]
                return
            except SlackApiError as refused:
                code = str(refused.response.get("error"))
                if classify(code, effect=False).token_dead:
                    raise CannotServe(
                        f"Slack refuses SLACK_APP_TOKEN ({code}). Make a new app-level token."
                    ) from refused
                log.warning("socket_refused", code=code, again_in_seconds=pause)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("socket_not_opened", error=type(error).__name__, again_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def is_connected(self) -> bool:
        """Whether a connection stands right now."""
        return bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        """Ends the connection."""
        await self._handler.close_async()  # type: ignore[no-untyped-call]
