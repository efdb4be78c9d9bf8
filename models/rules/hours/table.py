"""A table of working stretches with a running sum: any question about it is one or two bisects.

Immutable, so that threads may share one while another builds a longer one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from models.rules.hours.wall import merged, year_start


@dataclass(frozen=True, slots=True)
class Table:
    """Working stretches of whole UTC years: where each starts, where it ends, what was worked before it.

    All in seconds. `years` is empty for a table that covers all time.
    """

    years: range
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sums: tuple[int, ...]

    @classmethod
    def of(cls, years: range, stretches: Iterable[tuple[int, int]]) -> "Table":
        """The table of rising stretches."""
        joined = merged(stretches)
        starts, ends = tuple(start for start, _ in joined), tuple(end for _, end in joined)
        return cls(years, starts, ends, tuple(accumulate((b - a for a, b in joined), initial=0)))

    @property
    def stretches(self) -> list[tuple[int, int]]:
        return list(zip(self.starts, self.ends, strict=True))

    @property
    def total(self) -> int:
        """All working seconds of the table."""
        return self.sums[-1]

    @property
    def begins(self) -> int:
        return year_start(self.years.start) if self.years else self.starts[0]

    @property
    def covered_to(self) -> int:
        return year_start(self.years.stop) if self.years else self.ends[-1]

    def covers(self, at: int) -> bool:
        return self.begins <= at < self.covered_to

    def worked_before(self, at: int) -> int:
        """Working seconds from the table's beginning to a moment."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        return self.sums[index] + min(at, self.ends[index]) - self.starts[index]

    def moment_of(self, worked: int) -> int | None:
        """The first moment at which that much has been worked; None where the table ends before."""
        if not 0 < worked <= self.total:
            return None
        index = bisect_left(self.sums, worked) - 1
        return self.starts[index] + worked - self.sums[index]

    def at(self, moment: int) -> tuple[int, int] | None:
        """The working stretch that a moment lies in."""
        index = bisect_right(self.starts, moment) - 1
        return (self.starts[index], self.ends[index]) if index >= 0 and moment < self.ends[index] else None

    def after(self, moment: int) -> int | None:
        """Where the first stretch that starts after a moment starts."""
        index = bisect_right(self.starts, moment)
        return self.starts[index] if index < len(self.starts) else None

    def within(self, first: int, last: int) -> list[tuple[int, int]]:
        """The working stretches between two moments that the table covers, cut off at both."""
        low, high = bisect_right(self.ends, first), bisect_left(self.starts, last)
        return [(max(self.starts[i], first), min(self.ends[i], last)) for i in range(low, high)]
