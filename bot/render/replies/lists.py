"""`list` and `search`: ten a page, whose move it is first in every line."""

from collections.abc import Sequence

from bot.i18n import Texts
from bot.render.blocks import Block, Message, actions, button, context, escape, header, message, section, shorten
from bot.render.digest import case_row
from bot.render.reader import Reader
from models.rules.case import Case
from models.rules.rulebook import Rulebook

# The buttons' values are "<what>:<page>", where what is a list's name or "search <words>".
NEXT_PAGE, PREVIOUS_PAGE = "next_page", "previous_page"
_LONGEST_WORDS = 200


def list_title(t: Texts, what: str) -> str:
    """The title of a list by the name that `/escalate list …` takes."""
    return {
        "mine": t("My escalations"),
        "team": t("My team's escalations"),
        "at-risk": t("At risk of breaching"),
        "breached": t("SLA breached"),
        "all": t("All open escalations"),
    }[what]


def list_reply(
    cases: Sequence[Case], *, what: str, page: int, has_next: bool, book: Rulebook, reader: Reader
) -> Message:
    """One page of a list."""
    title = list_title(reader.t, what)
    nothing = {
        "mine": reader.t("Nothing is open for you. `/escalate` and a few words open a new one."),
        "at-risk": reader.t("Nothing is at risk."),
        "breached": reader.t("Nothing is breached."),
    }.get(what) or reader.t("Nothing is open.")
    return _paged(title, cases, nothing=nothing, ask=what, page=page, has_next=has_next, book=book, reader=reader)


def search_reply(
    cases: Sequence[Case], *, words: str, page: int, has_next: bool, book: Rulebook, reader: Reader
) -> Message:
    """One page of what was found."""
    t, shown = reader.t, shorten(words, _LONGEST_WORDS)
    return _paged(
        t("Search: {words}", words=shown),
        cases,
        nothing=t("Nothing was found for “{words}”. Try fewer words, or an ID.", words=escape(shown)),
        ask=f"search {shown}",
        page=page,
        has_next=has_next,
        book=book,
        reader=reader,
    )


def _paged(
    title: str,
    cases: Sequence[Case],
    *,
    nothing: str,
    ask: str,
    page: int,
    has_next: bool,
    book: Rulebook,
    reader: Reader,
) -> Message:
    t = reader.t
    if not cases:
        return message(f"{escape(title)}: {nothing}", header(title), section(nothing))
    rows = [case_row(case, book, reader) for case in cases]
    text = f"{escape(title)}: " + t("page {page}", page=page)
    return message(
        text, header(title), *rows, context(t("page {page}", page=page)), _turn(t, ask, page, has_next=has_next)
    )


def _turn(t: Texts, ask: str, page: int, *, has_next: bool) -> Block | None:
    back = button(t("Previous page"), PREVIOUS_PAGE, f"{ask}:{page - 1}") if page > 1 else None
    on = button(t("Next page"), NEXT_PAGE, f"{ask}:{page + 1}") if has_next else None
    return actions(back, on) if back or on else None
