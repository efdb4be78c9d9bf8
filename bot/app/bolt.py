"""The Bolt app, and its two ways in: HTTP through our door, or Socket Mode.

`process_before_response` makes Bolt answer when the listener has ended: what was acknowledged is
committed. Authorization needs no call: there is one workspace and its token is known.
"""

from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.app.identity import Identity
from bot.log import get_logger
from bot.outbox.slack import SlackCalls
from bot.web.parsing import Malformed, parsed_payload

log = get_logger(__name__)


def make_bolt(slack: SlackCalls, identity: Identity, token: str) -> AsyncApp:
    """A Bolt app without listeners. Its requests are verified at our door, before Bolt."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=token,
        )

    return AsyncApp(
        client=slack.client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        # The bot's own messages must not wake it; what a person does never carries its user id.
        ignoring_self_events_enabled=True,
    )


class GuardedSocket(AsyncSocketModeHandler):
    """Socket Mode with the same check of each payload as at HTTP's door; what does not pass is acknowledged,
    since Slack would only send it again."""

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        try:
            req.payload = parsed_payload(req.payload)
        except Malformed as malformed:
            log.warning("request_refused", reason=malformed.reason)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            return
        await super().handle(client, req)


def make_socket(bolt: AsyncApp, slack: SlackCalls, app_token: str) -> AsyncSocketModeHandler:
    """Socket Mode for the app; `connect_async` and `close_async` are the caller's."""
    return GuardedSocket(bolt, app_token, web_client=slack.client)
