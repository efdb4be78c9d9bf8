"""Handing a case to another team: new again, counted, offered to whoever is on call there.

Re-routing and handing back are two ways to say it; what they do to the case is the same.
"""

from dataclasses import replace

from models.rules import sla
from models.rules.announce import owner_told, requester_told
from models.rules.calling import summons, with_on_call
from models.rules.case import Case, Reason
from models.rules.change import Event, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.refusals import Code, Refusal
from models.rules.roles import belongs_to
from models.rules.rulebook import ClockKind, Rulebook
from models.rules.status import Status


def refuse_unknown_team(book: Rulebook, team: str) -> Refusal | None:
    """The refusal of a team that the rulebook does not name."""
    if team in book.teams:
        return None
    return Refusal(Code.UNKNOWN_TEAM, {"team": team}, form_field="team")


def refuse_team(facts: Facts, team: str) -> Refusal | None:
    """The refusal of a team that does not exist, or that has it already."""
    if team == facts.the_case.team:
        return Refusal(Code.SAME_TEAM, {"team": team}, form_field="team")
    return refuse_unknown_team(facts.rulebook, team)


def handed_to(facts: Facts, team: str) -> Case:
    """The case, new for `team`. Where the owning team itself hands it on, that was its first human act
    and meets the acknowledge clock; where somebody else takes it away, that cycle does not count."""
    case = facts.the_case
    if facts.actor and belongs_to(facts.actor, facts.rulebook.team(case.team)):
        case = sla.stop(facts, case, ClockKind.ACKNOWLEDGE)
    case = sla.change_team(facts, case, team)
    if case.clock(ClockKind.RESOLVE) is None:
        case = sla.begin(facts, case, ClockKind.RESOLVE, Reason.REOPENED)
    case = replace(
        case,
        status=Status.NEW,
        acknowledged_at=None,
        waiting=None,
        resolution=None,
        resolved_at=None,
        close_at=None,
        rerouted_count=case.rerouted_count + 1,
    )
    return with_on_call(facts, case)


def handing_notices(facts: Facts, after: Case, said: Event) -> tuple[Notice, ...]:
    """Who hears of it: the old card, the old owner, the requester, and the new team's person on call."""
    before = facts.the_case
    moved = {"old_team": before.team, "team": after.team}
    card = Notice(NoticeKind.CARD_MOVED, Place.CARD, before.team, moved)
    return (
        *((card,) if after.team != before.team else ()),
        *owner_told(before, said, "taken_away"),
        *requester_told(after, said),
        *summons(facts, after, said),
    )
