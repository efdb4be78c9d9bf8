"""The same database for work that nobody waits for: deliveries, ticks, tidying.

It shares the requests' connections. Without a bound a backlog of hundreds of notices would take all of
them, and whoever clicks would be told that the database cannot be reached (seen in bench.open).
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from models.session.store import Store

T = TypeVar("T")


class Background:
    """A store of which at most `at_once` pieces of work run at a time; the others wait their turn."""

    def __init__(self, store: Store, *, at_once: int = 3) -> None:
        self.dialect = store.dialect
        self._store = store
        self._turns = asyncio.Semaphore(at_once)

    async def write(self, work: Callable[[Connection], T]) -> T:
        async with self._turns:
            return await self._store.write(work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        async with self._turns:
            return await self._store.read(work)

    async def close(self) -> None:
        """Nothing of its own is open: whoever opened the store closes it."""
