"""The status table of DOMAIN: every row of it, and every act in every status, asked of the moves."""

from dataclasses import replace

import pytest

from models.rules.acts import Act
from models.rules.case import WaitingOn
from models.rules.change import Change
from models.rules.moves import MOVES
from models.rules.moves.forms import UpdateForm
from models.rules.possible import POSSIBLE, is_possible, possible_acts
from models.rules.refusals import Code, Refusal
from models.rules.status import ALLOWED, Status, allows
from tests.builders import ERIN, LENA, MEI
from tests.rules.playing import IN_STATUS, attempt, play, refuse, said, wait_form, waiting

# DOMAIN's rows, written out by hand. Every open status may also become a duplicate, cancelled, or new
# again by re-route; what the table does not name is not allowed.
ROWS = """
new           -> acknowledged
acknowledged  -> investigating waiting mitigated resolved
investigating -> waiting mitigated resolved
waiting       -> investigating resolved
mitigated     -> investigating waiting resolved
resolved      -> closed investigating
closed        -> investigating
"""
FROM_ANY_OPEN_ONE = {Status.DUPLICATE, Status.CANCELLED, Status.NEW}

# What each act leads to in each status: the status reached (by its first letters), "same", or a refusal.
# The waiting one waits on the customer, so no clock of it runs.
REFUSALS = {"-": Code.WRONG_STATUS, "already": Code.ALREADY, "no_clock": Code.NO_CLOCK}
GRID = """
act             new      ack      inv      wait     mit      res      clo      dup      can
acknowledge     ack      already  already  already  already  -        -        -        -
need_info       wait     wait     wait     already  wait     -        -        -        -
hand_back       new      new      new      new      new      new      -        -        -
update          inv      inv      inv      wait     mit      -        -        -        -
wait            wait     wait     wait     already  wait     -        -        -        -
resume          -        -        -        inv      inv      -        -        -        -
answer          same     same     same     same     same     -        -        -        -
resolve         res      res      res      res      res      already  -        -        -
confirm         -        -        -        -        -        clo      already  -        -
reopen          -        -        -        -        -        inv      inv      -        -
cancel          can      can      can      can      can      can      -        -        already
duplicate       dup      dup      dup      dup      dup      dup      -        already  -
reassign        ack      same     same     same     same     -        -        -        -
reroute         new      new      new      new      new      new      -        -        -
raise_severity  ack      same     same     same     same     -        -        -        -
lower_severity  ack      same     same     same     same     -        -        -        -
edit            same     same     same     same     same     same     -        -        -
add_evidence    same     same     same     same     same     same     -        -        -
follow          same     same     same     same     same     same     same     same     same
nudge           same     same     same     no_clock same     -        -        -        -
look_later      same     same     same     same     same     -        -        -        -
pass_on         same     already  already  already  already  -        -        -        -
"""


def rows() -> list[tuple[Status, set[Status]]]:
    found = []
    for line in ROWS.strip().splitlines():
        start, ends = line.split("->")
        found.append((Status(start.strip()), {Status(end) for end in ends.split()}))
    return found


def in_full(word: str) -> str:
    return next((status.value for status in Status if status.startswith(word)), word)


def cells() -> list[tuple[Act, Status, str]]:
    head, *lines = (line.split() for line in GRID.strip().splitlines())
    return [
        (Act(act), Status(in_full(status)), in_full(outcome))
        for act, *outcomes in lines
        for status, outcome in zip(head[1:], outcomes, strict=True)
    ]


@pytest.mark.parametrize(("start", "ends"), rows())
def test_each_row_of_the_table_is_allowed_and_nothing_else(start: Status, ends: set[Status]) -> None:
    expected = ends | (FROM_ANY_OPEN_ONE if start.is_open else set())
    assert {end for end in Status if allows(start, end)} == expected


def test_nothing_leads_out_of_a_duplicate_or_a_cancelled_one() -> None:
    assert not ALLOWED[Status.DUPLICATE]
    assert not ALLOWED[Status.CANCELLED]


@pytest.mark.parametrize("status", Status)
def test_a_case_can_be_played_into_each_status(status: Status) -> None:
    assert IN_STATUS[status]().status is status


@pytest.mark.parametrize(("act", "status", "outcome"), cells())
def test_each_act_in_each_status_does_what_the_grid_says(act: Act, status: Status, outcome: str) -> None:
    """Lena may do everything; she leads the team, so her acts acknowledge."""
    answer = attempt(IN_STATUS[status](), act, actor=LENA)
    if isinstance(answer, Change):
        assert answer.after.status.value == (status.value if outcome == "same" else outcome)
        assert_allowed(status, answer.after.status)
    else:
        assert answer.code is REFUSALS.get(outcome)


def assert_allowed(start: Status, end: Status) -> None:
    """A composed move acknowledges on the way."""
    steps = [(start, end), (Status.ACKNOWLEDGED, end)] if start is Status.NEW else [(start, end)]
    assert start is end or any(allows(*step) for step in steps)


def test_the_grid_names_every_move_of_a_case_and_every_status() -> None:
    named = {(act, status) for act, status, _ in cells()}
    acts = set(MOVES) - {Act.OPEN, Act.UNFOLLOW}
    assert named == {(act, status) for act in acts for status in Status}


@pytest.mark.parametrize("status", Status)
def test_what_is_possible_is_what_the_grid_does_not_refuse(status: Status) -> None:
    case = IN_STATUS[status]()
    possible = {act for act, at, outcome in cells() if at is status and outcome not in ("-", "already")}
    shown = set(possible_acts(case)) - {Act.SHOW, Act.UNFOLLOW}
    assert shown == possible
    assert all(is_possible(case, act) for act in possible)
    assert Act.OPEN not in POSSIBLE


def test_a_wrong_status_is_refused_with_what_is_possible_instead() -> None:
    answer = refuse(IN_STATUS[Status.RESOLVED](), Act.UPDATE)
    assert answer.code is Code.WRONG_STATUS
    assert answer.facts["status"] == "resolved"
    assert answer.facts["act"] == "update"
    possible = answer.facts["possible"]
    assert isinstance(possible, list)
    assert {"confirm", "reopen"} < set(possible)
    assert "update" not in possible


@pytest.mark.parametrize(
    ("status", "act", "by"),
    [
        (Status.ACKNOWLEDGED, Act.ACKNOWLEDGE, ERIN),
        (Status.WAITING, Act.WAIT, ERIN),
        (Status.RESOLVED, Act.RESOLVE, ERIN),
        (Status.CLOSED, Act.CONFIRM, MEI),
        (Status.CANCELLED, Act.CANCEL, None),
        (Status.DUPLICATE, Act.DUPLICATE, None),
    ],
)
def test_what_is_so_already_is_refused_with_who_and_when(status: Status, act: Act, by: str | None) -> None:
    case = IN_STATUS[status]()
    answer = refuse(case, act, actor=LENA)
    moment = case.ended_at or case.resolved_at or case.acknowledged_at
    assert answer.code is Code.ALREADY
    assert answer.facts["by"] == by
    assert answer.facts["at"] == (moment.isoformat() if moment else None)


def test_what_waits_cannot_be_mitigated_before_it_is_resumed() -> None:
    form = UpdateForm(said("Switched over"), impact_stopped=True)
    answer = refuse(waiting(), Act.UPDATE, form)
    assert (answer.code, answer.form_field) == (Code.WRONG_STATUS, "impact_stopped")


def test_what_is_mitigated_stays_so_until_the_team_says_that_the_impact_is_back() -> None:
    case = play(IN_STATUS[Status.MITIGATED](), Act.UPDATE).after
    assert case.status is Status.MITIGATED
    assert refuse(case, Act.RESUME, actor=MEI).code is Code.NOT_ALLOWED
    assert play(case, Act.RESUME, actor=ERIN).after.status is Status.INVESTIGATING


def test_the_answer_that_is_awaited_resumes_and_any_other_does_not() -> None:
    awaited = waiting(wait_form(WaitingOn.REQUESTER))
    assert play(awaited, Act.ANSWER, actor=MEI).after.status is Status.INVESTIGATING
    assert play(waiting(), Act.ANSWER, actor=MEI).after.status is Status.WAITING


def test_of_two_who_acknowledge_at_once_the_second_is_told_who_won() -> None:
    won = play(IN_STATUS[Status.NEW](), Act.ACKNOWLEDGE, actor=ERIN).after
    lost = attempt(won, Act.ACKNOWLEDGE, actor=LENA)
    assert isinstance(lost, Refusal)
    assert (lost.code, lost.facts["by"]) == (Code.ALREADY, ERIN)


def test_what_does_not_conflict_is_decided_again_and_takes_effect() -> None:
    """An update, while somebody else added proof: on the fresh facts it keeps the proof."""
    fresh = play(IN_STATUS[Status.INVESTIGATING](), Act.ADD_EVIDENCE, actor=MEI).after
    updated = play(replace(fresh, version=2), Act.UPDATE).after
    assert updated.evidence == fresh.evidence
    assert updated.progress is not None
