"""A modal's state as a draft: what was typed and chosen, by the name of the field.

Slack sends every visible field; the block id is the field's name, whatever element it holds.
"""

from collections.abc import Mapping
from typing import Any

from bot.render.forms.sheet import Draft


def draft_of(view: Mapping[str, Any]) -> Draft:
    """What the person typed and chose so far. A field left empty is not in it."""
    found: dict[str, str | tuple[str, ...]] = {}
    for name, elements in ((view.get("state") or {}).get("values") or {}).items():
        for element in elements.values():
            value = _value(element)
            if value:
                found[name] = value
    return found


def first_field(view: Mapping[str, Any], wanted: str | None = None) -> str | None:
    """The block beside which an error is shown: the wanted one if the modal has it, or else the first
    that takes input; None where a modal only tells something."""
    blocks = view.get("blocks") or ()
    fields = [str(block["block_id"]) for block in blocks if block.get("type") == "input" and block.get("block_id")]
    if wanted in fields:
        return wanted
    return fields[0] if fields else None


def _value(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    if option := element.get("selected_option"):
        return str(option.get("value") or "")
    if options := element.get("selected_options"):
        return tuple(str(option.get("value") or "") for option in options)
    if users := element.get("selected_users"):
        return tuple(str(user) for user in users)
    return str(element.get("value") or element.get("selected_user") or element.get("selected_date_time") or "")
