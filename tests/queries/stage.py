"""A migrated database with one company in it, and the rooms that work on it, for the tests that need one.

The company is the builders'. Its rulebook is not parsed: each stored config version is the builders' own, so
that these tests are about storing and not about reading files. Business time stands still at NOW.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.clock import BusinessClock, MachineClock
from bot.desk import Asker, Desk, Done, Refused
from bot.settings.database_url import spell_database_url
from models.migrations import migrate
from models.queries import directory, workspaces
from models.queries.facts import cases_by
from models.queries.rulebooks import Rulebooks, put_in_force
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.people import Person
from models.rules.rulebook import Rulebook
from models.session import Store, open_store
from tests.builders import MEI, NOW, a_rulebook, the_people
from tests.rules.playing import GOOD_FORMS

T = TypeVar("T")


@dataclass
class Stage:
    """One workspace and everything that reads and writes it. `learned` is whom the desk asked Slack about,
    `answers` whether Slack knows them; `rulebook` is what every stored version means."""

    store: Store
    workspace_id: int
    books: Rulebooks
    clock: BusinessClock
    machine: MachineClock
    rulebook: Rulebook
    learned: list[Asker] = field(default_factory=list)
    woken: int = 0

    def __post_init__(self) -> None:
        self.desk = Desk(
            store=self.store,
            books=self.books,
            clock=self.clock,
            machine=self.machine,
            learn=self.learn,
            wake=self.wake,
        )

    async def learn(self, who: Asker) -> bool:
        """Slack, as far as the desk knows it: silent."""
        self.learned.append(who)
        return False

    def wake(self) -> None:
        self.woken += 1

    def asker(self, user_id: str) -> Asker:
        return Asker(self.workspace_id, user_id)

    async def write(self, work: Any, *arguments: Any, **named: Any) -> Any:
        """Runs a query that takes the connection and the workspace first."""
        return await self.store.write(lambda c: work(c, self.workspace_id, *arguments, **named))

    async def read(self, work: Any, *arguments: Any, **named: Any) -> Any:
        return await self.store.read(lambda c: work(c, self.workspace_id, *arguments, **named))

    async def perform(self, act: Act, form: Any = None, *, actor: str = MEI, **how: Any) -> Done | Refused:
        """An act through the desk, with the one good form where none is given."""
        return await self.desk.perform(act, GOOD_FORMS[act] if form is None else form, who=self.asker(actor), **how)

    async def done(self, act: Act, form: Any = None, *, actor: str = MEI, **how: Any) -> Done:
        """An act that is not refused."""
        outcome = await self.perform(act, form, actor=actor, **how)
        assert isinstance(outcome, Done), outcome
        return outcome

    async def opened(self, form: Any = None, *, actor: str = MEI) -> Case:
        return (await self.done(Act.OPEN, form, actor=actor)).case

    async def case(self, number: int) -> Case:
        """The case as it is stored."""
        found: dict[int, Case] = await self.read(cases_by, numbers=[number])
        return found[number]

    async def facts(self, number: int | None = None, *, actor: str = MEI) -> Facts:
        return await self.desk.facts(self.asker(actor), number)

    def later(self, **how: float) -> None:
        """Business time goes on by so much, and stands still again."""
        self.clock.jump(seconds=timedelta(**how).total_seconds())


@asynccontextmanager
async def a_store(database_url: str) -> AsyncIterator[Store]:
    """A migrated store, closed at the end."""
    url = spell_database_url(database_url)
    await migrate(url)
    opened = open_store(url)
    try:
        yield opened
    finally:
        await opened.close()


async def a_stage(store: Store, *, team_id: str = "T0COMPANY01", rulebook: Rulebook | None = None) -> Stage:
    """A company in the store: its workspace, the rules in force, and everybody."""
    machine = MachineClock()
    clock = BusinessClock(machine, start_at=NOW)
    clock.pause()
    book = rulebook or a_rulebook()
    workspace_id = await store.write(lambda connection: _found(connection, team_id, the_people()))
    return Stage(
        store, workspace_id, Rulebooks(lambda _, version: replace(book, version=version)), clock, machine, book
    )


def _found(connection: Connection, team_id: str, people: dict[str, Person]) -> int:
    workspace = workspaces.save(connection, team_id, name="Company", bot_user_id="U0BOT000001", now=NOW)
    put_in_force(connection, workspace.id, "the rules", now=NOW, by=None)
    known = [directory.KnownPerson(p.user_id, p.name, p.kind, p.locale, p.time_zone) for p in people.values()]
    directory.save_people(connection, workspace.id, known, now=NOW)
    return workspace.id
