"""The database cannot be reached: nothing is promised, what was typed stays, and it goes on when it is back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.stories.telling import Story, telling

Away = Callable[[], AbstractAsyncContextManager[None]]
LOST = (
    "storage_unavailable",
    "answer_took_too_long",
    "tick_failed",
    "outbox_not_read",
    "delivery_not_marked",
    "event_not_saved",
    "probe",
)


async def test_a_submission_keeps_its_draft_while_the_database_is_away_and_is_saved_later(
    database_url: str, tmp_path: Path
) -> None:
    async with breakable(database_url) as (url, away), telling(url, tmp_path) as story:
        await fill_in(story)
        for event in LOST:
            story.forgive_error(event)
        async with away():
            refused = await story.person("mei").submit()
            assert refused.kind == "errors", (refused.kind, refused.why)
            # Whose language cannot be looked up now reads both.
            said = " ".join(refused.errors.values())
            assert "try again" in said
            assert "请" in said
            assert refused.answer.latency_seconds < 3.0
            view = await story.opened_view("mei")
            assert "Release it" in str(view.values)
        await story.submit("mei")
        await story.expect("engineering", "ESC-1")
        await story.expect("mei", "ESC-1")
        await story.expect("support", "ESC-1")
        await story.expect("erin", "ESC-1")


async def fill_in(story: Story) -> None:
    await story.begin("mei", "提现未到账 po_1NxQ7fLkdIwHu7ix")
    await story.fill("mei", {"severity": "SEV2", "title_local": "Payout not received", "need": "Release it"})
    await story.calm()


@asynccontextmanager
async def breakable(database_url: str) -> AsyncIterator[tuple[str, Away]]:
    """A database's URL, and what takes it away for a while: somebody locks the file, or the network is cut."""
    if database_url.startswith("sqlite"):
        yield database_url, lambda: locked(Path(database_url.removeprefix("sqlite:///")))
        return
    wire = Wire(urlsplit(database_url).port or 5432)
    await wire.join()
    yield database_url.replace(f":{wire.target}/", f":{wire.port}/"), wire.cut
    await wire.close()


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


class Wire:
    """A connection to a port of this machine that can be cut and joined again."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def join(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    @asynccontextmanager
    async def cut(self) -> AsyncIterator[None]:
        await self.close()
        try:
            yield
        finally:
            await self.join()

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self.target)
        both = {writer, onward_writer}
        self._open |= both
        try:
            await asyncio.gather(pump(reader, onward_writer), pump(onward_reader, writer))
        finally:
            self._open -= both
            for each in both:
                each.transport.abort()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until either end is gone."""
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()
