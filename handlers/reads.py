"""Answers that change nothing: show, list, search, why, history, on call. Facts are fetched, replies rendered.

Each returns the message; whoever asked decides whether it is an ephemeral answer or a modal.
"""

from bot.desk import Asker
from bot.i18n.meanings import meanings_of
from bot.render.blocks import Message, message, section
from bot.render.replies import (
    history_reply,
    list_reply,
    on_call_now,
    oncall_reply,
    plain_reply,
    search_reply,
    show_reply,
    why_reply,
)
from bot.render.vocabulary import team_name
from handlers.exchange import reader_of, refusal_words
from handlers.services import Services
from models.queries import lists
from models.queries.lists import ListKind
from models.rules.acts import Act
from models.rules.explain import explain
from models.rules.facts import Facts
from models.rules.refusals import Code, Refusal
from models.rules.roles import belongs_to, refuse_unless_allowed

SEARCH = "search"


async def show(services: Services, who: Asker, number: int) -> Message:
    """One escalation with everything."""
    facts = await services.desk.facts(who, number)
    if refused := _refused(facts, number):
        return refused
    return show_reply(facts.the_case, book=facts.rulebook, reader=reader_of(facts, who))


async def why(services: Services, who: Asker, number: int) -> Message:
    """Where each due time and each reminder comes from."""
    facts = await services.desk.facts(who, number)
    if refused := _refused(facts, number):
        return refused
    explained = [(clock, explain(facts, clock)) for clock in facts.the_case.clocks]
    return why_reply(facts.the_case, explained, book=facts.rulebook, reader=reader_of(facts, who))


async def why_me(services: Services, who: Asker, number: int) -> Message:
    """Why this person is asked: their place on the rotation, and who was asked before."""
    facts = await services.desk.facts(who, number)
    if refused := _refused(facts, number):
        return refused
    case, reader = facts.the_case, reader_of(facts, who)
    t, team = reader.t, team_name(reader.t, facts.rulebook.team(facts.the_case.team))
    lines = [t("You are on the rotation of {team}, and it is your turn.", team=team)]
    if case.suggested_owner != who.user_id:
        lines = [t("You are not asked any more: somebody else has it, or it went on to the next.")]
    before = [user for user in case.passed_over if user != who.user_id]
    if before:
        people = " ".join(reader.who(user) for user in before)
        lines.append(t("Asked before you: {people}", people=people))
    lines.append(t("*Not mine* passes it to the next; `/escalate away` takes you off for a while."))
    return message(lines[0], section("\n".join(lines)))


async def history(services: Services, who: Asker, number: int) -> Message:
    """What happened, oldest first."""
    facts = await services.desk.facts(who, number)
    if refused := _refused(facts, number):
        return refused
    case = facts.the_case
    lines = await services.desk.read(lambda connection: lists.history(connection, who.workspace_id, case.id))
    events = [(line.kind, line.at, line.actor, line.facts) for line in lines]
    return history_reply(case, events, book=facts.rulebook, reader=reader_of(facts, who))


async def list_page(services: Services, who: Asker, what: str, *, page: int) -> Message:
    """One page of a list, or of a search: `what` is a list's name or "search <words>"."""
    facts = await services.desk.facts(who)
    if refused := _refused(facts, None):
        return refused
    reader, book = reader_of(facts, who), facts.rulebook
    if what.startswith(SEARCH):
        words = what.removeprefix(SEARCH).strip()
        groups = meanings_of(words)
        found = await services.desk.read(
            lambda connection: lists.search(connection, who.workspace_id, groups, page=page)
        )
        return search_reply(
            found.cases, words=words, page=found.number, has_next=found.has_next, book=book, reader=reader
        )
    chosen = await services.desk.read(
        lambda connection: lists.page_of(
            connection,
            who.workspace_id,
            ListKind(what),
            user_id=who.user_id,
            teams=teams_of(facts),
            now=facts.now,
            page=page,
        )
    )
    return list_reply(chosen.cases, what=what, page=chosen.number, has_next=chosen.has_next, book=book, reader=reader)


async def on_call(services: Services, who: Asker, words: str) -> Message:
    """Who is on call in each team, or in the one that was named."""
    facts = await services.desk.facts(who)
    if refused := _refused(facts, None):
        return refused
    reader, named = reader_of(facts, who), words.strip().casefold()
    teams = [
        team
        for key, team in facts.rulebook.teams.items()
        if not named or named in (key.casefold(), team_name(reader.t, team).casefold())
    ]
    if not teams:
        return plain_reply(refusal_words(Refusal(Code.UNKNOWN_TEAM, {"team": words}), facts))
    return oncall_reply([on_call_now(facts, team) for team in teams], reader=reader)


def teams_of(facts: Facts) -> list[str]:
    """The teams that the person belongs to, by key."""
    actor = facts.actor
    return [key for key, team in facts.rulebook.teams.items() if actor and belongs_to(actor, team)]


def _refused(facts: Facts, number: int | None) -> Message | None:
    """Why this person sees nothing; None where they may."""
    if facts.actor is None:
        return plain_reply(refusal_words(Refusal(Code.UNKNOWN_PERSON), facts))
    refused = refuse_unless_allowed(facts, Act.LIST if number is None else Act.SHOW)
    if refused is None and number is not None and facts.case is None:
        refused = Refusal(Code.NOT_FOUND, {"key": f"{facts.rulebook.key_prefix}-{number}"})
    return plain_reply(refusal_words(refused, facts)) if refused else None
