"""Who we are in Slack, and the workspace's row: asked once, before anything is answered.

A Slack that does not answer is asked again until it does; a token that it refuses ends the start.
"""

import asyncio
from dataclasses import dataclass

from bot.app.errors import CannotServe
from bot.clock import MachineClock
from bot.log import get_logger
from bot.outbox.slack import SlackCalls, SlackFault
from models.queries import workspaces
from models.session import Store

log = get_logger(__name__)

_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot in its workspace."""

    workspace_id: int
    team_id: str
    bot_user_id: str
    bot_id: str


async def identify(slack: SlackCalls, store: Store, machine: MachineClock) -> Identity:
    """Asks Slack until it answers, and stores the workspace. Raises CannotServe if the token is refused."""
    answer = await _ask(slack)
    team_id, user_id = str(answer["team_id"]), str(answer["user_id"])
    name = str(answer.get("team") or "")
    found = await store.write(
        lambda connection: workspaces.save(connection, team_id, name=name, bot_user_id=user_id, now=machine.now())
    )
    return Identity(found.id, team_id, user_id, str(answer.get("bot_id") or ""))


async def _ask(slack: SlackCalls) -> dict[str, object]:
    pause = 1.0
    while True:
        try:
            return await slack.call("auth.test")
        except SlackFault as fault:
            if fault.fault.token_dead:
                raise CannotServe(
                    f"Slack refuses SLACK_BOT_TOKEN ({fault.code}). Install the app again and copy the token."
                ) from fault
            log.warning("slack_does_not_answer", code=fault.code, again_in_seconds=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
