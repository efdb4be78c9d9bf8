"""The people and channels of the demo, with the ids that escalation.example.toml names.

Mei and Ting ask, in simplified and in traditional Chinese; Erin, Arjun and Evan are Engineering, on two sides
of the world; Priya is Product, Omar Operations, Lena leads. Otto is a guest and may do nothing.
"""

from datetime import UTC, datetime

from bot.sandbox import Workspace
from bot.sandbox.identity import Clock

# A Tuesday at 10:00 in Singapore: no holiday there or in New York, where it is Monday evening.
TUESDAY_MORNING = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)

SINGAPORE, NEW_YORK, TAIPEI = "Asia/Singapore", "America/New_York", "Asia/Taipei"
EVERYBODY = ("mei", "ting", "erin", "arjun", "evan", "priya", "omar", "lena")


def build_town(clock: Clock) -> Workspace:
    """A workspace with everybody in it, on this clock."""
    town = Workspace(clock=clock, name="Harbour")
    town.add_person("mei", id="U0MEI000001", real_name="Mei", locale="zh-CN", tz=SINGAPORE)
    town.add_person("ting", id="U0TING00001", real_name="Ting", locale="zh-TW", tz=TAIPEI)
    town.add_person("erin", id="U0ERIN00001", real_name="Erin", tz=SINGAPORE)
    town.add_person("arjun", id="U0ARJUN0001", real_name="Arjun", tz=SINGAPORE)
    town.add_person("evan", id="U0EVAN00001", real_name="Evan", tz=NEW_YORK)
    town.add_person("priya", id="U0PRIYA0001", real_name="Priya", tz=SINGAPORE)
    town.add_person("omar", id="U0OMAR00001", real_name="Omar", tz=SINGAPORE)
    town.add_person("lena", id="U0LENA00001", real_name="Lena", tz=SINGAPORE)
    town.add_person("otto", id="U0OTTO00001", real_name="Otto", tz=SINGAPORE, is_restricted=True)
    town.onlooker = town.user("lena")
    _add_channels(town)
    town.add_group("specialists", ["mei", "ting"], group_id="S0SPECIAL01")
    town.add_group("engineers", ["erin", "arjun", "evan"], group_id="S0ENGINEER1")
    return town


def _add_channels(town: Workspace) -> None:
    lead = ["lena"]
    engineers = ["erin", "arjun", "evan", *lead]
    town.add_channel("engineering", members=engineers, bot=True, channel_id="C0ENGINEER1")
    town.add_channel("product", members=["priya", *lead], bot=True, channel_id="C0PRODUCT01")
    town.add_channel("operations", members=["omar", *lead], bot=True, channel_id="C0OPERATN01")
    town.add_channel("support-escalations", members=lead, bot=True, channel_id="C0SUPPORT01")
    town.add_channel("support", members=["mei", "ting", "otto", *lead], bot=True, channel_id="C0SUPPORT02")
