"""A story for every test that asks: on SQLite, and again on PostgreSQL."""

from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest

from tests.stories.telling import Story, telling

BROKEN = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note that a story broke: what it leaves behind then says nothing."""
    report = yield
    if call.when == "call":
        item.stash[BROKEN] = report.failed
    return report


class Broke(Exception):
    """Ends the stage of a story that broke, without a look at what is left on it."""


@pytest.fixture
async def story(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    """The usual stage: HTTP mode, the example's rules, a Tuesday at 10:00 in Singapore."""
    try:
        async with telling(database_url, tmp_path) as told:
            yield told
            if request.node.stash.get(BROKEN, False):
                raise Broke
    except Broke:
        return
