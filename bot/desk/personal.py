"""What changes no escalation: a person's own language and absence, and a team's turn on call.

The same way as a move: facts, rule, one commit with the messages it causes. The same delivery twice takes
effect once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import BusinessClock, MachineClock
from bot.desk.outcomes import Asker
from models.queries import directory, outbox, receipts, rotation
from models.queries.facts import fetch
from models.queries.rulebooks import Rulebooks
from models.rules.acts import Act
from models.rules.change import Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.handoff import Handoff, hand_off
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed
from models.session import Connection, Store


@dataclass(frozen=True, slots=True)
class PersonalDesk:
    """Stores what people set for themselves, and hands the turn on."""

    store: Store
    books: Rulebooks
    clock: BusinessClock
    machine: MachineClock
    wake: Callable[[], None]

    async def choose_language(self, who: Asker, language: str | None) -> Refusal | None:
        """The language the bot speaks to them; None follows Slack. Raises StorageUnavailable."""
        return await self._set(who, language=language)

    async def be_away(self, who: Asker, until: datetime | None) -> Refusal | None:
        """Until when the rotation passes them over; None: they are back. Raises StorageUnavailable."""
        return await self._set(who, away_until=until)

    async def hand_off(self, who: Asker, team: str, *, receipt: str) -> Handoff | Refusal | None:
        """Gives the team's turn to the next, and posts what stands open. None where the same delivery did
        it before. Raises StorageUnavailable."""

        def work(connection: Connection) -> Handoff | Refusal | None:
            decided = hand_off(self._facts(connection, who), team)
            if isinstance(decided, Refusal):
                return None if receipts.find(connection, who.workspace_id, receipt) else decided
            self._store_turn(connection, who, decided)
            receipts.take(connection, who.workspace_id, receipt, escalation_id=None, now=self.machine.now())
            return decided

        try:
            outcome = await self.store.write(work)
        except receipts.Repeated:
            return None
        self.wake()
        return outcome

    def _store_turn(self, connection: Connection, who: Asker, decided: Handoff) -> None:
        now = self.machine.now()
        rotation.set_turn(
            connection, who.workspace_id, decided.team, decided.position, now=self.clock.now(), by=who.user_id
        )
        said = {"team": decided.team, "by": who.user_id, "from": decided.handed_by, "to": decided.handed_to}
        notice = Notice(NoticeKind.HANDOFF, Place.CHANNEL, decided.team, said)
        outbox.add_loose(connection, who.workspace_id, [notice], created_at=now)

    async def _set(self, who: Asker, **choice: str | datetime | None) -> Refusal | None:
        def work(connection: Connection) -> Refusal | None:
            facts = self._facts(connection, who)
            if facts.actor is None:
                return Refusal(Code.UNKNOWN_PERSON)
            refused = refuse_unless_allowed(facts, Act.SHOW)
            if refused is None:
                directory.set_person(connection, who.workspace_id, who.user_id, **choice)
            return refused

        return await self.store.write(work)

    def _facts(self, connection: Connection, who: Asker) -> Facts:
        return fetch(connection, self.books, workspace_id=who.workspace_id, now=self.clock.now(), actor_id=who.user_id)
