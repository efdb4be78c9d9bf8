"""Finds the message ids in our code: the literals in `t("…")` and `t.n("…", "…", n)`.

Python's own parser reads the code, so a literal that is split over lines is one message, and a call
whose message is not a literal is found too: no translator could ever see that one.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot/render", "handlers", "bot/outbox")


@dataclass(frozen=True, slots=True)
class Found:
    """A message id where it stands. `plural` is None for a message without a number; `msgid` is None
    where the call has no literal."""

    file: str
    line: int
    msgid: str | None
    plural: str | None = None


def messages(root: Path = ROOT) -> list[Found]:
    """Every message of the rooms that speak, by file and line."""
    found: list[Found] = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            found += _in_file(path, root)
    return found


def _in_file(path: Path, root: Path) -> Iterator[Found]:
    name = path.relative_to(root).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"), filename=name)):
        if isinstance(node, ast.Call) and node.args:
            if _is_texts(node.func):
                yield Found(name, node.lineno, _literal(node.args[0]))
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "n" and _is_texts(node.func.value):
                plural = _literal(node.args[1]) if len(node.args) > 1 else None
                yield Found(name, node.lineno, _literal(node.args[0]) if plural else None, plural)


def _is_texts(function: ast.expr) -> bool:
    """Whether this is `t`, or something's `t`: the name that Texts have everywhere."""
    if isinstance(function, ast.Name):
        return function.id == "t"
    return isinstance(function, ast.Attribute) and function.attr == "t"


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
