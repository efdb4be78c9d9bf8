"""Why a move was refused: a stable code and the facts a sentence needs, no prose.

Render gives each code its words in three languages; a test holds the two lists together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a move is refused."""

    NOT_FOUND = "not_found"  # key
    NOT_ALLOWED = "not_allowed"  # act, roles: the roles that may
    OUTSIDER = "outsider"  # guests, people of another company, bots, deactivated accounts
    UNKNOWN_PERSON = "unknown_person"  # the directory does not know them yet and Slack did not answer
    ALREADY = "already"  # status, by, at: what was asked for is true already
    WRONG_STATUS = "wrong_status"  # status, act, possible: acts that are possible now
    EMPTY = "empty"  # field
    TOO_LONG = "too_long"  # field, limit, length
    IN_THE_PAST = "in_the_past"  # field
    TOO_LATE = "too_late"  # field, latest
    UNKNOWN_TEAM = "unknown_team"  # team
    SAME_TEAM = "same_team"  # team
    SAME_PERSON = "same_person"  # user
    NOT_A_RESPONDER = "not_a_responder"  # user, team
    SAME_SEVERITY = "same_severity"  # severity
    REASON_NEEDED = "reason_needed"  # act
    NOTHING_CHANGED = "nothing_changed"  # act
    NUDGED_ALREADY = "nudged_already"  # at
    NO_CLOCK = "no_clock"  # nothing runs that could be nudged
    DUPLICATE_OF_ITSELF = "duplicate_of_itself"
    DUPLICATE_ENDED = "duplicate_ended"  # key, status: the one it should be a duplicate of has ended
    TOO_MANY = "too_many"  # field, limit
    BAD_LINK = "bad_link"  # field
    ROTATION_EMPTY = "rotation_empty"  # team: nobody else can take the shift


@dataclass(frozen=True, slots=True)
class Refusal:
    """A move that did not happen. `form_field` names the form's field at fault, where there is one."""

    code: Code
    facts: Mapping[str, object] = field(default_factory=dict)
    form_field: str | None = None
