"""Who may not: guests, people of other companies and bystanders, each refused in their own language."""

from tests.stories.telling import Story

GUESTS = {"en-US": "Guests", "zh-CN": "访客", "zh-TW": "訪客"}
RESPONDERS = {"en-US": "responder", "zh-CN": "响应人", "zh-TW": "回應人"}


async def test_a_guest_is_refused_in_their_language_and_nothing_opens(story: Story) -> None:
    otto = story.person("otto")
    for locale, word in GUESTS.items():
        await speaks(story, "otto", locale)
        assert (await otto.command("/escalate", "payout po_1NxQ7fLkdIwHu7ix", channel="support")).ok
        await story.expect("otto", word)
        assert otto.view is None


async def test_somebody_of_another_company_is_refused(story: Story) -> None:
    story.town.add_person("stranger", team_id="T0ELSEWHERE", is_stranger=True)
    story.town.channel("support").members.append(story.town.user("stranger").id)
    stranger = story.person("stranger")
    assert (await stranger.command("/escalate", "list all", channel="support")).ok
    await story.expect("stranger")
    assert stranger.view is None


async def test_a_member_who_is_not_of_the_team_may_not_acknowledge_and_reads_who_may(story: Story) -> None:
    card = await story.open()
    story.town.channel("engineering").members.append(story.town.user("omar").id)
    for locale, word in RESPONDERS.items():
        await speaks(story, "omar", locale)
        await story.press("omar", card, "Acknowledge")
        await story.expect("omar", word)
    await story.shows(card, "New")


async def test_an_unknown_number_is_said_to_be_unknown(story: Story) -> None:
    for locale in GUESTS:
        await speaks(story, "omar", locale)
        assert (await story.person("omar").command("/escalate", "ack 999")).ok
        await story.expect("omar", "ESC-999")


async def speaks(story: Story, name: str, locale: str) -> None:
    story.town.admin.change_person(name, locale=locale)
    await story.town.settled()
