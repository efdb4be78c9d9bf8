"""Cases as the moves themselves make them: each status reached the way people reach it.

The moves' tests start from these, so that clocks, owner and dates are what a real case has.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from models.rules.acts import Act
from models.rules.case import Case, Docs, EvidenceKind, Outcome, WaitingOn
from models.rules.change import Change, EventKind, Notice, NoticeKind
from models.rules.masking import Masked, mask
from models.rules.moves import MOVES
from models.rules.moves.forms import (
    AnswerForm,
    ConfirmForm,
    Details,
    DuplicateForm,
    EvidenceForm,
    EvidenceItem,
    HandBackForm,
    HandBackReason,
    NeedInfoForm,
    NoForm,
    OpenForm,
    ReasonForm,
    ReassignForm,
    RerouteForm,
    ResolveForm,
    SeverityForm,
    UpdateForm,
    WaitForm,
)
from models.rules.refusals import Refusal
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import ARJUN, ENGINEERING, ERIN, LENA, MEI, NOW, PRODUCT, facts

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ORIGINAL = 7  # the number of another open case


def said(text: str) -> Masked:
    return mask(text).text


def details(**changes: Any) -> Details:
    return replace(Details(title=said("Payout not received"), need=said("Release it")), **changes)


def open_form(**changes: Any) -> OpenForm:
    return replace(OpenForm(details(), Severity.SEV3, ENGINEERING), **changes)


def wait_form(on: WaitingOn = WaitingOn.CUSTOMER, *, until: datetime = NOW + 5 * HOUR) -> WaitForm:
    return WaitForm(on, said("They look it up"), until)


def a_note(text: str = "Seen twice") -> EvidenceItem:
    return EvidenceItem(EvidenceKind.NOTE, said(text))


# One good form for each act; the case it is for is a SEV3 of Engineering's.
GOOD_FORMS: dict[Act, object] = {
    Act.OPEN: open_form(),
    Act.ACKNOWLEDGE: NoForm(),
    Act.NEED_INFO: NeedInfoForm(said("Which payout?")),
    Act.HAND_BACK: HandBackForm(HandBackReason.WRONG_TEAM),
    Act.UPDATE: UpdateForm(said("Found it")),
    Act.WAIT: wait_form(),
    Act.RESUME: NoForm(),
    Act.ANSWER: AnswerForm(said("po_1Nx")),
    Act.RESOLVE: ResolveForm(Outcome.FIXED),
    Act.CONFIRM: ConfirmForm(True, Docs.GAP, said("Holds are not described")),
    Act.REOPEN: ReasonForm(said("Still missing")),
    Act.CANCEL: ReasonForm(said("Solved by itself")),
    Act.DUPLICATE: DuplicateForm(ORIGINAL, said("The same payout")),
    Act.REASSIGN: ReassignForm(ARJUN),
    Act.REROUTE: RerouteForm(PRODUCT, said("It is the price")),
    Act.RAISE_SEVERITY: SeverityForm(Severity.SEV2),
    Act.LOWER_SEVERITY: SeverityForm(Severity.SEV4, said("A workaround exists")),
    Act.EDIT: details(title=said("Payout of Monday not received")),
    Act.ADD_EVIDENCE: EvidenceForm((a_note(),)),
    Act.FOLLOW: NoForm(),
    Act.UNFOLLOW: NoForm(),
    Act.NUDGE: NoForm(),
    Act.LOOK_LATER: NoForm(),
    Act.PASS_ON: NoForm(),
}


def attempt(
    case: Case | None,
    act: Act,
    form: object | None = None,
    *,
    actor: str | None = ERIN,
    now: datetime = NOW,
    **known: Any,
) -> Change | Refusal:
    """What the move of `act` answers; the act's good form where none is given."""
    original = others_case()
    known.setdefault("others", {ORIGINAL: original})
    move = MOVES[act]
    return move(facts(case, actor=actor, now=now, **known), GOOD_FORMS[act] if form is None else form)


def play(case: Case | None, act: Act, form: object | None = None, **how: Any) -> Change:
    """The Change of a move that must not be refused."""
    answer = attempt(case, act, form, **how)
    assert isinstance(answer, Change), answer
    return answer


def refuse(case: Case | None, act: Act, form: object | None = None, **how: Any) -> Refusal:
    """The Refusal of a move that must be."""
    answer = attempt(case, act, form, **how)
    assert isinstance(answer, Refusal), answer
    return answer


def new(**how: Any) -> Case:
    """Opened by Mei at NOW, as the record would store it; `form`, `actor`, `now` and facts by name."""
    form = how.pop("form", None)
    change = play(None, Act.OPEN, form, **{"actor": MEI, **how})
    return replace(change.after, id=1, number=142, version=1)


def acknowledged(**how: Any) -> Case:
    return play(new(), Act.ACKNOWLEDGE, **how).after


def investigating(**how: Any) -> Case:
    return play(acknowledged(**how), Act.UPDATE, **how).after


def waiting(form: WaitForm | None = None, **how: Any) -> Case:
    return play(acknowledged(**how), Act.WAIT, form, **how).after


def mitigated(**how: Any) -> Case:
    form = UpdateForm(said("Switched over"), impact_stopped=True)
    return play(acknowledged(**how), Act.UPDATE, form, **how).after


def resolved(**how: Any) -> Case:
    return play(acknowledged(**how), Act.RESOLVE, **how).after


def closed(**how: Any) -> Case:
    return play(resolved(**how), Act.CONFIRM, **{**how, "actor": MEI}).after


def a_duplicate(**how: Any) -> Case:
    return play(acknowledged(**how), Act.DUPLICATE, **how).after


def cancelled(**how: Any) -> Case:
    return play(acknowledged(**how), Act.CANCEL, **{**how, "actor": MEI}).after


def others_case() -> Case:
    """Another open case of Priya's own asking, number ORIGINAL."""
    plain = facts(None, actor=LENA)
    change = MOVES[Act.OPEN](plain, open_form())
    assert isinstance(change, Change)
    return replace(change.after, id=2, number=ORIGINAL, version=1)


IN_STATUS: dict[Status, Callable[[], Case]] = {
    Status.NEW: new,
    Status.ACKNOWLEDGED: acknowledged,
    Status.INVESTIGATING: investigating,
    Status.WAITING: waiting,
    Status.MITIGATED: mitigated,
    Status.RESOLVED: resolved,
    Status.CLOSED: closed,
    Status.DUPLICATE: a_duplicate,
    Status.CANCELLED: cancelled,
}


def told(change: Change, kind: NoticeKind) -> list[Notice]:
    """The notices of one kind, in order."""
    return [notice for notice in change.notices if notice.kind is kind]


def recipients(change: Change, kind: NoticeKind) -> list[str]:
    return [notice.to for notice in told(change, kind)]


def happened(change: Change) -> list[EventKind]:
    return [event.kind for event in change.events]
