"""App Home: *Mine* (whose move first), *Team*, and for leads *Lead*.

It is drawn anew whenever it is opened. A list that is longer than a page says so and names the command.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.i18n import Texts
from bot.render.blocks import Block, actions, button, context, divider, header, home, section
from bot.render.digest import by_urgency, case_row
from bot.render.reader import Reader
from bot.render.vocabulary import team_name
from models.rules.case import Case
from models.rules.rulebook import Rulebook, Team
from models.rules.turn import is_move_of

MINE, TEAM, LEAD = "mine", "team", "lead"
TAB, NEW = "home_tab", "new"
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Queues:
    """What App Home shows: open escalations, those of the person, of their teams, and of the lead's."""

    mine: Sequence[Case] = ()
    team: Sequence[Case] = ()
    lead: Sequence[Case] = ()
    teams: Sequence[Team] = ()
    is_lead: bool = False


def home_view(queues: Queues, *, tab: str, book: Rulebook, reader: Reader) -> dict[str, Any]:
    """App Home with one of its tabs open."""
    t = reader.t
    shown = tab if tab != LEAD or queues.is_lead else MINE
    blocks: list[Block] = [_tabs(t, shown, is_lead=queues.is_lead), divider()]
    if shown == TEAM:
        blocks += _team(queues, book, reader)
    elif shown == LEAD:
        blocks += _lead(queues, book, reader)
    else:
        blocks += _mine(queues, book, reader)
    return home(blocks, metadata=shown)


def _tabs(t: Texts, shown: str, *, is_lead: bool) -> Block:
    names = {MINE: t("Mine"), TEAM: t("Team"), **({LEAD: t("Lead")} if is_lead else {})}
    tabs = [button(name, f"{TAB}_{key}", key, primary=key == shown) for key, name in names.items()]
    return actions(*tabs, button(t("New escalation"), NEW, "home"), block_id="home:tabs")


def _mine(queues: Queues, book: Rulebook, reader: Reader) -> list[Block]:
    t, user = reader.t, reader.user_id or ""
    ordered = by_urgency(queues.mine)
    moves = [case for case in ordered if is_move_of(case, user)]
    rest = [case for case in ordered if case not in moves]
    if not ordered:
        return [header(t("Your move")), section(t("Nothing is waiting for you."))]
    return [
        *_group(t("Your move"), moves, book=book, reader=reader, nothing=t("Nothing is waiting for you.")),
        *_group(t("Waiting for others"), rest, book=book, reader=reader),
    ]


def _team(queues: Queues, book: Rulebook, reader: Reader) -> list[Block]:
    t = reader.t
    if not queues.teams:
        return [section(t("You are not a member of a team that takes escalations."))]
    blocks: list[Block] = []
    for team in queues.teams:
        cases = by_urgency(case for case in queues.team if case.team == team.key)
        blocks += _group(team_name(t, team), cases, book=book, reader=reader, nothing=t("Nothing is open."))
    return blocks


def _lead(queues: Queues, book: Rulebook, reader: Reader) -> list[Block]:
    t = reader.t
    ordered = by_urgency(queues.lead)
    breached = [case for case in ordered if case.breached]
    unowned = [case for case in ordered if not case.owner and case not in breached]
    rest = [case for case in ordered if case not in breached and case not in unowned]
    counts = [t.n("{n} open escalation", "{n} open escalations", len(ordered))]
    if breached:
        counts.append(t.n("{n} of them breached", "{n} of them breached", len(breached)))
    if unowned:
        counts.append(t.n("{n} without an owner", "{n} without an owner", len(unowned)))
    return [
        context(" · ".join(counts)),
        *_group(t("SLA breached"), breached, book=book, reader=reader, nothing=t("Nothing is breached.")),
        *_group(t("Not accepted yet"), unowned, book=book, reader=reader),
        *_group(t("Also open"), rest, book=book, reader=reader),
    ]


def _group(
    title: str, cases: Sequence[Case], *, book: Rulebook, reader: Reader, nothing: str | None = None
) -> list[Block]:
    if not cases:
        return [header(title), section(nothing)] if nothing else []
    rows = [case_row(case, book, reader) for case in cases[:MOST_ROWS]]
    if (more := len(cases) - MOST_ROWS) > 0:
        rows.append(
            context(reader.t.n("and {n} more: `/escalate list all`", "and {n} more: `/escalate list all`", more))
        )
    return [header(title), *rows]
