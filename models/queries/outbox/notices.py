"""A notice between its row and its value, and the words for its states."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.queries.literals import literally
from models.rules.change import Notice, NoticeKind
from models.rules.plain import plain

PENDING, SENDING, AMBIGUOUS = "pending", "sending", "ambiguous"
SENT, DROPPED, FAILED = "sent", "dropped", "failed"
UNDONE = literally(PENDING, SENDING, AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice in our hands until `leased_until`. `was_sending`: an earlier lease ran out, so it may
    have been said already; `tried_channel` is where. `attempts` counts this one too."""

    id: int
    workspace_id: int
    escalation_id: int | None
    key: str
    kind: str
    place: str
    recipient: str
    lane: str
    facts: Mapping[str, Any]
    urgency: int
    attempts: int
    plain: bool
    lease: str
    leased_until: datetime
    was_sending: bool
    tried_channel: str | None
    created_at: datetime


def claimed(row: Mapping[Any, Any], lease: str, until: datetime) -> Claimed:
    """The value of a row that was just leased; the row is as it was before."""
    return Claimed(
        id=row["id"],
        workspace_id=row["workspace_id"],
        escalation_id=row["escalation_id"],
        key=row["key"],
        kind=row["kind"],
        place=row["place"],
        recipient=row["recipient"],
        lane=row["lane"],
        facts=row["facts"],
        urgency=row["urgency"],
        attempts=row["attempts"] + 1,
        plain=row["plain"],
        lease=lease,
        leased_until=until,
        was_sending=row["state"] in (SENDING, AMBIGUOUS),
        tried_channel=row["tried_channel"],
        created_at=row["created_at"],
    )


def notice_values(
    workspace_id: int, escalation_id: int | None, notice: Notice, created_at: datetime, *, merges: bool
) -> dict[str, Any]:
    """The row of a new notice. `merges`: a card's edit joins the one that is pending already."""
    edits = merges and notice.kind is NoticeKind.CARD
    return {
        "workspace_id": workspace_id,
        "escalation_id": escalation_id,
        "key": uuid.uuid4().hex,
        "kind": notice.kind.value,
        "place": notice.place.value,
        "recipient": notice.to,
        "lane": lane_of(notice, escalation_id),
        "merge_key": f"card:{escalation_id}:{notice.to}" if edits else "",
        "facts": plain(notice.facts),
        "urgency": 0 if notice.urgent else 1,
        "state": PENDING,
        "generation": 1,
        "attempts": 0,
        "plain": False,
        "created_at": created_at,
    }


def lane_of(notice: Notice, escalation_id: int | None) -> str:
    """What keeps its order: a card with itself, a thread, and what one person or channel hears of one
    escalation. What is summed up across escalations shares a lane, so that it can be found."""
    if notice.kind is NoticeKind.CATCH_UP or escalation_id is None:
        return f"{notice.place.value}:{notice.to}"
    return f"{notice.place.value}:{escalation_id}:{notice.to}"
