"""Walks the values of a TOML file, and notes each mistake with the path at which it was met.

A reader always gets a value: where the file's is wrong or missing, a stand-in. Stand-ins are never used,
since one noted mistake is enough to refuse the file.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from bot.config.mistakes import Mistake

T = TypeVar("T")

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_TYPES = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}


class Wrong(ValueError):
    """A single value is wrong; the message is the reason."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The reason for a name that does not exist, with the nearest one that does."""
    near = get_close_matches(name, list(known), n=1)
    return f'unknown {what} "{name}"' + (f'; did you mean "{near[0]}"?' if near else "")


def kind_of(value: object) -> str:
    """What a value is, in words."""
    return _TYPES.get(type(value), "a date or time")


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of the file, where it stands, and the list that takes the mistakes.

    `name` is its key, where the table around it holds what the file's author names.
    """

    value: object
    path: str
    mistakes: list[Mistake]
    name: str = ""

    def say(self, reason: str) -> None:
        """Note that something is wrong here."""
        self.mistakes.append(Mistake(self.path, reason))

    def read(self, parse: Callable[[object], T], stand_in: T) -> T:
        """The value as `parse` understands it; the stand-in where that says Wrong."""
        try:
            return parse(self.value)
        except Wrong as wrong:
            self.say(str(wrong))
            return stand_in

    def named(self, parse: Callable[[object], T], stand_in: T) -> T:
        """The key under which this value stands, as `parse` understands it."""
        return Spot(self.name, self.path, self.mistakes).read(parse, stand_in)

    def at(self, key: str, value: object) -> "Spot":
        """The spot of a value inside this table."""
        step = key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        return Spot(value, f"{self.path}.{step}" if self.path else step, self.mistakes, key)

    def entries(self) -> "dict[str, Spot]":
        """The values of a table whose keys the file's author chooses."""
        if not isinstance(self.value, dict):
            self.say(f"must be a table, and is {kind_of(self.value)}")
            return {}
        return {key: self.at(key, value) for key, value in self.value.items()}

    def items(self) -> "list[Spot]":
        """The values of a list, each at its own path."""
        if not isinstance(self.value, list):
            self.say(f"must be a list, and is {kind_of(self.value)}")
            return []
        return [Spot(each, f"{self.path}[{index}]", self.mistakes) for index, each in enumerate(self.value)]

    def table(self, *keys: str) -> "Table":
        """The values of a table that knows only these keys."""
        entries = self.entries()
        for key, spot in entries.items():
            if key not in keys:
                spot.say(unknown("key", key, keys))
        return Table(self, entries)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose keys are known; what it lacks is a mistake, or has a default."""

    spot: Spot
    entries: dict[str, Spot]

    def get(self, key: str) -> Spot | None:
        return self.entries.get(key)

    def required(self, key: str, parse: Callable[[object], T], stand_in: T) -> T:
        """The value of a key that must be there."""
        found = self.needed(key)
        return found.read(parse, stand_in) if found else stand_in

    def optional(self, key: str, parse: Callable[[object], T], default: T) -> T:
        """The value of a key, or its default."""
        found = self.get(key)
        return found.read(parse, default) if found else default

    def each(self, key: str, parse: Callable[[object], T]) -> tuple[T, ...]:
        """The values of a list that may be left out; wrong ones are noted and left out too."""
        found = self.get(key)
        read: list[T] = []
        for item in found.items() if found else []:
            item.read(lambda value: read.append(parse(value)), None)
        return tuple(read)

    def needed(self, key: str) -> Spot | None:
        """The spot of a key that must be there; without it that is noted."""
        found = self.get(key)
        if found is None and isinstance(self.spot.value, dict):
            self.spot.at(key, None).say("is missing")
        return found
