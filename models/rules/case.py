"""An escalation as one frozen value: what it says, who holds it, and its clocks.

Queries make a Case of rows and write one back; moves make a new Case of an old one. Times are aware
UTC. Nothing here decides anything: `sla`, `ladder` and the moves do.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.rules.masking import Masked
from models.rules.rulebook import ClockKind, HoursMode
from models.rules.severity import Severity
from models.rules.status import Status


class SegmentState(StrEnum):
    """What a clock did in a stretch of time. Out-of-hours is inside `running`: the calendar tells it."""

    RUNNING = "running"
    PAUSED = "paused"


class Reason(StrEnum):
    """Why a segment began."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    UPDATED = "updated"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_REQUESTER = "waiting_requester"
    WAITING_THIRD_PARTY = "waiting_third_party"
    WAITING_TEAM = "waiting_team"
    RESUMED = "resumed"
    REROUTED = "rerouted"
    SEVERITY = "severity"
    RESOLVED = "resolved"
    REOPENED = "reopened"


class ClockState(StrEnum):
    """Where a clock stands. A breach is told by `breached_at`, whatever the state."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # what it measured has happened
    VOID = "void"  # cancelled, duplicate, or re-routed before it was met: it does not count


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clock under one team's calendar. `ended_at` is None while it lasts."""

    state: SegmentState
    reason: Reason
    started_at: datetime
    ended_at: datetime | None
    team: str
    hours: HoursMode
    config_version: int


@dataclass(frozen=True, slots=True)
class Clock:
    """One cycle of one kind of clock.

    `elapsed_seconds` is the working time of the segments that have ended; `target_seconds` is working
    time too. `due_at` is None while paused. `last_rung` is the percent of the last ladder rung taken
    in this cycle, 0 before the first.
    """

    kind: ClockKind
    cycle: int
    state: ClockState
    target_seconds: int
    elapsed_seconds: int
    started_at: datetime
    due_at: datetime | None
    segments: tuple[Segment, ...]
    stopped_at: datetime | None = None
    breached_at: datetime | None = None
    last_rung: int = 0
    nudged_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (ClockState.RUNNING, ClockState.PAUSED)


class WaitingOn(StrEnum):
    """Whom a waiting escalation waits for; each pauses other clocks (DOMAIN, "Clocks")."""

    CUSTOMER = "customer"
    REQUESTER = "requester"
    THIRD_PARTY = "third_party"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an escalation waits for. `until` is when the owner is asked, or the reply is due."""

    on: WaitingOn
    why: Masked
    since: datetime
    until: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The last update: what was found, what comes next, by when, and a line for the customer."""

    finding: Masked
    next_step: Masked | None
    by: str
    at: datetime
    customer_line: Masked | None = None


class Outcome(StrEnum):
    """How it ended."""

    FIXED = "fixed"
    WORKED_AROUND = "worked_around"
    WORKS_AS_DESIGNED = "works_as_designed"
    CANNOT_REPRODUCE = "cannot_reproduce"
    WILL_NOT_FIX = "will_not_fix"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What solved it. `cause` is None for "not known yet"."""

    outcome: Outcome
    cause: Masked | None
    workaround: Masked | None
    by: str


class Docs(StrEnum):
    """What the specialist says of the documentation at closing."""

    LINKED = "linked"
    GAP = "gap"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Closure:
    """What was said at closing. `by` is None where it closed itself."""

    by: str | None
    customer_told: bool
    docs: Docs | None
    docs_note: Masked | None


class EvidenceKind(StrEnum):
    """What a proof is. SQL is text with a summary of its result; it is stored and never executed."""

    OBJECT_ID = "object_id"
    LINK = "link"
    NOTE = "note"
    SQL = "sql"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of proof. `live` tells live from test mode where the ID shows it."""

    kind: EvidenceKind
    text: Masked
    added_by: str
    added_at: datetime
    summary: Masked | None = None
    live: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """An escalation. `number` is the 142 of ESC-142; `id` is 0 until it is stored.

    `suggested_owner` is the person on call who was told and has not accepted; `passed_over` are those
    the ladder has already asked in this acknowledge cycle. `title_local` is the line in the receiving
    team's language. `version` is the one that was read; a write against an older one is a conflict.
    """

    id: int
    workspace_id: int
    number: int
    version: int
    config_version: int
    title: Masked
    need: Masked
    severity: Severity
    status: Status
    team: str
    requester: str
    opened_at: datetime
    title_local: Masked | None = None
    owner: str | None = None
    suggested_owner: str | None = None
    passed_over: tuple[str, ...] = ()
    account: Masked | None = None
    ticket_url: Masked | None = None
    category: str | None = None
    customer_language: str | None = None
    amount: Masked | None = None
    promised_at: datetime | None = None
    origin_channel: str | None = None
    followers: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    clocks: tuple[Clock, ...] = ()
    waiting: Waiting | None = None
    progress: Progress | None = None
    resolution: Resolution | None = None
    closure: Closure | None = None
    acknowledged_at: datetime | None = None
    owner_since: datetime | None = None
    owner_active_at: datetime | None = None
    resolved_at: datetime | None = None
    first_resolved_at: datetime | None = None
    ended_at: datetime | None = None
    close_at: datetime | None = None
    close_warned: bool = False
    look_at: datetime | None = None  # "In 2 hours": the person on call is asked again then
    reopened_count: int = 0
    rerouted_count: int = 0
    duplicate_of: int | None = None  # number
    continues: int | None = None  # number of the closed one that this one carries on

    def clock(self, kind: ClockKind) -> Clock | None:
        """The open clock of that kind, if one runs or is paused."""
        return next((c for c in self.clocks if c.kind is kind and c.is_open), None)

    @property
    def cycles(self) -> dict[ClockKind, int]:
        """The number of the latest cycle of each kind, 0 where none was started."""
        found = dict.fromkeys(ClockKind, 0)
        for clock in self.clocks:
            found[clock.kind] = max(found[clock.kind], clock.cycle)
        return found

    @property
    def breached(self) -> bool:
        """Whether an open clock is past its due time and was stamped so."""
        return any(c.is_open and c.breached_at for c in self.clocks)
