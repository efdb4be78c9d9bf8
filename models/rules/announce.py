"""What follows from every change: the card is drawn again, the thread and the followers are told.

A move says what happened and adds the notices that are its own; what all moves have in common is here.
Nobody is told by direct message what they did themselves.
"""

from collections.abc import Iterable
from dataclasses import replace

from models.rules.case import Case
from models.rules.change import Change, Event, EventKind, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.rulebook import ClockKind

# The thread is silent about these: the card, a notice of its own, or another line says them.
UNSPOKEN = frozenset(
    {
        EventKind.OPENED,
        EventKind.MITIGATED,
        EventKind.FOLLOWED,
        EventKind.UNFOLLOWED,
        EventKind.RUNG_TAKEN,
        EventKind.BREACHED,
        EventKind.CLOSE_WARNED,
        EventKind.UNDELIVERABLE,
    }
)

# What followers hear of: few pings, only what changes their day.
MILESTONES = frozenset(
    {
        EventKind.OPENED,
        EventKind.ACKNOWLEDGED,
        EventKind.MITIGATED,
        EventKind.RESOLVED,
        EventKind.CLOSED,
        EventKind.CLOSED_ITSELF,
        EventKind.REOPENED,
        EventKind.CANCELLED,
        EventKind.DUPLICATE,
        EventKind.CONTINUED,
        EventKind.REROUTED,
        EventKind.HANDED_BACK,
        EventKind.SEVERITY_CHANGED,
    }
)

_NEWS = frozenset({NoticeKind.REQUESTER_NEWS, NoticeKind.FOLLOWER_NEWS, NoticeKind.OWNER_NEWS})


def event(facts: Facts, kind: EventKind, **said: object) -> Event:
    """An event of now, by the actor. What is said are JSON values (ISO times); free text is Masked."""
    return Event(kind, facts.now, facts.actor_id, said)


def direct(kind: NoticeKind, to: str, about: Event, **more: object) -> Notice:
    """A direct message about an event: the event's facts and more."""
    return Notice(kind, Place.DIRECT, to, {**_told(about), **more})


def requester_told(case: Case, about: Event, **more: object) -> tuple[Notice, ...]:
    """The requester's news of an event."""
    return (direct(NoticeKind.REQUESTER_NEWS, case.requester, about, **more),)


def owner_told(case: Case, about: Event, news: str) -> tuple[Notice, ...]:
    """The owner's news of an event, or that of the person on call; nobody's where there is neither.

    `news` says what it is to them: assigned, taken_away, answered, resumed, reopened, …
    """
    holder = case.owner or case.suggested_owner
    return (direct(NoticeKind.OWNER_NEWS, holder, about, news=news),) if holder else ()


def due_of(case: Case, kind: ClockKind) -> str | None:
    """When the open clock of that kind is due, as ISO text; None where none runs."""
    clock = case.clock(kind)
    return clock.due_at.isoformat() if clock and clock.due_at else None


def change(facts: Facts, after: Case, *events: Event, notices: Iterable[Notice] = ()) -> Change:
    """The Change from the case of `facts` to `after`, with everything that all changes cause.

    It stamps the owner's activity: any act of the owner ends their silence (DOMAIN, "The ladder").
    """
    if facts.actor_id is not None and facts.actor_id == after.owner:
        after = replace(after, owner_active_at=facts.now)
    said = (
        Notice(NoticeKind.CARD, Place.CARD, after.team),
        *(_history(after, e) for e in events if e.kind not in UNSPOKEN),
        *(news for e in events if e.kind in MILESTONES for news in _followers_told(after, e)),
        *notices,
    )
    heard = tuple(n for n in said if n.kind not in _NEWS or n.to != facts.actor_id)
    return Change(before=facts.case, after=after, events=events, notices=heard)


def nothing_yet(facts: Facts) -> Change:
    """The change that changes nothing: where a composed move has no first part."""
    return Change(before=facts.case, after=facts.the_case, events=())


def joined(first: Change, later: Change) -> Change:
    """Two changes as one. Whoever the later one tells directly is spared the news of the first."""
    told = {n.to for n in later.notices if n.place is Place.DIRECT}
    kept = tuple(n for n in first.notices if n not in later.notices and not (n.kind in _NEWS and n.to in told))
    return replace(first, notices=kept).then(later)


def _told(about: Event) -> dict[str, object]:
    return {"event": about.kind.value, "actor": about.actor, "at": about.at.isoformat(), **about.facts}


def _history(after: Case, about: Event) -> Notice:
    return Notice(NoticeKind.HISTORY, Place.THREAD, after.team, _told(about))


def _followers_told(after: Case, about: Event) -> list[Notice]:
    others = sorted(after.followers - {after.requester, after.owner})
    return [direct(NoticeKind.FOLLOWER_NEWS, person, about) for person in others]
