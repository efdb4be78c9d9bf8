"""One event name a fact: every line of ours is logged under a name that can be searched for."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _event_arguments(tree: ast.AST) -> list[ast.expr]:
    """The event given to each call of a logger; our loggers are called `log`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if node.func.attr in LEVELS and name.lstrip("_") in {"log", "logger"}:
                found.append(node.args[0])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record_incident":
            found.append(node.args[1])
    return found


def _is_name(event: ast.expr) -> bool:
    """A constant that a search finds, or a choice of two."""
    if isinstance(event, ast.IfExp):
        return _is_name(event.body) and _is_name(event.orelse)
    return isinstance(event, ast.Constant) and isinstance(event.value, str) and bool(NAME.fullmatch(event.value))


def test_every_event_is_a_constant_name() -> None:
    wrong = []
    for room in ("bot", "handlers", "models"):
        for file in sorted((ROOT / room).rglob("*.py")):
            place = file.relative_to(ROOT)
            if place.is_relative_to("bot/sandbox") or place == Path("bot/log/incidents.py"):
                continue
            for event in _event_arguments(ast.parse(file.read_text(encoding="utf-8"))):
                if not _is_name(event):
                    wrong.append(f"{place}:{event.lineno}")
    assert wrong == []
