"""The database's address: every spelling that people paste."""

import pytest

from bot.settings import spell_database_url


@pytest.mark.parametrize(
    ("pasted", "spelled"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p%40@h:5433/d", "postgresql+asyncpg://u:p%40@h:5433/d"),
        ("postgresql+psycopg2://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("POSTGRES://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgres://u@h/d?sslmode=require", "postgresql+asyncpg://u@h/d?ssl=require"),
        ("postgresql:///d?host=/run/pg", "postgresql+asyncpg:///d?host=%2Frun%2Fpg"),
        ("postgres://u@[::1]:5432/d", "postgresql+asyncpg://u@[::1]:5432/d"),
        (" sqlite:///escalations.db\n", "sqlite:///escalations.db"),
        ("sqlite:////data/escalations.db", "sqlite:////data/escalations.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite:///x.db"),
        ("sqlite3:///x.db", "sqlite:///x.db"),
        ("escalations.db", "sqlite:///escalations.db"),
        ("/data/escalations.db", "sqlite:////data/escalations.db"),
        ("./数据.db", "sqlite:///./数据.db"),
    ],
)
def test_a_pasted_address_is_spelled_one_way(pasted: str, spelled: str) -> None:
    assert spell_database_url(pasted) == spelled
    assert spell_database_url(spelled) == spelled


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("mysql://u:p@h/d", "neither PostgreSQL nor SQLite"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("sqlite:///data/", "a folder"),
        ("u:p@host/d", "neither an address nor"),
        ("postgres://u:p@/d", "no host"),
        ("postgres://u:p@h", "no database"),
        ("postgres://u:p@h/", "no database"),
        ("postgres://u:p#q@h/d", "%23"),
        ("postgres://u:p@h:port/d", "cannot be read"),
        ("postgres://u:p@h/d?channel_binding=require", "channel_binding"),
        ("postgres://u:p@[h/d", "cannot be read"),
    ],
)
def test_an_address_that_cannot_work_is_refused_in_plain_words(pasted: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        spell_database_url(pasted)
    assert "u:p" not in str(caught.value)
