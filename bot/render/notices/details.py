"""The lines below an event's first sentence: what was written, and what is due next."""

from bot.render.field_names import field_name
from bot.render.notices.telling import Telling
from bot.render.vocabulary import due_phrase, hand_back_reason, outcome_name, overdue_phrase, waiting_name
from models.rules.rulebook import ClockKind


def because(told: Telling) -> str:
    """The reason that was given, if one was."""
    why = told.quote("why")
    return told.t("Reason: {why}", why=why) if why else ""


def due_line(told: Telling, kind: ClockKind | None = None) -> str:
    """What is due next, or was already, if the facts say so; on `kind` of clock where they do not say which."""
    due_at, at = told.moment("due_at"), told.moment("at")
    if due_at is None:
        return ""
    when, clock = told.reader.when(due_at), told.text("clock") or kind
    if not clock:
        return told.t("Due by {when}", when=when)
    is_late = at is not None and due_at <= at
    return (overdue_phrase if is_late else due_phrase)(told.t, clock, when)


def update_lines(told: Telling) -> list[str]:
    """What was found, what comes next, and by when there will be more."""
    t, lines = told.t, []
    if finding := told.quote("finding"):
        lines.append(t("Finding: {finding}", finding=finding))
    if step := told.quote("next_step"):
        lines.append(t("Next step: {step}", step=step))
    if told.facts.get("impact_stopped"):
        lines.append(t("The impact has stopped"))
    if when := told.when("due_at"):
        lines.append(t("Next update by {when}", when=when))
    return lines


def wait_lines(told: Telling) -> list[str]:
    """Whom it waits on, why, and until when."""
    t, lines = told.t, []
    if on := told.text("on"):
        lines.append(waiting_name(t, on))
    lines.append(because(told))
    if until := told.when("until"):
        lines.append(t("Until {when}", when=until))
    return lines


def hand_back_lines(told: Telling) -> list[str]:
    """Why it came back, and where it goes."""
    t, lines = told.t, []
    if reason := told.text("reason"):
        lines.append(t("Reason: {why}", why=hand_back_reason(t, reason)))
    if note := told.quote("note"):
        lines.append(t("Note: {note}", note=note))
    if (team := told.text("to")) and team != told.text("from"):
        lines.append(t("It goes to {team}", team=told.team("to")))
    else:
        lines.append(t("No other team is set to take it: the lead has been told"))
    return lines


def resolution_lines(told: Telling) -> list[str]:
    """What solved it."""
    t, lines = told.t, []
    if outcome := told.text("outcome"):
        lines.append(t("Outcome: {outcome}", outcome=outcome_name(t, outcome)))
    lines.append(t("Root cause: {cause}", cause=told.quote("cause") or t("not known yet")))
    if workaround := told.quote("workaround"):
        lines.append(t("Workaround: {text}", text=workaround))
    return lines


def changed_fields(told: Telling) -> str:
    """Which details were edited, by their labels."""
    t = told.t
    names = [field_name(t, str(name)) for name in told.items("fields")]
    return t("Changed: {fields}", fields=" · ".join(names)) if names else ""


def passed_line(told: Telling) -> str:
    """Who was passed over, each with the reason."""
    t = told.t
    reasons = {
        "deactivated": t("deactivated"),
        "away": t("away"),
        "out_of_hours": t("outside working hours"),
        "asked": t("asked already"),
    }
    shown = [
        t("{who} ({reason})", who=told.reader.who(pair[0]), reason=reasons.get(str(pair[1]), str(pair[1])))
        for pair in told.items("passed")
        if isinstance(pair, list | tuple) and len(pair) == 2
    ]
    return t("Passed over: {people}", people=" · ".join(shown)) if shown else ""
