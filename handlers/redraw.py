"""Draws the open modal again while it is being filled in: another promise, *More*, what is open already.

Always from all that was typed so far, and only onto the view that it was typed in: a later one wins (Slack's
`hash_conflict`), since it is drawn from more.
"""

from dataclasses import replace
from typing import Any

from bot.desk import Asker, Refused
from bot.log import get_logger
from bot.outbox.slack import SlackFault
from bot.render.blocks import message, section
from bot.render.forms import OPEN, Meta, Sheet, meta_of
from bot.render.forms.sheet import View
from bot.render.forms.told import done
from handlers.door import after_answer
from handlers.draft import draft_of
from handlers.exchange import Exchange, refusal_words, words_for
from handlers.open_modal import drawn
from models.rules.acts import Act
from models.rules.moves.forms import NoForm

log = get_logger(__name__)


async def redraw(exchange: Exchange, *, opens_more: bool) -> None:
    """Answers at once, then draws the modal again."""
    view: dict[str, Any] = exchange.body.get("view") or {}
    meta = meta_of(str(view.get("private_metadata") or ""))
    if meta is None or meta.form != OPEN:
        return

    async def work(who: Asker) -> None:
        sheet = await _sheet(exchange, who, replace(meta, more=meta.more or opens_more))
        if sheet.facts.actor is None:
            return  # nobody knows them now; the form stays as it is, and submitting it says so
        await _put(exchange, await drawn(exchange.services, who, sheet), view)

    await after_answer(exchange, work)


async def follow_instead(exchange: Exchange, who: Asker, number: int) -> None:
    """Follows what is open already, and lets the modal say so: nothing new is opened."""
    view: dict[str, Any] = exchange.body.get("view") or {}
    outcome = await exchange.services.desk.perform(
        Act.FOLLOW, NoForm(), who=who, number=number, receipt=exchange.receipt
    )
    if isinstance(outcome, Refused) and outcome.facts.actor is None:
        text = refusal_words(outcome.refusal, outcome.facts)
        await exchange.tell(message(text, section(text)))
        return
    if isinstance(outcome, Refused):
        meta = meta_of(str(view.get("private_metadata") or "")) or Meta(OPEN)
        sheet = await _sheet(exchange, who, meta)
        noted = replace(sheet, notes=(refusal_words(outcome.refusal, outcome.facts),))
        shown = await drawn(exchange.services, who, noted)
    else:
        sheet = Sheet(words_for(outcome.facts.actor), outcome.facts, Meta("told", number))
        shown = done(sheet, outcome.case, outcome.change, masked=())

    async def work(_who: Asker) -> None:
        await _put(exchange, shown, view)

    await after_answer(exchange, work)


async def _sheet(exchange: Exchange, who: Asker, meta: Meta) -> Sheet:
    facts = await exchange.services.desk.facts(who)
    return Sheet(words_for(facts.actor), facts, meta, draft_of(exchange.body.get("view") or {}))


async def _put(exchange: Exchange, shown: View, view: dict[str, Any]) -> None:
    try:
        await exchange.services.slack.call("views.update", view_id=view.get("id"), hash=view.get("hash"), view=shown)
    except SlackFault as fault:
        # The person typed on, or closed it: what they see is newer than what we drew.
        log.info("modal_not_redrawn", code=fault.code)
