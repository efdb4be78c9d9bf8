"""Slack's limits on a method, kept for this process: takes the next free moment of a call.

A channel's one post a second is a row (`take_lane`), since all replicas share it; Slack's 429 corrects
what each replica believes of the rest.
"""

from bot.clock import MachineClock
from bot.outbox.pace import Call, Pace


class Gate:
    """Remembers what this process has sent. `pace` itself is pure."""

    def __init__(self, machine: MachineClock) -> None:
        self._machine = machine
        self._pace = Pace()

    def take(self, call: Call, *, at_most: float) -> float:
        """How many seconds to wait before the call; the moment is taken, unless it is further away than
        `at_most`."""
        now = self._machine.now()
        free_at = self._pace.free_at(call, now)
        wait = (free_at - now).total_seconds()
        if wait <= at_most:
            self._pace = self._pace.sent(call, free_at)
        return wait

    def told_to_wait(self, call: Call, seconds: float) -> None:
        """Slack answered 429."""
        self._pace = self._pace.told_to_wait(call, self._machine.now(), seconds)
