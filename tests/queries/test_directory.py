"""The directory: what Slack tells is kept, and what people chose for themselves is not overwritten by it."""

from datetime import timedelta

from models.queries import directory
from models.queries.directory import KnownChannel, KnownPerson
from models.rules.people import PersonKind
from tests.builders import ARJUN, ERIN, MEI, NOW
from tests.queries.stage import Stage

CHANNEL = "C0ENGINEERI"


async def test_what_a_person_chose_outlives_what_slack_tells_again(stage: Stage) -> None:
    away = NOW + timedelta(days=1)
    await stage.write(directory.set_person, MEI, language="zh_Hant", away_until=away, direct_channel="D1")
    told = KnownPerson(MEI, "Mei L.", PersonKind.MEMBER, "zh-CN", "Asia/Taipei")
    await stage.write(directory.save_people, [told], now=NOW)
    mei = (await stage.read(directory.people, [MEI], []))[MEI]
    assert (mei.name, mei.locale, mei.time_zone) == ("Mei L.", "zh-CN", "Asia/Taipei")
    assert (mei.language, mei.away_until) == ("zh_Hant", away)
    assert await stage.read(directory.direct_channel, MEI) == "D1"


async def test_an_event_without_a_locale_does_not_erase_the_known_one(stage: Stage) -> None:
    for locale in ("zh-TW", None):
        told = KnownPerson(MEI, "Mei", PersonKind.MEMBER, locale, "Asia/Taipei")
        await stage.write(directory.save_people, [told], now=NOW)
    assert (await stage.read(directory.people, [MEI], []))[MEI].locale == "zh-TW"


async def test_a_page_of_people_is_saved_in_one_go(stage: Stage) -> None:
    told = [KnownPerson(f"U{n}", f"Name {n}", PersonKind.MEMBER, None, "UTC") for n in range(1000)]
    await stage.write(directory.save_people, told, now=NOW)
    assert len(await stage.read(directory.people, [f"U{n}" for n in range(2000)], [])) == 1000


async def test_groups_follow_what_slack_tells(stage: Stage) -> None:
    await stage.write(directory.save_group, "S1", handle="leads", members=[MEI, ERIN], now=NOW)
    await stage.write(directory.change_group, "S1", added={ARJUN}, removed={MEI}, now=NOW)
    await stage.write(directory.change_group, "S9", added={ARJUN}, removed=set(), now=NOW)
    people = await stage.read(directory.people, [MEI, ERIN, ARJUN], ["S1", "S9"])
    assert {user: person.groups for user, person in people.items()} == {
        MEI: frozenset(),
        ERIN: frozenset({"S1"}),
        ARJUN: frozenset({"S1"}),
    }


async def test_whoever_is_not_known_cannot_choose(stage: Stage) -> None:
    assert await stage.write(directory.set_person, MEI, language="en")
    assert not await stage.write(directory.set_person, "U0NOBODY000", language="en")


async def test_channels_are_kept_and_marked(stage: Stage) -> None:
    known = KnownChannel(CHANNEL, "engineering", is_member=True, is_archived=False, is_shared=True)
    await stage.write(directory.save_channels, [known], now=NOW)
    assert await stage.read(directory.channel, CHANNEL) == known
    await stage.write(directory.mark_channel, CHANNEL, is_archived=True)
    found = await stage.read(directory.channel, CHANNEL)
    assert found.is_archived
    assert await stage.read(directory.channel, "C0NOWHERE00") is None
