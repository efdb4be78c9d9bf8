"""Proof as it is handed in: its checks, and what becomes of it. SQL is kept as text, never executed."""

from collections.abc import Iterable

from models.rules import limits
from models.rules.case import Evidence, EvidenceKind
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_link, refuse_many, refuse_text
from models.rules.masking import Masked
from models.rules.moves.forms import EvidenceItem
from models.rules.references import object_ids
from models.rules.refusals import Refusal
from models.rules.roles import actor_of

FIELD = "evidence"

_LIMITS = {
    EvidenceKind.OBJECT_ID: limits.SHORT,
    EvidenceKind.LINK: limits.LINK,
    EvidenceKind.NOTE: limits.NOTE,
    EvidenceKind.SQL: limits.SQL,
}


def refuse_evidence(items: tuple[EvidenceItem, ...], *, standing: int = 0) -> Refusal | None:
    """The first thing wrong with the proof; `standing` is how many items there are already."""
    many = refuse_many(FIELD, standing + len(items), limits.EVIDENCE_ITEMS)
    return many or next((refused for item in items if (refused := _refuse_item(item))), None)


def evidence_of(facts: Facts, items: Iterable[EvidenceItem], known: tuple[Evidence, ...] = ()) -> tuple[Evidence, ...]:
    """The items as proof handed in now by the actor, without those that are known already."""
    seen = {(each.kind, each.text) for each in known}
    added: list[Evidence] = []
    for item in items:
        if (item.kind, item.text) not in seen:
            seen.add((item.kind, item.text))
            added.append(_evidence(facts, item))
    return tuple(added)


def _evidence(facts: Facts, item: EvidenceItem) -> Evidence:
    return Evidence(
        kind=item.kind,
        text=item.text,
        added_by=actor_of(facts),
        added_at=facts.now,
        summary=none_if_blank(item.summary),
        live=_live(item.text) if item.kind is EvidenceKind.OBJECT_ID else None,
    )


def _live(text: Masked) -> bool | None:
    found = object_ids(text)
    return found[0].live if found else None


def _refuse_item(item: EvidenceItem) -> Refusal | None:
    link = refuse_link(FIELD, item.text) if item.kind is EvidenceKind.LINK else None
    return (
        refuse_text(FIELD, item.text, _LIMITS[item.kind])
        or link
        or refuse_text(FIELD, item.summary, limits.WHY, required=False)
    )
