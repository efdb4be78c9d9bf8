"""Tidying removes what nobody can ask for any more, a batch at a time, and nothing else."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, update
from sqlmodel import col

from bot.timers.tidy import Tidy
from models.queries import outbox
from models.rules.acts import Act
from models.tables import NoticeRow, ReceiptRow
from tests.queries.looking import notices, rows_of
from tests.queries.stage import Stage

OLD = timedelta(days=40)


async def test_old_receipts_and_finished_notices_go_and_the_rest_stays(stage: Stage) -> None:
    for number in range(7):
        await stage.done(Act.OPEN, receipt=f"delivery {number}")
    claimed = await stage.store.write(lambda c: outbox.claim(c, lease_seconds=30, limit=100))
    await stage.store.write(lambda c: [outbox.mark_sent(c, notice) for notice in claimed[:9]])
    before = len(await notices(stage))
    long_ago = stage.machine.now() - OLD

    def age(connection: Connection) -> None:
        finished, newest = col(NoticeRow.finished_at).is_not(None), "delivery 6"
        connection.execute(update(NoticeRow).where(finished).values(finished_at=long_ago))
        connection.execute(update(ReceiptRow).where(col(ReceiptRow.delivery) != newest).values(created_at=long_ago))

    await stage.store.write(age)
    await replace(Tidy(stage.store, stage.machine), batch=2).run()
    assert len(await notices(stage)) == before - 9
    receipts = await stage.store.read(lambda c: rows_of(c, ReceiptRow))
    assert [row["delivery"] for row in receipts] == ["delivery 6"]
