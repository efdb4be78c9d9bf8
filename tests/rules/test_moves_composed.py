"""What holds after any sequence of acts by anybody, however odd."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.acts import Act
from models.rules.case import Case, ClockState, WaitingOn
from models.rules.change import Change, NoticeKind
from models.rules.due import timers_of
from models.rules.moves import MOVES
from models.rules.moves.forms import UpdateForm, WaitForm
from models.rules.possible import awaits_acceptance
from models.rules.rulebook import ClockKind
from models.rules.status import Status
from tests.builders import ARJUN, ERIN, LENA, MEI, NOW, a_rulebook
from tests.rules.playing import GOOD_FORMS, attempt, new, said, told

BOOKS = {1: a_rulebook()}
# An original in the test is opened at NOW by Lena, and a late reopening begins another case.
PLAYED = sorted(set(MOVES) - {Act.OPEN})

steps = st.lists(
    st.tuples(
        st.sampled_from(PLAYED),
        st.sampled_from([MEI, ERIN, ARJUN, LENA]),
        st.integers(min_value=0, max_value=3000),
        st.sampled_from(WaitingOn),
        st.booleans(),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(steps)
def test_no_sequence_of_acts_loses_a_case(sequence: list[tuple[Act, str, int, WaitingOn, bool]]) -> None:
    case, now = new(), NOW
    for act, actor, minutes, on, stopped in sequence:
        now += timedelta(minutes=minutes)
        form = GOOD_FORMS[act]
        if act is Act.WAIT:
            form = WaitForm(on, said("They look"), now + timedelta(hours=2))
        if act is Act.UPDATE:
            form = UpdateForm(said("Found"), impact_stopped=stopped)
        answer = attempt(case, act, form, actor=actor, now=now)
        if isinstance(answer, Change):
            assert_joined_up(case, answer)
            case = answer.after
    assert_sound(case)
    timers_of(case, BOOKS)


def assert_joined_up(before: Case, change: Change) -> None:
    assert change.before in (before, None)
    assert change.events
    assert len(told(change, NoticeKind.CARD)) == 1
    assert_sound(change.after)
    if change.before is not None:
        kept = {(c.kind, c.cycle): c.breached_at for c in change.after.clocks}
        breached = {(c.kind, c.cycle): c.breached_at for c in before.clocks if c.breached_at}
        assert breached.items() <= kept.items(), "a breach is never taken back"


def assert_sound(case: Case) -> None:
    running = Counter(clock.kind for clock in case.clocks if clock.is_open)
    assert all(count == 1 for count in running.values())
    assert bool(running) is (case.status is Status.NEW or case.status.is_working)
    assert (case.waiting is not None) is (case.status is Status.WAITING)
    assert (case.clock(ClockKind.ACKNOWLEDGE) is not None) is awaits_acceptance(case)
    assert (case.ended_at is None) is case.status.is_open
    if case.status.is_working:
        assert (case.owner is None) is awaits_acceptance(case)
        assert case.clock(ClockKind.RESOLVE) is not None
    if case.status is not Status.WAITING:
        assert not any(clock.state is ClockState.PAUSED for clock in case.clocks)
