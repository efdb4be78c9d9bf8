"""What a person says with a move: one frozen form each, parsed and masked by the door.

Free text is Masked already. Times are aware UTC. The moves check meaning (a date in the past, a field
left empty); the types say the shape.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.rules.case import Docs, EvidenceKind, Outcome, WaitingOn
from models.rules.masking import Masked
from models.rules.severity import Severity
from models.rules.timer import Timer


@dataclass(frozen=True, slots=True)
class NoForm:
    """For moves that need no words: acknowledge, resume, follow, unfollow, nudge, look later, pass on."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A proof as it was handed in."""

    kind: EvidenceKind
    text: Masked
    summary: Masked | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What an escalation says of itself, at opening and when edited."""

    title: Masked
    need: Masked
    title_local: Masked | None = None
    account: Masked | None = None
    ticket_url: Masked | None = None
    category: str | None = None
    customer_language: str | None = None
    amount: Masked | None = None
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A new escalation. `origin_channel` is where she asked from; None if it must not be told there."""

    details: Details
    severity: Severity
    team: str
    evidence: tuple[EvidenceItem, ...] = ()
    followers: frozenset[str] = frozenset()
    origin_channel: str | None = None


@dataclass(frozen=True, slots=True)
class NeedInfoForm:
    """Acknowledges and waits on the requester in one step. `until` defaults to the rulebook's."""

    why: Masked
    until: datetime | None = None


class HandBackReason(StrEnum):
    """Why a team hands an escalation back."""

    WRONG_TEAM = "wrong_team"
    MISSING_PROOF = "missing_proof"
    KNOWN_ISSUE = "known_issue"
    NOT_A_BUG = "not_a_bug"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HandBackForm:
    """*Not ours*. `team` is where it should go; None means triage (the rulebook's fallback team)."""

    reason: HandBackReason
    team: str | None = None
    note: Masked | None = None


@dataclass(frozen=True, slots=True)
class UpdateForm:
    """What was found, what comes next, and by when (None: the policy's interval)."""

    finding: Masked
    next_step: Masked | None = None
    next_update_at: datetime | None = None
    impact_stopped: bool = False
    customer_line: Masked | None = None


@dataclass(frozen=True, slots=True)
class WaitForm:
    """Whom it waits on, why, and until when. All three are required."""

    on: WaitingOn
    why: Masked
    until: datetime


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What the requester answers; more proof may come with it."""

    text: Masked
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolveForm:
    """How it ended. `cause` None: "not known yet"."""

    outcome: Outcome
    cause: Masked | None = None
    workaround: Masked | None = None


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    """Confirm fixed and close. `docs_note` is the link, the gap, or why none is needed."""

    customer_told: bool
    docs: Docs
    docs_note: Masked | None = None


@dataclass(frozen=True, slots=True)
class ReasonForm:
    """For moves that need a reason only: reopen (not fixed), cancel."""

    why: Masked


@dataclass(frozen=True, slots=True)
class DuplicateForm:
    """It is a duplicate of another one, named by number (looked up in Facts.others)."""

    of: int
    why: Masked


@dataclass(frozen=True, slots=True)
class ReassignForm:
    """Give it to somebody. The reason is optional."""

    to: str
    why: Masked | None = None


@dataclass(frozen=True, slots=True)
class RerouteForm:
    """Give it to another team, with a reason."""

    team: str
    why: Masked


@dataclass(frozen=True, slots=True)
class SeverityForm:
    """Another severity. Lowering needs a reason."""

    severity: Severity
    why: Masked | None = None


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """More proof."""

    items: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class StepForm:
    """The timers of one case that are due, handed to run_step together. `late` is true when this is
    the catching up after an outage: only the latest rung is said, and it is summed up by place."""

    timers: tuple[Timer, ...]
    late: bool = False
