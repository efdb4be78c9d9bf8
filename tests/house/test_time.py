"""Time is passed in: only bot/clock.py asks the system for it. The sandbox stands alone and takes a clock."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = {"time", "datetime"}
ASKS = {
    "time": {
        "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns",
        "process_time", "localtime", "gmtime", "ctime", "clock_gettime", "clock_gettime_ns",
    },
    "datetime.datetime": {"now", "utcnow", "today"},
    "datetime.date": {"today"},
}  # fmt: skip


def _names(tree: ast.AST) -> dict[str, str]:
    """Local name → what it stands for, of everything imported from `time` and `datetime`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.asname or each.name: each.name for each in node.names if each.name in MODULES}
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _spelled(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = _spelled(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def _asks_for_the_time(source: str) -> list[int]:
    """The lines that name a function which asks the system for the time, called or handed on."""
    tree = ast.parse(source)
    names = _names(tree)
    forbidden = {f"{owner}.{name}" for owner, asks in ASKS.items() for name in asks}
    return sorted(
        {
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Name | ast.Attribute) and _spelled(node, names) in forbidden
        }
    )


def test_only_the_clock_asks_the_system_for_the_time() -> None:
    found = []
    for room in ("bot", "handlers", "models"):
        for file in sorted((ROOT / room).rglob("*.py")):
            place = file.relative_to(ROOT)
            if place != Path("bot/clock.py") and not place.is_relative_to("bot/sandbox"):
                found += [f"{place}:{line}" for line in _asks_for_the_time(file.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "import time as t\nt.monotonic()",
        "from time import monotonic as m\nm()",
        "from datetime import datetime\ndatetime.now(tz)",
        "from datetime import datetime as dt\nfield = dt.utcnow",
        "import datetime\ndatetime.date.today()",
        "import datetime as d\nd.datetime.now()",
        "from datetime import date\ndate.today()",
    ],
)
def test_the_check_sees_each_way_of_asking(source: str) -> None:
    assert _asks_for_the_time(source) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(1)",
        "from datetime import datetime\ndatetime.fromtimestamp(x, tz)",
        "clock.now()",
        "asyncio.get_running_loop().time()",
        "func.now()",
    ],
)
def test_the_check_leaves_the_rest_alone(source: str) -> None:
    assert _asks_for_the_time(source) == []
