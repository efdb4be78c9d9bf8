"""Reads the arguments of a call: from the query, from a form or from JSON, alike.

A structure (blocks, view, metadata) may come as JSON, or as a string that holds JSON. What is missing or
empty counts as not given.
"""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.catalogue import first_documented
from bot.sandbox.errors import Json, SlackError

TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no"}


async def read_arguments(request: web.Request, method: str) -> Json:
    """Everything that the call says, by name. Raises Slack's errors for a body that cannot be read."""
    given: Json = dict(request.query)
    if request.method != "POST":
        return given
    kind = request.content_type
    if kind == "application/json":
        return given | _json_object(await request.text(), method)
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = await request.post()
        return given | {name: value for name, value in form.items() if isinstance(value, str)}
    if (await request.read()) and kind != "application/octet-stream":
        raise SlackError("invalid_post_type")
    return given


def _json_object(text: str, method: str) -> Json:
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        raise SlackError(first_documented(method, "invalid_json", "invalid_arguments")) from None
    if not isinstance(value, dict):
        raise SlackError(first_documented(method, "json_not_object", "invalid_arguments"))
    return value


class Arguments:
    """The arguments of one call."""

    def __init__(self, given: Json, method: str) -> None:
        self.given = {name: value for name, value in given.items() if value is not None and value != ""}
        self._method = method

    def has(self, name: str) -> bool:
        return name in self.given

    def text(self, name: str) -> str | None:
        """A string; numbers are taken as their digits."""
        value = self.given.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise SlackError("invalid_arguments", messages=[f"must provide a string [json-pointer:/{name}]"])

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no, in any of the ways of writing one."""
        value = self.given.get(name)
        if value is None:
            return default
        word = str(value).lower()
        if word in TRUE | FALSE:
            return word in TRUE
        raise SlackError("invalid_arguments", messages=[f"must provide a boolean [json-pointer:/{name}]"])

    def number(self, name: str, code: str = "invalid_arguments") -> int | None:
        """A whole number. Raises `code` where it is none."""
        value = self.given.get(name)
        if value is None:
            return None
        try:
            return int(str(value))
        except ValueError:
            raise SlackError(first_documented(self._method, code, "invalid_arguments")) from None

    def names(self, name: str) -> list[str]:
        """A list, written with commas or as an array."""
        value = self.given.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.structure(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in (self.text(name) or "").split(",") if part.strip()]

    def structure(self, name: str, code: str = "invalid_arguments") -> Any:
        """A JSON value, or a string that holds one. Raises `code` where it holds none."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(first_documented(self._method, code, "invalid_arguments")) from None
