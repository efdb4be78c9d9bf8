"""Posts on a schedule: each schedule's next time is a row, computed by a cron line.

The row and what it causes move in one commit, so replicas and restarts change nothing: an occurrence
happens once, late if it must. Today there is one kind, the daily digest of a team.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.clock import BusinessClock, MachineClock
from bot.timers.scheduler import next_fire
from models.queries import lists, outbox, timers
from models.queries.rulebooks import Rulebooks, current_version
from models.queries.timers import DueSchedule
from models.queries.workspaces import every
from models.rules.change import Notice, NoticeKind, Place
from models.rules.hours import working_time
from models.rules.rulebook import HoursMode, Rulebook, Team
from models.session import Connection, StorageUnavailable, Store, WriteConflict, in_savepoint

log = structlog.get_logger(__name__)

_DIGEST = "digest:"
_BATCH = 50
_PUT_OFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Schedules:
    """The tick for posts on a schedule."""

    store: Store
    books: Rulebooks
    clock: BusinessClock
    machine: MachineClock
    wake: Callable[[], None]

    async def plan(self) -> None:
        """Gives every team's digest its row where it has none: at the start, and after a new config."""
        await self.store.write(self._plan)

    async def run_due(self) -> int:
        """Runs the schedules that are due; returns how many."""
        done = await self.store.write(self._run)
        if done:
            self.wake()
        return done

    def _plan(self, connection: Connection) -> None:
        for workspace in every(connection):
            known = timers.schedules(connection, workspace.id)
            book = self._book(connection, workspace.id)
            for team in book.teams.values():
                if _DIGEST + team.key not in known:
                    self._set_next(connection, workspace.id, book, team)

    def _run(self, connection: Connection) -> int:
        now = self.clock.now()
        due = timers.claim_schedules(connection, now=now, limit=_BATCH)
        for schedule in due:
            if not self._run_safely(connection, schedule, now):
                timers.postpone(connection, [schedule.row_id], now + _PUT_OFF)
        timers.remove_spent(connection, [schedule.row_id for schedule in due], now=now)
        return len(due)

    def _run_safely(self, connection: Connection, due: DueSchedule, now: datetime) -> bool:
        """Runs one schedule. False if it failed: then it has done nothing."""
        try:
            in_savepoint(connection, lambda: self._run_one(connection, due, now))
        except (StorageUnavailable, WriteConflict):
            raise
        except Exception as error:
            log.error("schedule_failed", schedule=due.schedule, error=type(error).__name__, exc_info=True)
            return False
        return True

    def _run_one(self, connection: Connection, due: DueSchedule, now: datetime) -> None:
        book = self._book(connection, due.workspace_id)
        team = book.teams.get(due.schedule.removeprefix(_DIGEST))
        if team is None:
            return  # the team is gone from the rules: so is its digest
        self._set_next(connection, due.workspace_id, book, team)
        if working_time(team.calendar, HoursMode.BUSINESS).spans(*_day_of(now, team)):
            notices = _digests(connection, due.workspace_id, team, due.fires_at)
            outbox.add_loose(connection, due.workspace_id, notices, created_at=self.machine.now())
            log.info("digest_due", team=team.key, notices=len(notices))

    def _set_next(self, connection: Connection, workspace_id: int, book: Rulebook, team: Team) -> None:
        at = next_fire(
            book.digest_at.hour,
            book.digest_at.minute,
            days="*",
            time_zone=team.calendar.time_zone,
            after=self.clock.now(),
        )
        timers.set_schedule(connection, workspace_id, _DIGEST + team.key, at)

    def _book(self, connection: Connection, workspace_id: int) -> Rulebook:
        return self.books.get(connection, workspace_id, current_version(connection, workspace_id))


def _digests(connection: Connection, workspace_id: int, team: Team, at: datetime) -> list[Notice]:
    """One for the lead, one for each owner; none where nothing is open. They are read again when sent."""
    if not lists.open_of_team(connection, workspace_id, team.key, limit=1):
        return []
    facts = {"team": team.key, "at": at.isoformat()}
    owners = lists.owners_of_open(connection, workspace_id, team.key)
    told = [Notice(NoticeKind.DIGEST, Place.DIRECT, owner, facts | {"for": "owner"}) for owner in owners]
    return [*told, Notice(NoticeKind.DIGEST, Place.DIRECT, team.lead, facts | {"for": "lead"})]


def _day_of(now: datetime, team: Team) -> tuple[datetime, datetime]:
    """The team's local day around `now`, in UTC."""
    zone = ZoneInfo(team.calendar.time_zone)
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=1)).replace(hour=0)
    return start.astimezone(UTC), end.astimezone(UTC)
