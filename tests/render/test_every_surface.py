"""Every surface, in every language, with the longest and the nastiest facts, within Slack's limits."""

from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import BOTH, LOCALES, texts
from bot.render.card import card
from bot.render.forms import MODALS, Meta, Sheet
from bot.render.home import LEAD, MINE, TEAM, Queues, home_view
from bot.render.notices import RENDERERS, render_notice
from bot.render.reader import Reader
from bot.render.replies import (
    did_you_mean,
    help_reply,
    history_reply,
    list_reply,
    on_call_now,
    oncall_reply,
    search_reply,
    show_reply,
    why_reply,
)
from models.rules.change import EventKind, NoticeKind
from models.rules.explain import explain
from models.rules.status import Status
from tests.builders import ARJUN, ENGINEERING, ERIN, EVAN, MEI, NOW, PRODUCT, facts
from tests.render.held import hold_message, hold_view
from tests.render.longest import (
    ATTACKS,
    LONG_ADDRESS,
    every_longest_case,
    people_with_long_names,
    the_longest_book,
    the_longest_case,
)

BOOK = the_longest_book()
PEOPLE = people_with_long_names()
SPOKEN = [*LOCALES, BOTH]


def reader(locale: str) -> Reader:
    return Reader(texts(locale), "Asia/Singapore", PEOPLE, MEI)


def nasty_facts(text: str) -> dict[str, Any]:
    """Every fact that any notice may have, each at its longest."""
    at = NOW.isoformat()
    typed = dict.fromkeys(("why", "text", "finding", "next_step", "customer_line", "cause"), text)
    typed |= dict.fromkeys(("workaround", "note"), text)
    return {
        **typed,
        **dict.fromkeys(("at", "due_at", "until", "close_at"), at),
        "actor": ARJUN, "owner": ERIN, "by": MEI, "clock": "update", "percent": 120, "number": 987_654_321,
        "passed": [[EVAN, "away"]] * 30, "team": PRODUCT, "old_team": ENGINEERING, "reason": "missing_proof",
        "outcome": "fixed", "on": "customer", "of": 7, "fields": ["title", "need", "amount"] * 5, "count": 20,
        "impact_stopped": True, "link": LONG_ADDRESS, "code": text, "to": ARJUN, "channel": "C0PRODUCT01",
    }  # fmt: skip


@pytest.mark.parametrize("locale", SPOKEN)
def test_the_card_and_show_in_every_state(locale: str) -> None:
    for _, case in every_longest_case(BOOK):
        hold_message(card(case, BOOK, reader(locale)))
        hold_message(show_reply(case, book=BOOK, reader=reader(locale), link=LONG_ADDRESS))


@pytest.mark.parametrize("locale", SPOKEN)
@pytest.mark.parametrize("attack", list(ATTACKS))
def test_every_notice(attack: str, locale: str) -> None:
    text = (ATTACKS[attack] * 3)[:3000]
    told = {**nasty_facts(text), "event": "updated"}
    for status in (Status.NEW, Status.WAITING, Status.RESOLVED):
        case = the_longest_case(text, status, book=BOOK)
        for kind in RENDERERS:
            found = render_notice(
                kind,
                case=case,
                book=BOOK,
                facts=told,
                t=texts(locale),
                viewer_tz="Asia/Singapore",
                people=PEOPLE,
                viewer=MEI,
                cases=[case] * 60,
            )
            hold_message(found)


@pytest.mark.parametrize("locale", SPOKEN)
@pytest.mark.parametrize("event", list(EventKind))
def test_every_event_of_the_history(event: EventKind, locale: str) -> None:
    for attack in ATTACKS.values():
        text = (attack * 3)[:3000]
        told = {**nasty_facts(text), "event": event.value}
        if event is EventKind.SEVERITY_CHANGED:
            told |= {"from": "SEV1", "to": "SEV4"}
        case = the_longest_case(text, Status.INVESTIGATING, book=BOOK)
        for kind in (NoticeKind.HISTORY, NoticeKind.REQUESTER_NEWS, NoticeKind.OWNER_NEWS):
            hold_message(render_notice(kind, case=case, book=BOOK, facts=told, t=texts(locale), people=PEOPLE))


@pytest.mark.parametrize("locale", SPOKEN)
@pytest.mark.parametrize("attack", list(ATTACKS))
def test_every_reply_and_home(attack: str, locale: str) -> None:
    text = ATTACKS[attack]
    case = the_longest_case(text, Status.INVESTIGATING, book=BOOK)
    who, known = reader(locale), facts(case, rulebook=BOOK)
    clocks = [(clock, explain(known, clock)) for clock in case.clocks]
    events = [("updated", NOW, ERIN, nasty_facts((text * 3)[:3000]))] * 40
    for found in (
        list_reply([case] * 10, what="all", page=2, has_next=True, book=BOOK, reader=who),
        search_reply([case] * 10, words=text, page=2, has_next=True, book=BOOK, reader=who),
        why_reply(case, clocks * 12, book=BOOK, reader=who),
        history_reply(case, events, book=BOOK, reader=who),
        oncall_reply([on_call_now(known, team) for team in BOOK.teams.values()] * 10, reader=who),
        did_you_mean("resolve", 987_654_321, text, book=BOOK, reader=who),
        help_reply(who.t),
    ):
        hold_message(found)
    for tab in (MINE, TEAM, LEAD):
        queues = Queues([case] * 60, [case] * 60, [case] * 60, list(BOOK.teams.values()), True)
        hold_view(home_view(queues, tab=tab, book=BOOK, reader=who))


@pytest.mark.parametrize("locale", SPOKEN)
@pytest.mark.parametrize("attack", list(ATTACKS))
def test_every_modal(attack: str, locale: str) -> None:
    text = ATTACKS[attack]
    case = the_longest_case(text, Status.RESOLVED, book=BOOK)
    known = facts(case, rulebook=BOOK, people=PEOPLE)
    similar = tuple(replace(case, number=number) for number in (7, 8, 9))
    names = ("title", "title_local", "need", "evidence", "finding", "why", "note", "text", "sql", "amount")
    draft = dict.fromkeys(names, text)
    for name, draw in MODALS.items():
        for more in (False, True):
            meta = Meta(name, case.number, origin="C0SUPPORT01", more=more)
            sheet = Sheet(texts(locale), known, meta, draft, notes=("Note " * 50,), similar=similar)
            hold_view(draw(sheet))
