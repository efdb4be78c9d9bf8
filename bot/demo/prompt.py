"""Going on by hand: a line is what somebody does, or an order to the clock.

mei /escalate 退款失败 re_1Nx…        mei press 提交升级
erin press Acknowledge ESC-2          jump 2h · rate 1 · show erin · who · help · quit
"""

import asyncio
import os
import re
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bot.demo.stage import Stage
from bot.demo.transcript import Transcript, told_time
from bot.sandbox.blocks.walk import interactive
from bot.sandbox.errors import Mistake
from bot.sandbox.people import Outcome, Person
from bot.sandbox.people.finding import NotThere
from bot.sandbox.records import Message
from bot.sandbox.view_store import View

USUAL_CHANNEL = "support"
KEY = re.compile(r"\s+(?:ESC-)?(\d+)\s*$", re.IGNORECASE)
LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
HELP = """\
  NAME /escalate TEXT            type the command (in #support); TEXT may be `list mine`, `show 1`, `help` …
  NAME press LABEL [ESC-1]       press a button: of the open modal, or of the newest message that has it
  NAME choose LABEL = OPTION     choose from a menu, likewise
  NAME fill LABEL = TEXT         fill in a field of the open modal
  NAME submit · NAME cancel      the open modal
  NAME say #CHANNEL TEXT         write in a channel
  NAME react EMOJI ESC-1         put a reaction on a card
  NAME home                      open App Home
  show NAME · who · jump 2h · rate 60 · help · quit"""


class NotUnderstood(ValueError):
    """The line is nothing that this prompt knows; the message says what is missing."""


async def go_on_by_hand(stage: Stage, transcript: Transcript) -> None:
    """Until `quit`, Ctrl-C or SIGTERM: do what the lines of standard input say."""
    print(f"\nIt stays up. Slack's API is {stage.server.api_url}, the bot is http://127.0.0.1:{stage.bot.port}/")
    print(f"Go on by hand (`quit` or Ctrl-C ends it):\n{HELP}\n", flush=True)
    hand = Hand(stage, transcript)
    async with _lines() as lines:
        async for line in lines:
            if line in ("quit", "exit"):
                return
            try:
                await hand.do(line)
            except (NotUnderstood, NotThere, Mistake, KeyError, TimeoutError) as error:
                print(f"  ? {error.args[0] if error.args else error}")
            await asyncio.sleep(0)
            transcript.catch_up()


class Hand:
    """Does what a line says."""

    def __init__(self, stage: Stage, transcript: Transcript) -> None:
        self._stage = stage
        self._transcript = transcript
        self._acts: Mapping[str, Callable[[Person, str], Awaitable[Outcome | None]]] = {
            "press": self._press,
            "choose": self._choose,
            "fill": self._fill,
            "submit": lambda person, _rest: person.submit(),
            "cancel": self._cancel,
            "say": self._say,
            "react": self._react,
            "home": self._home,
        }
        self._orders: Mapping[str, Callable[[str], None]] = {
            "jump": self._jump,
            "rate": self._rate,
            "show": self._show,
            "who": self._who,
            "help": lambda _rest: print(HELP),
        }

    async def do(self, line: str) -> None:
        """One line. Raises NotUnderstood, NotThere, Mistake or KeyError."""
        first, _, rest = line.strip().partition(" ")
        if not first:
            return
        if first in self._orders:
            self._orders[first](rest.strip())
            return
        person = self._stage.town.person(first)
        verb, _, more = rest.strip().partition(" ")
        if verb.startswith("/"):
            outcome = await person.command(verb, more.strip(), channel=USUAL_CHANNEL)
        elif verb in self._acts:
            found = await self._acts[verb](person, more.strip())
            if found is None:
                return
            outcome = found
        else:
            raise NotUnderstood(f"{first} can: /escalate, {', '.join(self._acts)}")
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        if outcome.kind in ("errors", "refused"):
            for field, why in outcome.errors.items():
                print(f"  ! {field}: {why}")
        if not outcome.ok:
            print(f"  ! the bot did not answer: {outcome.why}")

    # What people do

    async def _press(self, person: Person, rest: str) -> Outcome:
        label, key = _label_and_key(rest)
        return await person.press(self._place_of(person, label, key), label)

    async def _choose(self, person: Person, rest: str) -> Outcome:
        left, option = _two(rest)
        label, key = _label_and_key(left)
        return await person.choose(self._place_of(person, label, key), label, option)

    async def _fill(self, person: Person, rest: str) -> Outcome:
        label, value = _two(rest)
        if person.view is None:
            raise NotUnderstood(f"{person.name} has no modal open")
        return await person.fill(person.view, {label: value})

    async def _cancel(self, person: Person, _rest: str) -> None:
        await person.close()

    async def _say(self, person: Person, rest: str) -> None:
        channel, _, text = rest.partition(" ")
        await person.say(channel, text)

    async def _react(self, person: Person, rest: str) -> None:
        emoji, key = _label_and_key(rest)
        cards = [m for m in self._seen(person) if key in str(m.blocks) and not m.is_reply]
        if not key or not cards:
            raise NotUnderstood("react EMOJI ESC-1: on which card?")
        await person.react(cards[0], emoji)

    async def _home(self, person: Person, _rest: str) -> None:
        before = person.home.hash if person.home else None
        await person.open_home()
        home = await self._stage.town.until(lambda: person.home if person.home and person.home.hash != before else None)
        if home is not None:
            print(person.reads(home))

    def _place_of(self, person: Person, label: str, key: str) -> Message | View:
        """The open modal, or the newest message with that button."""
        if person.view is not None:
            return person.view
        for message in reversed(self._seen(person)):
            if key in f"{message.text} {message.blocks}" and _has(message, label):
                return message
        raise NotUnderstood(f"{person.name} sees no [{label}] {f'on {key}' if key else ''}")

    def _seen(self, person: Person) -> list[Message]:
        channels = self._stage.town.channels.values()
        seen = {m.ts: m for channel in channels if person.id in channel.members for m in person.sees(channel)}
        return [seen[ts] for ts in sorted(seen)]

    # Orders

    def _jump(self, rest: str) -> None:
        found = LENGTH.fullmatch(rest)
        if found is None:
            raise NotUnderstood("jump 90s, jump 30m, jump 2h, jump 1d")
        now = self._stage.jump(seconds=float(found[1]) * SECONDS[found[2]])
        print(f"  it is {told_time(now)} in Singapore")

    def _rate(self, rest: str) -> None:
        try:
            self._stage.clock.run_at(float(rest))
        except ValueError as error:
            raise NotUnderstood(f"rate 60: {error}") from None

    def _show(self, rest: str) -> None:
        person = self._stage.town.person(rest)
        for message in self._seen(person)[-10:]:
            print("  " + person.reads(message).replace("\n", "\n  ") + "\n")
        if person.view is not None:
            print("  the open modal:\n  " + person.reads(person.view).replace("\n", "\n  "))

    def _who(self, _rest: str) -> None:
        people = [user for user in self._stage.town.users.values() if not user.is_bot and user.id != "USLACKBOT"]
        for user in people:
            print(f"  {user.name:6} {user.locale}  {user.tz}")


def _has(message: Message, label: str) -> bool:
    wanted = label.lower()
    return any(wanted == f.action_id or f.label.lower().startswith(wanted) for f in interactive(message.blocks))


def _label_and_key(rest: str) -> tuple[str, str]:
    """The label, and the key of an escalation if one follows it."""
    found = KEY.search(rest)
    return (rest[: found.start()], f"ESC-{found[1]}") if found else (rest, "")


def _two(rest: str) -> tuple[str, str]:
    left, sign, right = rest.partition("=")
    if not sign:
        raise NotUnderstood("LABEL = VALUE")
    return left.strip(), right.strip()


@asynccontextmanager
async def _lines() -> AsyncIterator[AsyncIterator[str]]:
    """The lines of standard input, until it ends at a terminal, or a signal says stop."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, queue.put_nowait, None)

    def hand_on(line: str | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, line)

    # A thread, since a terminal cannot be awaited everywhere; a daemon, since nothing can wake it from a read.
    threading.Thread(target=_read, args=(hand_on,), daemon=True).start()

    async def each() -> AsyncIterator[str]:
        while (line := await queue.get()) is not None:
            yield line

    try:
        yield each()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _read(hand_on: Callable[[str | None], None]) -> None:
    """Read without Python's buffer: its lock would be held when the program ends."""
    begun = b""
    while chunk := os.read(sys.stdin.fileno(), 4096):
        *whole, begun = (begun + chunk).split(b"\n")
        for line in whole:
            hand_on(line.decode("utf-8", "replace").strip())
    if os.isatty(sys.stdin.fileno()):
        hand_on(None)
