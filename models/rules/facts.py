"""What a move may know: the case, the actor, the rules in force, the people, and the time.

`models.queries.facts` fetches these in one transaction; tests build them by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.rules.case import Case
from models.rules.people import Person
from models.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a move is decided on. `actor` is None for the bot itself (timers).

    `rulebook` is the one in force; `books` holds it and every older one that the case's clocks are
    stamped with. `on_call` maps a team to the place in its rotation whose turn it is. `others` holds
    cases that the form names (a duplicate's original), by number.
    """

    now: datetime
    rulebook: Rulebook
    books: Mapping[int, Rulebook]
    people: Mapping[str, Person]
    actor: Person | None = None
    case: Case | None = None
    on_call: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[int, Case] = field(default_factory=dict)
    workspace_id: int = 0

    @property
    def the_case(self) -> Case:
        """The case; a move that is registered as needing one is never called without."""
        if self.case is None:
            raise LookupError("this move needs an escalation")
        return self.case

    @property
    def actor_id(self) -> str | None:
        return self.actor.user_id if self.actor else None

    def with_case(self, case: Case) -> "Facts":
        """The same facts about another state of the case: how moves compose."""
        return replace(self, case=case)
