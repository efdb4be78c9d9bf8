"""Slack's own list of methods, their arguments and their error codes (`methods.json`).

The sandbox answers nothing that is not in it: a code that Slack does not document for a method is a mistake
of the sandbox, and a loud one.
"""

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

from bot.sandbox.errors import Mistake


class Method(NamedTuple):
    """One documented Web API method."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    errors: frozenset[str]


@cache
def documented() -> dict[str, Method]:
    """Every method that the list documents, by name."""
    text = resources.files("bot.sandbox").joinpath("methods.json").read_text(encoding="utf-8")
    return {
        name: Method(name, tuple(facts["required"]), tuple(facts["optional"]), frozenset(facts["errors"]))
        for name, facts in json.loads(text).items()
    }


def require_documented(method: str, code: str) -> None:
    """Raise `Mistake` unless Slack documents this error code for this method."""
    known = documented().get(method)
    if known is not None and code not in known.errors:
        raise Mistake(f"Slack documents no error {code!r} for {method}")


def first_documented(method: str, *codes: str) -> str:
    """The first of these codes that Slack documents for the method; the last one if none is."""
    known = documented().get(method)
    for code in codes:
        if known is None or code in known.errors:
            return code
    return codes[-1]
