"""What the ladder says after an outage: each person and channel hears it in one message.

A reminder becomes a CATCH_UP, and the outbox puts those of one place together. News is not folded (a
new owner, a question, a closing: each is one, and says something that a list does not), nor is a call
to the lead that nobody else will answer.
"""

from collections.abc import Iterable

from models.rules.change import Notice, NoticeKind, Place

_FOLDED = frozenset(
    {
        NoticeKind.REMINDER,
        NoticeKind.THREAD_REMINDER,
        NoticeKind.CHANNEL_REMINDER,
        NoticeKind.BREACH,
        NoticeKind.ON_CALL,
        NoticeKind.LEAD_TOLD,
        NoticeKind.WAIT_OVER,
    }
)


def folded(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices, with one CATCH_UP for each place and clock; what a thread would have heard, its
    channel hears. `kind` among the facts says what each one was."""
    kept: list[Notice] = []
    seen: set[tuple[Place, str, object]] = set()
    for notice in notices:
        line = _line(notice) if _is_folded(notice) else notice
        subject = (line.place, line.to, notice.facts.get("clock") or notice.kind)
        if line is notice or subject not in seen:
            kept.append(line)
        if line is not notice:
            seen.add(subject)
    return tuple(kept)


def _is_folded(notice: Notice) -> bool:
    return notice.kind in _FOLDED and notice.facts.get("why") != "rotation_exhausted"


def _line(notice: Notice) -> Notice:
    place = Place.DIRECT if notice.place is Place.DIRECT else Place.CHANNEL
    told = {**notice.facts, "kind": notice.kind.value}
    return Notice(NoticeKind.CATCH_UP, place, notice.to, told, urgent=notice.urgent)
