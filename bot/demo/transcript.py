"""What each person sees, on the terminal, as it happens, with business times.

The sandbox keeps the scenes; here they become lines. A message that is edited is not repeated: only the lines
that changed are shown.
"""

import re
from datetime import UTC, datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.demo.town import SINGAPORE
from bot.sandbox import Workspace
from bot.sandbox.transcript import Scene

KEY = re.compile(r"\bESC-\d+")
MARGIN = " " * 7
CHANGED = frozenset({"edits", "sees change"})
SHOWN = CHANGED | {"is shown"}


class Transcript:
    """Prints the scenes of a workspace to `out`; `follow` does so until it is cancelled."""

    def __init__(self, town: Workspace, out: TextIO) -> None:
        self._town = town
        self._out = out
        self._printed = 0
        self._last_lines: dict[tuple[str, str], list[str]] = {}

    async def follow(self) -> None:
        """Print whatever happens, when it happens."""
        while True:
            await self._town.changes.until(lambda: len(self._town.scenes.all) > self._printed, 86_400.0)
            self.catch_up()

    def catch_up(self) -> None:
        """Print what has happened and was not printed yet."""
        scenes = self._town.scenes.all[self._printed :]
        self._printed += len(scenes)
        for scene in scenes:
            self._print(scene)

    def heading(self, text: str) -> None:
        """A heading between acts."""
        self.catch_up()
        print(f"\n== {text}", file=self._out, flush=True)

    def aside(self, text: str) -> None:
        """A remark of the narrator's."""
        self.catch_up()
        print(f"{MARGIN}({text})", file=self._out, flush=True)

    def _print(self, scene: Scene) -> None:
        lines = [line for line in scene.text.splitlines() if line.strip()]
        shown = self._changed(scene, lines)
        if not shown:
            return
        print(f"\n{told_time(scene.at)}  {scene.where} · {scene.who} {scene.verb}", file=self._out)
        for line in shown:
            print(f"{MARGIN}│ {line}", file=self._out)
        self._out.flush()

    def _changed(self, scene: Scene, lines: list[str]) -> list[str]:
        """The lines to show: all of what is new, only what differs in what stood there before."""
        place = _place_of(scene)
        before = self._last_lines.get(place, [])
        if scene.where == "modal" and before[:1] != lines[:1]:
            before = []  # another modal, in the same frame
        if scene.verb == "posts":
            self._last_lines.setdefault(place, lines)
        elif scene.verb in SHOWN:
            self._last_lines[place] = lines
        if scene.verb not in CHANGED or not before:
            return lines
        return [line for line in lines if line not in before]


def _place_of(scene: Scene) -> tuple[str, str]:
    """Where something stands: a modal by its person, a message by its place and escalation."""
    if scene.where == "modal":
        return scene.who, scene.where
    key = KEY.search(scene.text)
    return scene.where, key[0] if key else ""


def told_time(at: datetime) -> str:
    """The time in Singapore, where the story plays."""
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(ZoneInfo(SINGAPORE)).strftime("%H:%M")
