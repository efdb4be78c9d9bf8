"""The digest and the handoff: what stands open, urgent first, so that nothing is ever forgotten.

After the last rung of the ladder an open breach stands here every working day (DOMAIN, "The ladder").
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.render.blocks import Block, Message, button, context, header, message, section
from bot.render.card import summary_line
from bot.render.card.lines import clock_line
from bot.render.reader import Reader
from bot.render.vocabulary import team_name
from models.rules.case import Case
from models.rules.rulebook import Rulebook
from models.rules.sla import next_clock
from models.rules.turn import is_move_of

MOST_SHOWN = 20
LEAD = "lead"
SHOW = "show"


def urgency(case: Case) -> tuple[bool, int, float]:
    """The key to sort by: breached first, then the worst, then what is due first."""
    clock = next_clock(case)
    due = clock.due_at.timestamp() if clock and clock.due_at else float("inf")
    return (not case.breached, case.severity.rank, due)


def by_urgency(cases: Iterable[Case]) -> list[Case]:
    """The cases, the most urgent one first."""
    return sorted(cases, key=urgency)


def case_row(case: Case, book: Rulebook, reader: Reader) -> Block:
    """One case in a list: head, title, who holds it, what is due, and a button to see it all."""
    mark = "🔥 " if case.breached else ""
    text = f"{mark}{summary_line(case, book, reader)}\n{clock_line(case, reader)}"
    return section(text, accessory=button(reader.t("Show"), SHOW, case.number))


def rows(cases: Sequence[Case], book: Rulebook, reader: Reader) -> list[Block]:
    """As many rows as there is room for, and how many more there are."""
    blocks = [case_row(case, book, reader) for case in cases[:MOST_SHOWN]]
    if (more := len(cases) - MOST_SHOWN) > 0:
        blocks.append(context(reader.t.n("and {n} more", "and {n} more", more)))
    return blocks


def digest_message(cases: Sequence[Case], *, book: Rulebook, reader: Reader, role: str = "") -> Message:
    """What stands open for one person: breaches first, then what waits for them, then the rest."""
    t = reader.t
    ordered = by_urgency(cases)
    breached = [case for case in ordered if case.breached]
    mine = [case for case in ordered if not case.breached and _waits_for(case, reader)]
    rest = [case for case in ordered if case not in breached and case not in mine]
    title = t("Your team's open escalations") if role == LEAD else t("Your open escalations")
    count = t.n("{n} open escalation", "{n} open escalations", len(cases))
    late = t.n("{n} of them breached", "{n} of them breached", len(breached)) if breached else ""
    blocks: list[Block] = [header(title), context(" · ".join(part for part in (count, late) if part))]
    groups = ((t("SLA breached"), breached), (t("Your move"), mine), (t("Also open"), rest))
    room = MOST_SHOWN
    for name, group in groups:
        if group and room > 0:
            blocks += [section(f"*{name}*"), *rows(group[:room], book, reader)]
            room -= len(group)
    if len(cases) > MOST_SHOWN:
        blocks.append(context(t.n("and {n} more", "and {n} more", len(cases) - MOST_SHOWN)))
    return message(f"{title}: {count}", *blocks)


def _waits_for(case: Case, reader: Reader) -> bool:
    return reader.user_id is not None and is_move_of(case, reader.user_id)


def handoff_message(
    cases: Sequence[Case], *, team: str, book: Rulebook, reader: Reader, handed_to: str = ""
) -> Message:
    """What the next shift takes over, in the team's channel. It pings nobody but who takes over."""
    t, quiet = reader.t, replace(reader, quiet=True)
    title = t("Handoff for {team}", team=team_name(t, book.team(team)))
    count = t.n("{n} open escalation", "{n} open escalations", len(cases))
    taking_over = section(t("On call now: {who}", who=reader.who(handed_to))) if handed_to else None
    if not cases:
        nothing = section(t("Nothing is open: enjoy the quiet."))
        return message(f"{title}: {count}", header(title), taking_over, nothing)
    listed = rows(by_urgency(cases), book, quiet)
    return message(f"{title}: {count}", header(title), taking_over, context(count), *listed)
