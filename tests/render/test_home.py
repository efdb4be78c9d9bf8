"""App Home: Mine, Team, Lead."""

from typing import Any

import pytest

from bot.i18n import LOCALES, texts
from bot.render.home import LEAD, MINE, TEAM, Queues, home_view
from bot.render.reader import Reader
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ENGINEERING,
    ERIN,
    LENA,
    MEI,
    PRODUCT,
    a_rulebook,
    a_running_case,
    the_people,
)
from tests.render.held import hold_view

BOOK = a_rulebook()


def draw(queues: Queues, tab: str, *, user: str = ERIN, locale: str = "en") -> dict[str, Any]:
    reader = Reader(texts(locale), "Asia/Singapore", the_people(), user)
    view = home_view(queues, tab=tab, book=BOOK, reader=reader)
    hold_view(view)
    return view


def headers(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def test_mine_shows_what_waits_for_the_person_first() -> None:
    theirs = a_running_case(Status.INVESTIGATING, owner=ERIN, number=8)
    waiting = a_running_case(Status.INVESTIGATING, owner=ARJUN, number=7, requester=ERIN)
    view = draw(Queues(mine=[waiting, theirs]), MINE)
    assert headers(view) == ["Your move", "Waiting for others"]
    shown = repr(view)
    assert shown.index("ESC-8") < shown.index("Waiting for others") < shown.index("ESC-7")


def test_team_shows_each_team_of_the_person() -> None:
    teams = [BOOK.team(ENGINEERING), BOOK.team(PRODUCT)]
    view = draw(Queues(team=[a_running_case()], teams=teams), TEAM)
    assert headers(view) == ["Engineering", "Product"]
    assert "Nothing is open." in repr(view)


def test_lead_shows_what_nobody_has_accepted() -> None:
    cases = [a_running_case(number=7), a_running_case(Status.INVESTIGATING, number=8)]
    view = draw(Queues(lead=cases, is_lead=True), LEAD, user=LENA)
    assert headers(view) == ["SLA breached", "Not accepted yet", "Also open"]
    assert "2 open escalations · 1 without an owner" in repr(view)


def test_who_is_no_lead_has_no_tab_for_it() -> None:
    view = draw(Queues(), LEAD, user=MEI)
    assert headers(view) == ["Your move"]
    assert "esc:home_tab_lead" not in repr(view)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("tab", [MINE, TEAM, LEAD])
def test_a_long_queue_names_the_command_that_shows_the_rest(tab: str, locale: str) -> None:
    cases = [a_running_case(number=number) for number in range(1, 60)]
    queues = Queues(mine=cases, team=cases, lead=cases, teams=[BOOK.team(ENGINEERING)], is_lead=True)
    assert "/escalate list all" in repr(draw(queues, tab, locale=locale))
