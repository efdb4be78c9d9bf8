"""Values written into a statement's own text.

A partial index is used only where the planner sees that the statement stays within it: SQLite never looks
at parameters, PostgreSQL stops to after five runs of a prepared statement.
"""

from typing import Any

from sqlalchemy import literal


def literally(*values: str) -> list[Any]:
    """The values as literals, for `IN` and `=`. Only ever our own words, never anybody's input."""
    return [literal(value, literal_execute=True) for value in values]
