"""Our modals: one function a modal, each from a Sheet, by the name that its callback id carries.

sheet            what a modal is drawn from, its frame, and what it remembers
parts, choices   questions, and the choices they offer
open_escalation  the new escalation, with the promise
told             what a modal answers after it was submitted
Most of the others are named after the act that they ask the words for.
"""

from collections.abc import Callable, Mapping

from bot.render.forms.confirm import confirm
from bot.render.forms.edit import edit
from bot.render.forms.hand_back import hand_back
from bot.render.forms.need_info import need_info
from bot.render.forms.open_escalation import open_escalation
from bot.render.forms.proof import add_evidence, answer, pick_evidence
from bot.render.forms.reasons import cancel, duplicate, reassign, reopen, reroute, severity
from bot.render.forms.resolve import resolve
from bot.render.forms.sheet import Draft, Meta, Sheet, View, meta_of
from bot.render.forms.update import update
from bot.render.forms.wait import wait

OPEN = "open"
PICK_EVIDENCE = "pick_evidence"
SEVERITY = "severity"

MODALS: Mapping[str, Callable[[Sheet], View]] = {
    OPEN: open_escalation,
    "need_info": need_info,
    "hand_back": hand_back,
    "update": update,
    "wait": wait,
    "answer": answer,
    "resolve": resolve,
    "confirm": confirm,
    "reopen": reopen,
    "cancel": cancel,
    "duplicate": duplicate,
    "reassign": reassign,
    "reroute": reroute,
    SEVERITY: severity,
    "edit": edit,
    "add_evidence": add_evidence,
    PICK_EVIDENCE: pick_evidence,
}

__all__ = ["MODALS", "OPEN", "PICK_EVIDENCE", "SEVERITY", "Draft", "Meta", "Sheet", "View", "meta_of"]
