"""Secrets in what people type: gone before they are stored, from the log too, and the person is told."""

from pathlib import Path

import psycopg

from tests.stories.telling import Story

CARD = "4111 1111 1111 1111"
KEY = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"


async def test_a_card_number_and_an_api_key_reach_neither_database_nor_log_nor_channel(
    story: Story, database_url: str, tmp_path: Path
) -> None:
    view = await story.begin("mei", f"客户卡号{CARD}扣款失败 po_1NxQ7fLkdIwHu7ix")
    assert "1111 1111" not in str(view.body)
    await story.fill("mei", {"severity": "SEV2", "title_local": f"Charge fails, key {KEY}", "need": f"see {CARD}"})
    told = await story.submit("mei")
    assert "⚠️" in told
    card = await story.expect("engineering", "ESC-1", "Charge fails")
    await story.expect("mei", "ESC-1")
    await story.expect("support", "ESC-1")
    await story.expect("erin", "ESC-1")
    await story.calm()
    shown = story.person("erin").reads(story.now(card))
    assert "1111" in shown
    for secret in (CARD, CARD.replace(" ", ""), KEY):
        assert secret not in shown
        assert secret.encode() not in stored(database_url, tmp_path)
        assert secret not in str([call.arguments for call in story.town.log.calls])


def stored(database_url: str, folder: Path) -> bytes:
    """Every byte of the database and of the log."""
    files = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    return files if database_url.startswith("sqlite") else files + every_row(database_url)


def every_row(database_url: str) -> bytes:
    with psycopg.connect(database_url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [connection.execute(f'SELECT t::text FROM "{name}" t').fetchall() for (name,) in tables]
    assert any("ESC" in str(row) or "Charge fails" in str(row) for row in rows)
    return str(rows).encode()
