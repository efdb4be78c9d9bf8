"""The ticker: one that hangs or fails comes again, and stops none of the others."""

import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.timers.scheduler import Ticker, next_fire
from tests.builders import ny, sg

SOON = 10.0


class Counted:
    """A tick that counts its runs, and does something strange in the first."""

    def __init__(self, strange: str = "") -> None:
        self.runs = 0
        self.again = asyncio.Event()
        self._strange = strange

    async def __call__(self) -> None:
        self.runs += 1
        if self.runs == 1 and self._strange == "hangs":
            await asyncio.Event().wait()
        if self.runs == 1 and self._strange == "fails":
            raise LookupError("no")
        if self.runs > 1:
            self.again.set()


@pytest.mark.parametrize(("strange", "said"), [("hangs", "tick_cut_off"), ("fails", "tick_failed")])
async def test_a_strange_tick_is_said_and_comes_again_while_the_others_go_on(strange: str, said: str) -> None:
    bad, good = Counted(strange), Counted()
    ticker = Ticker()
    ticker.every(0.02, "bad", bad, limit_seconds=0.05)
    ticker.every(0.02, "good", good)
    with capture_logs() as logs:
        ticker.start()
        async with asyncio.timeout(SOON):
            await asyncio.gather(bad.again.wait(), good.again.wait())
        ticker.stop()
    assert [line["tick"] for line in logs if line["event"] == said] == ["bad"]


async def test_a_tick_never_runs_beside_itself() -> None:
    running = most = 0
    enough = asyncio.Event()
    runs = 0

    async def tick() -> None:
        nonlocal running, most, runs
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        runs += 1
        if runs == 3:
            enough.set()

    ticker = Ticker()
    ticker.every(0.01, "slow", tick)
    ticker.start()
    async with asyncio.timeout(SOON):
        await enough.wait()
    ticker.stop()
    assert most == 1


async def test_stopping_twice_or_before_the_start_is_nothing() -> None:
    ticker = Ticker()
    ticker.stop()
    ticker.start()
    ticker.stop()
    ticker.stop()


@pytest.mark.parametrize(
    ("zone", "after", "expected"),
    [
        ("Asia/Singapore", sg("2026-03-03 10:00"), sg("2026-03-04 09:00")),
        ("Asia/Singapore", sg("2026-03-03 08:59"), sg("2026-03-03 09:00")),
        ("Asia/Singapore", sg("2026-03-03 09:00"), sg("2026-03-04 09:00")),
        ("America/New_York", ny("2026-03-07 10:00"), ny("2026-03-08 09:00")),
        ("America/New_York", ny("2026-10-31 10:00"), ny("2026-11-01 09:00")),
    ],
    ids=["tomorrow", "today", "never now again", "clocks go forward", "clocks go back"],
)
def test_a_cron_line_fires_at_the_wall_clocks_time(zone: str, after: datetime, expected: datetime) -> None:
    found = next_fire(9, 0, days="*", time_zone=zone, after=after)
    assert found == expected
    assert found.utcoffset() == datetime(2026, 1, 1, tzinfo=UTC).utcoffset()
