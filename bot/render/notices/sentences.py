"""The history in sentences: what each kind of event says, in the thread and in direct messages.

The first line says who did what; the lines below quote what they wrote and name what is due.
"""

from collections.abc import Callable, Mapping

from bot.render.notices.details import (
    because,
    changed_fields,
    due_line,
    hand_back_lines,
    passed_line,
    resolution_lines,
    update_lines,
    wait_lines,
)
from bot.render.notices.telling import Telling
from bot.render.vocabulary import clock_name, key_of, severity_name
from models.rules.change import EventKind
from models.rules.rulebook import ClockKind

Sentence = Callable[[Telling], list[str]]


def event_lines(told: Telling) -> list[str]:
    """What happened, as lines; the kind of event is the fact "event"."""
    return [line for line in SENTENCES[EventKind(told.text("event"))](told) if line]


def event_text(told: Telling) -> str:
    """What happened, as one text."""
    return "\n".join(event_lines(told))


def opened(told: Telling) -> list[str]:
    return [told.t("{who} opened {key}", who=told.actor, key=told.key)]


def acknowledged(told: Telling) -> list[str]:
    t, owner, due = told.t, told.text("owner"), told.when("due_at")
    if owner and owner != told.text("actor"):
        first = t("{who} acknowledged {key} for {owner}", who=told.actor, key=told.key, owner=told.who("owner"))
        return [first, due_line(told, ClockKind.UPDATE)]
    if due:
        return [
            t(
                "{who} acknowledged {key}; the next update is due by {when}",
                who=told.actor,
                key=told.key,
                when=due,
            )
        ]
    return [t("{who} acknowledged {key}", who=told.actor, key=told.key)]


def info_needed(told: Telling) -> list[str]:
    t = told.t
    lines = [t("{who} needs information for {key}: {why}", who=told.actor, key=told.key, why=told.quote("why"))]
    if until := told.when("until"):
        lines.append(t("An answer is due by {when}", when=until))
    return lines


def handed_back(told: Telling) -> list[str]:
    first = told.t("{who} handed {key} back: it is not theirs", who=told.actor, key=told.key)
    return [first, *hand_back_lines(told)]


def updated(told: Telling) -> list[str]:
    return [told.t("{who} posted an update on {key}", who=told.actor, key=told.key), *update_lines(told)]


def mitigated(told: Telling) -> list[str]:
    return [told.t("{who} says that the impact of {key} has stopped", who=told.actor, key=told.key)]


def waiting(told: Telling) -> list[str]:
    return [told.t("{who} put {key} on hold", who=told.actor, key=told.key), *wait_lines(told)]


def resumed(told: Telling) -> list[str]:
    return [told.t("{who} resumed work on {key}", who=told.actor, key=told.key), due_line(told, ClockKind.UPDATE)]


def answered(told: Telling) -> list[str]:
    t, text = told.t, told.quote("text")
    first = t("{who} answered on {key}", who=told.actor, key=told.key)
    return [first, t("Answer: {text}", text=text) if text else "", due_line(told, ClockKind.UPDATE)]


def resolved(told: Telling) -> list[str]:
    return [told.t("{who} resolved {key}", who=told.actor, key=told.key), *resolution_lines(told)]


def closed(told: Telling) -> list[str]:
    return [told.t("{who} confirmed the fix and closed {key}", who=told.actor, key=told.key)]


def closed_itself(told: Telling) -> list[str]:
    return [told.t("{key} has closed by itself: nobody objected to the resolution", key=told.key)]


def reopened(told: Telling) -> list[str]:
    return [told.t("{who} reopened {key}", who=told.actor, key=told.key), because(told), due_line(told)]


def cancelled(told: Telling) -> list[str]:
    return [told.t("{who} cancelled {key}", who=told.actor, key=told.key), because(told)]


def duplicate(told: Telling) -> list[str]:
    original = key_of(told.book, told.number("of") or 0)
    first = told.t("{who} marked {key} as a duplicate of {original}", who=told.actor, key=told.key, original=original)
    return [first, because(told)]


def merged(told: Telling) -> list[str]:
    other = key_of(told.book, told.number("of") or told.number("number") or 0)
    return [told.t("{other} is a duplicate of {key}: whoever follows it now follows {key}", other=other, key=told.key)]


def continued(told: Telling) -> list[str]:
    number = told.number("number") or told.number("by")
    if not number:  # the new one has no number before it is stored
        return [told.t("{who} carried {key} on in a new escalation", who=told.actor, key=told.key)]
    return [told.t("{who} carried {key} on as {new}", who=told.actor, key=told.key, new=key_of(told.book, number))]


def reassigned(told: Telling) -> list[str]:
    t = told.t
    if told.text("actor"):
        first = t("{who} reassigned {key} to {to}", who=told.actor, key=told.key, to=told.who("to"))
        return [first, because(told), due_line(told, ClockKind.UPDATE)]
    first = t("{key} goes to {to}, the next on the rotation", key=told.key, to=told.who("to"))
    silent = t("{who} was silent for a whole update interval", who=told.who("from"))
    return [first, silent if told.text("from") else "", passed_line(told), due_line(told, ClockKind.UPDATE)]


def rerouted(told: Telling) -> list[str]:
    t = told.t
    first = t("{who} re-routed {key} to {team}", who=told.actor, key=told.key, team=told.team("to"))
    return [first, because(told), due_line(told, ClockKind.ACKNOWLEDGE)]


def severity_changed(told: Telling) -> list[str]:
    t = told.t
    first = t(
        "{who} changed the severity of {key} from {before} to {after}",
        who=told.actor,
        key=told.key,
        before=severity_name(told.text("from")),
        after=severity_name(told.text("to")),
    )
    return [first, because(told), due_line(told)]


def edited(told: Telling) -> list[str]:
    return [told.t("{who} edited the details of {key}", who=told.actor, key=told.key), changed_fields(told)]


def evidence_added(told: Telling) -> list[str]:
    t, count = told.t, told.number("count") or len(told.items("items")) or 1
    return [
        t.n(
            "{who} added {n} piece of evidence to {key}",
            "{who} added {n} pieces of evidence to {key}",
            count,
            who=told.actor,
            key=told.key,
        )
    ]


def followed(told: Telling) -> list[str]:
    return [told.t("{who} follows {key}", who=told.actor, key=told.key)]


def unfollowed(told: Telling) -> list[str]:
    return [told.t("{who} no longer follows {key}", who=told.actor, key=told.key)]


def nudged(told: Telling) -> list[str]:
    return [told.t("{who} asks for news of {key}", who=told.actor, key=told.key)]


def look_later(told: Telling) -> list[str]:
    t, until = told.t, told.when("until")
    return [
        t("{who} will look at {key} by {when}; no clock has moved", who=told.actor, key=told.key, when=until)
        if until
        else t("{who} will look at {key} later; no clock has moved", who=told.actor, key=told.key)
    ]


def rung_taken(told: Telling) -> list[str]:
    return [
        told.t(
            "{percent}% of the {clock} for {key} has passed",
            percent=told.number("percent") or 0,
            clock=clock_name(told.t, told.text("clock")),
            key=told.key,
        )
    ]


def breached(told: Telling) -> list[str]:
    return [
        told.t(
            "🔥 SLA breached: the {clock} for {key} ran out {when}",
            clock=clock_name(told.t, told.text("clock")),
            key=told.key,
            when=told.when("due_at") or told.when("at"),
        )
    ]


def passed_on(told: Telling) -> list[str]:
    t = told.t
    lines = [t("{key} goes to the next on call: {to}", key=told.key, to=told.who("to"))]
    if told.text("why") == "not_mine":
        lines.append(t("{who} says that it is not theirs", who=told.actor))
    elif told.text("from"):
        lines.append(t("{who} has not accepted it in time", who=told.who("from")))
    return [*lines, passed_line(told), due_line(told)]


def rotation_exhausted(told: Telling) -> list[str]:
    return [
        told.t("Nobody else on the rotation can take {key}; the lead has been told", key=told.key),
        passed_line(told),
    ]


def wait_over(told: Telling) -> list[str]:
    return [told.t("The date that {key} was waiting for has passed", key=told.key)]


def close_warned(told: Telling) -> list[str]:
    t, when = told.t, told.when("close_at")
    return [
        t("{key} closes by itself {when} unless somebody objects", key=told.key, when=when)
        if when
        else t("{key} will soon close by itself unless somebody objects", key=told.key)
    ]


def undeliverable(told: Telling) -> list[str]:
    return [told.t("A message about {key} could not be delivered; the lead has been told", key=told.key)]


SENTENCES: Mapping[EventKind, Sentence] = {
    EventKind.OPENED: opened,
    EventKind.ACKNOWLEDGED: acknowledged,
    EventKind.INFO_NEEDED: info_needed,
    EventKind.HANDED_BACK: handed_back,
    EventKind.UPDATED: updated,
    EventKind.MITIGATED: mitigated,
    EventKind.WAITING: waiting,
    EventKind.RESUMED: resumed,
    EventKind.ANSWERED: answered,
    EventKind.RESOLVED: resolved,
    EventKind.CLOSED: closed,
    EventKind.CLOSED_ITSELF: closed_itself,
    EventKind.REOPENED: reopened,
    EventKind.CANCELLED: cancelled,
    EventKind.DUPLICATE: duplicate,
    EventKind.MERGED: merged,
    EventKind.CONTINUED: continued,
    EventKind.REASSIGNED: reassigned,
    EventKind.REROUTED: rerouted,
    EventKind.SEVERITY_CHANGED: severity_changed,
    EventKind.EDITED: edited,
    EventKind.EVIDENCE_ADDED: evidence_added,
    EventKind.FOLLOWED: followed,
    EventKind.UNFOLLOWED: unfollowed,
    EventKind.NUDGED: nudged,
    EventKind.LOOK_LATER: look_later,
    EventKind.RUNG_TAKEN: rung_taken,
    EventKind.BREACHED: breached,
    EventKind.PASSED_ON: passed_on,
    EventKind.ROTATION_EXHAUSTED: rotation_exhausted,
    EventKind.WAIT_OVER: wait_over,
    EventKind.CLOSE_WARNED: close_warned,
    EventKind.UNDELIVERABLE: undeliverable,
}
