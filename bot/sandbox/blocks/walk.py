"""Finds what stands in blocks: the interactive elements, with the block around each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.sandbox.blocks.choices import options_of

Json = dict[str, Any]


class Found(NamedTuple):
    """An element where it stands."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """What a person reads on it or above it."""
        return words(self.element.get("text") or self.block.get("label") or self.element.get("placeholder"))


def words(text: Any) -> str:
    """The characters of a text object, or of a plain string."""
    if isinstance(text, dict):
        return str(text.get("text", ""))
    return text if isinstance(text, str) else ""


def interactive(blocks: list[Json]) -> Iterator[Found]:
    """Every element that a person can use, in the order in which they stand."""
    for block in blocks:
        if block.get("type") == "actions" or block.get("type") == "context_actions":
            for element in block["elements"]:
                yield Found(block, element)
        for name in ("accessory", "element"):
            element = block.get(name)
            if isinstance(element, dict) and "action_id" in element:
                yield Found(block, element)


def find_option(element: Json, wanted: str) -> Json | None:
    """The option with this value or this text."""
    for option in options_of(element):
        if wanted in (option.get("value"), words(option.get("text"))):
            return dict(option)
    return None
