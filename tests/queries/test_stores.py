"""One transaction a piece of work: all of it or nothing, whoever else is working, whatever is away."""

import asyncio
import socket
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.util import await_only

from bot.settings.database_url import spell_database_url
from models.migrations import migrate
from models.session import StorageUnavailable, Store, WriteConflict, open_store
from models.session.postgres import PostgresStore
from models.session.store import database_now
from tests.postgres import PostgresServer, free_port
from tests.queries.looking import sql
from tests.queries.stage import a_store

# A click is answered within 2.5 s: a database that is away must be known before.
SOON = 2.0


def put(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO proof (name) VALUES (:name)"), {"name": name})
        return name

    return work


def names(connection: Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute(text("SELECT name FROM proof ORDER BY name"))]


@pytest.fixture
async def proof(store: Store) -> Store:
    """A store with a table of unique names."""
    await store.write(sql("CREATE TABLE proof (name TEXT PRIMARY KEY)"))
    return store


async def test_what_was_written_is_read(proof: Store) -> None:
    assert await proof.write(put("one")) == "one"
    assert await proof.read(names) == ["one"]


async def test_work_that_fails_leaves_nothing_and_its_error_reaches_whoever_asked(proof: Store) -> None:
    def work(connection: Connection) -> None:
        put("half")(connection)
        raise LookupError("no")

    with pytest.raises(LookupError):
        await proof.write(work)
    assert await proof.read(names) == []


async def test_one_failing_piece_of_work_takes_nobody_along(proof: Store) -> None:
    await proof.write(put("taken"))
    tasks = [proof.write(put(name)) for name in ("a", "taken", "b", "taken", "c")]
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [str, IntegrityError, str, IntegrityError, str]
    assert await proof.read(names) == ["a", "b", "c", "taken"]


async def test_a_misspelled_statement_is_our_mistake_and_not_the_databases(proof: Store) -> None:
    with pytest.raises(DBAPIError):
        await proof.write(lambda c: c.execute(text("SELECT nothing FROM nowhere")))


async def test_a_conflict_raised_by_the_work_rolls_it_back(proof: Store) -> None:
    def work(connection: Connection) -> None:
        put("late")(connection)
        raise WriteConflict("somebody was first")

    with pytest.raises(WriteConflict):
        await proof.write(work)
    assert await proof.read(names) == []


async def test_hundreds_at_once_are_each_answered_with_their_own(proof: Store) -> None:
    wanted = [f"n{number:03}" for number in range(200)]
    assert await asyncio.gather(*(proof.write(put(name)) for name in wanted)) == wanted
    assert await proof.read(names) == wanted


async def test_a_read_of_several_statements_sees_one_state(proof: Store) -> None:
    loop = asyncio.get_running_loop()
    before, after = threading.Event(), threading.Event()

    def work(connection: Connection) -> tuple[list[str], list[str]]:
        first = names(connection)
        before.set()
        if proof.dialect == "sqlite":
            after.wait(10)
        else:
            # The work runs on the loop's own thread here: the other one writes through a connection of its own.
            write_elsewhere()
        return first, names(connection)

    def write_elsewhere() -> None:
        url = proof._writing.url.set(drivername="postgresql").render_as_string(hide_password=False)  # type: ignore[attr-defined]
        with psycopg.connect(url) as connection:
            connection.execute("INSERT INTO proof VALUES ('later')")

    reading = loop.create_task(proof.read(work))
    if proof.dialect == "sqlite":
        await asyncio.to_thread(before.wait, 10)
        await proof.write(put("later"))
        after.set()
    assert await reading == ([], [])
    assert await proof.read(names) == ["later"]


async def test_the_databases_time_is_aware_utc(store: Store) -> None:
    now = await store.read(database_now)
    assert now.utcoffset() is not None
    assert abs(now.timestamp() - time.time()) < 60


async def test_a_closed_store_takes_no_more_work(database_url: str) -> None:
    store = open_store(spell_database_url(database_url))
    await store.close()
    if store.dialect == "sqlite":
        with pytest.raises(StorageUnavailable):
            await store.write(names)
        with pytest.raises(StorageUnavailable):
            await store.read(names)


# SQLite: one file, one writer.


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    return tmp_path / "escalations.db"


@pytest.fixture
async def lite(file: Path) -> AsyncIterator[Store]:
    async with a_store(f"sqlite:///{file}") as opened:
        await opened.write(sql("CREATE TABLE proof (name TEXT PRIMARY KEY)"))
        yield opened


@pytest.fixture
def locked(file: Path, lite: Store) -> Iterator[sqlite3.Connection]:
    """Another program that holds the file's lock."""
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def test_work_given_up_before_it_began_does_not_run(lite: Store) -> None:
    holding, go_on = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        holding.set()
        go_on.wait(10)

    first = asyncio.create_task(lite.write(hold))
    await asyncio.to_thread(holding.wait, 10)
    given_up = asyncio.create_task(lite.write(put("never")))
    wanted = asyncio.create_task(lite.write(put("wanted")))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    go_on.set()
    await asyncio.gather(first, wanted)
    assert await lite.read(names) == ["wanted"]


async def test_a_locked_file_is_storage_unavailable_soon_and_works_again(
    lite: Store, locked: sqlite3.Connection
) -> None:
    started = time.monotonic()
    with pytest.raises(StorageUnavailable):
        await lite.write(put("one"))
    assert time.monotonic() - started < SOON
    locked.execute("ROLLBACK")
    await lite.write(put("two"))
    assert await lite.read(names) == ["two"]


async def test_many_small_writes_share_commits(lite: Store, file: Path) -> None:
    changes = sqlite3.connect(file)
    before = changes.execute("PRAGMA data_version").fetchone()
    await asyncio.gather(*(lite.write(put(f"{number:03}")) for number in range(100)))
    assert changes.execute("PRAGMA data_version").fetchone() != before
    assert changes.execute("SELECT count(*) FROM proof").fetchone() == (100,)
    changes.close()


async def test_the_file_survives_whoever_wrote_it(file: Path, lite: Store) -> None:
    await lite.write(put("kept"))
    again = open_store(f"sqlite:///{file}")
    assert await again.read(names) == ["kept"]
    await again.close()


# PostgreSQL: a pool, and a server that may be away.


@pytest.fixture
def server_url(postgres_server: PostgresServer) -> str:
    return postgres_server.url(postgres_server.create_database())


@pytest.fixture
async def postgres(server_url: str) -> AsyncIterator[PostgresStore]:
    await migrate(spell_database_url(server_url))
    opened = PostgresStore(spell_database_url(server_url), pool_size=2)
    await opened.write(sql("CREATE TABLE proof (name TEXT PRIMARY KEY)"))
    yield opened
    await opened.close()


def end_all_connections(server_url: str) -> None:
    """What a restart of the server does to a pool."""
    with psycopg.connect(server_url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_restart_of_the_server_is_not_seen_by_whoever_comes_next(
    postgres: PostgresStore, server_url: str
) -> None:
    await asyncio.gather(*(postgres.write(put(name)) for name in "abcd"))
    await asyncio.to_thread(end_all_connections, server_url)
    await asyncio.gather(*(postgres.write(put(name)) for name in "efgh"))
    await asyncio.to_thread(end_all_connections, server_url)
    assert await postgres.read(names) == list("abcdefgh")


async def test_a_deadlock_is_a_conflict_for_one_and_nothing_for_the_other(postgres: PostgresStore) -> None:
    await asyncio.gather(postgres.write(put("a")), postgres.write(put("b")))
    both = asyncio.Barrier(2)

    def crossing(mine: str, other: str) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            connection.execute(text("UPDATE proof SET name = name WHERE name = :name"), {"name": mine})
            await_there(both)
            connection.execute(text("UPDATE proof SET name = name WHERE name = :name"), {"name": other})

        return work

    outcomes = await asyncio.gather(
        postgres.write(crossing("a", "b")),
        postgres.write(crossing("b", "a")),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "WriteConflict"]


def await_there(barrier: asyncio.Barrier) -> None:
    """Waits for the other piece of work, from within one: both run on this loop, in greenlets."""
    await_only(barrier.wait())


async def test_a_server_that_is_not_there_is_storage_unavailable_at_once() -> None:
    store = open_store(f"postgresql+asyncpg://postgres:none@127.0.0.1:{free_port()}/none")
    await refused_soon(store)


async def test_a_server_that_never_answers_is_storage_unavailable_soon() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        store = open_store(f"postgresql+asyncpg://postgres:none@127.0.0.1:{silent.getsockname()[1]}/none")
        await refused_soon(store)


async def test_a_database_that_does_not_exist_or_a_wrong_password_is_storage_unavailable(
    postgres_server: PostgresServer,
) -> None:
    url = spell_database_url(postgres_server.url("nowhere"))
    await refused_soon(open_store(url))
    await refused_soon(open_store(url.replace(postgres_server.password, "guess")))


async def test_a_pool_that_others_hold_is_storage_unavailable_soon(postgres: PostgresStore, server_url: str) -> None:
    with psycopg.connect(server_url) as holder:
        holder.execute("SELECT pg_advisory_lock(1)")
        waiting = [asyncio.create_task(postgres.write(sql("SELECT pg_advisory_xact_lock(1)"))) for _ in range(2)]
        await asyncio.to_thread(wait_for_waiters, holder, 2)
        started = time.monotonic()
        with pytest.raises(StorageUnavailable):
            await postgres.write(put("no room"))
        assert time.monotonic() - started < SOON
        holder.execute("SELECT pg_advisory_unlock(1)")
        await asyncio.gather(*waiting)
    await postgres.write(put("room"))
    assert await postgres.read(names) == ["room"]


def wait_for_waiters(holder: psycopg.Connection[tuple[int]], wanted: int) -> None:
    give_up_at, found = time.monotonic() + 20, None
    while found != (wanted,) and time.monotonic() < give_up_at:
        found = holder.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone()
    assert found == (wanted,)


async def refused_soon(store: Store) -> None:
    started = time.monotonic()
    with pytest.raises(StorageUnavailable):
        await store.write(names)
    assert time.monotonic() - started < SOON
    await store.close()


async def test_work_given_up_while_it_waits_changes_nothing_and_returns_its_connection(
    postgres: PostgresStore, server_url: str
) -> None:
    def work(connection: Connection) -> None:
        put("half")(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(2)"))

    with psycopg.connect(server_url) as holder:
        holder.execute("SELECT pg_advisory_lock(2)")
        for _ in range(6):
            task = asyncio.create_task(postgres.write(work))
            await asyncio.to_thread(wait_for_waiters, holder, 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.to_thread(wait_for_waiters, holder, 0)
    assert await postgres.read(names) == []


async def test_reads_cannot_write(postgres: PostgresStore) -> None:
    with pytest.raises(DBAPIError):
        await postgres.read(put("sneaked in"))
    assert await postgres.read(names) == []
