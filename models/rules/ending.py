"""The end of an escalation that was not solved: its clocks do not count, and nothing is awaited."""

from dataclasses import replace

from models.rules import sla
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.rulebook import ClockKind
from models.rules.status import Status


def set_aside(facts: Facts, status: Status) -> Case:
    """The case cancelled, or as a duplicate. It keeps its owner, so that the history stays readable."""
    case = sla.void(facts, facts.the_case, tuple(ClockKind))
    return replace(
        case,
        status=status,
        ended_at=facts.now,
        suggested_owner=None,
        passed_over=(),
        waiting=None,
        look_at=None,
        close_at=None,
    )
