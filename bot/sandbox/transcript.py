"""What each person sees and does, in order, for people to read: the demo prints it."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Scene:
    """One thing that was seen. `audience` holds the ids of those who can see it."""

    at: datetime
    where: str
    who: str
    verb: str
    text: str
    audience: frozenset[str]


@dataclass
class Scenes:
    """Everything that was seen, oldest first."""

    all: list[Scene] = field(default_factory=list)

    def add(self, *, at: datetime, where: str, who: str, verb: str, text: str, audience: frozenset[str]) -> None:
        """Note one scene."""
        self.all.append(Scene(at, where, who, verb, text, audience))

    def seen_by(self, user_id: str | None) -> list[Scene]:
        """The scenes that this user can see; all of them where nobody is named."""
        return [scene for scene in self.all if user_id is None or user_id in scene.audience]

    def lines(self, user_id: str | None, tz: str) -> list[str]:
        """Each scene as a heading and its text, indented; times in this zone."""
        zone = ZoneInfo(tz)
        lines: list[str] = []
        for scene in self.seen_by(user_id):
            at = scene.at.astimezone(zone).strftime("%a %H:%M:%S")
            lines.append(f"{at}  {scene.where} · {scene.who} {scene.verb}")
            lines += [f"    {line}" for line in scene.text.splitlines() if line.strip()]
        return lines
