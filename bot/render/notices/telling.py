"""What a notice is rendered from: the case as it is now, the facts that were saved, and the reader.

Facts are JSON: times are ISO texts, people are user ids, everything a person typed is masked text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.i18n import Texts
from bot.render.blocks import one_line, shorten
from bot.render.reader import Reader
from bot.render.vocabulary import key_of, team_name
from models.rules.case import Case
from models.rules.rulebook import Rulebook

LONGEST_QUOTE = 500


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice for one reader. `cases` are those that a digest, a handoff or a catch-up lists."""

    book: Rulebook
    facts: Mapping[str, object]
    reader: Reader
    case: Case | None = None
    cases: tuple[Case, ...] = ()

    @property
    def t(self) -> Texts:
        return self.reader.t

    @property
    def the_case(self) -> Case:
        """The case; only a digest, a handoff and the like are told without one."""
        if self.case is None:
            raise LookupError("this notice is about an escalation")
        return self.case

    @property
    def key(self) -> str:
        """The key of the case, or of the one that the facts name."""
        if self.case is not None and self.case.number:
            return key_of(self.book, self.case.number)
        return key_of(self.book, self.number("number") or 0)

    @property
    def actor(self) -> str:
        return self.who("actor")

    def with_facts(self, facts: Mapping[str, object]) -> "Telling":
        """The same telling about other facts."""
        return replace(self, facts=facts)

    def text(self, name: str) -> str:
        """A fact that is a code, as it is; "" where it is missing."""
        found = self.facts.get(name)
        return str(found) if found is not None else ""

    def quote(self, name: str, limit: int = LONGEST_QUOTE) -> str:
        """What somebody typed, on one line, safe to show."""
        return self.reader.typed(shorten(one_line(self.text(name)), limit))

    def number(self, name: str) -> int | None:
        """A fact that is a number."""
        found = self.facts.get(name)
        return found if isinstance(found, int) else None

    def items(self, name: str) -> list[object]:
        """A fact that is a list."""
        found = self.facts.get(name)
        return list(found) if isinstance(found, list | tuple) else []

    def who(self, name: str) -> str:
        """A fact that is a person; nobody is the bot itself."""
        return self.reader.who(self.facts.get(name))

    def moment(self, name: str) -> datetime | None:
        """A fact that is a time."""
        found = self.facts.get(name)
        return datetime.fromisoformat(found) if isinstance(found, str) and found else None

    def when(self, name: str) -> str:
        """A fact that is a time, as the reader sees it; "" where it is missing."""
        at = self.moment(name)
        return self.reader.when(at) if at else ""

    def team(self, name: str) -> str:
        """A fact that is a team's key, as the team's name."""
        return team_name(self.t, self.book.team(self.text(name)))
