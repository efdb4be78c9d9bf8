"""A company whose notices go to a Slack on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.session import Store
from tests.outbox.office import Office, an_office
from tests.queries.stage import a_store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with a_store(database_url) as opened:
        yield opened


@pytest.fixture
async def office(store: Store) -> AsyncIterator[Office]:
    async with an_office(store) as opened:
        yield opened


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Office]:
    """An office on SQLite only: for what is Slack's doing and no database's."""
    async with a_store(f"sqlite:///{tmp_path / 'escalations.db'}") as store, an_office(store) as opened:
        yield opened
