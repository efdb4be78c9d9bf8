"""An office for every test that wants one: a workspace whose bot is running, on a database of its own."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.clock import MachineClock
from bot.log import configure_logging
from models.migrations import migrate
from tests.handlers.office import Office, open_office


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once for the run."""
    database = tmp_path_factory.mktemp("office") / "empty.db"
    asyncio.run(migrate(f"sqlite:///{database}"))
    return database


@pytest.fixture
def log_lines() -> Iterator[StringIO]:
    """The log as the running bot writes it."""
    lines = StringIO()
    configure_logging(level="WARNING", style="json", now=MachineClock().now, stream=lines)
    yield lines
    structlog.reset_defaults()


@pytest.fixture
async def office(migrated: Path, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[Office]:
    """A running bot; at the end no error may stand in its log but those that the test expected."""
    database = tmp_path / "office.db"
    shutil.copy(migrated, database)
    async with open_office(database) as running:
        yield running
        expected = running.expected_errors
    errors = [line for line in map(json.loads, log_lines.getvalue().splitlines()) if line["level"] == "error"]
    assert [line for line in errors if line["event"] not in expected] == []
