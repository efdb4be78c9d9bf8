"""What happens when Slack said no, or nothing: again later, elsewhere, or a person is told.

Nothing is ever silently lost: what cannot be said is told to the lead with the repair, once a day for
each place and reason, not once for each message.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.clock import MachineClock
from bot.outbox.address import Address, place_of
from bot.outbox.errors import Fault, FaultKind
from bot.outbox.gate import Gate
from bot.outbox.letter import Letter
from bot.outbox.pace import Call
from bot.outbox.slack import SlackFault
from models.queries import outbox, posts
from models.rules.change import Notice, NoticeKind, Place
from models.session import Connection, Store

log = structlog.get_logger(__name__)

_MOST_NEW_CARDS = 12
# Slack may be away for hours, and what is said after them is read again before: patience loses nothing.
_PATIENCE = timedelta(hours=12)
_LONGEST_PAUSE = 300.0
_TOKEN_DEAD_SECONDS = 30.0
_RATE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Setbacks:
    """Decides what becomes of a notice that Slack did not take."""

    store: Store
    machine: MachineClock
    gate: Gate

    async def handle(self, letter: Letter, place: Address, error: SlackFault) -> None:
        """Puts the notice back, says it plainly, or gives it up and tells the lead."""
        fault = error.fault
        log.warning(
            "slack_refused",
            notice=letter.notice.id,
            kind=letter.kind.value,
            code=fault.code,
            fault=fault.kind.value,
            attempts=letter.notice.attempts,
        )
        if fault.token_dead:
            await self._again(letter, _TOKEN_DEAD_SECONDS, fault)
        elif fault.kind is FaultKind.RATE:
            await self._rate_limited(letter, place, fault)
        elif fault.kind in (FaultKind.TRANSIENT, FaultKind.AMBIGUOUS) and self._may_try(letter):
            ambiguous = fault.kind is FaultKind.AMBIGUOUS and place.edit_ts is None
            await self._again(letter, _pause(letter.notice.attempts), fault, ambiguous=ambiguous)
        elif fault.kind is FaultKind.BUG and not letter.notice.plain:
            await self._plainly(letter, fault)
        elif not fault.known and self._may_try(letter):
            # Nobody knows what it means: the lead hears of it now, and it may pass.
            await self.tell_lead(letter, place.channel, fault.code)
            await self._again(letter, _pause(letter.notice.attempts), fault)
        elif fault.kind is FaultKind.GONE and place.thread_ts:
            await self._draw_card_again(letter, fault)
        else:
            await self._give_up(letter, place, fault)

    async def tell_lead(self, letter: Letter, channel: str, code: str) -> None:
        """Tells the lead that a place cannot be posted to, with the repair."""
        await self.store.write(lambda connection: self._add_lead_notice(connection, letter, channel, code))

    async def give_up(self, letter: Letter, code: str) -> None:
        """What a mistake of ours keeps from being said: the lead is told instead."""
        await self._give_up(letter, Address(), Fault(FaultKind.BUG, code))

    def _may_try(self, letter: Letter) -> bool:
        return self.machine.now() - letter.notice.created_at < _PATIENCE

    async def _again(self, letter: Letter, seconds: float, fault: Fault, *, ambiguous: bool = False) -> None:
        def work(connection: Connection) -> None:
            for notice in letter.notices:
                outbox.put_back(connection, notice, seconds=seconds, why=fault.code, ambiguous=ambiguous)

        await self.store.write(work)

    async def _rate_limited(self, letter: Letter, place: Address, fault: Fault) -> None:
        seconds = fault.retry_after_seconds or _RATE_SECONDS
        workspace_id = letter.notice.workspace_id
        method = "chat.update" if place.edit_ts else "chat.postMessage"
        self.gate.told_to_wait(Call(str(workspace_id), method, place.channel or None), seconds)
        if place.channel:
            await self.store.write(
                lambda connection: outbox.block_lane(connection, workspace_id, place.channel, seconds=seconds)
            )
        await self._again(letter, seconds, fault)

    async def _plainly(self, letter: Letter, fault: Fault) -> None:
        """Slack did not like the blocks: the plain text says it all, so it goes out without them."""
        log.error("message_refused", kind=letter.kind.value, code=fault.code)

        def work(connection: Connection) -> None:
            outbox.make_plain(connection, letter.notice)
            for notice in letter.notices:
                outbox.put_back(connection, notice, seconds=0, why=fault.code)

        await self.store.write(work)

    async def _draw_card_again(self, letter: Letter, fault: Fault) -> None:
        """The thread is gone: its card is posted anew, in the fallback channel if it must be."""
        case, notice = letter.case, letter.notice
        if case is None or notice.attempts >= _MOST_NEW_CARDS:
            await self._give_up(letter, Address(), fault)
            return

        def work(connection: Connection) -> None:
            posts.forget(connection, notice.workspace_id, case.id, place_of(letter))
            again = Notice(NoticeKind.CARD, Place.CARD, notice.recipient, {"redraw": True})
            outbox.add_loose(
                connection, notice.workspace_id, [again], created_at=self.machine.now(), escalation_id=case.id
            )
            outbox.put_back(connection, notice, seconds=1, why=fault.code)

        await self.store.write(work)

    async def _give_up(self, letter: Letter, place: Address, fault: Fault) -> None:
        log.error("notice_undeliverable", notice=letter.notice.id, kind=letter.kind.value, code=fault.code)

        def work(connection: Connection) -> None:
            for notice in letter.notices:
                outbox.mark_failed(connection, notice, fault.code)
            if not _is_last_resort(letter):
                self._add_lead_notice(connection, letter, place.channel, fault.code)

        await self.store.write(work)

    def _add_lead_notice(self, connection: Connection, letter: Letter, channel: str, code: str) -> None:
        team, notice = letter.team, letter.notice
        facts = _about(letter, channel, code)
        about = notice.recipient if letter.place is Place.DIRECT else channel
        lead_is_the_trouble = letter.place is Place.DIRECT and notice.recipient == team.lead
        told = (
            Notice(NoticeKind.UNDELIVERABLE, Place.CHANNEL, team.key, facts)
            if lead_is_the_trouble
            else Notice(NoticeKind.UNDELIVERABLE, Place.DIRECT, team.lead, facts)
        )
        day = self.machine.now().date().isoformat()
        key = hashlib.sha256(f"{about}:{code}:{day}".encode()).hexdigest()
        outbox.add_once(
            connection,
            notice.workspace_id,
            told,
            key=key,
            created_at=self.machine.now(),
            escalation_id=letter.case.id if letter.case else None,
        )


def _about(letter: Letter, channel: str, code: str) -> Mapping[str, object]:
    """What the lead is told. Where that very message cannot reach them, its own words go on."""
    if letter.kind is NoticeKind.UNDELIVERABLE:
        return letter.notice.facts
    return {
        "code": code,
        "to": letter.notice.recipient,
        "place": letter.place.value,
        "channel": channel,
        "kind": letter.kind.value,
        "number": letter.case.number if letter.case else None,
        "team": letter.team.key,
    }


def _is_last_resort(letter: Letter) -> bool:
    """Whether nobody is left to tell: a pointer is a courtesy, and a channel is tried after the lead."""
    if letter.kind is NoticeKind.UNDELIVERABLE:
        return letter.place is not Place.DIRECT
    return letter.kind is NoticeKind.POINTER


def _pause(attempts: int) -> float:
    return min(float(2 ** min(attempts, 10)), _LONGEST_PAUSE)
