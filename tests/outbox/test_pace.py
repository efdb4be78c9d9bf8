"""Pace: a simulated sender that obeys it stays within Slack's limits and is never held for nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pace import Call, Pace, calls_a_minute

NOW = datetime(2026, 8, 4, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _post(channel: str = "C1", workspace: str = "T1") -> Call:
    return Call(workspace, "chat.postMessage", channel)


def _send_all(calls: list[Call], pace: Pace | None = None) -> list[datetime]:
    """Each call as soon as it may go out, one after the other."""
    pace, now, moments = pace or Pace(), NOW, []
    for call in calls:
        now = pace.free_at(call, now)
        moments.append(now)
        pace = pace.sent(call, now)
    return moments


def test_the_first_post_goes_out_at_once() -> None:
    assert Pace().free_at(_post(), NOW) == NOW
    assert Pace().seconds_until_free(_post(), NOW) == 0


def test_a_channel_takes_one_post_a_second() -> None:
    assert _send_all([_post()] * 4) == [NOW, NOW + SECOND, NOW + 2 * SECOND, NOW + 3 * SECOND]


def test_channels_do_not_wait_for_each_other() -> None:
    pace = Pace().sent(_post("C1"), NOW)
    assert pace.seconds_until_free(_post("C2"), NOW) == 0
    assert pace.seconds_until_free(_post("C1"), NOW) == 1


def test_workspaces_do_not_wait_for_each_other() -> None:
    pace = Pace().sent(_post("C1", "T1"), NOW).told_to_wait(_post("C1", "T1"), NOW, 60)
    assert pace.seconds_until_free(_post("C1", "T2"), NOW) == 0


def test_an_edit_is_paced_by_its_method_and_not_by_the_channel() -> None:
    pace = Pace().sent(_post("C1"), NOW)
    assert pace.seconds_until_free(Call("T1", "chat.update", "C1"), NOW) == 0


@pytest.mark.parametrize(
    ("method", "count"),
    [
        ("apps.connections.open", 1),
        ("users.list", 20),
        ("chat.update", 50),
        ("views.publish", 100),
        ("chat.postMessage", 300),
        ("never.heard.of", 50),
    ],
)
def test_a_method_has_its_tier(method: str, count: int) -> None:
    assert calls_a_minute(method) == count


@given(st.sampled_from(["users.list", "chat.update", "views.publish", "chat.postMessage"]), st.integers(1, 400))
def test_no_minute_holds_more_than_the_tier_and_a_small_burst(method: str, count: int) -> None:
    moments = _send_all([Call("T1", method, f"C{n}") for n in range(count)])
    for start in moments[:: max(1, count // 10)]:
        within = [moment for moment in moments if start <= moment < start + timedelta(minutes=1)]
        assert len(within) <= calls_a_minute(method) + 5


def test_a_quiet_method_may_burst_and_then_keeps_its_rate() -> None:
    moments = _send_all([Call("T1", "users.list")] * 7)
    assert moments[4] == NOW
    assert moments[5] - moments[4] == 3 * SECOND
    assert moments[6] - moments[5] == 3 * SECOND


def test_retry_after_is_honoured_to_the_second() -> None:
    pace = Pace().sent(_post(), NOW).told_to_wait(_post(), NOW, 30)
    assert pace.free_at(_post(), NOW) == NOW + 30 * SECOND
    assert pace.free_at(_post(), NOW + 31 * SECOND) == NOW + 31 * SECOND


def test_one_channel_that_is_told_to_wait_does_not_hold_the_others() -> None:
    pace = Pace().told_to_wait(_post("C1"), NOW, 30)
    assert pace.seconds_until_free(_post("C2"), NOW) == 0


def test_a_second_channel_told_to_wait_means_the_workspace() -> None:
    pace = Pace().told_to_wait(_post("C1"), NOW, 30).told_to_wait(_post("C2"), NOW, 20)
    assert pace.seconds_until_free(_post("C3"), NOW) == 20


def test_another_method_told_to_wait_holds_that_method() -> None:
    pace = Pace().told_to_wait(Call("T1", "users.info"), NOW, 30)
    assert pace.seconds_until_free(Call("T1", "users.info"), NOW) == 30
    assert pace.seconds_until_free(_post(), NOW) == 0


def test_a_shorter_wait_does_not_shorten_a_longer_one() -> None:
    pace = Pace().told_to_wait(_post(), NOW, 30).told_to_wait(_post(), NOW, 1)
    assert pace.seconds_until_free(_post(), NOW) == 30


def test_what_is_idle_again_is_forgotten() -> None:
    pace = Pace()
    for n in range(1000):
        pace = pace.sent(_post(f"C{n}"), NOW + n * SECOND)
    assert len(pace.used_until) <= 3


def test_a_pace_is_a_value() -> None:
    before = Pace()
    before.sent(_post(), NOW)
    before.told_to_wait(_post(), NOW, 5)
    assert before == Pace()


def test_a_clock_that_was_set_back_does_not_stop_the_post() -> None:
    pace = Pace().sent(_post(), NOW)
    assert pace.seconds_until_free(_post(), NOW - timedelta(seconds=5)) <= 6
