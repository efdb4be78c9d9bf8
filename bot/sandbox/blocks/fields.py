"""Checks of single values. A check takes a value and its place, and reports what is wrong there."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.blocks.findings import Place

Check = Callable[[Any, Place], None]


def string(longest: int, shortest: int = 0) -> Check:
    """A string of so many characters."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, str):
            place.say("must provide a string")
        elif len(value) > longest:
            place.say(f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            place.say(f"must be more than {shortest - 1} characters")

    return check


def boolean(value: Any, place: Place) -> None:
    """true or false."""
    if not isinstance(value, bool):
        place.say("must provide a boolean")


def integer(lowest: int | None = None, highest: int | None = None) -> Check:
    """A whole number within bounds."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            place.say("must provide an integer")
        elif lowest is not None and value < lowest:
            place.say(f"must be greater than or equal to {lowest}")
        elif highest is not None and value > highest:
            place.say(f"must be less than or equal to {highest}")

    return check


def one_of(*values: str) -> Check:
    """One of a few words."""

    def check(value: Any, place: Place) -> None:
        if value not in values:
            place.say(f"must be a valid enum value: {', '.join(values)}")

    return check


def matching(pattern: str, what: str) -> Check:
    """A string of a given form, such as a date."""
    compiled = re.compile(pattern)

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            place.say(f"must be {what}")

    return check


def items(check_item: Check, *, most: int, least: int = 0) -> Check:
    """A list of so many things, each of them checked."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, list):
            place.say("must provide an array")
            return
        if len(value) > most:
            place.say(f"no more than {most} items allowed")
        if len(value) < least:
            place.say(f"no fewer than {least} items allowed")
        for index, item in enumerate(value):
            check_item(item, place.at(index))

    return check


def anything(_value: Any, _place: Place) -> None:
    """Whatever it is: Slack says nothing about it that we know."""


Fields = Mapping[str, Check]


def shape(required: Fields, optional: Fields) -> Check:
    """An object with these fields and no others (`type` is the caller's business)."""
    known = {**required, **optional}

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.say("must provide an object")
            return
        for name in required:
            if name not in value:
                place.say(f"missing required field: {name}")
        for name, content in value.items():
            if name in known:
                known[name](content, place.at(name))
            elif name != "type":
                place.say(f"invalid additional property: {name}")

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object whose `type` decides which check applies."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.say("must provide an object")
        elif "type" not in value:
            place.say("missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in table:
            place.say(f"unsupported type: {value['type']}")
        else:
            table[value["type"]](value, place)

    return check


def also(*checks: Check) -> Check:
    """Several checks of the same value."""

    def check(value: Any, place: Place) -> None:
        for one in checks:
            one(value, place)

    return check


DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a valid date (YYYY-MM-DD)")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a valid time (HH:mm)")
URL = also(string(3000, 1), matching(r"(?s)(https?|slack|mailto|tel):.+", "a valid URL"))
