"""A notice with everything that is needed to send it, read in one go: the facts as they are now, the
post it edits or answers to, and who reads it. Nothing is decided here but what a catch-up still sums up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Texts, locale_of, texts
from bot.outbox.truth import still_true
from models.queries import lists, outbox, posts
from models.queries.facts import cases_by, fetch_about
from models.queries.outbox import Claimed
from models.queries.posts import Post
from models.queries.rulebooks import Rulebooks
from models.rules.case import Case
from models.rules.change import NoticeKind, Place
from models.rules.facts import Facts
from models.rules.rulebook import Team
from models.session import Connection

_LISTS = frozenset({NoticeKind.DIGEST, NoticeKind.HANDOFF, NoticeKind.CATCH_UP})


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed notice and what it is about. `also` are others that the same message says.
    `card_is_coming`: none stands, and one for the same place is still to be sent."""

    notice: Claimed
    kind: NoticeKind
    place: Place
    facts: Facts
    card: Post | None
    cases: tuple[Case, ...] = ()
    also: tuple[Claimed, ...] = ()
    card_is_coming: bool = False

    @property
    def notices(self) -> tuple[Claimed, ...]:
        """Every notice that the message says."""
        return (self.notice, *self.also)

    @property
    def case(self) -> Case | None:
        return self.facts.case

    @property
    def team(self) -> Team:
        """The team whose channel and lead it concerns."""
        book = self.facts.rulebook
        if self.place is not Place.DIRECT and self.notice.recipient in book.teams:
            return book.teams[self.notice.recipient]
        if self.case is not None:
            return book.team(self.case.team)
        return book.team(str(self.notice.facts.get("team", book.fallback_team)))

    @property
    def texts(self) -> Texts:
        """The reader's language: a person's own for a direct message, the team's in its channel."""
        if self.place is not Place.DIRECT:
            return texts(locale_of(self.team.language))
        person = self.facts.people.get(self.notice.recipient)
        return texts(locale_of((person.language or person.locale) if person else None))

    @property
    def time_zone(self) -> str:
        if self.place is not Place.DIRECT:
            return self.team.calendar.time_zone
        person = self.facts.people.get(self.notice.recipient)
        return person.time_zone if person else self.team.calendar.time_zone


def open_letter(
    connection: Connection, books: Rulebooks, notice: Claimed, *, now: datetime, also: tuple[Claimed, ...] = ()
) -> Letter:
    """Reads what a claimed notice needs. The case is None if the notice is about none."""
    kind, place = NoticeKind(notice.kind), Place(notice.place)
    case = _case(connection, notice)
    reader = notice.recipient if place is Place.DIRECT else None
    facts = fetch_about(connection, books, case, workspace_id=notice.workspace_id, now=now, reader=reader)
    team = notice.recipient if place in (Place.CARD, Place.THREAD) else (case.team if case else "")
    card, coming = None, False
    if notice.escalation_id is not None:
        card, coming = _card(connection, notice.workspace_id, notice.escalation_id, team)
    cases = _cases(connection, notice, kind, also) if kind in _LISTS else ()
    return Letter(notice, kind, place, facts, card, cases, also, coming)


def open_catch_up(connection: Connection, books: Rulebooks, notice: Claimed, *, now: datetime) -> Letter:
    """The letter that sums up what waits for the same reader: what is no longer true is dropped from it,
    one by one, and the first that is true speaks for all."""
    found = (notice, *outbox.claim_same(connection, notice))
    ids = [each.escalation_id for each in found if each.escalation_id is not None]
    cases = {case.id: case for case in cases_by(connection, notice.workspace_id, ids=ids).values()}
    true = [each for each in found if _is_true(each, cases)]
    for each in found:
        if true and each not in true:
            outbox.mark_dropped(connection, each, "no longer true")
    first, *also = true or found
    return open_letter(connection, books, first, now=now, also=tuple(also))


def _is_true(notice: Claimed, cases: Mapping[int, Case]) -> bool:
    case = cases.get(notice.escalation_id or 0)
    return case is not None and still_true(NoticeKind(notice.kind), case, notice.facts, notice.recipient)


def card_place(team: str) -> str:
    """The name of a card's place in the table of posts."""
    return f"card:{team}"


def _card(connection: Connection, workspace_id: int, escalation_id: int, team: str) -> tuple[Post | None, bool]:
    """The card that stands, and where there is none whether one is coming."""
    card = posts.find(connection, workspace_id, escalation_id, card_place(team))
    if card is not None:
        return card, False
    if outbox.card_is_coming(connection, workspace_id, escalation_id, team):
        return None, True
    # Looked for again: one that was sent in between neither stood before nor is coming now.
    return posts.find(connection, workspace_id, escalation_id, card_place(team)), False


def _case(connection: Connection, notice: Claimed) -> Case | None:
    if notice.escalation_id is None:
        return None
    found = cases_by(connection, notice.workspace_id, ids=[notice.escalation_id])
    return next(iter(found.values()), None)


def _cases(connection: Connection, notice: Claimed, kind: NoticeKind, also: tuple[Claimed, ...]) -> tuple[Case, ...]:
    if kind is NoticeKind.CATCH_UP:
        ids = [n.escalation_id for n in (notice, *also) if n.escalation_id is not None]
        return tuple(cases_by(connection, notice.workspace_id, ids=ids).values())
    if notice.facts.get("for") == "owner":
        return lists.open_of_owner(connection, notice.workspace_id, notice.recipient)
    return lists.open_of_team(connection, notice.workspace_id, str(notice.facts["team"]))
