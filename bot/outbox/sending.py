"""The calls to Slack that say a notice: opened, sent, looked up, linked. No transaction is open here, and
nothing is marked; what Slack refuses is raised."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.outbox.address import Address
from bot.outbox.errors import FaultKind, Lost, classify
from bot.outbox.letter import Letter
from bot.outbox.reconcile import find_posted, marked, metadata
from bot.outbox.slack import SlackCalls, SlackFault
from bot.render.blocks import Message
from bot.render.notices import render_notice
from models.queries import directory
from models.rules.change import NoticeKind, Place
from models.rules.people import PersonKind
from models.session import Store

log = structlog.get_logger(__name__)

_EDITS = frozenset({NoticeKind.CARD, NoticeKind.CARD_MOVED})


@dataclass(frozen=True, slots=True)
class Sending:
    """Says letters to Slack."""

    store: Store
    slack: SlackCalls

    async def opened(self, letter: Letter, place: Address) -> Address:
        """The address with its channel: a person's direct channel is asked for once and kept."""
        if place.user_id is None:
            return place
        user_id, workspace_id = place.user_id, letter.notice.workspace_id
        person = letter.facts.people.get(user_id)
        if person is not None and person.kind is PersonKind.DEACTIVATED:
            # Slack may still take it into the old conversation, where nobody will ever read it.
            raise SlackFault("conversations.open", classify("user_disabled", effect=False))
        known = await self.store.read(lambda c: directory.direct_channel(c, workspace_id, user_id))
        if known is None:
            answer = await self.slack.call("conversations.open", users=user_id)
            # A server that names no channel still posts to the person's own id.
            known = kept = str((answer.get("channel") or {}).get("id") or user_id)
            await self.store.write(lambda c: directory.set_person(c, workspace_id, user_id, direct_channel=kept))
        return replace(place, channel=known)

    async def send(self, letter: Letter, place: Address) -> str:
        """Renders the letter now and posts or edits it; returns the message's ts."""
        message = _rendered(letter)
        arguments: dict[str, Any] = {
            "channel": place.channel,
            "text": message.text,
            "metadata": metadata(letter.notice.key, [notice.key for notice in letter.also]),
        }
        if message.blocks and not letter.notice.plain:
            arguments["blocks"] = marked(message.blocks, letter.notice.key)
        if place.edit_ts:
            answer = await self.slack.call("chat.update", ts=place.edit_ts, **arguments)
            return str(answer.get("ts") or place.edit_ts)
        if place.thread_ts:
            arguments["thread_ts"] = place.thread_ts
        answer = await self.slack.call("chat.postMessage", unfurl_links=False, unfurl_media=False, **arguments)
        if not answer.get("ts"):
            # It says that it posted, and not where: looked up before anything is sent again.
            raise SlackFault("chat.postMessage", classify(Lost.UNREADABLE, effect=True))
        return str(answer["ts"])

    async def find(self, letter: Letter) -> Address | None:
        """Where an earlier, ambiguous post of this notice stands, its ts as `edit_ts`; None if nowhere. An
        edit is never ambiguous: it may be made twice. A place that is gone holds nothing."""
        notice, card = letter.notice, letter.card
        if notice.tried_channel is None or (letter.kind in _EDITS and card is not None):
            return None
        thread_ts = card.ts if card and letter.place is Place.THREAD else None
        if letter.place is Place.THREAD and thread_ts is None:
            return None
        try:
            found = await find_posted(
                self.slack,
                channel=notice.tried_channel,
                thread_ts=thread_ts,
                key=notice.key,
            )
        except SlackFault as fault:
            if fault.fault.kind is not FaultKind.GONE:
                raise
            found = None
        log.info("ambiguous_post_looked_up", notice=notice.id, found=found is not None)
        return None if found is None else Address(notice.tried_channel, thread_ts=thread_ts, edit_ts=found)

    async def link(self, letter: Letter, channel: str, ts: str) -> str | None:
        """A card's permalink, asked for once. Without it the messages go out all the same."""
        if letter.place is not Place.CARD:
            return None
        if letter.card is not None and letter.card.ts == ts and letter.card.link:
            return letter.card.link
        try:
            answer = await self.slack.call("chat.getPermalink", channel=channel, message_ts=ts)
        except SlackFault as fault:
            log.warning("no_permalink", code=fault.fault.code)
            return None
        return str(answer["permalink"]) if answer.get("permalink") else None


def _rendered(letter: Letter) -> Message:
    facts: Mapping[str, object] = letter.notice.facts
    if letter.card is not None and letter.card.link:
        facts = {**facts, "link": letter.card.link}
    if letter.also:
        facts = {**facts, "items": [notice.facts for notice in letter.notices]}
    return render_notice(
        letter.kind,
        case=letter.case,
        book=letter.facts.rulebook,
        facts=facts,
        t=letter.texts,
        viewer_tz=letter.time_zone,
        people=letter.facts.people,
        viewer=letter.notice.recipient if letter.place is Place.DIRECT else None,
        cases=letter.cases,
    )
