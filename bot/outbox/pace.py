"""Slack's limits as pure functions of `now`: when may this call go out, and what does it use up.

Per workspace: each method has a tier (calls a minute), a channel takes one post a second, and a 429 holds back what
it was said about. Times are the machine's. With several replicas each keeps its own pace; Slack's 429 corrects them.
Tiers: https://docs.slack.dev/apis/web-api/rate-limits
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_A_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
# Above its rate a method takes a few calls at once.
_BURST = 5
_SECOND_BETWEEN_POSTS = timedelta(seconds=1)
_POSTS = frozenset({"chat.postMessage"})
# Slack: "several hundred messages per minute" for a workspace, and the same for these two.
_SPECIAL_A_MINUTE = {"chat.postMessage": 300, "auth.test": 300, "chat.getPermalink": 300}
_TIERS = {
    1: ("apps.connections.open",),
    2: (
        "users.list", "conversations.list", "conversations.create", "conversations.setTopic", "conversations.archive",
        "usergroups.list", "usergroups.users.list", "usergroups.users.update", "dnd.teamInfo", "reactions.remove",
        "pins.add", "pins.remove", "bookmarks.add", "bookmarks.edit", "canvases.create",
    ),
    4: (
        "api.test", "chat.postEphemeral", "conversations.members", "users.info", "users.profile.get", "views.open",
        "views.push", "views.update", "views.publish", "files.getUploadURLExternal", "files.completeUploadExternal",
        "files.info", "oauth.v2.access",
    ),
}  # fmt: skip
_TIER_OF = {method: tier for tier, methods in _TIERS.items() for method in methods}


@dataclass(frozen=True, slots=True)
class Call:
    """What is paced: a method, in a workspace, and the channel if it posts to one."""

    workspace: str
    method: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One limit that a call falls under: at most one call an `interval`, up to `burst` of them at once."""

    key: tuple[str, ...]
    interval: timedelta
    burst: int


def calls_a_minute(method: str) -> int:
    """What Slack allows of a method in one workspace; tier 3 for one that is not listed."""
    return _SPECIAL_A_MINUTE.get(method) or _A_MINUTE[_TIER_OF.get(method, 3)]


def _lanes(call: Call) -> Iterator[Lane]:
    interval = timedelta(minutes=1) / calls_a_minute(call.method)
    yield Lane((call.workspace, call.method), interval, _BURST)
    if call.method in _POSTS and call.channel:
        yield Lane((call.workspace, "channel", call.channel), _SECOND_BETWEEN_POSTS, 1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What has been used up, as a value.

    `used_until`: when a lane would be idle again if nothing more were sent (a leaky bucket: GCRA).
    `held_until`: what Slack told to wait, by lane.
    """

    used_until: Mapping[tuple[str, ...], datetime] = field(default_factory=dict)
    held_until: Mapping[tuple[str, ...], datetime] = field(default_factory=dict)

    def free_at(self, call: Call, now: datetime) -> datetime:
        """The first moment, `now` at the earliest, at which the call may go out."""
        moments = [now]
        for lane in _lanes(call):
            moments.append(self.held_until.get(lane.key, now))
            moments.append(self.used_until.get(lane.key, now) - (lane.burst - 1) * lane.interval)
        return max(moments)

    def seconds_until_free(self, call: Call, now: datetime) -> float:
        return (self.free_at(call, now) - now).total_seconds()

    def sent(self, call: Call, now: datetime) -> "Pace":
        """The pace after the call went out at `now`, whatever came of it. What is idle again is forgotten."""
        used = {key: until for key, until in self.used_until.items() if until > now}
        for lane in _lanes(call):
            used[lane.key] = max(used.get(lane.key, now), now) + lane.interval
        return Pace(used, self._still_held(now))

    def told_to_wait(self, call: Call, now: datetime, retry_after_seconds: float) -> "Pace":
        """The pace after Slack's 429.

        Slack does not say which limit it was. A post is first taken to be its channel's; when another channel is
        told to wait in the meantime, it is the workspace's, and all posts wait.
        """
        until = now + timedelta(seconds=retry_after_seconds)
        held = self._still_held(now)
        method_lane, *channel_lane = (lane.key for lane in _lanes(call))
        others = [key for key in held if key[0] == call.workspace and key[1] == "channel" and key not in channel_lane]
        whom = channel_lane if channel_lane and not others else [method_lane]
        for key in whom:
            held[key] = max(until, held.get(key, until))
        return Pace(self.used_until, held)

    def _still_held(self, now: datetime) -> dict[tuple[str, ...], datetime]:
        return {key: until for key, until in self.held_until.items() if until > now}
