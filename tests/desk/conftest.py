"""A migrated store, and a company in it."""

from collections.abc import AsyncIterator

import pytest

from models.session import Store
from tests.queries.stage import Stage, a_stage, a_store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with a_store(database_url) as opened:
        yield opened


@pytest.fixture
async def stage(store: Store) -> Stage:
    return await a_stage(store)
