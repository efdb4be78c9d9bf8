"""The moves by act: how the desk finds the function for what was asked, and the form it takes.

A move answers with a Change or a Refusal and touches nothing. Reads (show, list), the handoff, reports
and configuration are acts without a move: the matrix knows them, no escalation changes. The timers'
move, `run_step`, is nobody's act.
"""

from collections.abc import Callable, Mapping
from typing import Any

from models.rules.acts import Act
from models.rules.change import Change
from models.rules.facts import Facts
from models.rules.moves import forms
from models.rules.moves.acknowledge import acknowledge
from models.rules.moves.add_evidence import add_evidence
from models.rules.moves.answer import answer
from models.rules.moves.cancel import cancel
from models.rules.moves.change_severity import change_severity
from models.rules.moves.confirm import confirm
from models.rules.moves.duplicate import duplicate
from models.rules.moves.edit import edit
from models.rules.moves.follow import follow
from models.rules.moves.hand_back import hand_back
from models.rules.moves.look_later import look_later
from models.rules.moves.need_info import need_info
from models.rules.moves.nudge import nudge
from models.rules.moves.open_escalation import open_escalation
from models.rules.moves.pass_on import pass_on
from models.rules.moves.reassign import reassign
from models.rules.moves.reopen import reopen
from models.rules.moves.reroute import reroute
from models.rules.moves.resolve import resolve
from models.rules.moves.resume import resume
from models.rules.moves.unfollow import unfollow
from models.rules.moves.update import update
from models.rules.moves.wait import wait
from models.rules.refusals import Refusal

# The registry pairs each act with a function of its own form; FORMS says which, and a test holds the two
# together, since one mapping of many forms cannot.
Move = Callable[[Facts, Any], Change | Refusal]

MOVES: Mapping[Act, Move] = {
    Act.OPEN: open_escalation,
    Act.ACKNOWLEDGE: acknowledge,
    Act.NEED_INFO: need_info,
    Act.HAND_BACK: hand_back,
    Act.UPDATE: update,
    Act.WAIT: wait,
    Act.RESUME: resume,
    Act.ANSWER: answer,
    Act.RESOLVE: resolve,
    Act.CONFIRM: confirm,
    Act.REOPEN: reopen,
    Act.CANCEL: cancel,
    Act.DUPLICATE: duplicate,
    Act.REASSIGN: reassign,
    Act.REROUTE: reroute,
    Act.RAISE_SEVERITY: change_severity,
    Act.LOWER_SEVERITY: change_severity,
    Act.EDIT: edit,
    Act.ADD_EVIDENCE: add_evidence,
    Act.FOLLOW: follow,
    Act.UNFOLLOW: unfollow,
    Act.NUDGE: nudge,
    Act.LOOK_LATER: look_later,
    Act.PASS_ON: pass_on,
}

FORMS: Mapping[Act, type] = {
    Act.OPEN: forms.OpenForm,
    Act.ACKNOWLEDGE: forms.NoForm,
    Act.NEED_INFO: forms.NeedInfoForm,
    Act.HAND_BACK: forms.HandBackForm,
    Act.UPDATE: forms.UpdateForm,
    Act.WAIT: forms.WaitForm,
    Act.RESUME: forms.NoForm,
    Act.ANSWER: forms.AnswerForm,
    Act.RESOLVE: forms.ResolveForm,
    Act.CONFIRM: forms.ConfirmForm,
    Act.REOPEN: forms.ReasonForm,
    Act.CANCEL: forms.ReasonForm,
    Act.DUPLICATE: forms.DuplicateForm,
    Act.REASSIGN: forms.ReassignForm,
    Act.REROUTE: forms.RerouteForm,
    Act.RAISE_SEVERITY: forms.SeverityForm,
    Act.LOWER_SEVERITY: forms.SeverityForm,
    Act.EDIT: forms.Details,
    Act.ADD_EVIDENCE: forms.EvidenceForm,
    Act.FOLLOW: forms.NoForm,
    Act.UNFOLLOW: forms.NoForm,
    Act.NUDGE: forms.NoForm,
    Act.LOOK_LATER: forms.NoForm,
    Act.PASS_ON: forms.NoForm,
}
