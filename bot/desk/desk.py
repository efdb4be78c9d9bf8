"""The desk itself: performs one move for one person, and answers what they may know.

A conflict (somebody wrote since the facts were read) is decided again on fresh facts; only a rule ever
refuses. Every read and write is bound to the asker's workspace.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog

from bot.clock import BusinessClock, MachineClock
from bot.desk.outcomes import Asker, Done, Refused
from models.queries import directory, posts, receipts
from models.queries.facts import fetch
from models.queries.outbox import add_loose, add_once
from models.queries.record import record
from models.queries.rulebooks import Rulebooks
from models.rules.acts import Act
from models.rules.change import Change, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.moves import MOVES
from models.rules.moves.forms import DuplicateForm, ReassignForm
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed
from models.session import Connection, Store, WriteConflict

log = structlog.get_logger(__name__)

T = TypeVar("T")
Learn = Callable[[Asker], Awaitable[bool]]

_MOST_ATTEMPTS = 8
_LEARN_SECONDS = 1.2  # of the 2.5 in which a click is answered
_ASK_AGAIN_SECONDS = 3.0  # after Slack did not say in time who somebody is


class Desk:
    """Performs moves. `learn` asks Slack about a person whom the directory does not know yet; `wake`
    tells the courier that there is something to send."""

    def __init__(
        self,
        *,
        store: Store,
        books: Rulebooks,
        clock: BusinessClock,
        machine: MachineClock,
        learn: Learn,
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._books = books
        self._clock = clock
        self._machine = machine
        self._learn = learn
        self._wake = wake
        self._known: set[Asker] = set()
        self._silent_until: dict[Asker, float] = {}

    async def perform(
        self, act: Act, form: Any, *, who: Asker, number: int | None = None, receipt: str | None = None
    ) -> Done | Refused:
        """Does `act` and commits it with everything it causes, or says why not.

        `number` names the escalation; None only for opening. The same `receipt` takes effect once: a
        repeated delivery gets what the first one did. Raises StorageUnavailable.
        """
        await self._know(who)
        named = _people_in(form)
        for user_id in named:
            await self._know(Asker(who.workspace_id, user_id))
        others = (form.of,) if isinstance(form, DuplicateForm) else ()

        def work(connection: Connection) -> Done | Refused:
            facts = self._fetch(connection, who, number, others=others, named=named, lock=True)
            decided = _decide(act, form, facts, number)
            if isinstance(decided, Refusal):
                earlier = self._repeated(connection, who, receipt) if facts.actor else None
                return earlier or Refused(decided, facts)
            now = self._machine.now()
            stored = record(connection, decided, facts.books, at=now, receipt=receipt)
            return Done(stored, decided, facts)

        try:
            outcome = await self._write(work)
        except receipts.Repeated:
            return await self._first(who, receipt)
        self._wake()
        return outcome

    async def facts(self, who: Asker, number: int | None = None) -> Facts:
        """What is true now, for a person and perhaps a case; `case` is None if there is no such number."""
        found, _ = await self.facts_and(who, number, lambda _: None)
        return found

    async def facts_and(self, who: Asker, number: int | None, also: Callable[[Connection], T]) -> tuple[Facts, T]:
        """The facts, and one of models.queries' reads of the same moment."""
        await self._know(who)
        return await self._store.read(lambda connection: (self._fetch(connection, who, number), also(connection)))

    async def look(self, who: Asker, number: int) -> Facts | Refusal:
        """The facts of a case for somebody who wants to see it; a Refusal if they may not or it is not
        there."""
        facts = await self.facts(who, number)
        return refuse_unless_allowed(facts, Act.SHOW) or _missing(facts, number) or facts

    async def number_of_card(self, workspace_id: int, channel: str, ts: str) -> int | None:
        """The number of the escalation whose card is that message."""
        return await self._store.read(lambda connection: posts.case_number_at(connection, workspace_id, channel, ts))

    async def refresh_card(self, who: Asker, number: int) -> None:
        """Has the card drawn again: somebody pressed a button that it should no longer show."""
        facts = await self.facts(who, number)
        if facts.case is not None:
            await self._say(facts, Notice(NoticeKind.CARD, Place.CARD, facts.case.team, {"redraw": True}))

    async def thread_message(self, who: Asker, *, channel: str, thread_ts: str, ts: str) -> bool:
        """The owner wrote in the thread of a card: ask them alone whether it counts as an update.
        False if that is nobody's card, or they are not its owner."""
        number = await self.number_of_card(who.workspace_id, channel, thread_ts)
        if number is None:
            return False
        facts = await self.facts(who, number)
        if facts.case is None or facts.case.owner != who.user_id or not facts.case.status.is_working:
            return False
        said = {"channel": channel, "thread_ts": thread_ts, "ts": ts}
        # Slack may tell of the message twice: the question is asked once.
        key = hashlib.sha256(f"count:{channel}:{ts}".encode()).hexdigest()
        await self._say(facts, Notice(NoticeKind.COUNT_AS_UPDATE, Place.DIRECT, who.user_id, said), key=key)
        return True

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs one of models.queries' reads."""
        return await self._store.read(work)

    async def _say(self, facts: Facts, notice: Notice, *, key: str | None = None) -> None:
        case, now = facts.the_case, self._machine.now()

        def work(connection: Connection) -> None:
            if key is None:
                add_loose(connection, case.workspace_id, [notice], created_at=now, escalation_id=case.id)
            else:
                add_once(connection, case.workspace_id, notice, key=key, created_at=now, escalation_id=case.id)

        await self._store.write(work)
        self._wake()

    async def _know(self, who: Asker) -> None:
        """Makes sure that the directory knows the person. Only a stranger to it costs a call to Slack, and
        one that takes too long is taken for silence: whoever clicked must be answered."""
        if who in self._known:
            return
        known = await self._store.read(lambda connection: self._is_known(connection, who))
        if known or await self._learned(who):
            self._known.add(who)

    async def _learned(self, who: Asker) -> bool:
        if self._silent_until.get(who, 0.0) > self._machine.monotonic():
            return False  # a request that asks twice would be answered too late
        try:
            async with asyncio.timeout(_LEARN_SECONDS):
                return await self._learn(who)
        except TimeoutError:
            log.warning("person_not_learned", code="timeout")
            now = self._machine.monotonic()
            self._silent_until = {each: at for each, at in self._silent_until.items() if at > now}
            self._silent_until[who] = now + _ASK_AGAIN_SECONDS
            return False

    def _is_known(self, connection: Connection, who: Asker) -> bool:
        return bool(directory.people(connection, who.workspace_id, [who.user_id], ()))

    def _fetch(
        self,
        connection: Connection,
        who: Asker,
        number: int | None,
        *,
        others: tuple[int, ...] = (),
        named: tuple[str, ...] = (),
        lock: bool = False,
    ) -> Facts:
        return fetch(
            connection,
            self._books,
            workspace_id=who.workspace_id,
            now=self._clock.now(),
            actor_id=who.user_id,
            number=number,
            others=others,
            named=named,
            lock=lock,
        )

    def _repeated(self, connection: Connection, who: Asker, receipt: str | None) -> Done | None:
        """What the same delivery did before, if it did; none where it was refused then too."""
        earlier = receipts.find(connection, who.workspace_id, receipt) if receipt is not None else None
        if earlier is None or earlier.number is None:
            return None
        facts = self._fetch(connection, who, earlier.number)
        return Done(facts.the_case, None, facts, repeated=True)

    async def _first(self, who: Asker, receipt: str | None) -> Done:
        """What the first of two deliveries did, of which this is the second."""
        done = await self._store.read(lambda connection: self._repeated(connection, who, receipt))
        if done is None:
            raise LookupError("a receipt that was just met is gone")
        return done

    async def _write(self, work: Callable[[Connection], T]) -> T:
        for _ in range(_MOST_ATTEMPTS - 1):
            try:
                return await self._store.write(work)
            except WriteConflict:
                continue
        return await self._store.write(work)


def _people_in(form: Any) -> tuple[str, ...]:
    """People whom the form names: what the rules ask about them must be known."""
    return (form.to,) if isinstance(form, ReassignForm) else ()


def _decide(act: Act, form: Any, facts: Facts, number: int | None) -> Change | Refusal:
    if facts.actor is None:
        return Refusal(Code.UNKNOWN_PERSON)
    if number is not None:
        missing = _missing(facts, number)
        if missing is not None:
            return refuse_unless_allowed(facts, Act.SHOW) or missing
    return MOVES[act](facts, form)


def _missing(facts: Facts, number: int) -> Refusal | None:
    if facts.case is None:
        return Refusal(Code.NOT_FOUND, {"number": number, "key": f"{facts.rulebook.key_prefix}-{number}"})
    return None
