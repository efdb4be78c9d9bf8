"""The glossary's terms, and that they are the ones of the buttons and statuses people see most."""

import pytest

from bot.i18n import texts
from bot.i18n.catalogs import read
from bot.i18n.glossary import glossary
from bot.render.vocabulary import act_name, kind_name, status_name, waiting_name
from models.rules.acts import Act
from models.rules.case import WaitingOn
from models.rules.rulebook import TeamKind
from models.rules.status import Status

STATUSES = {
    Status.ACKNOWLEDGED: ("已接手", "已接手"),
    Status.INVESTIGATING: ("排查中", "釐清中"),
    Status.MITIGATED: ("已缓解", "已緩解"),
    Status.RESOLVED: ("已解决", "已解決"),
    Status.CLOSED: ("已关闭", "已關閉"),
    Status.DUPLICATE: ("重复", "重複"),
    Status.CANCELLED: ("已撤回", "已撤回"),
}
ACTS = {
    Act.ACKNOWLEDGE: ("接手", "接手"),
    Act.NEED_INFO: ("需要补充信息", "需要補充資訊"),
    Act.HAND_BACK: ("退回", "退回"),
    Act.UPDATE: ("更新进展", "更新進度"),
    Act.CONFIRM: ("确认已解决", "確認已解決"),
    Act.REOPEN: ("重新打开", "重新開啟"),
    Act.REASSIGN: ("改派", "改派"),
    Act.REROUTE: ("转交其他团队", "轉交其他團隊"),
    Act.NUDGE: ("催办", "催辦"),
    Act.HANDOFF: ("交接", "交接"),
}
TEAMS = {
    TeamKind.ENGINEERING: ("工程团队", "工程團隊"),
    TeamKind.PRODUCT: ("产品团队", "產品團隊"),
    TeamKind.OPERATIONS: ("运营团队", "營運團隊"),
}


def test_statuses_buttons_and_teams_are_called_as_the_glossary_says() -> None:
    hans, hant = texts("zh_Hans"), texts("zh_Hant")
    for status, words in STATUSES.items():
        assert (status_name(hans, status), status_name(hant, status)) == words
    for act, words in ACTS.items():
        assert (act_name(hans, act), act_name(hant, act)) == words
    for kind, words in TEAMS.items():
        assert (kind_name(hans, kind), kind_name(hant, kind)) == words
    customer = WaitingOn.CUSTOMER
    assert (waiting_name(hans, customer), waiting_name(hant, customer)) == ("等待客户回复", "等待客戶回覆")


def test_every_term_of_the_glossary_stands_in_some_message() -> None:
    msgids = [m.id if isinstance(m.id, str) else m.id[0] for m in read("en") if m.id]
    unused = [term.phrases or term.exact for term in glossary().terms if not any(map(term.is_in, msgids))]
    assert not unused


@pytest.mark.parametrize(
    ("msgid", "is_in"),
    [
        ("New escalation", True),
        ("Escalation {key}", True),
        ("De-escalation", False),
        ("Use `/escalate list` here", False),
        ("Put back to {escalation}", False),
    ],
)
def test_a_term_is_matched_as_a_whole_word_outside_of_fields_and_code(msgid: str, is_in: bool) -> None:
    term = next(term for term in glossary().terms if "escalation" in term.phrases)
    assert term.is_in(msgid) is is_in


def test_every_term_has_words_in_both_scripts() -> None:
    for term in glossary().terms:
        assert set(term.words) == {"zh_Hans", "zh_Hant"}
