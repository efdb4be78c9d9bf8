"""The database's address, spelled as the program spells it."""

import pytest

from bot.settings.database_url import spell_database_url


@pytest.fixture
def url(database_url: str) -> str:
    return spell_database_url(database_url)
