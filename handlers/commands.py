"""`/escalate …`: one listener; the grammar says what was meant, a table says what that does.

Verbs that need no words act at once. Those that need some open their modal, with the words that were
typed already in it. Reading is answered in the 200 itself, to the one who asked.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker
from bot.render.forms import OPEN, Meta
from bot.render.ids import COMMAND
from bot.render.replies import did_you_mean, help_reply, plain_reply
from handlers import reads
from handlers.door import after_answer, before_answer
from handlers.exchange import Exchange, Surface, reader_of, refusal_words
from handlers.grammar import SCOPE_WORDS, Ask, DidYouMean, parse
from handlers.leftover import tell_leftover
from handlers.open_modal import open_form
from handlers.perform import perform_at_once
from handlers.personal import hand_off, nothing_to_import, report, set_away, set_language, show_configuration
from handlers.prefill import draft_of_text, draft_of_words
from handlers.services import Services
from handlers.verbs import Verb
from models.rules.acts import Act
from models.rules.facts import Facts
from models.rules.roles import refuse_unless_allowed


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was understood, and who typed it."""

    exchange: Exchange
    who: Asker
    facts: Facts
    verb: Verb
    number: int
    rest: str

    @property
    def services(self) -> Services:
        return self.exchange.services


def register(app: AsyncApp, services: Services) -> None:
    """The one slash command."""

    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        typed = str(body.get("text") or "")
        exchange = Exchange(services, Surface.COMMAND, body, ack, typed=typed)
        await before_answer(exchange, lambda who: _answer(exchange, who))

    app.command(COMMAND)(on_command)


async def _answer(exchange: Exchange, who: Asker) -> None:
    facts = await exchange.services.desk.facts(who)
    meant = parse(exchange.typed, facts.rulebook.key_prefix)
    if isinstance(meant, DidYouMean):
        reader = reader_of(facts, who)
        await exchange.tell(did_you_mean(meant.verb, meant.number, meant.text, book=facts.rulebook, reader=reader))
        return
    await answer_ask(exchange, who, meant, facts=facts)


async def answer_ask(exchange: Exchange, who: Asker, ask: Ask, *, facts: Facts) -> None:
    """Does what was asked for: by a command, or by "Yes" after "Did you mean…"."""
    call = Call(exchange, who, facts, ask.verb, ask.number or 0, ask.rest)
    await _VERBS[ask.verb](call)


async def _at_once(call: Call) -> None:
    await perform_at_once(call.exchange, call.who, _ACTS[call.verb], number=call.number)


async def _form(call: Call) -> None:
    """Opens the modal of the verb, with the words in the field that they most likely are for."""
    form = _FORMS[call.verb]
    meta = Meta(form, call.number, origin=call.exchange.channel)
    await _open(call, meta, draft_of_words(form, call.rest, call.facts.rulebook))


async def _new(call: Call) -> None:
    meta = Meta(OPEN, origin=call.exchange.channel)
    draft = draft_of_text(call.rest)
    await _open(call, meta, draft)
    tell_leftover(call.exchange, call.facts, call.rest, draft=draft)


async def _open(call: Call, meta: Meta, draft: dict[str, str]) -> None:
    async def work(who: Asker) -> None:
        await open_form(call.exchange, who, meta, draft=draft)

    await after_answer(call.exchange, work)


async def _show(call: Call) -> None:
    await call.exchange.tell(await reads.show(call.services, call.who, call.number))


async def _why(call: Call) -> None:
    await call.exchange.tell(await reads.why(call.services, call.who, call.number))


async def _history(call: Call) -> None:
    await call.exchange.tell(await reads.history(call.services, call.who, call.number))


async def _list(call: Call) -> None:
    words = call.rest.casefold().split()
    what = SCOPE_WORDS.get(words[0], "mine") if words else "mine"
    page = re.search(r"[0-9]{1,4}\Z", call.rest)
    await call.exchange.tell(await reads.list_page(call.services, call.who, what, page=int(page[0]) if page else 1))


async def _search(call: Call) -> None:
    if not call.rest:
        await _help(call)
        return
    await call.exchange.tell(await reads.list_page(call.services, call.who, f"{reads.SEARCH} {call.rest}", page=1))


async def _on_call(call: Call) -> None:
    await call.exchange.tell(await reads.on_call(call.services, call.who, call.rest))


async def _help(call: Call) -> None:
    if refused := refuse_unless_allowed(call.facts, Act.SHOW):
        await call.exchange.tell(plain_reply(refusal_words(refused, call.facts)))
        return
    await call.exchange.tell(help_reply(reader_of(call.facts, call.who).t))


async def _language(call: Call) -> None:
    await call.exchange.tell(await set_language(call.services, call.who, call.facts, words=call.rest))


async def _away(call: Call) -> None:
    await call.exchange.tell(await set_away(call.services, call.who, call.facts, words=call.rest))


async def _hand_off(call: Call) -> None:
    await call.exchange.tell(
        await hand_off(call.services, call.who, call.facts, words=call.rest, receipt=call.exchange.receipt)
    )


async def _configuration(call: Call) -> None:
    await call.exchange.tell(show_configuration(call.who, call.facts))


async def _report(call: Call) -> None:
    await call.exchange.tell(await report(call.services, call.who, call.facts))


async def _import(call: Call) -> None:
    await call.exchange.tell(nothing_to_import(call.facts))


_ACTS = {
    Verb.ACK: Act.ACKNOWLEDGE,
    Verb.RESUME: Act.RESUME,
    Verb.FOLLOW: Act.FOLLOW,
    Verb.UNFOLLOW: Act.UNFOLLOW,
    Verb.NUDGE: Act.NUDGE,
}
_FORMS = {
    Verb.INFO: "need_info",
    Verb.NOT_OURS: "hand_back",
    Verb.UPDATE: "update",
    Verb.WAIT: "wait",
    Verb.ANSWER: "answer",
    Verb.RESOLVE: "resolve",
    Verb.ROUTE: "reroute",
    Verb.ASSIGN: "reassign",
    Verb.REOPEN: "reopen",
    Verb.CLOSE: "confirm",
    Verb.CANCEL: "cancel",
    Verb.DUPLICATE: "duplicate",
    Verb.SEVERITY: "severity",
    Verb.EDIT: "edit",
    Verb.EVIDENCE: "add_evidence",
}
_VERBS: dict[Verb, Callable[[Call], Awaitable[None]]] = {
    Verb.NEW: _new,
    Verb.HELP: _help,
    Verb.LIST: _list,
    Verb.SEARCH: _search,
    Verb.ONCALL: _on_call,
    Verb.LANG: _language,
    Verb.AWAY: _away,
    Verb.HANDOFF: _hand_off,
    Verb.CONFIG: _configuration,
    Verb.REPORT: _report,
    Verb.IMPORT: _import,
    Verb.SHOW: _show,
    Verb.WHY: _why,
    Verb.HISTORY: _history,
    **dict.fromkeys(_ACTS, _at_once),
    **dict.fromkeys(_FORMS, _form),
}
