"""What can be done with a card: one primary button in each state, two or three others, and the ⋯ menu.

The menu is a select, for Slack's overflow takes five entries only. Everybody in the channel sees the same
card, so it offers what somebody may do; whether this person may is decided when they try.
"""

from bot.i18n import Texts
from bot.render.blocks import Block, actions, button, option, select
from bot.render.blocks.elements import Element
from bot.render.ids import MENU_ACTION, action_name, menu_value
from bot.render.reader import Reader
from bot.render.vocabulary import act_name
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.possible import awaits_acceptance, is_possible
from models.rules.status import Status

_BUTTONS: dict[Status, tuple[Act, ...]] = {
    Status.NEW: (Act.ACKNOWLEDGE, Act.NEED_INFO, Act.HAND_BACK),
    Status.ACKNOWLEDGED: (Act.UPDATE, Act.WAIT, Act.RESOLVE),
    Status.INVESTIGATING: (Act.UPDATE, Act.WAIT, Act.RESOLVE),
    Status.MITIGATED: (Act.UPDATE, Act.WAIT, Act.RESOLVE),
    Status.WAITING: (Act.RESUME, Act.UPDATE),
    Status.RESOLVED: (Act.CONFIRM, Act.REOPEN),
    Status.CLOSED: (Act.REOPEN,),
}
SEVERITY, WHY, HISTORY = "severity", "why", "history"
_MENU = (
    Act.RESOLVE,
    Act.NEED_INFO,
    Act.HAND_BACK,
    Act.REASSIGN,
    Act.REROUTE,
    SEVERITY,
    Act.EDIT,
    Act.ADD_EVIDENCE,
    Act.FOLLOW,
    Act.UNFOLLOW,
    Act.NUDGE,
    Act.DUPLICATE,
    Act.CANCEL,
    WHY,
    HISTORY,
)


def card_buttons(case: Case, reader: Reader) -> Block:
    """The row of buttons under a card. Its id changes with the case: Slack does not send the entry of a menu
    that is chosen already, and a new id shows the menu unchosen."""
    row_id = f"card:{case.number}:{case.version}"
    return actions(*main_buttons(case, reader), menu(case, reader), block_id=row_id)


def shown_acts(case: Case) -> tuple[Act, ...]:
    """The acts that have a button of their own, the next step first."""
    return _BUTTONS.get(Status.NEW if awaits_acceptance(case) else case.status, ())


def main_buttons(case: Case, reader: Reader) -> list[Element]:
    """The buttons of the state, the first of them primary; to reopen what has ended is nobody's next step."""
    return [
        button(
            button_label(reader.t, act, case.status),
            act.value,
            case.number,
            primary=index == 0 and case.status.is_open,
        )
        for index, act in enumerate(shown_acts(case))
    ]


def button_label(t: Texts, act: Act, status: Status) -> str:
    """The act's name; the requester of a resolved one says "Not fixed" where others say "Reopen"."""
    if act is Act.REOPEN and status is Status.RESOLVED:
        return t("Not fixed")
    return act_name(t, act)


def menu(case: Case, reader: Reader) -> Element:
    """The ⋯ of a card: everything else."""
    options = [option(entry_label(reader.t, name), menu_value(name, case.number)) for name in entries(case)]
    return select(action_name(MENU_ACTION), options, placeholder=reader.t("⋯ More"))


def entries(case: Case) -> tuple[str, ...]:
    """The names in the ⋯ menu of a case: acts that its status leaves open, and our own "severity", "why",
    "history"."""
    if not case.status.is_open:
        return (WHY, HISTORY)
    shown = shown_acts(case)
    return tuple(str(name) for name in _MENU if name not in shown and _is_offered(case, name))


def _is_offered(case: Case, name: str) -> bool:
    if name in (WHY, HISTORY):
        return True
    if name == Act.HAND_BACK and not case.status.is_working:
        return False  # nobody hands back what they have resolved; re-routing it is open to them
    return is_possible(case, Act.RAISE_SEVERITY if name == SEVERITY else Act(name))


def entry_label(t: Texts, name: str) -> str:
    """A menu entry in words."""
    own = {SEVERITY: t("Change severity"), WHY: t("Why these times?"), HISTORY: t("History")}
    return own.get(name) or act_name(t, name)
