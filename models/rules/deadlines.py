"""When an answer, a confirmation or a third party is due: working time of the team that has to act.

The requester's side works in the hours of the support team, or in the owning team's where the rulebook
names no support team.
"""

from datetime import datetime

from models.rules.case import Case, WaitingOn
from models.rules.facts import Facts
from models.rules.hours import WorkingTime, seconds_of, working_time
from models.rules.rulebook import Duration, HoursMode, Rulebook, Team, TeamKind


def support_team(book: Rulebook) -> Team | None:
    """The first team of the support kind, in the file's order."""
    return next((team for team in book.teams.values() if team.kind is TeamKind.SUPPORT), None)


def requester_hours(book: Rulebook, case: Case) -> WorkingTime:
    """The hours in which the requester's side is expected to act."""
    team = support_team(book) or book.team(case.team)
    return working_time(team.calendar, HoursMode.BUSINESS)


def reply_due_at(facts: Facts) -> datetime:
    """When the requester's answer is due, if asked now."""
    return _after(facts, facts.rulebook.requester_reply, requester_hours(facts.rulebook, facts.the_case))


def closes_at(facts: Facts) -> datetime:
    """When what is resolved now closes itself, if nobody confirms or objects."""
    return _after(facts, facts.rulebook.auto_close, requester_hours(facts.rulebook, facts.the_case))


def third_party_until(facts: Facts) -> datetime:
    """Until when a wait on a third party may last, if it begins now: the owning team's working time."""
    return _after(facts, facts.rulebook.longest_third_party_wait, _team_hours(facts))


def usual_wait_until(facts: Facts, on: WaitingOn | None) -> datetime:
    """Until when somebody usually waits who does not say: as long as a third party may be waited for, and
    for anybody else the same hour of the team's next working day. Never later than a third party's limit
    while it is not said on whom (None)."""
    longest = third_party_until(facts)
    if on is WaitingOn.THIRD_PARTY:
        return longest
    if on is WaitingOn.REQUESTER:
        return reply_due_at(facts)
    next_day = _after(facts, Duration(days=1), _team_hours(facts))
    return min(next_day, longest) if on is None else next_day


def _team_hours(facts: Facts) -> WorkingTime:
    return working_time(facts.rulebook.team(facts.the_case.team).calendar, HoursMode.BUSINESS)


def _after(facts: Facts, duration: Duration, hours: WorkingTime) -> datetime:
    return hours.add(facts.now, seconds_of(duration, hours))
