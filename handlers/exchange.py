"""One request, and the ways to answer it: Slack gives each surface others.

A command is answered in the body of its 200; a button in a message by its response_url; a button in a modal
or on App Home by another modal. Whatever calls Slack runs after the answer, never before it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import uuid4

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker
from bot.i18n import BOTH, Texts, locale_of, texts
from bot.log import get_logger
from bot.outbox.slack import SlackFault
from bot.render.blocks import Message, escape, message, modal, section
from bot.render.forms.sheet import View
from bot.render.forms.told import TOLD
from bot.render.reader import Reader
from bot.render.refusals import refusal_text
from handlers.response_url import say_at
from handlers.services import Services
from handlers.tenants import user_in
from models.rules.acts import Act
from models.rules.facts import Facts
from models.rules.people import Person
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.session import StorageUnavailable

log = get_logger("handlers")

_THREE_DEEP = "push_limit_reached"
_EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

# Escaping makes a text up to five times longer; a section takes 3,000 characters.
_LONGEST_BACK = 2000


class Surface(StrEnum):
    """Where a request comes from."""

    COMMAND = "command"
    MESSAGE = "message"  # a button or menu of a message
    MODAL = "modal"  # a button or menu in a modal
    HOME = "home"
    SHORTCUT = "shortcut"
    SUBMISSION = "submission"


@dataclass(slots=True)
class Exchange:
    """A request that waits for its answer. `typed` is what the person would lose with it; `who` they are
    is known once the door has found out."""

    services: Services
    surface: Surface
    body: Mapping[str, Any]
    ack: AsyncAck
    typed: str = ""
    who: Asker | None = None
    acked: bool = False

    @property
    def trigger_id(self) -> str:
        return str(self.body.get("trigger_id") or "")

    @property
    def receipt(self) -> str:
        """The mark of this delivery, so that a retry takes effect once. Who and what stand beside the trigger:
        a server that gives two requests one trigger, or none, loses neither."""
        if not self.trigger_id:
            return f"untriggered:{uuid4().hex}"
        action: Mapping[str, Any] = next(iter(self.body.get("actions") or ()), {})
        chosen = (action.get("selected_option") or {}).get("value")
        what = [user_in(self.body), action.get("action_id"), action.get("value"), chosen, self.body.get("text")]
        mark = hashlib.sha256(json.dumps([self.trigger_id, *what]).encode()).hexdigest()
        return f"trigger:{mark}"

    @property
    def response_url(self) -> str:
        return str(self.body.get("response_url") or "")

    @property
    def channel(self) -> str | None:
        """The channel that it comes from, wherever that kind of request has it."""
        channel = self.body.get("channel")
        found = channel.get("id") if isinstance(channel, Mapping) else self.body.get("channel_id")
        return str(found) if found else None

    async def settle(self) -> None:
        """Tells Slack that the request has arrived, with nothing to show."""
        if not self.acked:
            self.acked = True
            await self.ack()

    async def tell(self, answer: Message) -> None:
        """Tells the person, and nobody else."""
        if self.surface is Surface.COMMAND and not self.acked:
            self.acked = True
            await self.ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")
            return
        await self.settle()
        self.services.afterwards.start(self.say(answer))

    async def trouble(self, answer: Message) -> None:
        """Tells what went wrong; what the person typed comes back with it."""
        if self.typed:
            back = section(f"```{escape(self.typed[:_LONGEST_BACK])}```")
            answer = message(answer.text, *answer.blocks, back)
        await self.tell(answer)

    async def open(self, view: View) -> View | None:
        """Opens a modal, on top of the one that is open if the request came from there. Only after the
        answer. Returns the view as Slack keeps it; None where the trigger had expired."""
        method = "views.push" if self.surface is Surface.MODAL else "views.open"
        try:
            opened = await self.services.slack.call(method, trigger_id=self.trigger_id, view=view)
        except SlackFault as fault:
            if fault.code == _THREE_DEEP:
                return await self._replace(view)
            log.warning("modal_not_opened", method=method, code=fault.code)
            if fault.code in _EXPIRED:
                await self._say_too_late()
            return None
        return dict(opened.get("view", {}))

    async def _replace(self, view: View) -> View | None:
        """Shows it in place of the topmost modal: Slack stacks three."""
        shown = await self._call("views.update", view_id=self.body["view"]["id"], view=view)
        return dict(shown.get("view", {})) if shown else None

    async def say(self, answer: Message) -> None:
        """Tells the person after the answer: by the response_url, where it is gone by an ephemeral message,
        and where there is neither by a modal."""
        if not self.response_url:
            await self.open(told_view(await self._words(), answer))
            return
        said = {"text": answer.text, "blocks": answer.blocks}
        told = await say_at(
            self.services.slack.client,
            self.response_url,
            **said,
            response_type="ephemeral",
            replace_original=False,
        )
        if not told and self.channel and self.who:
            await self._call("chat.postEphemeral", channel=self.channel, user=self.who.user_id, **said)

    async def close_question(self) -> None:
        """Takes away the question whose button was pressed: it is answered."""
        await self.settle()
        if self.response_url:
            self.services.afterwards.start(self._delete_original())

    async def _delete_original(self) -> None:
        await say_at(self.services.slack.client, self.response_url, delete_original=True)

    async def _say_too_late(self) -> None:
        """The trigger of a modal lives three seconds: say so where there is still a way to say it."""
        if self.response_url:
            t = await self._words()
            text = t("That took too long, and Slack did not open the form. Nothing was changed: please try again.")
            await self.trouble(message(text, section(text)))

    async def _call(self, method: str, **arguments: Any) -> Mapping[str, Any] | None:
        try:
            return await self.services.slack.call(method, **arguments)
        except SlackFault as fault:
            log.warning("answer_not_shown", method=method, code=fault.code)
            return None

    async def _words(self) -> Texts:
        """The asker's words; both languages where nobody can look them up."""
        if self.who is None:
            return texts(BOTH)
        try:
            return words_for((await self.services.desk.facts(self.who)).actor)
        except StorageUnavailable:
            return texts(BOTH)


def told_view(t: Texts, answer: Message) -> View:
    """A message as a modal, where Slack gives no other way to answer."""
    return modal(
        TOLD,
        title=t("Escalations"),
        blocks=answer.blocks or [section(answer.text)],
        close=t("Done"),
    )


def words_for(person: Person | None) -> Texts:
    """The reader's words; both languages for somebody whom nobody knows."""
    return texts(locale_of(person.language, person.locale)) if person else texts(BOTH)


def reader_of(facts: Facts, who: Asker) -> Reader:
    """The asker as a reader."""
    zone = facts.actor.time_zone if facts.actor else "UTC"
    return Reader(words_for(facts.actor), zone, facts.people, who.user_id)


def refusal_words(refusal: Refusal, facts: Facts, *, plain: bool = False) -> str:
    """Why not, in the asker's words; `plain` for beside a field."""
    return refusal_text(
        _offering_what_they_may(refusal, facts),
        words_for(facts.actor),
        facts.people,
        time_zone=facts.actor.time_zone if facts.actor else "UTC",
        plain=plain,
        book=facts.rulebook,
    )


def _offering_what_they_may(refusal: Refusal, facts: Facts) -> Refusal:
    """The refusal; of what the status leaves open instead it names only what this person may do."""
    possible = refusal.facts.get("possible")
    if not isinstance(possible, list):
        return refusal
    theirs = [act for act in possible if refuse_unless_allowed(facts, Act(act)) is None]
    return replace(refusal, facts={**refusal.facts, "possible": theirs})
