"""What a move wants to be true: the new state, its history, and the messages it causes.

A Change is a value. `models.queries.record` stores it in one transaction; moves compose by handing
the case of one to the next. Timers are not listed: they follow from the state (`models.rules.due`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from models.rules.case import Case


class EventKind(StrEnum):
    """What happened, as the history keeps it. Append-only; never renamed once released."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    INFO_NEEDED = "info_needed"
    HANDED_BACK = "handed_back"
    UPDATED = "updated"
    MITIGATED = "mitigated"
    WAITING = "waiting"
    RESUMED = "resumed"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CLOSED_ITSELF = "closed_itself"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"
    MERGED = "merged"  # another one became a duplicate of this one
    CONTINUED = "continued"  # reopened too late: a new one carries on
    REASSIGNED = "reassigned"
    REROUTED = "rerouted"
    SEVERITY_CHANGED = "severity_changed"
    EDITED = "edited"
    EVIDENCE_ADDED = "evidence_added"
    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    NUDGED = "nudged"
    LOOK_LATER = "look_later"
    RUNG_TAKEN = "rung_taken"
    BREACHED = "breached"
    PASSED_ON = "passed_on"  # the ladder went to the next on the rotation
    ROTATION_EXHAUSTED = "rotation_exhausted"
    WAIT_OVER = "wait_over"
    CLOSE_WARNED = "close_warned"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history. `actor` is a user id, None for the bot itself. Facts are JSON values;
    free text among them is Masked."""

    kind: EventKind
    at: datetime
    actor: str | None
    facts: Mapping[str, object] = field(default_factory=dict)


class NoticeKind(StrEnum):
    """Every message the bot sends by itself; one file of `bot.outbox.kinds` each."""

    CARD = "card"  # the case's card in the team's channel, edited in place
    CARD_MOVED = "card_moved"  # the old card after a re-route: says where it went
    HISTORY = "history"  # a line in the thread; facts: event (kind), actor, and that event's facts
    POINTER = "pointer"  # one line in the channel she asked from
    OPENED_LINK = "opened_link"  # DM to the requester with the link, when the card stands
    ON_CALL = "on_call"  # DM to the person on call: it is yours to accept
    REMINDER = "reminder"  # DM; facts: clock, percent, due_at, why
    THREAD_REMINDER = "thread_reminder"  # thread; the same facts
    CHANNEL_REMINDER = "channel_reminder"  # team channel; the same facts
    BREACH = "breach"  # thread; facts: clock, due_at
    LEAD_TOLD = "lead_told"  # DM to the lead; facts: why (sev1, breach, rotation_exhausted), clock
    LEAD_PAGED = "lead_paged"  # urgent DM to the lead and the pager's webhook
    REQUESTER_NEWS = "requester_news"  # DM to the requester; facts: event, actor, due_at, text
    FOLLOWER_NEWS = "follower_news"  # DM to a follower
    OWNER_NEWS = "owner_news"  # DM to the owner: assigned, answered, nudged, taken away
    INFO_REQUEST = "info_request"  # DM to the requester: what is needed, due when, with Answer
    COUNT_AS_UPDATE = "count_as_update"  # ephemeral-like DM to the owner about their thread message
    WAIT_OVER = "wait_over"  # DM to the owner: the date has passed
    CONFIRM_FIXED = "confirm_fixed"  # DM to the requester: resolved; Confirm fixed, Not fixed
    CLOSE_WARNING = "close_warning"  # DM to the requester a day before it closes itself
    DIGEST = "digest"  # DM to an owner or lead: what stands open, urgent first
    CATCH_UP = "catch_up"  # one post that sums up what became due during an outage
    HANDOFF = "handoff"  # team channel
    UNDELIVERABLE = "undeliverable"  # DM to the lead: what could not be said, and the repair


class Place(StrEnum):
    """Where a notice goes."""

    CARD = "card"
    THREAD = "thread"
    CHANNEL = "channel"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to be sent, as facts: it is rendered when it is sent, and dropped if no longer true.

    `to` is a user id for DIRECT, a team key for CARD, THREAD and CHANNEL, or a channel id for CHANNEL
    when it starts with C or G.
    """

    kind: NoticeKind
    place: Place
    to: str
    facts: Mapping[str, object] = field(default_factory=dict)
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A decided move: `before` is None for an opening. `also` are changes of other escalations that
    belong to the same decision (a duplicate's followers, a late reopening) and the same commit."""

    before: Case | None
    after: Case
    events: tuple[Event, ...]
    notices: tuple[Notice, ...] = ()
    also: "tuple[Change, ...]" = ()

    def then(self, later: "Change") -> "Change":
        """This change and a later one, made on this one's case, as one."""
        return replace(
            later,
            before=self.before,
            events=self.events + later.events,
            notices=self.notices + later.notices,
            also=self.also + later.also,
        )

    def numbered(self, number: int) -> "Change":
        """The same with the number that the record has just given: where facts of an opening say 0."""
        return replace(
            self,
            events=tuple(replace(event, facts=_numbered(event.facts, number)) for event in self.events),
            notices=tuple(replace(notice, facts=_numbered(notice.facts, number)) for notice in self.notices),
            also=tuple(other.numbered(number) for other in self.also),
        )


def _numbered(facts: Mapping[str, object], number: int) -> Mapping[str, object]:
    return {**facts, "number": number} if facts.get("number") == 0 else facts
