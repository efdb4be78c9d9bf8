"""Where a notice goes: the first place, and the ones to try when Slack says that it is gone.

Cards are edited where they stand; threads need their card; direct messages need the person's channel,
which is asked for once and kept.
"""

from dataclasses import dataclass

from bot.outbox.letter import Letter, card_place
from models.rules.change import NoticeKind, Place


@dataclass(frozen=True, slots=True)
class Address:
    """A place in Slack. `edit_ts` names the message to edit, `thread_ts` the one to answer to.
    `user_id` is set where the channel must be opened first."""

    channel: str = ""
    thread_ts: str | None = None
    edit_ts: str | None = None
    user_id: str | None = None


class WaitsForCard(Exception):
    """The card that it belongs to does not stand yet."""


def addresses(letter: Letter) -> tuple[Address, ...]:
    """Where to send, best first. Raises WaitsForCard; empty where there is nothing to edit or to answer to,
    and nothing is to come: the lead hears of a card that cannot be posted, and nobody waits for it."""
    if letter.kind is NoticeKind.CARD_MOVED:
        return (_edit(letter),) if letter.card else ()
    if letter.place is Place.CARD:
        fresh = _channels(letter)
        return (_edit(letter), *fresh) if letter.card else fresh
    if letter.place is Place.THREAD:
        if _waits(letter):
            raise WaitsForCard
        return (Address(letter.card.channel, thread_ts=letter.card.ts),) if letter.card else ()
    if letter.place is Place.CHANNEL:
        return _channels(letter) if letter.notice.recipient in letter.facts.rulebook.teams else _origin(letter)
    if letter.kind is NoticeKind.OPENED_LINK and _waits(letter):
        raise WaitsForCard
    return (Address(user_id=letter.notice.recipient),)


def place_of(letter: Letter) -> str:
    """The name under which the card's post is kept."""
    return card_place(letter.notice.recipient)


def _edit(letter: Letter) -> Address:
    if letter.card is None:
        raise WaitsForCard
    return Address(letter.card.channel, edit_ts=letter.card.ts)


def _channels(letter: Letter) -> tuple[Address, ...]:
    team = letter.team
    both = dict.fromkeys((team.channel, team.fallback_channel))
    return tuple(Address(channel) for channel in both if channel)


def _origin(letter: Letter) -> tuple[Address, ...]:
    if letter.kind is NoticeKind.POINTER and _waits(letter):
        raise WaitsForCard
    return (Address(letter.notice.recipient),)


def _waits(letter: Letter) -> bool:
    return letter.card is None and letter.card_is_coming
