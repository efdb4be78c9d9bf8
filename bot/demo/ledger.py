"""The ledger of the bot's messages: each must be expected by somebody, or the story fails.

A story says what it expects, where, in which words; the ledger waits for it and crosses it off. At the end
`left` must be empty. Edits are not messages: what a card shows by now is asked with `shows`.
"""

from collections.abc import Callable, Iterator

from bot.sandbox import Workspace
from bot.sandbox.posting import place_of
from bot.sandbox.reading import read_message, read_text
from bot.sandbox.records import Message

LONGEST_WAIT_SECONDS = 10.0


class NotAsExpected(AssertionError):
    """The story went another way; the message says how."""


class Ledger:
    """Every message of the app in one workspace, and which of them were expected."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._expected: set[tuple[str, str]] = set()

    async def expect(
        self, place: str, *words: str, in_thread: bool | None = None, timeout: float = LONGEST_WAIT_SECONDS
    ) -> Message:
        """The oldest unexpected message at `place` that holds all the words; from now on it is expected.

        `place` is a channel, or a person: what the app tells them directly. `in_thread` says whether it must stand
        in a thread, or must not; otherwise both will do.
        """
        found = await self._wait(lambda: self._find(place, words, in_thread), timeout)
        if found is None:
            there = "\n".join(self.left()) or "nothing"
            raise NotAsExpected(f"{place} was not told {' … '.join(words)!r}; not expected so far:\n{there}")
        self._expected.add((found.channel, found.ts))
        return found.copy()

    async def shows(self, message: Message, *words: str, timeout: float = LONGEST_WAIT_SECONDS) -> Message:
        """The message as it stands, once it holds all the words."""

        def standing() -> Message | None:
            now = self._workspace.channels[message.channel].messages[message.ts]
            return now if not now.deleted and self._holds(now, words) else None

        found = await self._wait(standing, timeout)
        if found is None:
            now = self._workspace.channels[message.channel].messages[message.ts]
            raise NotAsExpected(f"it does not show {' … '.join(words)!r}, but:\n{self._read(now)}")
        return found.copy()

    def left(self) -> list[str]:
        """What nobody expected, one entry a message."""
        return [self._told(m) for m in self._messages() if (m.channel, m.ts) not in self._expected]

    def expect_everything(self) -> None:
        """Cross off whatever has been said so far: what comes before a story begins to look."""
        self._expected |= {(m.channel, m.ts) for m in self._messages()}

    async def _wait(self, find: Callable[[], Message | None], timeout: float) -> Message | None:
        try:
            return await self._workspace.until(find, timeout)
        except TimeoutError:
            return None

    def _find(self, place: str, words: tuple[str, ...], in_thread: bool | None) -> Message | None:
        for message in self._messages():
            new = (message.channel, message.ts) not in self._expected
            there = self._is_at(place, message) and in_thread in (None, message.is_reply)
            if new and there and self._holds(message, words):
                return message
        return None

    def _messages(self) -> Iterator[Message]:
        yield from (m for m in self._workspace.messages() if m.bot_id is not None)
        yield from (m for m in self._workspace.ephemerals if m.bot_id is not None)

    def _is_at(self, place: str, message: Message) -> bool:
        channel = self._workspace.channels[message.channel]
        reader = message.ephemeral_to or channel.user_id
        if reader is None:
            return place.lstrip("#") in (channel.name, channel.id)
        return self._workspace.users[reader].name == place

    def _holds(self, message: Message, words: tuple[str, ...]) -> bool:
        shown = self._read(message)
        return all(word in shown for word in words)

    def _read(self, message: Message) -> str:
        """Everything that somebody reads of it: the notification and the blocks."""
        channel = self._workspace.channels[message.channel]
        reader = self._workspace.users.get(message.ephemeral_to or channel.user_id or "")
        notification = read_text(self._workspace, message.text, reader)
        return notification + "\n" + read_message(self._workspace, message, reader)

    def _told(self, message: Message) -> str:
        place = place_of(self._workspace, self._workspace.channels[message.channel])
        whisper = " (only to one)" if message.is_ephemeral else ""
        thread = " (thread)" if message.is_reply else ""
        body = read_message(self._workspace, message, None).replace("\n", "\n    ")
        return f"  {place}{thread}{whisper}:\n    {body}"
