"""Answers that only the person who asked can see: to `/escalate list`, `show`, `why` and the others.

lists     list and search, ten a page
whole     show: one escalation with everything
reasons   why: each due time and reminder, from the stored segments; and the history
people    oncall, away, lang
guide     help, did-you-mean, and what went wrong
"""

from bot.render.replies.guide import did_you_mean, help_reply, incident_reply, plain_reply
from bot.render.replies.lists import NEXT_PAGE, PREVIOUS_PAGE, list_reply, search_reply
from bot.render.replies.people import OnCallNow, away_reply, lang_reply, on_call_now, oncall_reply
from bot.render.replies.reasons import history_reply, why_reply
from bot.render.replies.whole import show_reply

__all__ = [
    "NEXT_PAGE",
    "PREVIOUS_PAGE",
    "OnCallNow",
    "away_reply",
    "did_you_mean",
    "help_reply",
    "history_reply",
    "incident_reply",
    "lang_reply",
    "list_reply",
    "on_call_now",
    "oncall_reply",
    "plain_reply",
    "search_reply",
    "show_reply",
    "why_reply",
]
