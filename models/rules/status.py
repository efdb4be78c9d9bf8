"""Where an escalation stands, and which way it may go from there.

The table of DOMAIN, "Status", as data: a move that asks for anything else is refused.
"""

from enum import StrEnum


class Status(StrEnum):
    """The statuses of an escalation, by their stored names."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    WAITING = "waiting"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has work to do: everything but closed, duplicate, cancelled."""
        return self not in _ENDED

    @property
    def is_working(self) -> bool:
        """Whether the owning team holds it: acknowledged and not yet resolved."""
        return self in _WORKING


_ENDED = frozenset({Status.CLOSED, Status.DUPLICATE, Status.CANCELLED})
_WORKING = frozenset({Status.ACKNOWLEDGED, Status.INVESTIGATING, Status.WAITING, Status.MITIGATED})
_ASIDE = frozenset({Status.DUPLICATE, Status.CANCELLED})

ALLOWED: dict[Status, frozenset[Status]] = {
    Status.NEW: _ASIDE | {Status.ACKNOWLEDGED, Status.NEW},
    Status.ACKNOWLEDGED: _ASIDE | {Status.INVESTIGATING, Status.WAITING, Status.MITIGATED, Status.RESOLVED, Status.NEW},
    Status.INVESTIGATING: _ASIDE | {Status.WAITING, Status.MITIGATED, Status.RESOLVED, Status.NEW},
    Status.WAITING: _ASIDE | {Status.INVESTIGATING, Status.RESOLVED, Status.NEW},
    Status.MITIGATED: _ASIDE | {Status.INVESTIGATING, Status.WAITING, Status.RESOLVED, Status.NEW},
    Status.RESOLVED: _ASIDE | {Status.CLOSED, Status.INVESTIGATING, Status.NEW},
    Status.CLOSED: frozenset({Status.INVESTIGATING}),
    Status.DUPLICATE: frozenset(),
    Status.CANCELLED: frozenset(),
}


def allows(current: Status, wanted: Status) -> bool:
    """Whether the status table lets an escalation go from `current` to `wanted`."""
    return wanted in ALLOWED[current]
