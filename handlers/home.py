"""App Home: published anew each time it is opened or a tab is pressed. It bypasses the outbox: it is asked for."""

from bot.desk import Asker
from bot.log import get_logger
from bot.outbox.slack import SlackFault
from bot.render.blocks import home, section
from bot.render.home import MINE, Queues, home_view
from handlers.exchange import reader_of, refusal_words
from handlers.reads import teams_of
from handlers.services import Services
from models.queries import lists
from models.queries.lists import ListKind
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.refusals import Code, Refusal
from models.rules.roles import Role, refuse_unless_allowed, roles_of
from models.session import Connection

log = get_logger(__name__)


async def publish(services: Services, who: Asker, tab: str = MINE) -> None:
    """Shows App Home to one person, with one of its tabs open."""
    facts = await services.desk.facts(who)
    refused = Refusal(Code.UNKNOWN_PERSON) if facts.actor is None else refuse_unless_allowed(facts, Act.LIST)
    if refused:
        view = home([section(refusal_words(refused, facts))])
    else:
        queues = await services.desk.read(lambda connection: _queues(connection, who, facts))
        view = home_view(queues, tab=tab, book=facts.rulebook, reader=reader_of(facts, who))
    try:
        await services.slack.call("views.publish", user_id=who.user_id, view=view)
    except SlackFault as fault:
        log.warning("home_not_published", code=fault.code)


def _queues(connection: Connection, who: Asker, facts: Facts) -> Queues:
    book = facts.rulebook
    own = teams_of(facts)
    is_lead = facts.actor is not None and Role.LEAD in roles_of(facts.actor, book, None)
    led = [key for key, team in book.teams.items() if team.lead == who.user_id] or list(book.teams)
    mine = lists.page_of(connection, who.workspace_id, ListKind.MINE, user_id=who.user_id, teams=own, now=facts.now)
    return Queues(
        mine=mine.cases,
        team=_open_of(connection, who, own),
        lead=_open_of(connection, who, led) if is_lead else (),
        teams=[book.teams[key] for key in own],
        is_lead=is_lead,
    )


def _open_of(connection: Connection, who: Asker, teams: list[str]) -> tuple[Case, ...]:
    return tuple(c for team in teams for c in lists.open_of_team(connection, who.workspace_id, team))
