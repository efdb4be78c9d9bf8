"""Working time: how much of it lies between two moments, and when some of it will have passed.

A moment is working time when the wall clock of the calendar's zone then shows a time inside a span of a
day that is worked. Nothing is said of edges in a change of clocks, because nothing needs to be: an hour
that is skipped has no moments, an hour that happens twice counts twice, as it does for the people there.

`days` says which spans a date has, `wall` turns them into UTC, `table` adds them up, and
`working_time` is what others call.
"""

from models.rules.hours.days import country_is_known, region_is_known
from models.rules.hours.working_time import NoWorkingTime, WorkingTime, seconds_of, working_time

__all__ = [
    "NoWorkingTime",
    "WorkingTime",
    "country_is_known",
    "region_is_known",
    "seconds_of",
    "working_time",
]
