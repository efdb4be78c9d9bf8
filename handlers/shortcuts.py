"""Shortcuts: on a message *Escalate this* and *Add as evidence*; global *New escalation* and *My queue*.

They change nothing: Slack is answered first, then the modal opens, filled in with what the message says.
"""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker
from bot.render.forms import OPEN, PICK_EVIDENCE, Meta
from bot.render.ids import (
    SHORTCUT_ADD_EVIDENCE,
    SHORTCUT_ESCALATE_MESSAGE,
    SHORTCUT_NEW,
    SHORTCUT_QUEUE,
)
from handlers import reads
from handlers.door import after_answer
from handlers.exchange import Exchange, Surface
from handlers.open_modal import open_form
from handlers.prefill import draft_of_message, draft_of_proof
from handlers.services import Services

GLOBAL = (SHORTCUT_NEW, SHORTCUT_QUEUE)
ON_MESSAGE = (SHORTCUT_ESCALATE_MESSAGE, SHORTCUT_ADD_EVIDENCE)
_OURS = re.compile("|".join(f"^{name}$" for name in (*GLOBAL, *ON_MESSAGE)))


def register(app: AsyncApp, services: Services) -> None:
    """One listener for all four."""

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        exchange = Exchange(services, Surface.SHORTCUT, body, ack)

        async def work(who: Asker) -> None:
            await _answer(exchange, who, str(body["callback_id"]))

        await after_answer(exchange, work)

    app.shortcut(_OURS)(on_shortcut)


async def _answer(exchange: Exchange, who: Asker, name: str) -> None:
    if name == SHORTCUT_QUEUE:
        await exchange.tell(await reads.list_page(exchange.services, who, "mine", page=1))
    elif name == SHORTCUT_NEW:
        await open_form(exchange, who, Meta(OPEN))
    else:
        await _with_message(exchange, who, OPEN if name == SHORTCUT_ESCALATE_MESSAGE else PICK_EVIDENCE)


async def _with_message(exchange: Exchange, who: Asker, form: str) -> None:
    """The message's text and its link, in the fields that they are for."""
    message: Mapping[str, Any] = exchange.body.get("message") or {}
    channel = str((exchange.body.get("channel") or {}).get("id") or "")
    ts = str(message.get("ts") or exchange.body.get("message_ts") or "")
    text, link = str(message.get("text") or ""), _permalink(exchange.body, channel, ts)
    if form == OPEN:
        await open_form(exchange, who, Meta(form, origin=channel or None), draft=draft_of_message(text, link))
        return
    thread = str(message.get("thread_ts") or ts)
    number = await exchange.services.desk.number_of_card(who.workspace_id, channel, thread)
    chosen = {"number": str(number)} if number else {}
    await open_form(exchange, who, Meta(form), draft={**draft_of_proof(text, link), **chosen})


def _permalink(body: Mapping[str, Any], channel: str, ts: str) -> str:
    """A message's address as Slack makes it. Made here: a trigger lives three seconds, a call may take two."""
    domain = str((body.get("team") or {}).get("domain") or "")
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain and ts else ""
