"""`why`: each due time and each reminder, replayed from the stored segments. And the history."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.i18n import Texts
from bot.render.blocks import Block, Message, header, message, paragraphs, section
from bot.render.notices import Telling, event_text
from bot.render.reader import Reader
from bot.render.vocabulary import clock_name, key_of, team_name
from models.rules.case import Case, Clock, ClockState, Reason, SegmentState
from models.rules.explain import Explained, Step, Stretch
from models.rules.rulebook import HoursMode, Rulebook, RungAct

_MOST_LINES = 12
_WORTH_TELLING_SECONDS = 60  # less is what rounding leaves


def why_reply(
    case: Case, explained: Sequence[tuple[Clock, Sequence[Explained]]], *, book: Rulebook, reader: Reader
) -> Message:
    """Each clock with its lines, as `models.rules.explain` gives them; the newest clock last."""
    t = reader.t
    title = t("Why these times: {key}", key=key_of(book, case.number))
    if not explained:
        nothing = t("No SLA clock has run yet.")
        return message(f"{title}. {nothing}", header(title), section(nothing))
    blocks: list[Block] = [header(title)]
    for clock, lines in explained[-8:]:
        blocks.append(section(_clock_head(clock, reader)))
        shown = [_line(line, book, reader) for line in lines][-_MOST_LINES:]
        if shown:
            blocks += paragraphs([f"• {line}" for line in shown], small=True)
    return message(title, *blocks)


def _clock_head(clock: Clock, reader: Reader) -> str:
    t = reader.t
    name = f"*{clock_name(t, clock.kind)}*"
    target = t("{duration} of working time", duration=t.duration(clock.target_seconds, days=False))
    return " · ".join([name, target, _clock_state(clock, reader)])


def _clock_state(clock: Clock, reader: Reader) -> str:
    t = reader.t
    if clock.breached_at:
        return t("🔥 breached {when}", when=reader.when(clock.breached_at))
    if clock.state is ClockState.PAUSED:
        return t("paused")
    if clock.state is ClockState.VOID:
        return t("does not count")
    if clock.stopped_at:
        return t("met {when}", when=reader.when(clock.stopped_at))
    return t("due {when}", when=reader.when(clock.due_at)) if clock.due_at else t("running")


def _line(line: Explained, book: Rulebook, reader: Reader) -> str:
    return _step(line, reader) if isinstance(line, Step) else _stretch(line, book, reader)


def _stretch(line: Stretch, book: Rulebook, reader: Reader) -> str:
    t = reader.t
    until = reader.when(line.ended_at) if line.ended_at else t("now")
    span = f"{reader.when(line.started_at)} – {until}"
    why = reason_name(t, line.reason)
    team = t("{team}, {hours}", team=team_name(t, book.team(line.team)), hours=hours_name(t, line.hours))
    if line.state is SegmentState.PAUSED:
        return t("{span}: paused ({why})", span=span, why=why)
    told = t(
        "{span}: counted {worked} ({why}; {team}), {total} in all",
        span=span,
        worked=t.duration(line.worked_seconds, days=False),
        why=why,
        team=team,
        total=t.duration(line.sum_seconds, days=False),
    )
    if line.out_of_hours_seconds >= _WORTH_TELLING_SECONDS:
        told += " · " + t("{duration} outside working hours", duration=t.duration(line.out_of_hours_seconds))
    return told


def _step(step: Step, reader: Reader) -> str:
    t = reader.t
    acts = " · ".join(rung_act_name(t, act) for act in step.acts)
    when = reader.when(step.at) if step.at else t("time not fixed")
    if step.taken:
        return t("✓ {percent}%: {acts} ({when})", percent=step.percent, acts=acts, when=when)
    return t("{percent}%: {acts}, coming ({when})", percent=step.percent, acts=acts, when=when)


def reason_name(t: Texts, reason: Reason) -> str:
    """Why a stretch of a clock began."""
    return {
        Reason.OPENED: t("opened"),
        Reason.ACKNOWLEDGED: t("acknowledged"),
        Reason.UPDATED: t("updated"),
        Reason.WAITING_CUSTOMER: t("waiting on the customer"),
        Reason.WAITING_REQUESTER: t("waiting on the requester"),
        Reason.WAITING_THIRD_PARTY: t("waiting on a third party"),
        Reason.WAITING_TEAM: t("waiting on another team"),
        Reason.RESUMED: t("resumed"),
        Reason.REROUTED: t("re-routed"),
        Reason.SEVERITY: t("severity changed"),
        Reason.RESOLVED: t("resolved"),
        Reason.REOPENED: t("reopened"),
    }[reason]


def hours_name(t: Texts, hours: HoursMode) -> str:
    """In which hours a clock runs."""
    return {
        HoursMode.ALWAYS: t("round the clock"),
        HoursMode.WEEKDAYS: t("on weekdays"),
        HoursMode.BUSINESS: t("in business hours"),
    }[hours]


def rung_act_name(t: Texts, act: RungAct) -> str:
    """What a rung of the ladder does."""
    return {
        RungAct.REMIND: t("reminder to whoever holds it"),
        RungAct.THREAD: t("reminder in the thread"),
        RungAct.CHANNEL: t("reminder in the team's channel"),
        RungAct.REASSIGN: t("next on the rotation"),
        RungAct.TELL_LEAD: t("lead told"),
        RungAct.PAGE_LEAD: t("lead paged"),
        RungAct.LEAD_DIGEST: t("in the lead's digest"),
    }[act]


def history_reply(
    case: Case,
    events: Sequence[tuple[str, datetime, str | None, Mapping[str, object]]],
    *,
    book: Rulebook,
    reader: Reader,
) -> Message:
    """What happened, oldest first: (kind, at, actor, facts) of each stored event."""
    t = reader.t
    title = t("History of {key}", key=key_of(book, case.number))
    lines = []
    for kind, at, actor, facts in events[-30:]:
        told = Telling(book, {**facts, "event": kind, "actor": actor, "at": at.isoformat()}, reader, case)
        lines.append(f"{reader.when(at)} · " + event_text(told).replace("\n", " · "))
    return message(title, header(title), *paragraphs(lines))
