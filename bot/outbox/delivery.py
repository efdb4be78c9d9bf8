"""One notice from claim to mark.

The facts are read again, what is no longer true is dropped, the message is rendered now and sent with no
transaction open; then it is marked with the lease it was claimed with. What may stand in Slack already is
looked up before anything else. What Slack refuses is handed to `setbacks`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.clock import BusinessClock, MachineClock
from bot.outbox.address import Address, WaitsForCard, addresses, place_of
from bot.outbox.errors import FaultKind
from bot.outbox.gate import Gate
from bot.outbox.letter import Letter, open_catch_up, open_letter
from bot.outbox.pace import Call
from bot.outbox.pager import Pager, PagerFault
from bot.outbox.sending import Sending
from bot.outbox.setbacks import Setbacks
from bot.outbox.slack import SlackCalls, SlackFault
from bot.outbox.truth import still_true
from models.queries import outbox, posts
from models.queries.outbox import Claimed
from models.queries.posts import Post
from models.queries.rulebooks import Rulebooks
from models.rules.change import NoticeKind, Place
from models.session import Connection, Store

log = structlog.get_logger(__name__)

_SECONDS_A_POST = 1.1  # Slack's limit for a channel is one, as it counts: the way there is not always as long
_LONGEST_WAIT = 5.0  # for the channel's turn, inside the lease
_CARD_AGAIN_SECONDS = 1.0
_PAGER_AGAIN_SECONDS = 5.0
# What has waited for long is looked at less often: in a backlog of hundreds, looking would be all that is done.
_LONGEST_PAUSE = 30.0
_STUMBLE_SECONDS = 30.0
_MOST_STUMBLES = 5
_UNKNOWN_VERSION = 0  # older than any: what a card that was found shows is not known


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers claimed notices, one at a time each; many may run side by side.

    Without `paced` it waits for nobody's turn: for a Slack that sets no limits, as in most of our stories.
    """

    store: Store
    books: Rulebooks
    clock: BusinessClock
    machine: MachineClock
    slack: SlackCalls
    pager: Pager
    gate: Gate
    setbacks: Setbacks
    paced: bool = True

    async def deliver(self, notice: Claimed) -> None:
        """Says it, drops it, or puts it back; never raises for what Slack answers."""
        letter = await self._opened(notice)
        if notice.was_sending:
            unsaid = await self._unsaid(letter)
            if unsaid is None:
                return
            letter = unsaid
        if not _worth_saying(letter):
            await self._mark(letter, lambda c, n: outbox.mark_dropped(c, n, "no longer true"))
            return
        try:
            places = addresses(letter)
        except WaitsForCard:
            await self._put_back(
                letter, max(_CARD_AGAIN_SECONDS, self._pause(notice)), outbox.WAITS_FOR_CARD, tried=False
            )
            return
        if letter.kind is NoticeKind.LEAD_PAGED and not await self._page(letter):
            return
        await self._try_each(letter, places)

    async def stumble(self, notice: Claimed) -> None:
        """A mistake of ours kept it from being said: again later, a few times, then the lead is told."""
        if notice.attempts < _MOST_STUMBLES:
            seconds = _STUMBLE_SECONDS * notice.attempts
            # Nobody knows how far it came.
            await self.store.write(
                lambda c: outbox.put_back(c, notice, seconds=seconds, why="our mistake", ambiguous=True)
            )
            return
        await self.setbacks.give_up(await self._opened(notice), "our_mistake")

    async def _opened(self, notice: Claimed) -> Letter:
        def work(connection: Connection) -> Letter:
            # One that may stand already goes alone: the others are not in what it may have said.
            if notice.kind == NoticeKind.CATCH_UP.value and not notice.was_sending:
                return open_catch_up(connection, self.books, notice, now=self.clock.now())
            return open_letter(connection, self.books, notice, now=self.clock.now())

        return await self.store.write(work)

    async def _unsaid(self, letter: Letter) -> Letter | None:
        """The letter, if what was begun earlier does not stand in Slack; None if it is dealt with.

        A card that stands may show an older state: it is kept, and then edited like any other.
        """
        sending = Sending(self.store, self.slack)
        try:
            found = await sending.find(letter)
        except SlackFault as fault:
            await self.setbacks.handle(letter, Address(letter.notice.tried_channel or ""), fault)
            return None
        if found is None or found.edit_ts is None:
            return letter
        if letter.place is not Place.CARD:
            await self._said(letter, found, found.edit_ts)
            return None
        link = await sending.link(letter, found.channel, found.edit_ts)
        post = Post(found.channel, found.edit_ts, _UNKNOWN_VERSION, link)
        await self.store.write(lambda connection: self._keep_card(connection, letter, post))
        return await self._opened(letter.notice)

    async def _try_each(self, letter: Letter, places: tuple[Address, ...]) -> None:
        for number, place in enumerate(places):
            try:
                await self._say(letter, place)
                return
            except SlackFault as fault:
                # A dead token is dead in every place: the same place is tried again when it is mended.
                fallback_left = number + 1 < len(places) and not fault.fault.token_dead
                if fault.fault.kind in (FaultKind.GONE, FaultKind.FORBIDDEN) and fallback_left:
                    if place.edit_ts is None:
                        await self.setbacks.tell_lead(letter, place.channel, fault.fault.code)
                    continue
                await self.setbacks.handle(letter, place, fault)
                return
        await self._mark(letter, lambda c, n: outbox.mark_dropped(c, n, "nowhere to say it"))

    async def _say(self, letter: Letter, place: Address) -> None:
        sending = Sending(self.store, self.slack)
        opened = await sending.opened(letter, place)
        wait = await self.store.write(lambda connection: self._take_turn(connection, letter, opened))
        if wait is None:
            return  # the lease is lost: somebody else has it
        call = Call(str(letter.notice.workspace_id), "chat.update" if opened.edit_ts else "chat.postMessage")
        if self.paced:
            wait = max(wait, self.gate.take(call, at_most=_LONGEST_WAIT))
        if wait > _LONGEST_WAIT:
            await self._put_back(letter, max(wait, self._pause(letter.notice)), "Slack's pace", tried=False)
            return
        await asyncio.sleep(wait)
        await self._said(letter, opened, await sending.send(letter, opened))

    def _take_turn(self, connection: Connection, letter: Letter, place: Address) -> float | None:
        if not all(outbox.remember_channel(connection, notice, place.channel) for notice in letter.notices):
            return None
        if place.edit_ts:
            return 0.0  # Slack counts posts by channel, and edits by the minute: the gate's part
        workspace_id = letter.notice.workspace_id
        seconds = _SECONDS_A_POST if self.paced else 0.0
        return outbox.take_lane(connection, workspace_id, place.channel, seconds=seconds, at_most=_LONGEST_WAIT)

    async def _said(self, letter: Letter, place: Address, ts: str) -> None:
        link = await Sending(self.store, self.slack).link(letter, place.channel, ts)

        def mark(connection: Connection) -> bool:
            kept = [outbox.mark_sent(connection, notice) for notice in letter.notices]
            if not kept[0]:
                return False
            if letter.place is Place.CARD and letter.case is not None:
                self._keep_card(connection, letter, Post(place.channel, ts, letter.case.version, link))
            return True

        kept = await self.store.write(mark)
        log.info(
            "notice_sent" if kept else "notice_sent_without_lease", notice=letter.notice.id, kind=letter.kind.value
        )

    def _keep_card(self, connection: Connection, letter: Letter, post: Post) -> None:
        if letter.case is None:
            return
        workspace_id, case_id = letter.notice.workspace_id, letter.case.id
        posts.save(connection, workspace_id, case_id, place_of(letter), post=post, now=self.machine.now())
        outbox.hurry(connection, workspace_id, case_id)

    async def _page(self, letter: Letter) -> bool:
        """Calls the pager's webhook, where one is set. False: it did not answer, and all comes again."""
        try:
            await self.pager.page(letter)
        except PagerFault as fault:
            log.warning("pager_did_not_answer", error=str(fault))
            if letter.notice.attempts <= self.pager.attempts:
                await self._put_back(letter, _PAGER_AGAIN_SECONDS, "pager")
                return False
        return True

    def _pause(self, notice: Claimed) -> float:
        """A quarter of what it has waited so far: it comes late by that much more at most."""
        waited = (self.machine.now() - notice.created_at).total_seconds()
        return min(waited / 4, _LONGEST_PAUSE)

    async def _put_back(self, letter: Letter, seconds: float, why: str, *, tried: bool = True) -> None:
        await self._mark(letter, lambda c, n: outbox.put_back(c, n, seconds=seconds, why=why, tried=tried))

    async def _mark(self, letter: Letter, mark: Callable[[Connection, Claimed], object]) -> None:
        def work(connection: Connection) -> None:
            for notice in letter.notices:
                mark(connection, notice)

        await self.store.write(work)


def _worth_saying(letter: Letter) -> bool:
    notice = letter.notice
    if letter.kind in (NoticeKind.DIGEST, NoticeKind.HANDOFF):
        return bool(letter.cases) or letter.kind is NoticeKind.HANDOFF
    if letter.case is None:
        return notice.escalation_id is None
    if letter.kind is NoticeKind.CARD and letter.card and not notice.facts.get("redraw"):
        return letter.case.team == notice.recipient and letter.card.version < letter.case.version
    return still_true(letter.kind, letter.case, notice.facts, notice.recipient)
