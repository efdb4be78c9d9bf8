"""A draft as the form of a move: texts masked, times made aware, choices made the rules' own values.

What is missing or cannot be read is a Refusal that names the field; what is wrong in meaning is for the
moves to say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.render.forms.choices import TRIAGE, YES
from bot.render.forms.parts import moment_of
from bot.render.forms.resolve import NOT_KNOWN
from bot.render.forms.sheet import Draft, Meta
from bot.render.forms.update import AS_USUAL
from handlers.proof import items_in, sql_item
from models.rules.acts import Act
from models.rules.case import Docs, Outcome, WaitingOn
from models.rules.limits import empty
from models.rules.masking import Kind, Masked, mask
from models.rules.moves import forms
from models.rules.refusals import Refusal
from models.rules.severity import Severity

T = TypeVar("T")


class Unreadable(Exception):
    """The draft lacks something without which there is no form. Carries the refusal to show."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Reading:
    """One draft being read. `masked` gathers what was taken out of the texts, so that the person is told."""

    draft: Draft
    now: datetime
    meta: Meta
    masked: list[Kind] = field(default_factory=list)

    def text(self, name: str) -> Masked:
        """A text, masked; empty where nothing was typed."""
        value = self.draft.get(name, "")
        result = mask(value if isinstance(value, str) else "")
        self.masked.extend(result.found)
        return result.text

    def text_or_none(self, name: str) -> Masked | None:
        return self.text(name) or None

    def word(self, name: str) -> str:
        """A chosen value as it is."""
        value = self.draft.get(name, "")
        return value if isinstance(value, str) else ""

    def needed(self, name: str) -> str:
        """A chosen value without which there is no form."""
        if value := self.word(name):
            return value
        raise Unreadable(empty(name))

    def chosen(self, name: str, read: Callable[[str], T]) -> T:
        """A chosen value as one of ours. Slack offers nothing else; what was tampered with counts as empty."""
        try:
            return read(self.needed(name))
        except (ValueError, OverflowError):
            raise Unreadable(empty(name)) from None

    def several(self, name: str) -> tuple[str, ...]:
        value = self.draft.get(name, ())
        return value if isinstance(value, tuple) else ()

    def moment_after(self, seconds: str) -> datetime:
        """So many seconds from now. Raises ValueError or OverflowError."""
        return self.now + timedelta(seconds=int(seconds))

    def moment(self, name: str) -> datetime | None:
        return moment_of(self.word(name))

    def moment_needed(self, name: str) -> datetime:
        if at := self.moment(name):
            return at
        raise Unreadable(empty(name))

    def evidence(self) -> tuple[forms.EvidenceItem, ...]:
        """The proof of the evidence field and of the SQL fields."""
        items = items_in(self.text("evidence"))
        sql = sql_item(self.text_or_none("sql"), self.text_or_none("sql_summary"))
        return (*items, sql) if sql else items


def number_of(text: str) -> int | None:
    """The number of an escalation as a button or a menu holds it: no more digits than a database takes."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _number(text: str) -> int:
    found = number_of(text)
    if found is None:
        raise ValueError(text)
    return found


def parse_form(reading: Reading) -> tuple[Act, Any]:
    """The act and the form of a submitted modal. Raises Unreadable."""
    act, read = _READERS[reading.meta.form]
    return act, read(reading)


def act_of(form: str) -> Act:
    """The act that a modal is for."""
    return _READERS[form][0]


def details(reading: Reading) -> forms.Details:
    """What an escalation says of itself."""
    return forms.Details(
        title=reading.text("title"),
        need=reading.text("need"),
        title_local=reading.text_or_none("title_local"),
        account=reading.text_or_none("account"),
        ticket_url=reading.text_or_none("ticket_url"),
        category=reading.word("category") or None,
        customer_language=reading.word("customer_language") or None,
        amount=reading.text_or_none("amount"),
        promised_at=reading.moment("promised_at"),
    )


def _open(reading: Reading) -> forms.OpenForm:
    return forms.OpenForm(
        details=details(reading),
        severity=reading.chosen("severity", Severity),
        team=reading.needed("team"),
        evidence=reading.evidence(),
        followers=frozenset(reading.several("followers")),
        origin_channel=reading.meta.origin,
    )


def _need_info(reading: Reading) -> forms.NeedInfoForm:
    return forms.NeedInfoForm(reading.text("why"), reading.moment("until"))


def _hand_back(reading: Reading) -> forms.HandBackForm:
    reason, team = reading.chosen("reason", forms.HandBackReason), reading.word("team")
    return forms.HandBackForm(reason, None if team in ("", TRIAGE) else team, reading.text_or_none("note"))


def _update(reading: Reading) -> forms.UpdateForm:
    preset = reading.word("next_update_at")
    own_time = preset not in ("", AS_USUAL)
    return forms.UpdateForm(
        finding=reading.text("finding"),
        next_step=reading.text_or_none("next_step"),
        next_update_at=reading.chosen("next_update_at", reading.moment_after) if own_time else None,
        impact_stopped=bool(reading.several("impact_stopped")),
        customer_line=reading.text_or_none("customer_line"),
    )


def _wait(reading: Reading) -> forms.WaitForm:
    return forms.WaitForm(reading.chosen("on", WaitingOn), reading.text("why"), reading.moment_needed("until"))


def _answer(reading: Reading) -> forms.AnswerForm:
    return forms.AnswerForm(reading.text("text"), reading.evidence())


def _resolve(reading: Reading) -> forms.ResolveForm:
    outcome, cause = reading.chosen("outcome", Outcome), reading.text_or_none("cause")
    if cause is None and not reading.several(NOT_KNOWN):
        raise Unreadable(empty("cause"))
    return forms.ResolveForm(outcome, cause, reading.text_or_none("workaround"))


def _confirm(reading: Reading) -> forms.ConfirmForm:
    told, docs = reading.needed("customer_told") == YES, reading.chosen("docs", Docs)
    return forms.ConfirmForm(told, docs, reading.text_or_none("docs_note"))


def _reason(reading: Reading) -> forms.ReasonForm:
    return forms.ReasonForm(reading.text("why"))


def _duplicate(reading: Reading) -> forms.DuplicateForm:
    return forms.DuplicateForm(reading.chosen("of", _number), reading.text("why"))


def _reassign(reading: Reading) -> forms.ReassignForm:
    return forms.ReassignForm(reading.needed("to"), reading.text_or_none("why"))


def _reroute(reading: Reading) -> forms.RerouteForm:
    return forms.RerouteForm(reading.needed("team"), reading.text("why"))


def _severity(reading: Reading) -> forms.SeverityForm:
    return forms.SeverityForm(reading.chosen("severity", Severity), reading.text_or_none("why"))


def _evidence(reading: Reading) -> forms.EvidenceForm:
    items = reading.evidence()
    if not items:
        raise Unreadable(empty("evidence"))
    return forms.EvidenceForm(items)


_READERS: dict[str, tuple[Act, Callable[[Reading], Any]]] = {
    "open": (Act.OPEN, _open),
    "need_info": (Act.NEED_INFO, _need_info),
    "hand_back": (Act.HAND_BACK, _hand_back),
    "update": (Act.UPDATE, _update),
    "wait": (Act.WAIT, _wait),
    "answer": (Act.ANSWER, _answer),
    "resolve": (Act.RESOLVE, _resolve),
    "confirm": (Act.CONFIRM, _confirm),
    "reopen": (Act.REOPEN, _reason),
    "cancel": (Act.CANCEL, _reason),
    "duplicate": (Act.DUPLICATE, _duplicate),
    "reassign": (Act.REASSIGN, _reassign),
    "reroute": (Act.REROUTE, _reroute),
    # Whether it is raised or lowered, the door sees from the case; the role matrix tells the two apart.
    "severity": (Act.RAISE_SEVERITY, _severity),
    "edit": (Act.EDIT, details),
    "add_evidence": (Act.ADD_EVIDENCE, _evidence),
    "pick_evidence": (Act.ADD_EVIDENCE, _evidence),
}
FORMS = frozenset(_READERS)
