"""What Slack's own client refuses before a modal is even sent: empty required fields, too short, no number.

The texts are the client's business and not Slack's API; the rules are in the reference of each element.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.blocks.walk import Found, interactive
from bot.sandbox.errors import Json
from bot.sandbox.inputs import STATEFUL, TYPED, Inputs

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
LONGEST = 3000


def objections(blocks: list[Json], inputs: Inputs) -> dict[str, str]:
    """What the client objects to, by block_id; empty where it would submit."""
    found_objections: dict[str, str] = {}
    for found in interactive(blocks):
        if found.block["type"] == "input" and found.kind in STATEFUL:
            objection = _objection(found, inputs.get(found))
            if objection is not None:
                found_objections[found.block_id] = objection
    return found_objections


def _objection(found: Found, content: Any) -> str | None:
    if content in (None, "", []) or (isinstance(content, str) and not content.strip()):
        return None if found.block.get("optional") else "Please complete this required field."
    if found.kind == "number_input":
        return _number_objection(found.element, str(content))
    if found.kind == "email_text_input" and not EMAIL.fullmatch(content):
        return "Enter a valid email address."
    if found.kind == "url_text_input" and not URL.fullmatch(content):
        return "Enter a valid URL."
    if found.kind in TYPED:
        return _length_objection(found.element, content)
    most = found.element.get("max_selected_items")
    return f"Select at most {most} items." if most and len(content) > most else None


def _length_objection(element: Json, content: str) -> str | None:
    if len(content) < element.get("min_length", 0):
        return f"Enter at least {element['min_length']} characters."
    if len(content) > element.get("max_length", LONGEST):
        return f"Enter at most {element.get('max_length', LONGEST)} characters."
    return None


def _number_objection(element: Json, content: str) -> str | None:
    try:
        number = Decimal(content)
    except InvalidOperation:
        return "Enter a number."
    if not number.is_finite() or (not element["is_decimal_allowed"] and number != number.to_integral_value()):
        return "Enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Enter a number of at most {element['max_value']}."
    return None
