"""Each bench runs, at the smallest size. What it finds about speed is not asserted: a bench says that, not a test."""

import json

import pytest

from bench import memory, open, tick


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What a bench tells machines."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def test_opening_is_measured_on_both_databases_and_all_that_was_answered_is_stored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    open.main(open.Size(rounds=1, opens=4, acknowledgements=8, warm_up=2))
    told = lines(capsys)
    assert [line["database"] for line in told] == ["PostgreSQL", "SQLite"]
    assert [line["troubles"] for line in told] == [[], []]


def test_an_empty_tick_is_measured_on_both_databases(capsys: pytest.CaptureFixture[str]) -> None:
    tick.main(tick.Size(few=4, many=40, rounds=1, ticks=2))
    assert [line["database"] for line in lines(capsys)] == ["SQLite", "PostgreSQL"]


def test_the_memory_of_an_idle_bot_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    memory.main(memory.Size(looks=1, pause_seconds=0.0))
    (told,) = lines(capsys)
    assert told["troubles"] == []
