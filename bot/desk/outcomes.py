"""Who asks, and what the desk answers."""

from dataclasses import dataclass

from models.rules.case import Case
from models.rules.change import Change
from models.rules.facts import Facts
from models.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Asker:
    """A person of a workspace, by our workspace id and Slack's user id."""

    workspace_id: int
    user_id: str


@dataclass(frozen=True, slots=True)
class Done:
    """It is committed. `facts` are those it was decided on; `change` is None where an earlier delivery
    of the same request had done it already (`repeated`)."""

    case: Case
    change: Change | None
    facts: Facts
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not happen. `facts` hold the case as it is now, if there is one."""

    refusal: Refusal
    facts: Facts
