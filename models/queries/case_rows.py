"""Between a Case and its rows, both ways. No statement is made here and nothing is decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.rules.case import (
    Case,
    Clock,
    ClockState,
    Closure,
    Docs,
    Evidence,
    EvidenceKind,
    Outcome,
    Progress,
    Reason,
    Resolution,
    Segment,
    SegmentState,
    Waiting,
    WaitingOn,
)
from models.rules.masking import Masked, restore
from models.rules.rulebook import ClockKind, HoursMode
from models.rules.severity import Severity
from models.rules.sla import next_clock
from models.rules.status import Status

Row = Mapping[str, Any]

# Columns whose value is the case's attribute of the same name.
_PLAIN = (
    "config_version",
    "team",
    "requester",
    "owner",
    "suggested_owner",
    "category",
    "customer_language",
    "promised_at",
    "origin_channel",
    "opened_at",
    "acknowledged_at",
    "owner_since",
    "owner_active_at",
    "resolved_at",
    "first_resolved_at",
    "ended_at",
    "close_at",
    "close_warned",
    "look_at",
    "reopened_count",
    "rerouted_count",
    "duplicate_of",
    "continues",
)
_TEXTS = ("title", "title_local", "need", "account", "ticket_url", "amount")


def case_of(row: Row, *, clocks: Sequence[Row], segments: Sequence[Row], evidence: Sequence[Row]) -> Case:
    """The case of its rows. Clocks come ordered by cycle, segments and evidence by ordinal."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: _text(row[name]) for name in _TEXTS}
    return Case(
        **values,
        id=row["id"],
        workspace_id=row["workspace_id"],
        number=row["number"],
        version=row["version"],
        severity=Severity(row["severity"]),
        status=Status(row["status"]),
        passed_over=tuple(row["passed_over"] or ()),
        followers=frozenset(row["followers"] or ()),
        waiting=_waiting(row["waiting"]),
        progress=_progress(row["progress"]),
        resolution=_resolution(row["resolution"]),
        closure=_closure(row["closure"]),
        clocks=tuple(_clock(c, segments) for c in clocks),
        evidence=tuple(_evidence(e) for e in evidence),
    )


def escalation_values(case: Case) -> dict[str, Any]:
    """The columns of the escalation's row, but for its keys and version."""
    upcoming = next_clock(case)
    values: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
    values |= {name: _plain(getattr(case, name)) for name in _TEXTS}
    return values | {
        "severity": case.severity.value,
        "status": case.status.value,
        "passed_over": list(case.passed_over),
        "followers": sorted(case.followers),
        "waiting": _waiting_json(case.waiting),
        "progress": _progress_json(case.progress),
        "resolution": _resolution_json(case.resolution),
        "closure": _closure_json(case.closure),
        "next_due_at": upcoming.due_at if upcoming else None,
        "breached": case.breached,
    }


def clock_values(clock: Clock) -> dict[str, Any]:
    """The columns of a clock's row, keys within the escalation included."""
    return {
        "kind": clock.kind.value,
        "cycle": clock.cycle,
        "state": clock.state.value,
        "target_seconds": clock.target_seconds,
        "elapsed_seconds": clock.elapsed_seconds,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "stopped_at": clock.stopped_at,
        "breached_at": clock.breached_at,
        "last_rung": clock.last_rung,
        "nudged_at": clock.nudged_at,
    }


def segment_values(clock: Clock, ordinal: int) -> dict[str, Any]:
    """The columns of one of a clock's segments, keys within the escalation included."""
    segment = clock.segments[ordinal]
    return {
        "kind": clock.kind.value,
        "cycle": clock.cycle,
        "ordinal": ordinal,
        "state": segment.state.value,
        "reason": segment.reason.value,
        "started_at": segment.started_at,
        "ended_at": segment.ended_at,
        "team": segment.team,
        "hours": segment.hours.value,
        "config_version": segment.config_version,
    }


def evidence_values(item: Evidence, ordinal: int) -> dict[str, Any]:
    """The columns of one proof, keys within the escalation included."""
    return {
        "ordinal": ordinal,
        "kind": item.kind.value,
        "text": str(item.text),
        "summary": _plain(item.summary),
        "live": item.live,
        "added_by": item.added_by,
        "added_at": item.added_at,
    }


def _clock(row: Row, segments: Sequence[Row]) -> Clock:
    return Clock(
        kind=ClockKind(row["kind"]),
        cycle=row["cycle"],
        state=ClockState(row["state"]),
        target_seconds=row["target_seconds"],
        elapsed_seconds=row["elapsed_seconds"],
        started_at=row["started_at"],
        due_at=row["due_at"],
        stopped_at=row["stopped_at"],
        breached_at=row["breached_at"],
        last_rung=row["last_rung"],
        nudged_at=row["nudged_at"],
        segments=tuple(_segment(s) for s in segments if (s["kind"], s["cycle"]) == (row["kind"], row["cycle"])),
    )


def _segment(row: Row) -> Segment:
    return Segment(
        state=SegmentState(row["state"]),
        reason=Reason(row["reason"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        team=row["team"],
        hours=HoursMode(row["hours"]),
        config_version=row["config_version"],
    )


def _evidence(row: Row) -> Evidence:
    return Evidence(
        kind=EvidenceKind(row["kind"]),
        text=restore(row["text"]),
        summary=_text(row["summary"]),
        live=row["live"],
        added_by=row["added_by"],
        added_at=row["added_at"],
    )


def _text(value: str | None) -> Masked | None:
    return None if value is None else restore(value)


def _plain(value: Masked | None) -> str | None:
    return None if value is None else str(value)


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _waiting(value: Row | None) -> Waiting | None:
    if value is None:
        return None
    return Waiting(
        on=WaitingOn(value["on"]),
        why=restore(value["why"]),
        since=_moment(value["since"]),
        until=_moment(value["until"]),
        asked_by=value["asked_by"],
    )


def _waiting_json(waiting: Waiting | None) -> dict[str, Any] | None:
    if waiting is None:
        return None
    return {
        "on": waiting.on.value,
        "why": str(waiting.why),
        "since": waiting.since.isoformat(),
        "until": waiting.until.isoformat(),
        "asked_by": waiting.asked_by,
    }


def _progress(value: Row | None) -> Progress | None:
    if value is None:
        return None
    return Progress(
        finding=restore(value["finding"]),
        next_step=_text(value["next_step"]),
        by=value["by"],
        at=_moment(value["at"]),
        customer_line=_text(value["customer_line"]),
    )


def _progress_json(progress: Progress | None) -> dict[str, Any] | None:
    if progress is None:
        return None
    return {
        "finding": str(progress.finding),
        "next_step": _plain(progress.next_step),
        "by": progress.by,
        "at": progress.at.isoformat(),
        "customer_line": _plain(progress.customer_line),
    }


def _resolution(value: Row | None) -> Resolution | None:
    if value is None:
        return None
    return Resolution(
        outcome=Outcome(value["outcome"]),
        cause=_text(value["cause"]),
        workaround=_text(value["workaround"]),
        by=value["by"],
    )


def _resolution_json(resolution: Resolution | None) -> dict[str, Any] | None:
    if resolution is None:
        return None
    return {
        "outcome": resolution.outcome.value,
        "cause": _plain(resolution.cause),
        "workaround": _plain(resolution.workaround),
        "by": resolution.by,
    }


def _closure(value: Row | None) -> Closure | None:
    if value is None:
        return None
    return Closure(
        by=value["by"],
        customer_told=value["customer_told"],
        docs=Docs(value["docs"]) if value["docs"] else None,
        docs_note=_text(value["docs_note"]),
    )


def _closure_json(closure: Closure | None) -> dict[str, Any] | None:
    if closure is None:
        return None
    return {
        "by": closure.by,
        "customer_told": closure.customer_told,
        "docs": closure.docs.value if closure.docs else None,
        "docs_note": _plain(closure.docs_note),
    }
