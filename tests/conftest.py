"""Databases for every test that asks: each such test runs on SQLite and again on PostgreSQL.

Where PostgreSQL cannot start, these tests fail; they are never skipped. At the end the run says which
databases it used.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer, running_postgres

DATABASE = "database"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for the run (for each worker, where tests run side by side)."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, the test's own. Tests that ask for it run once on each."""
    if request.param == "sqlite":
        request.node.user_properties.append((DATABASE, "sqlite"))
        yield f"sqlite:///{tmp_path / 'escalations.db'}"
        return
    # Asked for by name, so that the tests on SQLite start no server.
    server: PostgresServer = request.getfixturevalue("postgres_server")
    request.node.user_properties.append((DATABASE, f"postgresql {server.version}"))
    name = server.create_database()
    yield server.url(name)
    server.drop_database(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on which databases the tests ran. Reports carry it, so it is true with parallel workers too."""
    used: dict[str, set[str]] = {"tests": set(), "stories": set()}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            databases = {value for name, value in report.user_properties if name == DATABASE}
            used["tests"] |= databases
            if report.nodeid.startswith("tests/stories/"):
                used["stories"] |= databases
    for what, databases in used.items():
        if databases:
            terminalreporter.write_line(f"{what} run on: {', '.join(sorted(databases, reverse=True))}")
