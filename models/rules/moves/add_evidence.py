"""Adding proof: IDs, links, notes, SQL with a summary of its result."""

from dataclasses import replace

from models.rules.acts import Act
from models.rules.announce import change, event, owner_told
from models.rules.case import Evidence
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import empty
from models.rules.moves.forms import EvidenceForm
from models.rules.moves.proof import FIELD, evidence_of, refuse_evidence
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed


def add_evidence(facts: Facts, form: EvidenceForm) -> Change | Refusal:
    """Add proof. What is there already is not added twice."""
    case = facts.the_case
    refused = (
        refuse_unless_allowed(facts, Act.ADD_EVIDENCE)
        or refuse_unless_possible(case, Act.ADD_EVIDENCE)
        or (None if form.items else empty(FIELD))
        or refuse_evidence(form.items)
    )
    if refused:
        return refused
    added = evidence_of(facts, form.items, case.evidence)
    if not added:
        return Refusal(Code.NOTHING_CHANGED, {"act": Act.ADD_EVIDENCE.value})
    return refuse_evidence((), standing=len(case.evidence) + len(added)) or _added(facts, added)


def _added(facts: Facts, added: tuple[Evidence, ...]) -> Change:
    case = facts.the_case
    after = replace(case, evidence=case.evidence + added)
    said = event(
        facts,
        EventKind.EVIDENCE_ADDED,
        count=len(added),
        items=[{"kind": each.kind.value, "text": each.text} for each in added],
    )
    return change(facts, after, said, notices=owner_told(after, said, "evidence"))
