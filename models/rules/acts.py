"""The acts: what a person or a timer may try to do, by stable names.

A move implements one act. Buttons, commands and the role matrix speak of acts, never of functions.
"""

from enum import StrEnum


class Act(StrEnum):
    """Everything that can be tried on an escalation."""

    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    NEED_INFO = "need_info"
    HAND_BACK = "hand_back"
    UPDATE = "update"
    WAIT = "wait"
    RESUME = "resume"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    REOPEN = "reopen"  # also "Not fixed"
    CANCEL = "cancel"
    DUPLICATE = "duplicate"
    REASSIGN = "reassign"
    REROUTE = "reroute"
    RAISE_SEVERITY = "raise_severity"
    LOWER_SEVERITY = "lower_severity"
    EDIT = "edit"
    ADD_EVIDENCE = "add_evidence"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    NUDGE = "nudge"
    LOOK_LATER = "look_later"  # "In 2 hours" on a reminder: tells the requester, moves no clock
    PASS_ON = "pass_on"  # noqa: S105 - "Not mine": the person on call hands to the next on the rotation
    SHOW = "show"
    LIST = "list"
    HANDOFF = "handoff"
    REPORT = "report"
    IMPORT = "import"
    CONFIGURE = "configure"
