"""Answers to questions that the bot asked: "Did you mean…", "Count as an update?", "Put back to SEV2".

Each carries what was asked about in the button's value; it is read as strictly as any other input.
"""

import re

from bot.desk import Asker
from bot.log import get_logger
from bot.outbox.slack import SlackFault
from bot.render.forms import Draft, Meta
from handlers.commands import answer_ask
from handlers.door import after_answer
from handlers.exchange import Exchange
from handlers.grammar import Ask
from handlers.open_modal import open_form
from handlers.parse import number_of
from handlers.perform import perform_at_once
from handlers.verbs import NEEDS_ID, Verb
from models.rules import limits
from models.rules.acts import Act
from models.rules.masking import mask
from models.rules.moves.forms import SeverityForm, UpdateForm
from models.rules.severity import Severity

log = get_logger(__name__)

_PUT_BACK = re.compile(r"([0-9]{1,9}):(SEV[1-4])")
_VERB = re.compile(r"([a-z]{2,12}):([0-9]{1,9})")
_MESSAGE = re.compile(r"([0-9]{1,9}):([CGD][A-Z0-9]+):([0-9.]+):([0-9.]+)")


async def did_mean(exchange: Exchange, who: Asker, value: str) -> None:
    """ "Yes" after "Did you mean…": what the verb would have done."""
    found = _VERB.fullmatch(value)
    verb = next((verb for verb in NEEDS_ID if found and verb.value == found[1]), None)
    if found is None or verb is None:
        return
    facts = await exchange.services.desk.facts(who)
    await answer_ask(exchange, who, Ask(verb, int(found[2])), facts=facts)


async def open_instead(exchange: Exchange, who: Asker, text: str) -> None:
    """It was a title after all."""
    facts = await exchange.services.desk.facts(who)
    await answer_ask(exchange, who, Ask(Verb.NEW, None, text), facts=facts)


async def put_back(exchange: Exchange, who: Asker, value: str) -> None:
    """The severity as it was before somebody changed it."""
    found = _PUT_BACK.fullmatch(value)
    if found is None:
        return
    facts = await exchange.services.desk.facts(who, int(found[1]))
    wanted = Severity(found[2])
    if facts.case is not None and facts.case.severity.is_worse_than(wanted):
        # Lowering needs a reason, so it is asked for.
        await _open(exchange, Meta("severity", int(found[1])), {"severity": wanted.value})
        return
    await perform_at_once(exchange, who, Act.RAISE_SEVERITY, number=int(found[1]), form=SeverityForm(wanted))


async def count_as_update(exchange: Exchange, who: Asker, value: str) -> None:
    """The owner's message in the thread becomes the update; without its text, the modal asks for it."""
    found = _MESSAGE.fullmatch(value)
    number = int(found[1]) if found else number_of(value)
    if number is None:
        return
    text = await _message_text(exchange, found) if found else ""
    if not text:
        await _open(exchange, Meta("update", number), {})
        return
    form = UpdateForm(finding=mask(text[: limits.FINDING]).text)
    if await perform_at_once(exchange, who, Act.UPDATE, number=number, form=form):
        await exchange.close_question()


async def _open(exchange: Exchange, meta: Meta, draft: Draft) -> None:
    async def work(who: Asker) -> None:
        await open_form(exchange, who, meta, draft=draft)

    await after_answer(exchange, work)


async def _message_text(exchange: Exchange, place: re.Match[str]) -> str:
    """What the message says now; nothing if Slack does not show it to us."""
    channel, thread_ts, ts = place[2], place[3], place[4]
    try:
        answer = await exchange.services.slack.call(
            "conversations.replies", channel=channel, ts=thread_ts, oldest=ts, latest=ts, inclusive=True
        )
    except SlackFault as fault:
        log.info("thread_message_not_read", code=fault.code)
        return ""
    return next((str(m.get("text", "")) for m in answer.get("messages", ()) if m.get("ts") == ts), "")
