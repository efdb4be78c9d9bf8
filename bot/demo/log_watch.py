"""The bot's log while a story plays: every line to a file, and every error kept to be asked about."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from bot.clock import MachineClock
from bot.log import configure_logging

GRAVE = ("error", "critical")


class LogWatch(TextIOWrapper):
    """A stream for `configure_logging(style="json")`. Its lines end up in `path`, the grave ones in `grave`, too."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("ab"), encoding="utf-8", line_buffering=True)
        self._begun = ""
        self.grave: list[str] = []

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        self.grave += [line for line in lines if is_grave(line)]
        return super().write(text)


@contextmanager
def watching(path: Path) -> Iterator[LogWatch]:
    """Watch the log within the block; afterwards it goes where it went before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    watch = LogWatch(path)
    configure_logging(level="INFO", style="json", now=MachineClock().now, stream=watch)
    try:
        yield watch
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        watch.close()


def is_grave(line: str) -> bool:
    """Whether a line of the log tells of an error. One that is no JSON was written past the log: it counts."""
    if not line.strip():
        return False
    try:
        return json.loads(line).get("level") in GRAVE
    except (ValueError, AttributeError):
        return True
