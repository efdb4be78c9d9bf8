"""Another severity, up or down. The other side is told and can put it back."""

from models.rules import limits, sla
from models.rules.acts import Act
from models.rules.announce import change, event, joined, nothing_yet, owner_told, requester_told
from models.rules.calling import sev1_alarm
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_text
from models.rules.moves.acknowledge import accepted
from models.rules.moves.forms import SeverityForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import belongs_to, refuse_unless_allowed
from models.rules.severity import Severity


def change_severity(facts: Facts, form: SeverityForm) -> Change | Refusal:
    """Raise it, or lower it with a reason. What has elapsed stays, the due times move."""
    case = facts.the_case
    lowers = case.severity.is_worse_than(form.severity)
    act = Act.LOWER_SEVERITY if lowers else Act.RAISE_SEVERITY
    refused = (
        refuse_unless_allowed(facts, act)
        or refuse_unless_possible(case, act)
        or _refuse_same(case.severity, form.severity)
        or (_refuse_without_reason(form) if lowers else None)
        or refuse_text("why", form.why, limits.WHY, required=False)
    )
    if refused:
        return refused
    first = accepted(facts) if _is_act_of_team(facts) else nothing_yet(facts)
    return joined(first, _changed(facts.with_case(first.after), form))


def _changed(facts: Facts, form: SeverityForm) -> Change:
    case = facts.the_case
    after = sla.change_severity(facts, case, form.severity)
    next_clock = sla.next_clock(after)
    # "from" is a word of the language, hence the mapping.
    said = event(
        facts,
        EventKind.SEVERITY_CHANGED,
        **{
            "from": case.severity.value,
            "to": after.severity.value,
            "raised": after.severity.is_worse_than(case.severity),
            "why": none_if_blank(form.why),
            "clock": next_clock.kind.value if next_clock else None,
            "due_at": next_clock.due_at.isoformat() if next_clock and next_clock.due_at else None,
        },
    )
    alarm = sev1_alarm(facts, after, said) if after.severity is Severity.SEV1 else ()
    news = (*requester_told(after, said), *owner_told(after, said, "severity"))
    return change(facts, after, said, notices=(*news, *alarm))


def _is_act_of_team(facts: Facts) -> bool:
    """Whether somebody of the owning team says it as such: a requester of the same team does not accept
    their own escalation by raising it."""
    case, actor = facts.the_case, facts.actor
    if actor is None or actor.user_id == case.requester:
        return False
    return belongs_to(actor, facts.rulebook.team(case.team))


def _refuse_same(current: Severity, wanted: Severity) -> Refusal | None:
    if wanted is not current:
        return None
    return Refusal(Code.SAME_SEVERITY, {"severity": current.value}, form_field="severity")


def _refuse_without_reason(form: SeverityForm) -> Refusal | None:
    if none_if_blank(form.why):
        return None
    return Refusal(Code.REASON_NEEDED, {"act": Act.LOWER_SEVERITY.value}, form_field="why")
