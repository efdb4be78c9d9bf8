"""PostgreSQL through asyncpg: a pool, one transaction a piece of work.

A connection that PostgreSQL closed under us (a restart, a failover) is found out by the first statement;
nothing was changed then, so the work is tried once more on a new connection. An error at COMMIT is never
tried again: it may have happened, and the caller's receipt decides.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from models.session.errors import StorageUnavailable, translate

T = TypeVar("T")

# Whoever clicked is answered within 2.5 s, so that a database which is away is known before.
_CONNECT_SECONDS = 1.5
_STATEMENT_SECONDS = 5.0


class PostgresStore:
    """A pool of PostgreSQL connections. `pool_size` is per process; see the README on sizing."""

    dialect = "postgresql"

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self._writing = create_async_engine(
            url,
            pool_size=pool_size,
            # None beyond them: each would be opened and closed again for one piece of work.
            max_overflow=0,
            connect_args={"timeout": _CONNECT_SECONDS, "command_timeout": _STATEMENT_SECONDS},
        )
        # The same pool. A read takes several statements, which must all see one state.
        self._reading = self._writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def write(self, work: Callable[[Connection], T]) -> T:
        return await self._attempt(self._writing, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._attempt(self._reading, work)

    async def close(self) -> None:
        await self._writing.dispose()

    async def _attempt(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        try:
            return await self._once(engine, work)
        except _LostBeforeCommit:
            pass
        try:
            return await self._once(engine, work)
        except _LostBeforeCommit as error:
            raise StorageUnavailable(str(error)) from error

    async def _once(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        try:
            async with _connected(engine) as connection:
                try:
                    result: Any = await connection.run_sync(work)
                except DBAPIError as error:
                    if error.connection_invalidated:
                        raise _LostBeforeCommit(type(error.orig).__name__) from error
                    raise
                await connection.commit()
                return result  # type: ignore[no-any-return]
        except (DBAPIError, PoolTimeout, OSError, TimeoutError) as error:
            ours = translate(error)
            if ours is error:
                raise
            raise ours from error


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection of the pool. Waiting for the pool and connecting share one limit of time."""
    connection = engine.connect()
    async with asyncio.timeout(_CONNECT_SECONDS):
        await connection.start()
    try:
        yield connection
    finally:
        # Shielded, so that a request which is given up does not leave its connection half returned.
        await asyncio.shield(asyncio.ensure_future(connection.close()))


class _LostBeforeCommit(Exception):
    """The connection was gone before anything was committed."""
