"""Trouble that a test plants: what Slack, or the way to it, does on a bad day.

A fault waits for calls that match (method, channel, predicate on the arguments) and spoils as many as it was
planted for: it holds them, delays the answer, answers with an error or a status, or cuts the connection.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.catalogue import require_documented
from bot.sandbox.errors import Json, Mistake

Reset = Literal["before", "after"]
Matches = Callable[[Json], bool]


@dataclass(kw_only=True)
class Fault:
    """One planted fault. `hits` counts the calls that it spoiled.

    `hold` keeps a call waiting, unprocessed, until `release()`. `delay_seconds` takes effect first and
    answers late. `reset="after"` takes effect and then cuts the connection; `"before"` only cuts it.
    """

    method: str = "*"
    channel: str | None = None
    when: Matches | None = None
    times: int | None = 1
    status: int | None = None
    error: str | None = None
    retry_after_seconds: int | None = None
    delay_seconds: float = 0.0
    reset: Reset | None = None
    hold: bool = False
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, method: str, arguments: Json) -> bool:
        """Whether this call is one to spoil."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method not in ("*", method):
            return False
        if self.channel is not None and arguments.get("channel") != self.channel:
            return False
        return self.when is None or self.when(arguments)

    def release(self) -> None:
        """Let the held calls go on, and hold no more."""
        self._released.set()

    async def wait_for_release(self) -> None:
        """Return when `release()` was called."""
        await self._released.wait()


class Faults:
    """The faults of one workspace, and the switch for its pace."""

    def __init__(self) -> None:
        self.planted: list[Fault] = []
        self.one_message_a_second = False
        self._last_post: dict[str, float] = {}

    def plant(self, fault: Fault, *, undocumented: bool = False) -> Fault:
        """Plant a fault. An error code must be one that Slack documents, unless `undocumented` is said."""
        if fault.error is not None and fault.method != "*" and not undocumented:
            require_documented(fault.method, fault.error)
        if fault.error is not None and fault.reset == "before":
            raise Mistake("a connection that is cut carries no error")
        self.planted.append(fault)
        return fault

    def clear(self) -> None:
        """Take every fault away; held calls go on."""
        for fault in self.planted:
            fault.release()
        self.planted.clear()

    def strike(self, method: str, arguments: Json) -> Fault | None:
        """The fault that spoils this call, if one does; it counts as hit."""
        for fault in self.planted:
            if fault.matches(method, arguments):
                fault.hits += 1
                return fault
        return None

    def is_too_fast(self, channel: str, now_seconds: float) -> bool:
        """Whether a post to this channel comes within a second of the last one (`one_message_a_second`)."""
        if not self.one_message_a_second:
            return False
        last = self._last_post.get(channel)
        if last is not None and now_seconds - last < 1.0:
            return True
        self._last_post[channel] = now_seconds
        return False
