"""The story, act by act: what people do, and what each of them must then be told.

A payout is missing. Mei escalates it in Chinese; whoever is on call does not answer; it goes to the next on the
rotation, across to Product, and back to Mei, solved. Every message is expected here, or the story fails.
"""

from bot.demo.ledger import NotAsExpected
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.sandbox.people import Outcome, Person
from bot.sandbox.records import Message
from bot.sandbox.view_store import View

KEY = "ESC-1"
PAYOUT, ACCOUNT = "po_1NxQ7fLkdIwHu7ix", "acct_1AbQ2eZvKYlo2C9p"


async def play(stage: Stage, transcript: Transcript) -> None:
    """The whole story. Raises NotAsExpected where it goes another way."""
    story = Story(stage, transcript)
    await story.mei_escalates()
    await story.nobody_answers()
    await story.the_next_one_hands_it_across()
    await story.product_takes_it()
    await story.product_solves_it()
    await story.mei_confirms()


class Story:
    """The acts. They build on each other: play them in the order of `play`."""

    def __init__(self, stage: Stage, transcript: Transcript) -> None:
        self._stage = stage
        self._ledger = stage.ledger
        self._transcript = transcript
        self._card: Message | None = None

    async def mei_escalates(self) -> None:
        """In Chinese, to a team that is asleep on the other side of the world."""
        self._transcript.heading("1. A payout is missing: Mei escalates it, in Chinese")
        mei = self._person("mei")
        answered(await mei.command("/escalate", f"提现未到账 {PAYOUT} {ACCOUNT}", channel="support"))
        view = await self._opened(mei)
        require(mei.reads(view), "工程团队", "po_")
        await self._stage.has_learnt_channel("support")
        await mei.fill(view, {"title_local": "Payout not received", "need": "请放行这笔提现，或说明冻结原因"})
        await self._redrawn(mei, "severity", "SEV2")
        require(await self._submitted(mei), KEY, "已提交")
        card = await self._ledger.expect("engineering", KEY, "Payout not received", "提现未到账", PAYOUT, "@Erin")
        self._card = card
        await self._ledger.expect("erin", KEY, "on call")
        await self._ledger.expect("mei", KEY, "已提交")
        await self._ledger.expect("support", "@Mei", KEY)

    async def nobody_answers(self) -> None:
        """The ladder: a reminder, the thread and the channel, then the next on the rotation."""
        self._transcript.heading("2. Nobody answers: the reminders climb the ladder")
        await self._wait_for_rung("half of the 30 minutes to acknowledge are over")
        await self._ledger.expect("erin", "⏰", KEY, "50%")
        await self._wait_for_rung("80% of them")
        await self._ledger.expect("engineering", "⏰", "80%", in_thread=True)
        await self._ledger.expect("engineering", "⏰", "80%", in_thread=False)
        await self._wait_for_rung("all of them")
        await self._ledger.expect("engineering", KEY, "@Arjun", "@Evan")
        await self._ledger.expect("engineering", "🔥", KEY)
        await self._ledger.expect("arjun", KEY, "on call")
        await self._ledger.expect("lena", KEY, "SLA")

    async def the_next_one_hands_it_across(self) -> None:
        """Arjun sees that it is Product's."""
        self._transcript.heading("3. Arjun is next; it is Product's, and he hands it across")
        arjun = self._person("arjun")
        answered(await arjun.press(await self._card_now(), "Not ours"))
        view = await self._opened(arjun)
        note = "The hold is set by the payout review rules, which are yours."
        await arjun.fill(view, {"reason": "wrong_team", "team": "product", "note": note})
        await self._submitted(arjun)
        self._card = await self._ledger.expect("product", KEY, "Payout not received", "@Priya")
        await self._ledger.expect("product", "@Arjun", KEY, note)
        await self._ledger.expect("priya", KEY, "on call")
        await self._ledger.expect("mei", "@Arjun", KEY, "退回")

    async def product_takes_it(self) -> None:
        """Priya accepts from her direct message, in English; Mei reads of it in Chinese."""
        self._transcript.heading("4. Priya accepts it, in English; Mei hears of it in Chinese")
        priya = self._person("priya")
        answered(await priya.press(priya.dms()[-1], "Acknowledge"))
        await self._ledger.expect("priya", "✅", KEY)
        await self._ledger.expect("product", "@Priya acknowledged", KEY)
        await self._ledger.expect("mei", "@Priya", "接手", KEY)
        await self._ledger.shows(await self._card_now(), "Owner @Priya")

    async def product_solves_it(self) -> None:
        """An update with a line for the customer, then the solution."""
        self._transcript.heading("5. Priya reports what she found, and solves it")
        await self._turn_on(minutes=40)
        priya = self._person("priya")
        answered(await priya.press(await self._card_now(), "Update"))
        finding = "A review rule held the payout: the bank account was changed yesterday."
        line = "提现因收款账户变更触发了例行核查，我们正在处理，今天会有结果。"
        await priya.fill(await self._opened(priya), {"finding": finding, "customer_line": line})
        await self._submitted(priya)
        await self._ledger.expect("product", "@Priya posted an update", finding)
        await self._ledger.expect("mei", "@Priya", "更新", finding, line)
        await self._turn_on(minutes=25)
        answered(await priya.press(await self._card_now(), "Resolve"))
        values = {"outcome": "fixed", "cause": "The rule did not know verified account changes; it does now."}
        await priya.fill(await self._opened(priya), values)
        await self._submitted(priya)
        await self._ledger.expect("product", "@Priya resolved", KEY)
        await self._ledger.expect("mei", "@Priya", "已解决", KEY)

    async def mei_confirms(self) -> None:
        """The customer was told, the documentation is looked after, and it is closed."""
        self._transcript.heading("6. Mei tells the customer, confirms, and closes it")
        await self._turn_on(minutes=20)
        mei = self._person("mei")
        answered(await mei.press(mei.dms()[-1], "esc:confirm"))
        values = {"customer_told": "yes", "docs": "gap", "docs_note": "帮助中心需说明变更收款账户后的核查"}
        await mei.fill(await self._opened(mei), values)
        await self._submitted(mei)
        await self._ledger.expect("product", "@Mei", "closed", KEY)
        await self._ledger.expect("priya", "@Mei", "closed", KEY)
        await self._ledger.shows(await self._card_now(), "Closed")

    # What every act needs

    def _person(self, name: str) -> Person:
        return self._stage.town.person(name)

    async def _card_now(self) -> Message:
        """The card as it stands when nothing is under way any more."""
        await self._stage.calm()
        if self._card is None:
            raise NotAsExpected("there is no card yet")
        return await self._ledger.shows(self._card, KEY)

    async def _opened(self, person: Person) -> View:
        """The modal that opens after a command or a button."""
        view = await self._stage.town.until(lambda: person.view)
        if view is None:
            raise NotAsExpected(f"no modal opened for {person.name}")
        return view

    async def _submitted(self, person: Person) -> str:
        """Submit the modal, read what it says in its place, and press Done."""
        outcome = await person.submit()
        if outcome.kind != "updated" or outcome.view is None:
            raise NotAsExpected(f"the modal was not taken: {outcome.kind} {outcome.errors or outcome.why or ''}")
        said = person.reads(outcome.view)
        await person.close()
        return said

    async def _redrawn(self, person: Person, name: str, value: str) -> None:
        """Fill in a field that makes the modal look again, and wait until it has."""
        view = await self._opened(person)
        before = view.hash
        await person.fill(view, {name: value})
        await self._stage.town.until(lambda: view.hash != before)

    async def _wait_for_rung(self, why: str) -> None:
        """Nobody does anything until the next timer fires."""
        await self._stage.calm()
        await self._stage.jump_to_next_timer()
        self._transcript.aside(f"the clock is turned ahead: {why}")

    async def _turn_on(self, *, minutes: float) -> None:
        await self._stage.calm()
        self._stage.jump(minutes=minutes)
        self._transcript.aside(f"{minutes:g} minutes pass")


def answered(outcome: Outcome) -> None:
    """The app answered in time, and in a way that Slack understands."""
    if not outcome.ok:
        raise NotAsExpected(f"the bot did not answer: {outcome.why}")


def require(shown: str, *words: str) -> None:
    """Everything of `words` stands in what somebody reads."""
    missing = [word for word in words if word not in shown]
    if missing:
        raise NotAsExpected(f"{', '.join(missing)} is missing in:\n{shown}")
