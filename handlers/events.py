"""Slack's events: App Home opened, 👀 on a card, words in a card's thread, and what the directory keeps.

Nobody waits for an answer to an event. What it changes is committed before Slack gets its 200; where the
database is away Slack gets a 503 and sends the event again, and its receipt lets it take effect once.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from bot.desk import Asker, Refused
from bot.log import get_logger, record_incident
from bot.render.blocks import Message
from handlers.door import enter
from handlers.home import publish
from handlers.services import Services
from models.rules import limits
from models.rules.acts import Act
from models.rules.case import WaitingOn
from models.rules.masking import mask
from models.rules.moves.forms import AnswerForm, NoForm
from models.session import StorageUnavailable

log = get_logger(__name__)

EYES = "eyes"
# A person's own words: edits, joins and the like come as messages with other subtypes.
_SPOKEN = frozenset({None, "thread_broadcast", "file_share"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event of Slack's, in one of our workspaces."""

    services: Services
    workspace_id: int
    body: Mapping[str, Any]
    event: Mapping[str, Any]

    @property
    def who(self) -> Asker:
        return Asker(self.workspace_id, str(self.event.get("user") or ""))

    @property
    def receipt(self) -> str | None:
        event_id = self.body.get("event_id")
        return f"event:{event_id}" if event_id else None


def register(app: AsyncApp, services: Services) -> None:
    """One listener for every event of ours."""

    async def on_event(ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> BoltResponse | None:
        try:
            workspace_id = await services.tenants.workspace_of(str(body.get("team_id") or ""))
            if workspace_id is not None:
                await _HANDLERS[str(event["type"])](Told(services, workspace_id, body, event))
        except StorageUnavailable:
            record_incident(log, "event_not_saved", type=str(event.get("type")))
            return BoltResponse(status=503)
        except Exception:  # noqa: BLE001 - the door: sending it again would not help, and the log has it
            record_incident(log, "event_failed", type=str(event.get("type")))
        await ack()
        return None

    async def on_other_event(ack: AsyncAck) -> None:
        # Whatever else the app is subscribed to: without a 200 Slack would send it three times over.
        await ack()

    app.event(re.compile("|".join(f"^{name}$" for name in sorted(_HANDLERS))))(on_event)
    app.event(re.compile(""))(on_other_event)


async def _home_opened(told: Told) -> None:
    if told.event.get("tab") == "home":

        async def work(who: Asker) -> None:
            await publish(told.services, who)

        told.services.afterwards.start(enter(told.services, told.body, work, trouble=_say_nothing))


async def _reacted(told: Told) -> None:
    """👀 on the card acknowledges. Who may not is told nothing: it was only a reaction."""
    item = told.event.get("item") or {}
    if told.event.get("reaction") != EYES or item.get("type") != "message":
        return
    desk = told.services.desk
    number = await desk.number_of_card(told.workspace_id, str(item.get("channel")), str(item.get("ts")))
    if number is None:
        return
    outcome = await desk.perform(Act.ACKNOWLEDGE, NoForm(), who=told.who, number=number, receipt=told.receipt)
    if isinstance(outcome, Refused):
        log.info("reaction_refused", code=outcome.refusal.code.value)


async def _wrote(told: Told) -> None:
    """Words in a card's thread: the awaited answer of the requester, or perhaps an update of the owner."""
    event = told.event
    thread_ts, channel = event.get("thread_ts"), str(event.get("channel") or "")
    if not thread_ts or event.get("bot_id") or not event.get("user") or event.get("subtype") not in _SPOKEN:
        return
    if await _answered(told, channel, str(thread_ts)):
        return
    await told.services.desk.thread_message(
        told.who, channel=channel, thread_ts=str(thread_ts), ts=str(event.get("ts"))
    )


async def _answered(told: Told, channel: str, thread_ts: str) -> bool:
    """Whether this was the reply that the case waits for; it is taken as the answer then."""
    desk = told.services.desk
    number = await desk.number_of_card(told.workspace_id, channel, thread_ts)
    facts = await desk.facts(told.who, number) if number is not None else None
    case = facts.case if facts else None
    if case is None or case.waiting is None or case.waiting.on is not WaitingOn.REQUESTER:
        return False
    text = str(told.event.get("text") or "")[: limits.NOTE]
    if case.requester != told.who.user_id or not text.strip():
        return False
    form = AnswerForm(mask(text).text)
    await desk.perform(Act.ANSWER, form, who=told.who, number=number, receipt=told.receipt)
    return True


async def _person_changed(told: Told) -> None:
    user = told.event.get("user")
    if isinstance(user, Mapping) and user.get("id"):
        await told.services.directory.person_changed(told.workspace_id, user)


async def _channel_changed(told: Told) -> None:
    """Joining asks Slack about the channel, so it does not keep the event waiting."""
    if told.event.get("type") != "member_joined_channel":
        await told.services.directory.channel_changed(told.workspace_id, told.event)
        return

    async def work(_who: Asker) -> None:
        await told.services.directory.channel_changed(told.workspace_id, told.event)

    told.services.afterwards.start(enter(told.services, told.body, work, trouble=_say_nothing))


async def _group_changed(told: Told) -> None:
    await told.services.directory.group_changed(told.workspace_id, told.event)


async def _do_not_disturb_changed(told: Told) -> None:
    await told.services.directory.do_not_disturb_changed(told.workspace_id, told.event)


async def _uninstalled(told: Told) -> None:
    await told.services.directory.uninstalled(told.workspace_id, told.event)


async def _say_nothing(_answer: Message) -> None:
    """Nobody waits for an answer to an event."""


_CHANNEL_EVENTS = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_left",
    "member_joined_channel",
)
_HANDLERS: dict[str, Callable[[Told], Awaitable[None]]] = {
    "app_home_opened": _home_opened,
    "reaction_added": _reacted,
    "message": _wrote,
    "user_change": _person_changed,
    "team_join": _person_changed,
    **dict.fromkeys(_CHANNEL_EVENTS, _channel_changed),
    "subteam_created": _group_changed,
    "subteam_updated": _group_changed,
    "subteam_members_changed": _group_changed,
    "dnd_updated_user": _do_not_disturb_changed,
    "app_uninstalled": _uninstalled,
    "tokens_revoked": _uninstalled,
}

# The manifest names messages by the kind of conversation; they all arrive as "message".
EVENTS = frozenset(_HANDLERS) - {"message"} | {"message.channels", "message.groups", "message.im"}
