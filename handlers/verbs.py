"""The words of `/escalate`, in English and Chinese, and what each verb needs.

Only the table: `grammar` reads it, `commands` says what each verb does, the help text lists it.
"""

from enum import StrEnum


class Verb(StrEnum):
    """What a command may ask for, by its English word."""

    NEW = "new"
    HELP = "help"
    LIST = "list"
    SEARCH = "search"
    ONCALL = "oncall"
    LANG = "lang"
    AWAY = "away"
    HANDOFF = "handoff"
    REPORT = "report"
    IMPORT = "import"
    CONFIG = "config"
    SHOW = "show"
    WHY = "why"
    HISTORY = "history"
    ACK = "ack"
    INFO = "info"
    NOT_OURS = "notours"
    UPDATE = "update"
    WAIT = "wait"
    RESUME = "resume"
    ANSWER = "answer"
    RESOLVE = "resolve"
    ROUTE = "route"
    ASSIGN = "assign"
    REOPEN = "reopen"
    CLOSE = "close"
    CANCEL = "cancel"
    DUPLICATE = "dup"
    SEVERITY = "sev"
    EDIT = "edit"
    EVIDENCE = "evidence"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    NUDGE = "nudge"


WITHOUT_ID = frozenset(
    {
        Verb.NEW, Verb.HELP, Verb.LIST, Verb.SEARCH, Verb.ONCALL, Verb.LANG, Verb.AWAY, Verb.HANDOFF,
        Verb.REPORT, Verb.IMPORT, Verb.CONFIG,
    }
)  # fmt: skip
NEEDS_ID = frozenset(Verb) - WITHOUT_ID

# These act as soon as they are read; every other verb with an ID shows something or opens a modal first.
AT_ONCE = frozenset({Verb.ACK, Verb.RESUME, Verb.FOLLOW, Verb.UNFOLLOW, Verb.NUDGE})

WORDS: dict[Verb, tuple[str, ...]] = {
    Verb.HELP: ("help", "帮助", "幫助", "说明", "說明"),
    Verb.LIST: ("list", "列表", "清单", "清單"),
    Verb.SEARCH: ("search", "find", "搜索", "搜尋"),
    Verb.ONCALL: ("oncall", "on-call", "值班"),
    Verb.LANG: ("lang", "language", "语言", "語言"),
    Verb.AWAY: ("away", "离开", "離開", "外出"),
    Verb.HANDOFF: ("handoff", "交接"),
    Verb.REPORT: ("report", "报告", "報告"),
    Verb.IMPORT: ("import", "导入", "匯入"),
    Verb.CONFIG: ("config", "配置", "設定"),
    Verb.SHOW: ("show", "open", "view", "查看", "檢視"),
    Verb.WHY: ("why", "为什么", "為什麼"),
    Verb.HISTORY: ("history", "历史", "歷史"),
    Verb.ACK: ("ack", "acknowledge", "接手"),
    Verb.INFO: ("info", "needinfo", "need-info", "补充", "補充"),
    Verb.NOT_OURS: ("notours", "not-ours", "退回"),
    Verb.UPDATE: ("update", "更新"),
    Verb.WAIT: ("wait", "等待"),
    Verb.RESUME: ("resume", "恢复", "恢復"),
    Verb.ANSWER: ("answer", "reply", "回复", "回覆"),
    Verb.RESOLVE: ("resolve", "解决", "解決"),
    Verb.ROUTE: ("route", "reroute", "re-route", "转交", "轉交"),
    Verb.ASSIGN: ("assign", "reassign", "改派", "指派"),
    Verb.REOPEN: ("reopen", "重开", "重開"),
    Verb.CLOSE: ("close", "confirm", "关闭", "關閉"),
    Verb.CANCEL: ("cancel", "撤回", "取消"),
    Verb.DUPLICATE: ("dup", "duplicate", "重复", "重複"),
    Verb.SEVERITY: ("sev", "severity", "级别", "級別"),
    Verb.EDIT: ("edit", "编辑", "編輯"),
    Verb.EVIDENCE: ("evidence", "proof", "佐证", "佐證"),
    Verb.FOLLOW: ("follow", "关注", "關注"),
    Verb.UNFOLLOW: ("unfollow", "取消关注", "取消關注"),
    Verb.NUDGE: ("nudge", "催办", "催辦"),
}

BY_WORD: dict[str, Verb] = {word: verb for verb, words in WORDS.items() for word in words}
