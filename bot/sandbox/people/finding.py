"""Which button, field or option somebody means: by the word that they read, or by its id."""

from collections.abc import Callable, Iterable

from bot.sandbox.blocks.walk import Found, interactive
from bot.sandbox.errors import Json


class NotThere(LookupError):
    """Nobody could press or fill in this: it is not there. The message lists what is."""


def find_element(blocks: list[Json], wanted: str, kinds: Iterable[str] | None = None) -> Found:
    """The element with this action_id, block_id, value or label; exact first, then by the label's start."""
    allowed = None if kinds is None else set(kinds)
    usable = [found for found in interactive(blocks) if allowed is None or found.kind in allowed]
    tests: tuple[Callable[[Found], bool], ...] = (
        lambda found: found.action_id == wanted,
        lambda found: found.label == wanted,
        lambda found: found.block_id == wanted,
        lambda found: found.element.get("value") == wanted,
        lambda found: bool(found.label) and found.label.lower().startswith(wanted.lower()),
    )
    for test in tests:
        for found in usable:
            if test(found):
                return found
    there = ", ".join(f"{found.label!r} ({found.block_id}/{found.action_id})" for found in usable)
    raise NotThere(f"no {wanted!r} here; there is: {there or 'nothing'}")
