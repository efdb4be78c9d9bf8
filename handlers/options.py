"""The choices of a search box, while the person types: which escalation do they mean?

Typed keys and numbers come first, then what holds the words; nothing typed shows their own.
"""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker
from bot.i18n.meanings import meanings_of
from bot.render.blocks import Message, option
from bot.render.blocks.words import one_line, shorten
from bot.render.forms.parts import FIND
from bot.render.ids import action_id
from bot.render.vocabulary import key_of
from handlers.door import enter
from handlers.reads import teams_of
from handlers.services import Services
from models.queries import lists
from models.queries.facts import cases_by
from models.queries.lists import ListKind
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.references import parse_number
from models.rules.roles import refuse_unless_allowed
from models.session import Connection

_OURS = re.compile("^" + re.escape(action_id(FIND)))
_LONGEST_TITLE = 50


def register(app: AsyncApp, services: Services) -> None:
    """One listener for every search box of ours."""

    async def on_options(ack: AsyncAck, body: dict[str, Any]) -> None:
        found: list[dict[str, Any]] = []

        async def work(who: Asker) -> None:
            found.extend(await _choices(services, who, str(body.get("value") or "")))

        await enter(services, body, work, trouble=_say_nothing)
        await ack(options=found)

    app.options(_OURS)(on_options)


async def _choices(services: Services, who: Asker, typed: str) -> list[dict[str, Any]]:
    facts = await services.desk.facts(who)
    if facts.actor is None or refuse_unless_allowed(facts, Act.LIST):
        return []
    cases = await services.desk.read(lambda connection: _find(connection, who, facts, typed=typed.strip()))
    return [_choice(case, facts) for case in cases]


def _find(connection: Connection, who: Asker, facts: Facts, *, typed: str) -> list[Case]:
    if not typed:
        mine = lists.page_of(
            connection,
            who.workspace_id,
            ListKind.MINE,
            user_id=who.user_id,
            teams=teams_of(facts),
            now=facts.now,
        )
        return list(mine.cases)
    number = parse_number(typed, facts.rulebook.key_prefix)
    by_key = cases_by(connection, who.workspace_id, numbers=[number]) if number else {}
    by_words = lists.search(connection, who.workspace_id, meanings_of(typed))
    return [*by_key.values(), *(case for case in by_words.cases if case.number != number)]


def _choice(case: Case, facts: Facts) -> dict[str, Any]:
    title = shorten(one_line(case.title), _LONGEST_TITLE)
    return option(f"{key_of(facts.rulebook, case.number)} · {title}", str(case.number))


async def _say_nothing(_answer: Message) -> None:
    """A search box shows no sentence: without choices Slack says that there are none."""
