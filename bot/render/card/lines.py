"""What a card says, line by line; `show`, App Home and lists take the same lines."""

from bot.i18n import Texts, texts
from bot.i18n.locales import is_chinese
from bot.i18n.spacing import has_chinese
from bot.render.blocks import escape, link, one_line, shorten
from bot.render.proof import linked_id, proof_line
from bot.render.reader import Reader
from bot.render.vocabulary import (
    clock_name,
    due_phrase,
    key_of,
    language_name,
    outcome_name,
    overdue_phrase,
    severity_name,
    status_name,
    team_name,
    waiting_name,
)
from models.rules.case import Case, ClockState
from models.rules.rulebook import Rulebook
from models.rules.sla import next_clock
from models.rules.status import Status
from models.rules.turn import Turn, whose_move

LONGEST_TITLE = 200
LONGEST_NEED = 500
LONGEST_NOTE = 200


def typed(text: object, limit: int) -> str:
    """What somebody typed, on one line and not longer than the card has room for."""
    return escape(shorten(one_line(text), limit))


def head_line(case: Case, book: Rulebook, reader: Reader) -> str:
    """ "🟠 SEV2 · ESC-142 · New · your move: Engineering"."""
    t = reader.t
    parts = [severity_name(case.severity), f"*{key_of(book, case.number)}*", status_name(t, case.status)]
    if move := move_phrase(case, book, reader):
        parts.append(move)
    return " · ".join(parts)


def move_phrase(case: Case, book: Rulebook, reader: Reader) -> str | None:
    """Whose move it is; None where it has ended."""
    t = reader.t
    turn = whose_move(case)
    if turn is Turn.NOBODY:
        return None
    mover = {
        Turn.TEAM: team_name(t, book.team(case.team)),
        Turn.OWNER: reader.who(case.owner),
        Turn.REQUESTER: reader.who(case.requester),
        Turn.CUSTOMER: t("the customer"),
        Turn.THIRD_PARTY: t("a third party"),
        Turn.OTHER_TEAM: t("another team"),
    }[turn]
    if turn in (Turn.CUSTOMER, Turn.THIRD_PARTY, Turn.OTHER_TEAM):
        return t("waiting for: {who}", who=mover)
    return t("your move: {who}", who=mover)


def title_line(case: Case, reader: Reader, limit: int = LONGEST_TITLE) -> str:
    """The line in the team's language, and beside it the original where that is another one.

    Who reads the language of the original and not that of the line has the original first: the team may
    have changed since the line was written.
    """
    original = typed(case.title, limit)
    if not case.title_local or case.title_local == case.title:
        return original
    local, t = typed(case.title_local, limit), _language_of_the_original(case)
    if _is_for(reader, case.title) and not _is_for(reader, case.title_local):
        return t("{original} ({line})", original=original, line=local)
    return t("{title} (original: {original})", title=local, original=original)


def _is_for(reader: Reader, text: str) -> bool:
    """Whether a text is in the script that the reader reads."""
    return has_chinese(text) == is_chinese(reader.t.locale)


def _language_of_the_original(case: Case) -> Texts:
    return texts("zh_Hans" if has_chinese(case.title) else "en")


def ask_lines(case: Case, book: Rulebook, reader: Reader) -> list[str]:
    """What the team is asked for, and the proof."""
    lines = [reader.t("Need: {need}", need=typed(case.need, LONGEST_NEED))]
    if case.evidence:
        lines.append(proof_line(case.evidence, book, reader))
    return lines


def breach_line(case: Case, reader: Reader) -> str:
    """The mark of a breach. It stays in sight until the escalation has ended."""
    t = reader.t
    late = {clock.kind: clock.breached_at for clock in case.clocks if clock.breached_at}
    if not late or not case.status.is_open:
        return ""
    kinds = " · ".join(f"{clock_name(t, kind)} {reader.when(at)}" for kind, at in late.items())
    return t("🔥 SLA breached: {clocks}", clocks=kinds)


def state_lines(case: Case, book: Rulebook, reader: Reader) -> list[str]:
    """What the state itself has to say: a wait, the latest finding, how it ended."""
    t = reader.t
    lines = []
    if case.status is Status.WAITING and case.waiting:
        wait = case.waiting
        lines.append(
            t(
                "⏸ {waiting} until {until}: {why}",
                waiting=waiting_name(t, wait.on),
                until=reader.when(wait.until),
                why=typed(wait.why, LONGEST_NOTE),
            )
        )
    if case.progress and case.status.is_working:
        lines.append(t("Latest: {finding}", finding=typed(case.progress.finding, LONGEST_NOTE)))
        if case.progress.next_step:
            lines.append(t("Next step: {step}", step=typed(case.progress.next_step, LONGEST_NOTE)))
    return lines + ending_lines(case, book, reader)


def ending_lines(case: Case, book: Rulebook, reader: Reader) -> list[str]:
    """How it was solved, or where it went."""
    t = reader.t
    lines = []
    if case.resolution and case.status in (Status.RESOLVED, Status.CLOSED):
        lines.append(t("Outcome: {outcome}", outcome=outcome_name(t, case.resolution.outcome)))
        cause = case.resolution.cause
        lines.append(t("Root cause: {cause}", cause=typed(cause, LONGEST_NOTE) if cause else t("not known yet")))
        if case.resolution.workaround:
            lines.append(t("Workaround: {text}", text=typed(case.resolution.workaround, LONGEST_NOTE)))
    if case.duplicate_of:
        lines.append(t("Duplicate of {key}", key=key_of(book, case.duplicate_of)))
    if case.continues:
        lines.append(t("Carries on {key}", key=key_of(book, case.continues)))
    return lines


def people_line(case: Case, book: Rulebook, reader: Reader) -> str:
    """Account, the customer's language, the ticket, who asked, how many follow."""
    t = reader.t
    parts = []
    if case.account:
        parts.append(linked_id(str(case.account), book))
    if case.customer_language:
        parts.append(language_name(case.customer_language))
    if case.ticket_url:
        parts.append(link(case.ticket_url, t("customer's ticket")))
    if case.amount:
        parts.append(typed(case.amount, 60))
    if case.promised_at:
        parts.append(t("promised to the customer by {when}", when=reader.when(case.promised_at)))
    parts.append(t("from {who}", who=reader.who(case.requester)))
    if case.followers:
        parts.append(t.n("{n} follower", "{n} followers", len(case.followers)))
    return " · ".join(parts)


def clock_line(case: Case, reader: Reader) -> str:
    """Who holds it, and the next clock only."""
    parts = [holder_phrase(case, reader), due_line(case, reader)]
    return " · ".join(part for part in parts if part)


def holder_phrase(case: Case, reader: Reader) -> str:
    """The owner, or the person on call who has not accepted yet."""
    t = reader.t
    if case.owner:
        return t("Owner {who}", who=reader.who(case.owner))
    if not case.status.is_open:
        return ""
    if case.suggested_owner:
        return t("On call {who} (not accepted)", who=reader.who(case.suggested_owner))
    return t("Nobody on call has been found")


def due_line(case: Case, reader: Reader) -> str:
    """The next due time, or that the clocks stand still."""
    t = reader.t
    clock = next_clock(case)
    if clock and clock.due_at:
        say = overdue_phrase if clock.breached_at else due_phrase
        return say(t, clock.kind, reader.when(clock.due_at))
    if any(clock.state is ClockState.PAUSED for clock in case.clocks):
        return t("SLA clocks are paused")
    if case.status is Status.RESOLVED and case.close_at:
        return t("Closes by itself {when}", when=reader.when(case.close_at))
    return ""
