"""How bad it is: four severities, SEV1 the worst.

What each one means to a person is said by render; its targets stand in the rulebook's policies.
"""

from enum import StrEnum


class Severity(StrEnum):
    """A severity by its stored name. `rank` is 1 for the worst."""

    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"
    SEV4 = "SEV4"

    @property
    def rank(self) -> int:
        return int(self.value[-1])

    def is_worse_than(self, other: "Severity") -> bool:
        return self.rank < other.rank
