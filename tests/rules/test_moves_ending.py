"""How a case ends and comes back: resolved, confirmed, not fixed, cancelled, a duplicate."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules import limits
from models.rules.acts import Act
from models.rules.case import ClockState, Docs, Outcome
from models.rules.change import EventKind, NoticeKind
from models.rules.moves.forms import ConfirmForm, DuplicateForm, ReasonForm, ResolveForm
from models.rules.refusals import Code
from models.rules.rulebook import ClockKind
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    BYSTANDER,
    ENGINEERING,
    ERIN,
    MEI,
    NOW,
    SUPPORT,
    TING,
    a_calendar,
    a_rulebook,
    a_team,
    sg,
    the_people,
    the_teams,
)
from tests.rules.playing import (
    DAY,
    HOUR,
    ORIGINAL,
    acknowledged,
    cancelled,
    closed,
    happened,
    investigating,
    new,
    others_case,
    play,
    recipients,
    refuse,
    resolved,
    said,
    told,
    waiting,
)

LATER = NOW + HOUR


def test_resolving_stops_the_clocks_and_asks_the_requester() -> None:
    form = ResolveForm(Outcome.WORKED_AROUND, said("A stuck job"), said("Restart it"))
    change = play(acknowledged(), Act.RESOLVE, form, now=LATER)
    case = change.after
    assert not any(each.is_open for each in case.clocks)
    assert (case.resolved_at, case.first_resolved_at, case.close_warned) == (LATER, LATER, False)
    assert recipients(change, NoticeKind.CONFIRM_FIXED) == [MEI]
    assert told(change, NoticeKind.CONFIRM_FIXED)[0].facts["cause"] == "A stuck job"


def test_an_unknown_cause_is_an_answer() -> None:
    resolution = play(acknowledged(), Act.RESOLVE, ResolveForm(Outcome.FIXED, said(" "))).after.resolution
    assert resolution is not None
    assert (resolution.cause, resolution.workaround, resolution.by) == (None, None, ERIN)


def test_a_case_solved_in_one_act_has_no_update_that_was_met() -> None:
    case = play(new(), Act.RESOLVE).after
    update = next(each for each in case.clocks if each.kind is ClockKind.UPDATE)
    assert update.state is ClockState.VOID


def test_what_waited_is_resolved_with_its_clocks_stopped() -> None:
    case = play(waiting(), Act.RESOLVE, now=LATER).after
    assert case.waiting is None
    assert {each.state for each in case.clocks} == {ClockState.STOPPED}


def test_it_closes_itself_after_three_working_days_of_support() -> None:
    # Friday 17:00 in Singapore: one hour on Friday, then Monday, Tuesday, and eight hours of Wednesday.
    friday = sg("2026-03-06 17:00")
    assert play(acknowledged(), Act.RESOLVE, now=friday).after.close_at == sg("2026-03-11 17:00")
    monday_off = a_calendar(days_off=frozenset({date(2026, 3, 9)}))
    book = a_rulebook(teams=(*the_teams()[:3], a_team(SUPPORT, rotation=(TING,), calendar=monday_off)))
    assert play(acknowledged(), Act.RESOLVE, now=friday, rulebook=book).after.close_at == sg("2026-03-12 17:00")


def test_without_a_support_team_it_closes_in_the_hours_of_the_owning_team() -> None:
    book = a_rulebook(teams=the_teams()[:3])
    friday = sg("2026-03-06 17:00")
    assert play(acknowledged(), Act.RESOLVE, now=friday, rulebook=book).after.close_at == sg("2026-03-11 17:00")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ResolveForm(Outcome.FIXED, cause=said("x" * (limits.FINDING + 1))), "cause"),
        (ResolveForm(Outcome.FIXED, workaround=said("x" * (limits.FINDING + 1))), "workaround"),
    ],
)
def test_an_endless_cause_or_workaround_is_refused(form: ResolveForm, field: str) -> None:
    answer = refuse(acknowledged(), Act.RESOLVE, form)
    assert (answer.code, answer.form_field) == (Code.TOO_LONG, field)


def test_confirming_closes_it_and_tells_the_owner() -> None:
    form = ConfirmForm(False, Docs.LINKED, said("https://docs.example.com/payouts"))
    change = play(resolved(), Act.CONFIRM, form, actor=MEI, now=LATER)
    case, closure = change.after, change.after.closure
    assert closure is not None
    assert (case.status, case.ended_at, case.close_at) == (Status.CLOSED, LATER, None)
    assert (closure.by, closure.customer_told, closure.docs) == (MEI, False, Docs.LINKED)
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]
    assert not told(change, NoticeKind.REQUESTER_NEWS)


def test_the_requester_hears_when_somebody_who_covers_has_closed_it() -> None:
    assert recipients(play(resolved(), Act.CONFIRM, actor=TING), NoticeKind.REQUESTER_NEWS) == [MEI]


@pytest.mark.parametrize(
    ("docs", "note", "code"),
    [
        (Docs.LINKED, "", Code.EMPTY),
        (Docs.LINKED, "the wiki", Code.BAD_LINK),
        (Docs.GAP, " ", Code.EMPTY),
        (Docs.NOT_NEEDED, "", Code.EMPTY),
        (Docs.GAP, "x" * (limits.NOTE + 1), Code.TOO_LONG),
    ],
)
def test_documentation_is_linked_or_its_lack_is_explained(docs: Docs, note: str, code: Code) -> None:
    answer = refuse(resolved(), Act.CONFIRM, ConfirmForm(True, docs, said(note)), actor=MEI)
    assert (answer.code, answer.form_field) == (code, "docs_note")


def test_not_fixed_gives_it_back_to_its_owner_and_is_counted() -> None:
    change = play(resolved(), Act.REOPEN, actor=MEI, now=LATER)
    case = change.after
    assert (case.status, case.owner, case.reopened_count) == (Status.INVESTIGATING, ERIN, 1)
    assert (case.resolution, case.resolved_at, case.close_at) == (None, None, None)
    assert case.first_resolved_at == NOW
    assert [n.facts["news"] for n in told(change, NoticeKind.OWNER_NEWS)] == ["reopened"]
    assert recipients(change, NoticeKind.HISTORY) == [ENGINEERING]


def test_reopening_resumes_the_resolve_clock_and_starts_an_update_cycle() -> None:
    done = play(acknowledged(), Act.RESOLVE, now=LATER).after
    case = play(done, Act.REOPEN, actor=MEI, now=NOW + 5 * HOUR).after
    resolve, update = case.clock(ClockKind.RESOLVE), case.clock(ClockKind.UPDATE)
    assert resolve is not None
    assert update is not None
    # One hour had run before it was resolved; the four hours of being resolved do not count.
    assert (resolve.cycle, resolve.elapsed_seconds) == (2, 3600)
    # Three working days are 27 hours: 26 are left at 15:00 on Tuesday.
    assert resolve.due_at == sg("2026-03-06 14:00")
    assert (update.started_at, update.state) == (NOW + 5 * HOUR, ClockState.RUNNING)


def test_what_was_closed_comes_back_without_its_closure() -> None:
    case = play(closed(), Act.REOPEN, actor=MEI, now=LATER).after
    assert (case.status, case.closure, case.ended_at) == (Status.INVESTIGATING, None, None)


def test_if_the_owner_has_gone_somebody_has_to_accept_it_again() -> None:
    people = {**the_people(), ERIN: replace(the_people()[ERIN], kind=the_people()["U0GONE00001"].kind)}
    change = play(resolved(), Act.REOPEN, actor=MEI, now=LATER, people=people)
    case = change.after
    assert (case.status, case.owner, case.suggested_owner) == (Status.INVESTIGATING, None, ARJUN)
    assert case.clock(ClockKind.ACKNOWLEDGE) is not None
    assert case.clock(ClockKind.UPDATE) is None
    assert recipients(change, NoticeKind.ON_CALL) == [ARJUN]
    accepted = play(case, Act.ACKNOWLEDGE, actor=ARJUN, now=LATER + HOUR).after
    assert (accepted.status, accepted.owner) == (Status.INVESTIGATING, ARJUN)
    assert accepted.clock(ClockKind.ACKNOWLEDGE) is None
    assert accepted.clock(ClockKind.UPDATE) is not None


def test_reopening_and_cancelling_need_a_reason() -> None:
    blank = ReasonForm(said(""))
    assert refuse(resolved(), Act.REOPEN, blank, actor=MEI).form_field == "why"
    assert refuse(resolved(), Act.CANCEL, blank, actor=MEI).form_field == "why"


def test_cancelling_voids_the_clocks_and_tells_whoever_holds_it() -> None:
    change = play(investigating(), Act.CANCEL, actor=MEI, now=LATER)
    case = change.after
    assert (case.status, case.ended_at, case.owner) == (Status.CANCELLED, LATER, ERIN)
    assert not any(each.is_open for each in case.clocks)
    assert [n.facts["news"] for n in told(change, NoticeKind.OWNER_NEWS)] == ["cancelled"]


def test_cancelling_what_nobody_accepted_tells_the_person_on_call() -> None:
    change = play(new(), Act.CANCEL, actor=MEI)
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]
    assert {each.state for each in change.after.clocks} == {ClockState.VOID}


def test_the_requester_and_followers_of_a_duplicate_move_along() -> None:
    case = replace(acknowledged(), requester=TING, followers=frozenset({BYSTANDER}))
    original = replace(others_case(), requester=MEI, followers=frozenset({ARJUN}))
    change = play(case, Act.DUPLICATE, others={ORIGINAL: original}, now=LATER)
    assert (change.after.status, change.after.duplicate_of) == (Status.DUPLICATE, ORIGINAL)
    assert [each.after.followers for each in change.also] == [{ARJUN, BYSTANDER, TING}]
    assert [happened(each) for each in change.also] == [[EventKind.MERGED]]
    assert recipients(change, NoticeKind.REQUESTER_NEWS) == [TING]


def test_the_requester_of_both_does_not_follow_their_own() -> None:
    original = replace(others_case(), requester=MEI)
    change = play(acknowledged(), Act.DUPLICATE, others={ORIGINAL: original})
    assert MEI not in change.also[0].after.followers


@pytest.mark.parametrize(
    ("of", "code"), [(142, Code.DUPLICATE_OF_ITSELF), (99, Code.NOT_FOUND), (8, Code.DUPLICATE_ENDED)]
)
def test_the_original_exists_is_another_one_and_is_open(of: int, code: Code) -> None:
    ended = replace(cancelled(), number=8)
    form = DuplicateForm(of, said("The same"))
    answer = refuse(acknowledged(), Act.DUPLICATE, form, others={8: ended})
    assert (answer.code, answer.form_field, answer.facts["key"]) == (code, "of", f"ESC-{of}")


def test_followers_hear_of_the_end_and_the_owner_among_them_only_once() -> None:
    case = replace(resolved(), followers=frozenset({BYSTANDER, ERIN, TING}))
    change = play(case, Act.CONFIRM, actor=TING)
    assert recipients(change, NoticeKind.FOLLOWER_NEWS) == [BYSTANDER]
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]


def test_a_breach_stays_in_the_record_of_what_was_resolved_late() -> None:
    late = play(acknowledged(), Act.RESOLVE, now=NOW + 30 * DAY).after
    resolve = next(each for each in late.clocks if each.kind is ClockKind.RESOLVE)
    assert resolve.breached_at == resolve.due_at
