"""How the code is cut: sizes, docstrings, where imports and catch-alls may stand, and names that say nothing.

An exception is an entry with its reason. An entry that is no longer needed fails, so the lists stay short.
"""

import ast
from pathlib import Path

from tests.house.source import PRODUCT, functions_of, modules, text_of, tree_of

LINES_IN_A_FILE = 400
LINES_IN_A_FUNCTION = 60

# A door answers a person, a timer's edge must come round again: each with an incident id in the log.
CATCH_ALLS: dict[str, str] = {
    "bot/outbox/courier.py:_deliver": "the edge of a task: one notice that fails must not end the others",
    "bot/outbox/courier.py:_stumble": "the same edge: the notice's lease runs out, and it comes again",
    "bot/timers/scheduler.py:_guarded": "a timer's edge (its inner function)",
    "bot/timers/scheduler.py:run": "a timer's edge: the next tick must come",
    "bot/timers/schedules.py:_run_safely": "a timer's edge: one schedule must not stop the others",
    "bot/timers/sla.py:_fetched": "a timer's edge: one case that cannot be read must not stop the others",
    "bot/timers/sla.py:_step": "a timer's edge: one case whose rules fail must not stop the others",
    "bot/web/health.py:_is_ready": "a probe that fails is an answer: not ready",
    "bot/web/slack.py:_handed_on": "the door: Slack is told to try again, the log has the incident",
    "handlers/afterwards.py:_logged": "the edge of a task that nobody waits for",
    "handlers/door.py:enter": "the door: the person is told, with an incident id",
    "handlers/door.py:_say": "the door's last resort",
    "handlers/events.py:on_event": "the door for events",
    "handlers/events.py:register": "the door for events (its outer function)",
    "models/session/sqlite.py:_in_savepoint": "hands the error to whoever waits for this piece of work",
}
LONG_FILES: dict[str, str] = {
    "models/migrations/versions/0001_first_schema.py": "a migration is written in one piece and never edited again",
}
LONG_FUNCTIONS: dict[str, str] = {}

LEADING = {"self", "cls", "connection", "workspace_id", "facts", "books", "case"}

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "stuff"}
# Alembic writes a migration in one piece, and it is never edited again.
MIGRATIONS = ("models", "migrations", "versions")


def is_migration(path: Path) -> bool:
    return path.parts[:3] == MIGRATIONS


def compare(found: dict[str, str], allowed: dict[str, str]) -> None:
    """Every finding has a reason, and every reason its finding."""
    assert not {place: why for place, why in found.items() if place not in allowed}
    assert not set(allowed) - set(found), "these exceptions are no longer needed"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path)
        for path in modules()
        if text_of(path).strip() and not ast.get_docstring(tree_of(path)) and not is_migration(path)
    ]
    assert not silent


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(path): text_of(path).count("\n") for path in modules()}
    compare({path: f"{n} lines" for path, n in lengths.items() if n > LINES_IN_A_FILE}, LONG_FILES)


def test_no_function_is_longer_than_a_screen() -> None:
    found = {}
    for path in modules():
        for function in functions_of(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > LINES_IN_A_FUNCTION and not is_migration(path):
                found[f"{path}:{function.name}"] = f"{lines} lines"
    compare(found, LONG_FUNCTIONS)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    named = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    if handler.type is not None and not named & {"Exception", "BaseException"}:
        return False
    # What cleans up and raises again hides nothing.
    return not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


def test_only_doors_and_timers_catch_everything() -> None:
    found = {}
    for path in modules():
        for function in functions_of(path):
            for node in ast.walk(function):
                if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                    found[f"{path}:{function.name}"] = f"line {node.lineno}"
    compare(found, CATCH_ALLS)


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{path}:{node.lineno}"
        for path in modules()
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


def test_files_are_named_for_what_they_hold() -> None:
    assert not [str(path) for path in modules() if {path.stem, *path.parts[:-1]} & SAYS_NOTHING]


def test_past_three_arguments_they_are_named_at_the_call() -> None:
    """What every function of a room is about leads, and is not counted."""
    crowded = []
    for path in modules(PRODUCT):
        for function in functions_of(path):
            positional = [*function.args.posonlyargs, *function.args.args]
            own = [argument for argument in positional if argument.arg not in LEADING]
            if len(own) > 3:
                crowded.append(f"{path}:{function.lineno} {function.name}")
    assert not crowded
