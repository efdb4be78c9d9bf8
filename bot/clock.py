"""The only callers of the system's time, outside the sandbox (a test in tests/house keeps it so).

MachineClock is the machine's own, never bent: signatures, trigger ids, leases, pace. BusinessClock is the
time that due dates are told in: the same, unless a demo or a story makes it run faster, stand still or jump.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class MachineClock:
    """The machine's time. The two sources can be given, so that a test needs no waiting."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._steady = steady

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.fromtimestamp(self._wall(), UTC)

    def monotonic(self) -> float:
        """Seconds that never go back; only differences mean something."""
        return self._steady()


@dataclass(frozen=True)
class _Bend:
    """From `real_seconds` of the steady clock on, business time runs from `anchor` at `rate`."""

    anchor: datetime
    real_seconds: float
    rate: float


class BusinessClock:
    """Business time: the machine's time until it is bent.

    Time never goes back: timers that have fired would be due again.
    """

    def __init__(
        self,
        machine: MachineClock | None = None,
        *,
        start_at: datetime | None = None,
        rate: float = 1.0,
    ) -> None:
        self._machine = machine or MachineClock()
        self._bend: _Bend | None = None
        self._rate_when_running = rate
        self._paused = False
        if start_at is not None or rate != 1.0:
            self._bend_to(start_at or self._machine.now(), _checked_rate(rate))

    @property
    def rate(self) -> float:
        """Business seconds in one real second; 0 while paused."""
        return self._bend.rate if self._bend else 1.0

    @property
    def paused(self) -> bool:
        return self._paused

    def now(self) -> datetime:
        """Aware UTC."""
        if self._bend is None:
            # The wall clock and not the steady one: it counts a suspended machine's sleep and follows NTP.
            return self._machine.now()
        elapsed = self._machine.monotonic() - self._bend.real_seconds
        return self._bend.anchor + timedelta(seconds=elapsed * self._bend.rate)

    def jump(self, *, to: datetime | None = None, seconds: float = 0.0) -> datetime:
        """Go to `to`, or `seconds` ahead, and return the new time. Raises ValueError for the past."""
        now = self.now()
        target = to if to is not None else now + timedelta(seconds=seconds)
        if target < now:
            raise ValueError("the business clock does not go back")
        self._bend_to(target, self.rate)
        return target

    def run_at(self, rate: float) -> None:
        """Change the speed from now on. While paused it takes effect at the resume."""
        self._rate_when_running = _checked_rate(rate)
        if not self._paused:
            self._bend_to(self.now(), rate)

    def pause(self) -> None:
        self._bend_to(self.now(), 0.0)
        self._paused = True

    def resume(self) -> None:
        if self._paused:
            self._paused = False
            self._bend_to(self.now(), self._rate_when_running)

    def real_seconds_until(self, at: datetime) -> float:
        """Real seconds to wait until business time reaches `at`: 0 if it has, infinite while paused."""
        ahead = (at - self.now()).total_seconds()
        if ahead <= 0:
            return 0.0
        return ahead / self.rate if self.rate else math.inf

    def _bend_to(self, anchor: datetime, rate: float) -> None:
        self._bend = _Bend(anchor=anchor, real_seconds=self._machine.monotonic(), rate=rate)


def _checked_rate(rate: float) -> float:
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError("a clock's rate is a number above 0; to stop it, pause it")
    return rate
