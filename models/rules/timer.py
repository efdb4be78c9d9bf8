"""A timer as the rules see one: what for, and when.

Timers are never set by hand: `models.rules.due.timers_of` says which ones a case's state asks for, and
record keeps the rows equal to that.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.rules.rulebook import ClockKind


class TimerPurpose(StrEnum):
    """What is to happen when the timer is due."""

    LADDER = "ladder"  # the next rung of one open clock
    WAIT_OVER = "wait_over"  # the awaited date has passed
    LOOK_AGAIN = "look_again"  # "In 2 hours" has passed
    CLOSE_WARNING = "close_warning"
    AUTO_CLOSE = "auto_close"


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer of a case; unique by purpose and clock. `fires_at` is aware UTC."""

    purpose: TimerPurpose
    fires_at: datetime
    clock: ClockKind | None = None
