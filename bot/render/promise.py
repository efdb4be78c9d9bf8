"""The promise: what a requester may expect before they submit, in one or two sentences.

"Engineering is closed now; an answer is due by 22:00 your time." It is worked out exactly as the clock
will be begun, and written for plain text: modals show it beside a field.
"""

from datetime import datetime

from bot.render.reader import Reader
from bot.render.vocabulary import team_name
from models.rules.facts import Facts
from models.rules.hours import working_time
from models.rules.rulebook import ClockKind, HoursMode, Team
from models.rules.severity import Severity
from models.rules.sla import target_seconds


def answer_due_at(facts: Facts, team: Team, severity: Severity) -> datetime:
    """When the team would have to acknowledge an escalation that is opened now."""
    target = facts.rulebook.policies[severity].targets[ClockKind.ACKNOWLEDGE]
    seconds = target_seconds(facts.rulebook, severity, ClockKind.ACKNOWLEDGE, team=team.key)
    return working_time(team.calendar, target.hours).add(facts.now, seconds)


def promise_line(facts: Facts, team: Team, severity: Severity, viewer: Reader) -> str:
    """Whether the team is at work, and by when it answers, in the viewer's own time."""
    t = viewer.t
    name = team_name(t, team)
    when = viewer.in_plain.when(answer_due_at(facts, team, severity))
    hours = working_time(team.calendar, HoursMode.BUSINESS)
    if hours.is_open(facts.now):
        return t("{team} is at work now; an answer is due by {when} your time.", team=name, when=when)
    if facts.rulebook.policies[severity].targets[ClockKind.ACKNOWLEDGE].hours is HoursMode.ALWAYS:
        return t(
            "{team} is outside working hours, but this severity is answered round the clock; an answer is "
            "due by {when} your time.",
            team=name,
            when=when,
        )
    opens = viewer.in_plain.when(hours.next_open(facts.now))
    return t(
        "{team} is outside working hours until {opens}; an answer is due by {when} your time.",
        team=name,
        opens=opens,
        when=when,
    )
