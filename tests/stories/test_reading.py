"""What people ask to see: commands that answer them alone, and App Home. Nothing of it changes anything."""

from bot.demo.story import answered
from bot.sandbox.view_store import View
from tests.stories.telling import Story

ASKED = [
    ("list all", ["ESC-1", "Payout not received"]),
    ("list team", ["ESC-1"]),
    ("list mine", []),
    ("list at-risk", []),
    ("list breached", []),
    ("show 1", ["ESC-1", "提现未到账", "po_1NxQ7fLkdIwHu7ix"]),
    ("ＥＳＣ－１", ["ESC-1"]),
    ("why 1", ["ESC-1", "50%"]),
    ("oncall", ["@Erin"]),
    ("help", ["/escalate"]),
    ("lang", []),
    ("search payout", ["ESC-1"]),
    ("search 到账", ["ESC-1"]),
    ("search nothingofthekind", []),
]


async def test_every_question_is_answered_to_the_asker_alone(story: Story) -> None:
    await story.open()
    erin = story.person("erin")
    for text, words in ASKED:
        outcome = await erin.command("/escalate", text, channel="engineering")
        answered(outcome)
        told = await story.expect("erin", *words)
        assert told.is_ephemeral, text


async def test_help_is_in_the_readers_language(story: Story) -> None:
    story.town.channel("support").members.append(story.town.user("erin").id)
    for name, words in (("mei", "能做什么"), ("ting", "能做什麼"), ("erin", "What /escalate can do")):
        answered(await story.person(name).command("/escalate", "help", channel="support"))
        await story.expect(name, words)


async def test_a_chosen_language_holds_until_slacks_is_asked_for_again(story: Story) -> None:
    mei = story.person("mei")
    answered(await mei.command("/escalate", "lang en", channel="support"))
    await story.expect("mei", "English")
    answered(await mei.command("/escalate", "list mine", channel="support"))
    await story.expect("mei", "escalations")
    answered(await mei.command("/escalate", "lang auto", channel="support"))
    await story.expect("mei")
    answered(await mei.command("/escalate", "list mine", channel="support"))
    await story.expect("mei", "升级工单")


async def test_somebody_away_is_not_asked_until_they_are_back(story: Story) -> None:
    answered(await story.person("erin").command("/escalate", "away 3h"))
    await story.expect("erin", "away")
    first = await story.open(on_call="arjun")
    await story.shows(first, "On call @Arjun")
    answered(await story.person("erin").command("/escalate", "away off"))
    await story.expect("erin")
    second = await story.open("ting", "提款未到帳 po_9NxQ7fLkdIwHu7ix", number=2)
    await story.shows(second, "On call @Erin")


async def test_the_handoff_stands_in_the_teams_channel(story: Story) -> None:
    await story.open()
    answered(await story.person("erin").command("/escalate", "handoff", channel="engineering"))
    await story.expect("erin", "Engineering")
    await story.expect("engineering", "ESC-1")


async def test_app_home_shows_whose_move_it_is(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    home = await at_home(story, "erin")
    assert "ESC-1" in story.person("erin").reads(home)
    home = await at_home(story, "mei")
    read = story.person("mei").reads(home)
    assert "ESC-1" in read
    assert "我的" in read
    home = await at_home(story, "lena")
    before = home.hash
    await story.person("lena").press(home, "esc:home_tab_lead")
    await story.town.until(lambda: home.hash != before)
    assert "ESC-1" in story.person("lena").reads(home)


async def at_home(story: Story, name: str) -> View:
    person = story.person(name)
    await person.open_home()
    home = await story.town.until(lambda: person.home)
    assert home is not None
    return home
