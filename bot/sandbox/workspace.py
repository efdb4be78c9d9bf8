"""The workspace: who and what is in it, and the parts that keep the rest of its state.

It holds and finds; it does not decide. What posting means is `posting.py`, what an administrator does is
`administration.py`, what a person does is `people/`, what the app may call is `api/`.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.sandbox.administration import Administration
from bot.sandbox.changes import Changes
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import Json
from bot.sandbox.events import EVERY_EVENT, envelope, subscription_of
from bot.sandbox.faults import Faults
from bot.sandbox.identity import Clock, Identity, system_now
from bot.sandbox.log import Log
from bot.sandbox.people import Person
from bot.sandbox.records import Channel, File, Group, Message, Scheduled, User
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.transcript import Scenes
from bot.sandbox.triggers import Triggers
from bot.sandbox.view_store import ViewStore

T = TypeVar("T")
# Put together here, so that no scanner takes them for secrets of somebody's.
BOT_TOKEN = "xoxb" + "-1000000000-sandbox-bot"
APP_TOKEN = "xapp" + "-1-sandbox-app"
SIGNING_SECRET = "sandbox" + "-signing-secret"


class Workspace:
    """One Slack workspace with one app installed. Build it, add people and channels, serve it."""

    def __init__(
        self,
        *,
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        signing_secret: str = SIGNING_SECRET,
        name: str = "Sandbox",
        app_name: str = "Escalations",
        clock: Clock = system_now,
        events: Iterable[str] = EVERY_EVENT,
        scopes: Iterable[str] | None = None,
    ) -> None:
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.name, self.domain = name, name.lower().replace(" ", "-")
        self.ids = Identity(name, clock)
        self.team_id, self.app_id, self.bot_id = (self.ids.new(prefix) for prefix in "TAB")
        self.events = frozenset(events)
        self.scopes = None if scopes is None else frozenset(scopes)
        self.token_problem: str | None = None
        self.home_enabled = True
        self.base_url = ""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, Group] = {}
        self.files: dict[str, File] = {}
        self.ephemerals: list[Message] = []
        self.scheduled: dict[str, Scheduled] = {}
        self._people: dict[str, Person] = {}
        self.changes, self.log, self.faults = Changes(), Log(), Faults()
        self.triggers, self.views, self.response_urls = Triggers(), ViewStore(), ResponseUrls()
        self.scenes = Scenes()
        # Whose zone and language the transcript takes where several people read: a channel.
        self.onlooker: User | None = None
        self.delivery = Delivery(self)
        self.admin = Administration(self)
        self._add_residents(app_name)

    def _add_residents(self, app_name: str) -> None:
        slackbot = User("USLACKBOT", "slackbot", "Slackbot", self.team_id)
        self.users[slackbot.id] = slackbot
        bot_name = app_name.lower().replace(" ", "-")
        bot = User(self.ids.new("U"), bot_name, app_name, self.team_id, is_bot=True, updated=self.ids.epoch())
        self.users[bot.id] = bot
        self.bot_user_id = bot.id

    # Building

    def add_person(self, name: str, **fields: object) -> Person:
        """A member called `name`; the fields are those of `User` (locale, tz, deleted, is_restricted …)."""
        user = User(self.ids.new("U"), name, name.title(), self.team_id, updated=self.ids.epoch())
        user.email = f"{name}@example.com"
        for field, value in fields.items():
            if not hasattr(user, field):
                raise TypeError(f"a user has no {field!r}")
            setattr(user, field, value)
        self.users[user.id] = user
        return self.person(user.id)

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        shared: bool = False,
        archived: bool = False,
        bot: bool = False,
        channel_id: str | None = None,
    ) -> Channel:
        """A channel with these members, by name. The app is one of them only where `bot` says so."""
        ids = [self.user(member).id for member in members] + ([self.bot_user_id] if bot else [])
        creator = ids[0] if ids else "USLACKBOT"
        chosen_id = channel_id or self.ids.new("C")
        channel = Channel(chosen_id, name.lstrip("#"), creator, self.ids.epoch(), is_private=private)
        channel.members, channel.is_archived, channel.is_ext_shared = ids, archived, shared
        channel.connected_team_ids = [self.ids.new("T")] if shared else []
        self.channels[channel.id] = channel
        return channel

    def add_group(self, handle: str, members: Iterable[str] = (), *, group_id: str | None = None) -> Group:
        """A user group, such as @payments-leads."""
        now = self.ids.epoch()
        users = [self.user(member).id for member in members]
        group = Group(group_id or self.ids.new("S"), handle, handle.replace("-", " ").title(), users, now, now)
        self.groups[group.id] = group
        return group

    def add_dm(self, first: str, second: str) -> Channel:
        """A direct message between two people, in which the app has no part."""
        one, other = self.user(first), self.user(second)
        channel = Channel(self.ids.new("D"), "", one.id, self.ids.epoch(), is_im=True, user_id=other.id)
        channel.members = [one.id, other.id]
        self.channels[channel.id] = channel
        return channel

    # Finding

    def user(self, who: str) -> User:
        """A user by id or name. Raises KeyError."""
        if who in self.users:
            return self.users[who]
        for user in self.users.values():
            if user.name == who.lstrip("@"):
                return user
        raise KeyError(f"nobody here is called {who!r}")

    def person(self, who: str) -> Person:
        """Somebody who can act, by id or name."""
        user = self.user(who)
        return self._people.setdefault(user.id, Person(self, user))

    def channel(self, which: str) -> Channel:
        """A channel by id or name. Raises KeyError."""
        if which in self.channels:
            return self.channels[which]
        for channel in self.channels.values():
            if channel.name and channel.name == which.lstrip("#"):
                return channel
        raise KeyError(f"no channel here is called {which!r}")

    def group(self, which: str) -> Group:
        """A user group by id or handle. Raises KeyError."""
        for group in self.groups.values():
            if which.lstrip("@") in (group.id, group.handle):
                return group
        raise KeyError(f"no user group here is called {which!r}")

    def app_dm(self, user_id: str) -> Channel:
        """The direct message between the app and this user, opened if need be."""
        for channel in self.channels.values():
            if channel.is_im and channel.user_id == user_id and self.bot_user_id in channel.members:
                return channel
        channel = Channel(self.ids.new("D"), "", self.bot_user_id, self.ids.epoch(), is_im=True)
        channel.user_id, channel.members = user_id, [user_id, self.bot_user_id]
        self.channels[channel.id] = channel
        return channel

    def messages(self) -> list[Message]:
        """Every message that stands, in all channels and direct messages, in the order of posting."""
        standing = [m for c in self.channels.values() for m in c.messages.values() if not m.deleted]
        return sorted(standing, key=lambda message: message.ts)

    # Living

    def connect_http(self, urls: str | list[str]) -> None:
        """Send everything for the app to this address, or to these in turn (several processes of one app)."""
        self.delivery.connect_http([urls] if isinstance(urls, str) else urls)

    def emit(self, event: Json) -> None:
        """Send an event to the app, if it subscribed to its kind."""
        self.changed()
        if subscription_of(event) in self.events and self.token_problem is None:
            self.delivery.send_event(envelope(self, event))

    def changed(self) -> None:
        """Wake everybody who waits for something in here."""
        self.changes.notify()

    async def until(self, predicate: Callable[[], T | None], timeout: float = 10.0) -> T:
        """The first true value of `predicate`, looked at on each change. Fails with the log's last lines."""
        try:
            return await self.changes.until(predicate, timeout)
        except TimeoutError:
            raise TimeoutError(f"not within {timeout} s; lately:\n{self.log.tail()}") from None

    async def settled(self) -> None:
        """Return when no request to the app is under way and no event waits for its first answer."""
        await self.delivery.settled()

    def transcript(self, person: str | None = None, tz: str = "UTC") -> list[str]:
        """What was seen and done, in order, as readable lines; by one person only where one is named."""
        viewer = None if person is None else self.user(person).id
        return self.scenes.lines(viewer, tz)
