"""Opens a modal, and draws it again. Neither changes anything, so Slack is answered first.

Whoever may not do what the modal is for, or could not now, is told before they type anything.
"""

from dataclasses import replace

from bot.desk import Asker
from bot.render.blocks import message, section
from bot.render.forms import MODALS, OPEN, PICK_EVIDENCE, Draft, Meta, Sheet, View
from bot.render.vocabulary import key_of
from handlers.exchange import Exchange, refusal_words, words_for
from handlers.origin import learn_channel
from handlers.parse import act_of
from handlers.services import Services
from models.queries import lists
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.possible import refuse_unless_possible
from models.rules.references import object_ids
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed

WITHOUT_A_CASE = frozenset({OPEN, PICK_EVIDENCE})


async def open_form(exchange: Exchange, who: Asker, meta: Meta, *, draft: Draft | None = None) -> None:
    """Opens the modal that `meta` names, filled in with the draft; or says why not."""
    facts = await exchange.services.desk.facts(who, meta.number)
    refused = refuse_form(facts, meta)
    if refused is not None:
        text = refusal_words(refused, facts)
        await exchange.tell(message(text, section(text)))
        return
    sheet = Sheet(words_for(facts.actor), facts, meta, draft or {})
    opened = await exchange.open(await drawn(exchange.services, who, sheet))
    if opened is not None and meta.form == OPEN:
        await learn_channel(exchange.services, who, meta.origin)


def refuse_form(facts: Facts, meta: Meta) -> Refusal | None:
    """Why this person could not use the modal: unknown, no such escalation, not allowed, not possible."""
    if facts.actor is None:
        return Refusal(Code.UNKNOWN_PERSON)
    if meta.form in WITHOUT_A_CASE:
        return refuse_unless_allowed(facts, Act.OPEN)
    if facts.case is None:
        key = key_of(facts.rulebook, meta.number or 0)
        return refuse_unless_allowed(facts, Act.SHOW) or Refusal(Code.NOT_FOUND, {"key": key})
    act = act_of(meta.form)
    return refuse_unless_allowed(facts, act) or refuse_unless_possible(facts.case, act)


async def drawn(services: Services, who: Asker, sheet: Sheet) -> View:
    """The modal as it looks with this draft. A new escalation shows what is open already."""
    if sheet.meta.form == OPEN:
        sheet = replace(sheet, similar=await _similar(services, who, sheet))
    return MODALS[sheet.meta.form](sheet)


async def _similar(services: Services, who: Asker, sheet: Sheet) -> tuple[Case, ...]:
    account = sheet.text("account").strip() or None
    proof = f"{sheet.text('title')}\n{sheet.text('evidence')}"
    ids = [reference.text for reference in object_ids(proof) if reference.text != account]
    if account is None and not ids:
        return ()
    return await services.desk.read(
        lambda connection: lists.similar_open(connection, who.workspace_id, account=account, object_ids=ids)
    )
