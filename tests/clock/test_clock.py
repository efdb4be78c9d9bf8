"""Both clocks, on sources that the test moves by hand."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import BusinessClock, MachineClock

TUESDAY = datetime(2026, 8, 4, 2, 0, tzinfo=UTC)


class Hands:
    """The two sources of a machine clock, moved by the test."""

    def __init__(self) -> None:
        self.wall = TUESDAY.timestamp()
        self.steady = 1000.0

    def pass_seconds(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def clock(self) -> MachineClock:
        return MachineClock(wall=lambda: self.wall, steady=lambda: self.steady)


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_the_machine_clock_tells_aware_utc(hands: Hands) -> None:
    assert hands.clock().now() == TUESDAY
    assert hands.clock().now().tzinfo is UTC
    assert hands.clock().monotonic() == 1000.0


def test_the_system_s_own_time_is_the_default() -> None:
    machine = MachineClock()
    assert machine.now().tzinfo is UTC
    assert machine.monotonic() <= machine.monotonic()


def test_unbent_business_time_is_the_machine_s_even_when_the_wall_clock_is_corrected(hands: Hands) -> None:
    clock = BusinessClock(hands.clock())
    hands.wall += 3600  # as after a suspended laptop or an NTP step: the steady clock does not move
    assert clock.now() == TUESDAY + timedelta(hours=1)
    assert clock.rate == 1.0


def test_sixty_times_faster_an_hour_takes_a_minute(hands: Hands) -> None:
    start = datetime(2026, 1, 6, 2, 0, tzinfo=UTC)
    clock = BusinessClock(hands.clock(), start_at=start, rate=60)
    hands.pass_seconds(60)
    assert clock.now() == start + timedelta(hours=1)
    assert clock.real_seconds_until(start + timedelta(hours=3)) == pytest.approx(120)


def test_a_jump_moves_business_time_and_keeps_the_rate(hands: Hands) -> None:
    clock = BusinessClock(hands.clock(), rate=2)
    assert clock.jump(seconds=30) == TUESDAY + timedelta(seconds=30)
    hands.pass_seconds(10)
    assert clock.now() == TUESDAY + timedelta(seconds=50)
    clock.jump(to=TUESDAY + timedelta(days=1))
    assert clock.now() == TUESDAY + timedelta(days=1)
    assert clock.rate == 2


def test_a_jump_in_another_time_zone_is_the_same_instant(hands: Hands) -> None:
    clock = BusinessClock(hands.clock())
    singapore = timezone(timedelta(hours=8))
    clock.jump(to=datetime(2026, 8, 4, 11, 0, tzinfo=singapore))
    assert clock.now() == TUESDAY + timedelta(hours=1)


@pytest.mark.parametrize("seconds", [-1.0, -0.001])
def test_business_time_does_not_go_back(hands: Hands, seconds: float) -> None:
    clock = BusinessClock(hands.clock())
    with pytest.raises(ValueError, match="does not go back"):
        clock.jump(seconds=seconds)
    with pytest.raises(ValueError, match="does not go back"):
        clock.jump(to=TUESDAY + timedelta(seconds=seconds))


def test_a_paused_clock_stands_still_and_nothing_becomes_due(hands: Hands) -> None:
    clock = BusinessClock(hands.clock(), rate=3)
    clock.pause()
    hands.pass_seconds(100)
    assert clock.paused
    assert clock.now() == TUESDAY
    assert math.isinf(clock.real_seconds_until(TUESDAY + timedelta(seconds=1)))
    assert clock.real_seconds_until(TUESDAY) == 0
    clock.resume()
    hands.pass_seconds(10)
    assert clock.now() == TUESDAY + timedelta(seconds=30)


def test_a_new_speed_counts_from_now_and_waits_for_the_end_of_a_pause(hands: Hands) -> None:
    clock = BusinessClock(hands.clock())
    hands.pass_seconds(10)
    clock.run_at(10)
    hands.pass_seconds(1)
    assert clock.now() == TUESDAY + timedelta(seconds=20)
    clock.pause()
    clock.run_at(2)
    hands.pass_seconds(50)
    clock.resume()
    hands.pass_seconds(5)
    assert clock.now() == TUESDAY + timedelta(seconds=30)


def test_resuming_a_running_clock_changes_nothing(hands: Hands) -> None:
    clock = BusinessClock(hands.clock())
    clock.resume()
    hands.pass_seconds(5)
    assert clock.now() == TUESDAY + timedelta(seconds=5)


@pytest.mark.parametrize("rate", [0, -1, math.inf, math.nan])
def test_a_rate_is_a_number_above_zero(hands: Hands, rate: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        BusinessClock(hands.clock(), rate=rate)
    with pytest.raises(ValueError, match="above 0"):
        BusinessClock(hands.clock()).run_at(rate)


STEPS = st.one_of(
    st.tuples(st.just("pass"), st.floats(0, 1e6)),
    st.tuples(st.just("jump"), st.floats(0, 1e6)),
    st.tuples(st.just("rate"), st.floats(0.01, 1000)),
    st.tuples(st.just("pause"), st.just(0.0)),
    st.tuples(st.just("resume"), st.just(0.0)),
)


@given(st.lists(STEPS, max_size=30))
def test_whatever_is_done_business_time_never_goes_back(steps: list[tuple[str, float]]) -> None:
    hands = Hands()
    clock = BusinessClock(hands.clock())
    before = clock.now()
    for verb, amount in steps:
        if verb == "pass":
            hands.pass_seconds(amount)
        elif verb == "jump":
            clock.jump(seconds=amount)
        elif verb == "rate":
            clock.run_at(amount)
        elif verb == "pause":
            clock.pause()
        else:
            clock.resume()
        assert clock.now() >= before
        before = clock.now()
