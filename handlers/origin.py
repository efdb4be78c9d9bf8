"""Whether the channel that somebody asked from may be told in one line that an escalation stands.

Only where the bot is a member and no other company reads along (DOMAIN, "The golden path", 2). A channel
that the directory does not know is asked for while the person fills in the modal: no call to Slack stands
between their submission and its commit.
"""

from bot.desk import Asker
from handlers.services import Services
from models.queries import directory
from models.queries.directory import KnownChannel


def may_be_told(channel: KnownChannel | None) -> bool:
    """Whether what is known of a channel allows it."""
    return channel is not None and channel.is_member and not channel.is_shared and not channel.is_archived


async def learn_channel(services: Services, who: Asker, channel: str | None) -> None:
    """Makes sure that the directory knows the channel, if Slack lets us see it. Direct messages have no
    other readers, and need none of this."""
    if channel is None or channel[:1] not in ("C", "G") or await _known(services, who, channel):
        return
    await services.directory.channel_seen(who.workspace_id, channel)


async def _known(services: Services, who: Asker, channel: str) -> KnownChannel | None:
    return await services.desk.read(lambda connection: directory.channel(connection, who.workspace_id, channel))
