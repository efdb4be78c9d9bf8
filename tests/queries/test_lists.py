"""Lists and search: pages, order, words in two scripts, and what stands open for the same customer."""

from datetime import timedelta

import pytest

from models.queries import lists
from models.queries.lists import PAGE, ListKind, OpenCount
from models.rules.acts import Act
from models.rules.case import Case, EvidenceKind
from models.rules.moves.forms import EvidenceItem, ReasonForm
from models.rules.severity import Severity
from tests.builders import ARJUN, BYSTANDER, ENGINEERING, ERIN, LENA, MEI, PRODUCT, TING
from tests.queries.looking import sql
from tests.queries.stage import Stage
from tests.rules.playing import details, open_form, said


async def numbers(
    stage: Stage, kind: ListKind, *, user: str = MEI, teams: tuple[str, ...] = (), page: int = 1
) -> list[int]:
    found = await stage.read(lists.page_of, kind, user_id=user, teams=teams, now=stage.clock.now(), page=page)
    return [case.number for case in found.cases]


async def found_by(stage: Stage, *words: str) -> list[int]:
    return [case.number for case in (await stage.read(lists.search, [frozenset({word}) for word in words])).cases]


async def titled(stage: Stage, title: str, **more: str) -> Case:
    return await stage.opened(open_form(details=details(title=said(title), **{k: said(v) for k, v in more.items()})))


async def test_pages_hold_ten_and_say_whether_there_are_more(stage: Stage) -> None:
    for _ in range(2 * PAGE + 1):
        await stage.opened()
    pages = [
        await stage.read(lists.page_of, ListKind.ALL, user_id=MEI, teams=(), now=stage.clock.now(), page=page)
        for page in (1, 2, 3, 4)
    ]
    assert [(len(page.cases), page.has_next) for page in pages] == [(10, True), (10, True), (1, False), (0, False)]
    seen = [case.number for page in pages for case in page.cases]
    assert sorted(seen) == list(range(1, 22))


@pytest.mark.parametrize("page", [0, -5, 10**18])
async def test_a_page_that_cannot_be_is_the_first_or_empty(stage: Stage, page: int) -> None:
    case = await stage.opened()
    assert await numbers(stage, ListKind.ALL, page=page) == ([case.number] if page < 1 else [])


async def test_the_next_due_stands_first_and_what_is_never_due_last(stage: Stage) -> None:
    slow = await stage.opened(open_form(severity=Severity.SEV4))
    urgent = await stage.opened(open_form(severity=Severity.SEV1))
    solved = await stage.opened()
    await stage.done(Act.RESOLVE, actor=ERIN, number=solved.number)
    usual = await stage.opened()
    assert await numbers(stage, ListKind.ALL) == [urgent.number, usual.number, slow.number, solved.number]


async def test_mine_are_those_i_asked_for_own_or_am_asked_to_take(stage: Stage) -> None:
    asked = await stage.opened()
    await stage.opened(actor=TING)
    assert await numbers(stage, ListKind.MINE, user=MEI) == [asked.number]
    assert await numbers(stage, ListKind.MINE, user=ERIN) == [1, 2]
    await stage.done(Act.ACKNOWLEDGE, actor=ARJUN, number=1)
    assert await numbers(stage, ListKind.MINE, user=ERIN) == [2]
    assert await numbers(stage, ListKind.MINE, user=ARJUN) == [1]
    assert await numbers(stage, ListKind.MINE, user=BYSTANDER) == []


async def test_a_teams_are_those_of_my_teams(stage: Stage) -> None:
    here = await stage.opened()
    there = await stage.opened(open_form(team=PRODUCT))
    assert await numbers(stage, ListKind.TEAM, teams=(ENGINEERING,)) == [here.number]
    assert await numbers(stage, ListKind.TEAM, teams=(ENGINEERING, PRODUCT)) == [here.number, there.number]
    assert await numbers(stage, ListKind.TEAM) == []


async def test_at_risk_is_what_is_due_within_the_hour_and_not_breached(stage: Stage) -> None:
    soon = await stage.opened(open_form(severity=Severity.SEV2))  # due in 30 minutes
    await stage.opened(open_form(severity=Severity.SEV4))
    assert await numbers(stage, ListKind.AT_RISK) == [soon.number]
    assert await numbers(stage, ListKind.BREACHED) == []
    await stage.store.write(sql("UPDATE escalation SET breached = true WHERE number = :number", number=soon.number))
    assert await numbers(stage, ListKind.AT_RISK) == []
    assert await numbers(stage, ListKind.BREACHED) == [soon.number]


async def test_what_has_ended_is_in_no_list_but_is_found(stage: Stage) -> None:
    case = await stage.opened()
    await stage.done(Act.CANCEL, ReasonForm(said("Solved by itself")), number=case.number)
    assert await numbers(stage, ListKind.ALL) == []
    assert await found_by(stage, "payout") == [case.number]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["提现"], [1]),
        (["未到账"], [1]),
        (["PAYOUT"], [4, 2]),
        (["payout", "late"], [2]),
        (["late", "payout"], [2]),
        (["payout", "提现"], []),
        (["100%"], [3]),
        (["%"], [3]),
        (["_"], [5, 3, 1]),
        (["a_b"], [3]),
        (["\\"], [4]),
        (["'"], [4]),
        (["po_1Nx"], [5]),
        (["PO_1NX"], [5]),
        (["acct_9Z"], [1]),
        (["nothing like it"], []),
        (["nul\x00"], []),
        (["\ud83d"], []),
    ],
)
async def test_search_finds_every_word_anywhere_in_either_script(
    stage: Stage, words: list[str], expected: list[int]
) -> None:
    await titled(stage, "提现未到账", account="acct_9Z", title_local="Money missing")
    await titled(stage, "Payout is late", need="Look")
    await titled(stage, "Refunded 100% of a_b", need="Look")
    await titled(stage, "A back\\slash's payout", need="Look")
    proof = (EvidenceItem(EvidenceKind.OBJECT_ID, said("po_1Nx4Ab")),)
    await stage.opened(open_form(details=details(title=said("Seen twice"), need=said("Look")), evidence=proof))
    assert await found_by(stage, *words) == expected


async def test_what_is_open_for_the_same_account_or_object_is_found_newest_first(stage: Stage) -> None:
    proof = (EvidenceItem(EvidenceKind.OBJECT_ID, said("po_1Nx4Ab")), EvidenceItem(EvidenceKind.NOTE, said("acct_1")))
    one = await stage.opened(open_form(details=details(account=said("acct_1")), evidence=proof))
    other = await stage.opened(open_form(details=details(account=said("acct_2")), evidence=proof))
    ended = await stage.opened(open_form(details=details(account=said("acct_1"))))
    await stage.done(Act.CANCEL, ReasonForm(said("Twice")), number=ended.number)

    async def similar(account: str | None, *ids: str) -> list[int]:
        found = await stage.read(lists.similar_open, account=account, object_ids=ids)
        return [case.number for case in found]

    assert await similar("acct_1") == [one.number]
    assert await similar(None, "po_1Nx4Ab") == [other.number, one.number]
    assert await similar("acct_2", "po_none") == [other.number]
    assert await similar(None) == []
    assert await similar("acct_", "po_1") == []
    # A note that happens to say the same is no object.
    assert await similar(None, "acct_1") == []


async def test_a_digest_has_the_breached_ones_first(stage: Stage) -> None:
    first, second = await stage.opened(), await stage.opened()
    for case in (first, second):
        await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    await stage.store.write(sql("UPDATE escalation SET breached = true WHERE number = :number", number=second.number))
    of_team = await stage.read(lists.open_of_team, ENGINEERING)
    of_owner = await stage.read(lists.open_of_owner, ERIN)
    assert [case.number for case in of_team] == [case.number for case in of_owner] == [second.number, first.number]
    assert await stage.read(lists.owners_of_open, ENGINEERING) == [ERIN]
    assert await stage.read(lists.open_of_owner, LENA) == ()


async def test_history_is_told_oldest_first_and_its_latest_lines_where_there_are_many(stage: Stage) -> None:
    case = await stage.opened()
    await stage.done(Act.LOOK_LATER, actor=ERIN, number=case.number)
    await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    lines = await stage.read(lists.history, case.id)
    assert [line.kind for line in lines] == ["opened", "look_later", "acknowledged"]
    assert lines[-1].actor == ERIN
    assert lines[-1].at == stage.clock.now()
    assert [line.kind for line in await stage.read(lists.history, case.id, limit=1)] == ["acknowledged"]
    assert stage.clock.now() - lines[0].at < timedelta(seconds=1)


async def test_what_is_open_is_counted_by_team(stage: Stage) -> None:
    first = await stage.opened()
    await stage.opened()
    await stage.opened(open_form(team=PRODUCT))
    ended = await stage.opened()
    await stage.done(Act.CANCEL, ReasonForm(said("Twice")), number=ended.number)
    await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=first.number)
    await stage.store.write(sql("UPDATE escalation SET breached = true WHERE number = :number", number=first.number))
    counted = await stage.read(lists.open_counts)
    assert counted == {ENGINEERING: OpenCount(2, 1, 1), PRODUCT: OpenCount(1, 0, 1)}


async def test_a_word_of_each_group_is_enough(stage: Stage) -> None:
    case = await titled(stage, "提现未到账", need="Look")
    for groups, found in [
        ([{"payout", "提现"}], [case.number]),
        ([{"payout", "提现"}, {"look", "看"}], [case.number]),
        ([{"payout", "提现"}, {"refund"}], []),
    ]:
        page = await stage.read(lists.search, [frozenset(group) for group in groups])
        assert [one.number for one in page.cases] == found
