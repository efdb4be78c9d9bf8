"""Who is asked: the rotation of a team, and the next on it.

Away and deactivated people are never asked. Hours are a preference where the acknowledge clock runs
round the clock: somebody is always asked. DOMAIN, "The ladder". The turn itself is data
(`Facts.on_call`), and moves in none of this.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.hours import WorkingTime, working_time
from models.rules.rulebook import ClockKind, HoursMode, OnCall, Team
from models.rules.severity import Severity

DEACTIVATED = "deactivated"
AWAY = "away"
OUT_OF_HOURS = "out_of_hours"
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class NextOnCall:
    """Who comes next, None where the rotation is exhausted; and who was passed, each with a code."""

    user_id: str | None
    passed: tuple[tuple[str, str], ...]


def on_call(facts: Facts, team: Team, *, severity: Severity) -> str | None:
    """Whose turn it is to be asked first: in hours, not away, not deactivated.

    Where nobody is in hours it is whoever has the turn, if the severity runs round the clock, and else
    whoever will be in hours first. None only where nobody at all can be asked.
    """
    able = [place for place in _in_turn(facts, team) if _unable(facts, place) is None]
    awake = [place for place in able if why_not(facts, place, team) is None]
    if awake or not able:
        return awake[0].user_id if awake else None
    if _always(facts, severity):
        return able[0].user_id
    return min(able, key=lambda place: _starts_work(facts, place, team)).user_id


def next_after(facts: Facts, case: Case) -> NextOnCall:
    """Who is asked when the one who was asked has not accepted. Nobody is asked twice in one cycle."""
    team = facts.rulebook.team(case.team)
    last = case.suggested_owner or case.owner
    places = [place for place in _after(facts, team, last) if place.user_id != last]
    reasons = [(place.user_id, _why_not_next(facts, case, place)) for place in places]
    found = next((user for user, reason in reasons if reason is None), None)
    if found is None and _always(facts, case.severity):
        found = next((user for user, reason in reasons if reason == OUT_OF_HOURS), None)
    before = takewhile(lambda one: one[0] != found, reasons)
    return NextOnCall(found, tuple((user, reason) for user, reason in before if reason is not None))


def why_not(facts: Facts, on_call: OnCall, team: Team) -> str | None:
    """Why a place of the rotation is not asked now, as a code; None if nothing speaks against it."""
    unable = _unable(facts, on_call)
    if unable is not None:
        return unable
    return None if _hours(on_call, team).is_open(facts.now) else OUT_OF_HOURS


def _why_not_next(facts: Facts, case: Case, place: OnCall) -> str | None:
    if place.user_id in (*case.passed_over, case.owner):
        return ASKED
    return why_not(facts, place, facts.rulebook.team(case.team))


def _unable(facts: Facts, place: OnCall) -> str | None:
    """Why a person cannot be asked at any hour. One whom the directory does not know yet is asked: what
    cannot be delivered goes to the lead."""
    person = facts.people.get(place.user_id)
    if person is None:
        return None
    if not person.is_active:
        return DEACTIVATED
    return AWAY if person.is_away(facts.now) else None


def _always(facts: Facts, severity: Severity) -> bool:
    return facts.rulebook.policies[severity].targets[ClockKind.ACKNOWLEDGE].hours is HoursMode.ALWAYS


def _hours(place: OnCall, team: Team) -> WorkingTime:
    return working_time(place.calendar or team.calendar, HoursMode.BUSINESS)


def _starts_work(facts: Facts, place: OnCall, team: Team) -> datetime:
    return _hours(place, team).next_open(facts.now)


def _in_turn(facts: Facts, team: Team) -> tuple[OnCall, ...]:
    """The rotation, from the place whose turn it is. A turn beyond a rotation that was shortened wraps."""
    if not team.rotation:
        return ()
    turn = facts.on_call.get(team.key, 0) % len(team.rotation)
    return team.rotation[turn:] + team.rotation[:turn]


def _after(facts: Facts, team: Team, user_id: str | None) -> tuple[OnCall, ...]:
    """The rotation from the place after that person's; in turn where they are not on it."""
    users = [place.user_id for place in team.rotation]
    if user_id not in users:
        return _in_turn(facts, team)
    start = users.index(user_id) + 1
    return team.rotation[start:] + team.rotation[:start]
