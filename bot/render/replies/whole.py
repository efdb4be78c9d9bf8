"""`show`: one escalation with everything that is known, and what can be done with it."""

from bot.render.blocks import Block, Message, actions, context, link_button, message, paragraphs, section, shorten
from bot.render.card import head_line, summary_line, title_line
from bot.render.card.buttons import main_buttons, menu
from bot.render.card.lines import (
    breach_line,
    clock_line,
    people_line,
    state_lines,
)
from bot.render.proof import proof_lines
from bot.render.reader import Reader
from bot.render.vocabulary import category_name, docs_name, team_name
from models.rules.case import Case
from models.rules.rulebook import Rulebook

OPEN_CARD = "open_card"
_LONGEST_NEED = 1000


def show_reply(case: Case, *, book: Rulebook, reader: Reader, link: str | None = None) -> Message:
    """Everything about one escalation. `link` is the permalink of its card, where that stands."""
    t = reader.t
    proof = proof_lines(case.evidence, book, reader)
    open_card = link_button(t("Open the card"), OPEN_CARD, link) if link else None
    return message(
        summary_line(case, book, reader),
        section(f"{head_line(case, book, reader)}\n{title_line(case, reader)}"),
        section(t("Need: {need}", need=reader.typed(shorten(case.need, _LONGEST_NEED)))),
        _lines([breach_line(case, reader), *state_lines(case, book, reader)]),
        *(paragraphs([f"*{t('Evidence')}*", *proof]) if proof else []),
        _lines(_more(case, book, reader)),
        context("\n".join([people_line(case, book, reader), clock_line(case, reader)])),
        actions(*main_buttons(case, reader), open_card, menu(case, reader), block_id=f"show:{case.number}"),
    )


def _more(case: Case, book: Rulebook, reader: Reader) -> list[str]:
    t = reader.t
    lines = [
        t("Team: {team}", team=team_name(t, book.team(case.team))),
        t("Opened {when}", when=reader.when(case.opened_at)),
    ]
    category = next((one for one in book.categories if one.key == case.category), None)
    if category:
        lines.append(t("Category: {name}", name=category_name(t, category)))
    if case.followers:
        people = " ".join(reader.who(person) for person in sorted(case.followers))
        lines.append(t("Followers: {people}", people=people))
    if case.reopened_count:
        lines.append(t.n("Reopened once", "Reopened {n} times", case.reopened_count))
    if case.rerouted_count:
        lines.append(t.n("Re-routed once", "Re-routed {n} times", case.rerouted_count))
    if case.closure and case.closure.docs:
        lines.append(docs_name(t, case.closure.docs))
    return lines


def _lines(lines: list[str]) -> Block | None:
    present = [line for line in lines if line]
    return section("\n".join(present)) if present else None
