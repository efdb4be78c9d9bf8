"""What one person has before their eyes: channels, messages only for them, modals, their App Home.

Everything is handed out as a copy, but views: those are live, so that they can be filled in.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.sandbox.modal_scenes import read_view
from bot.sandbox.people.finding import NotThere
from bot.sandbox.reading import read_message
from bot.sandbox.records import Channel, Message, User
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


class Sight:
    """Somebody's eyes."""

    def __init__(self, workspace: "Workspace", user: User) -> None:
        self.workspace = workspace
        self.user = user
        self.id = user.id
        self.name = user.name

    @property
    def mention(self) -> str:
        """How a message mentions this person."""
        return f"<@{self.id}>"

    def sees(self, channel: str | Channel) -> list[Message]:
        """What stands in a channel for this person now, oldest first, replies and ephemerals included.

        Copies: a test can keep one and press its button when it is stale.
        """
        place = self.place(channel)
        if self.id not in place.members and (place.is_private or place.is_im):
            return []
        return sorted((m.copy() for m in self._standing_in(place)), key=lambda m: m.ts)

    def _standing_in(self, place: Channel, after: str = "") -> Iterator[Message]:
        """What this person sees of a channel, newer than `after`: the newest are looked at first."""
        for message in reversed(place.messages.values()):
            if message.ts <= after:
                break
            if not message.deleted:
                yield message
        yield from (m for m in self._whispered(after) if m.channel == place.id)

    def _whispered(self, after: str = "") -> Iterator[Message]:
        for message in self.workspace.ephemerals:
            if message.ephemeral_to == self.id and message.ts > after:
                yield message

    def seen_since(self, mark: str) -> list[Message]:
        """What appeared after this timestamp, anywhere this person is a member, or only for them."""
        mine = [c for c in self.workspace.channels.values() if self.id in c.members]
        seen = {m.ts: m for place in mine for m in self._standing_in(place, mark)}
        seen |= {m.ts: m for m in self._whispered(mark)}
        return [seen[ts].copy() for ts in sorted(seen)]

    def dms(self) -> list[Message]:
        """What stands in the direct message with the app."""
        return self.sees(self.workspace.app_dm(self.id))

    @property
    def ephemerals(self) -> list[Message]:
        """What only this person sees, oldest first, anywhere."""
        return [message.copy() for message in self._whispered()]

    @property
    def view(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self.workspace.views.stack(self.id)
        return stack[-1] if stack else None

    @property
    def modal(self) -> View:
        """The modal on top. Raises `NotThere` if none is open."""
        if self.view is None:
            raise NotThere(f"{self.name} has no modal open; lately:\n{self.workspace.log.tail()}")
        return self.view

    async def waits_for_modal(self, timeout: float = 5.0) -> View:
        """The modal on top, as soon as there is one."""
        return await self.workspace.until(lambda: self.view, timeout)

    @property
    def home(self) -> View | None:
        """The App Home that was published for this person."""
        return self.workspace.views.homes.get(self.id)

    def reads(self, thing: Message | View) -> str:
        """The words on a message, a modal or a home, as this person reads them."""
        if isinstance(thing, View):
            return read_view(self.workspace, thing)
        return read_message(self.workspace, thing, self.user)

    def place(self, channel: str | Channel) -> Channel:
        """The channel that is meant, by id or name."""
        return channel if isinstance(channel, Channel) else self.workspace.channel(channel)
