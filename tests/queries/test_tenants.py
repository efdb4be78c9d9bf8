"""Two companies in one database: the same numbers, the same people, the same channels, and nothing in common."""

import asyncio

import pytest

from bot.settings.database_url import spell_database_url
from models.queries import directory, lists, outbox, posts, rotation, timers
from models.queries.facts import cases_by, fetch_many
from models.queries.posts import Post
from models.queries.rulebooks import Rulebooks, current_version, put_in_force
from models.queries.workspaces import every, find
from models.rules.acts import Act
from models.rules.case import EvidenceKind
from models.rules.moves.forms import EvidenceItem
from models.session import Store, open_store
from models.tables import ConfigVersionRow
from tests.builders import ENGINEERING, ERIN, MEI, NOW, a_rulebook
from tests.postgres import PostgresServer
from tests.queries.looking import notices, rows_of
from tests.queries.stage import Stage, a_stage, a_store
from tests.rules.playing import details, open_form, said

Two = tuple[Stage, Stage]
CHANNEL, TS = "C0ENGINEERI", "1.000001"


@pytest.fixture
async def two(store: Store) -> Two:
    """Two companies, each with an escalation number 1 for the same account with the same proof."""
    found = await a_stage(store), await a_stage(store, team_id="T0OTHER0001")
    for stage, title in zip(found, ("The first's", "The other's"), strict=True):
        proof = (EvidenceItem(EvidenceKind.OBJECT_ID, said("po_1Nx4Ab")),)
        await stage.opened(open_form(details=details(title=said(title), account=said("acct_1")), evidence=proof))
    return found


async def test_each_counts_its_own_numbers(two: Two) -> None:
    first, other = two
    for _ in range(3):
        await first.opened()
    assert (await other.opened()).number == 2
    assert (await first.opened()).number == 5


async def test_a_number_is_looked_up_in_ones_own_company_only(two: Two) -> None:
    first, other = two
    mine, theirs = await first.case(1), await other.case(1)
    assert (mine.title, theirs.title) == ("The first's", "The other's")
    await first.done(Act.ACKNOWLEDGE, actor=ERIN, number=1)
    assert (await other.case(1)).owner is None
    assert await other.read(cases_by, ids=[mine.id]) == {}
    books = Rulebooks(lambda _, version: a_rulebook(version=version))
    found = await other.store.read(
        lambda c: fetch_many(c, books, workspace_id=other.workspace_id, now=NOW, escalation_ids=[mine.id, theirs.id])
    )
    assert [facts.the_case.id for facts in found] == [theirs.id]


async def test_lists_search_and_what_is_similar_stay_at_home(two: Two) -> None:
    for stage, title in zip(two, ("The first's", "The other's"), strict=True):
        listed = await stage.read(lists.page_of, lists.ListKind.ALL, user_id=MEI, teams=(ENGINEERING,), now=NOW)
        searched = await stage.read(lists.search, [frozenset({"po_1Nx4Ab"})])
        similar = await stage.read(lists.similar_open, account="acct_1", object_ids=["po_1Nx4Ab"])
        for cases in (listed.cases, searched.cases, similar, await stage.read(lists.open_of_team, ENGINEERING)):
            assert [case.title for case in cases] == [title]


async def test_history_of_the_others_case_is_empty(two: Two) -> None:
    first, other = two
    theirs = await other.case(1)
    assert await first.read(lists.history, theirs.id) == []


async def test_the_same_message_in_two_companies_is_two_cards(two: Two) -> None:
    first, other = two
    for stage in two:
        case = await stage.case(1)
        post = Post(CHANNEL, TS, 1)
        await stage.write(posts.save, case.id, "card:engineering", post=post, now=NOW)
    await first.opened()
    second = await first.case(2)
    await first.write(posts.save, second.id, "card:engineering", post=Post(CHANNEL, "1.000002", 1), now=NOW)
    assert await other.desk.number_of_card(other.workspace_id, CHANNEL, TS) == 1
    assert await other.desk.number_of_card(other.workspace_id, CHANNEL, "1.000002") is None
    assert await first.desk.number_of_card(first.workspace_id, CHANNEL, "1.000002") == 2
    assert await other.read(posts.find, second.id, "card:engineering") is None


async def test_people_groups_channels_and_turns_are_each_companys_own(two: Two) -> None:
    first, other = two
    await first.write(directory.set_person, MEI, language="zh_Hans", kind="guest")
    await first.write(rotation.set_turn, ENGINEERING, 2, now=NOW, by=MEI)
    known = directory.KnownChannel(CHANNEL, "engineering", True, False, False)
    await first.write(directory.save_channels, [known], now=NOW)
    await first.write(directory.save_group, "S1", handle="leads", members=[MEI], now=NOW)
    mine, theirs = await first.facts(1), await other.facts(1)
    assert mine.people[MEI].language == "zh_Hans"
    assert theirs.people[MEI].language is None
    assert (mine.on_call.get(ENGINEERING), theirs.on_call.get(ENGINEERING)) == (2, None)
    assert await other.read(directory.channel, CHANNEL) is None
    assert await other.read(directory.direct_channel, MEI) is None
    people = await other.read(directory.people, [MEI], ["S1"])
    assert people[MEI].groups == frozenset()


async def test_notices_and_timers_carry_their_company(two: Two) -> None:
    first, other = two
    assert {row["workspace_id"] for row in await notices(first)} == {first.workspace_id, other.workspace_id}
    only = await first.store.write(
        lambda c: outbox.claim(c, lease_seconds=30, limit=99, workspace_id=other.workspace_id)
    )
    assert {notice.workspace_id for notice in only} == {other.workspace_id}
    coming = await first.read(timers.upcoming, limit=99)
    assert {due.workspace_id for due in coming} == {first.workspace_id}


async def test_a_company_is_found_by_slacks_id_and_saved_twice_stays_one(two: Two, store: Store) -> None:
    first, other = two
    again = await a_stage(store)
    assert again.workspace_id == first.workspace_id
    found = await store.read(lambda c: find(c, "T0OTHER0001"))
    assert found
    assert (found.id, found.config_version) == (other.workspace_id, 1)
    assert await store.read(lambda c: find(c, "T0NOBODY000")) is None
    assert len(await store.read(every)) == 2


async def test_the_same_rules_again_are_no_new_version_and_others_are(two: Two, store: Store) -> None:
    first, other = two
    assert await first.write(put_in_force, "the rules", now=NOW, by=None) == 1
    assert await first.write(put_in_force, "other rules", now=NOW, by=MEI) == 2
    assert await first.write(put_in_force, "the rules", now=NOW, by=None) == 3
    assert await first.read(current_version) == 3
    assert await other.read(current_version) == 1


async def test_replicas_that_start_at_once_put_the_same_rules_in_force_once(postgres_server: PostgresServer) -> None:
    url = postgres_server.url(postgres_server.create_database())
    async with a_store(url) as store:
        stage = await a_stage(store)
        stores = [open_store(spell_database_url(url)) for _ in range(4)]
        versions = await asyncio.gather(
            *(
                each.write(lambda c: put_in_force(c, stage.workspace_id, "newer rules", now=NOW, by=None))
                for each in stores
            )
        )
        assert versions == [2] * 4
        assert len(await store.read(lambda c: rows_of(c, ConfigVersionRow))) == 2
        for each in stores:
            await each.close()
