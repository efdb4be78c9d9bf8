"""Opening, whole (modal submitted, committed, answered), against a Bolt app that only acknowledges.

python -m bench.open. Both answer the same signed requests, in turns, each in a process of its own behind the
same door; Slack, the client and PostgreSQL are processes of their own too. PostgreSQL decides, with its own
defaults for what is durable; SQLite is told for information.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import func, select

from bench.stage.acknowledging import acknowledging
from bench.stage.posting import AT_ONCE, post_all, submissions
from bench.stage.serving import Bot, serving
from bench.stage.town import Town, slack_town
from bench.stage.verdict import Spread, tell
from bot.settings import spell_database_url
from models.migrations import migrate
from models.session import open_store
from models.tables import EscalationRow
from tests.postgres import running_postgres

GOAL = 0.15


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: rounds, and requests in each."""

    rounds: int = 9
    opens: int = 600
    acknowledgements: int = 2000
    warm_up: int = 200


@dataclass(slots=True)
class Asked:
    """Somebody who is asked again and again: at which rate they answered, and what they did not take."""

    url: str
    says_yes: bytes
    taken: int = 0
    not_taken: int = 0
    rates: list[float] = field(default_factory=list)

    def ask(self, requests: Sequence[bytes], *, at_once: int = AT_ONCE) -> float:
        """Post them all; returns how many a second were answered."""
        seconds, answers = post_all(self.url, requests, at_once=at_once)
        taken = sum(self.says_yes in answer for answer in answers)
        self.taken += taken
        self.not_taken += len(answers) - taken
        return len(requests) / seconds


def measure(bot: Bot, payload: dict[str, Any], town: Town, *, plain_url: str, size: Size) -> tuple[Asked, Asked]:
    """Ask both in turns, the other one first each time. While the one is asked the other stands still."""
    opened, plain = Asked(bot.url, b'"update"'), Asked(plain_url, b"")

    def requests(count: int) -> list[bytes]:
        return submissions(payload, count, signing_secret=town.signing_secret, url=bot.url)

    def open_many() -> None:
        opened.rates.append(opened.ask(requests(size.opens)))

    def acknowledge_many() -> None:
        with bot.held():
            plain.rates.append(plain.ask(requests(size.acknowledgements)))

    for each in (opened, plain):
        each.ask(requests(size.warm_up), at_once=4)
    turns = [open_many, acknowledge_many]
    for _ in range(size.rounds):
        for turn in turns:
            turn()
        turns.reverse()
    return opened, plain


def run(town: Town, plain_url: str, *, database_url: str, size: Size) -> tuple[Asked, Asked, list[str]]:
    """Measure on one database. Also returns what went wrong: what was answered and not taken, or taken and not
    stored, and what the bot logged as an error."""
    with tempfile.TemporaryDirectory() as folder, serving(town, database_url=database_url, folder=Path(folder)) as bot:
        payload = town.opening(bot.url)
        opened, plain = measure(bot, payload, town, plain_url=plain_url, size=size)
        troubles = [f"logged {count} times: {name}" for name, count in Counter(bot.troubles()).items()]
    stored = asyncio.run(_stored(database_url)) - 1  # the one that was recorded
    if opened.not_taken:
        troubles.append(f"{opened.not_taken} were answered, and not taken in time")
    if stored < opened.taken:
        troubles.append(f"{opened.taken} were answered as saved, and {stored} are stored")
    return opened, plain, troubles


async def _stored(url: str) -> int:
    store = open_store(url)
    try:
        return await store.read(
            lambda connection: connection.execute(select(func.count()).select_from(EscalationRow)).scalar_one()
        )
    finally:
        await store.close()


def _told(database: str, goal: float | None, found: tuple[Asked, Asked, list[str]]) -> bool:
    opened, plain, troubles = found
    share = Spread.of([one / other for one, other in zip(opened.rates, plain.rates, strict=True)])
    opens, acknowledgements = Spread.of(opened.rates), Spread.of(plain.rates)
    aim = f"goal {goal}" if goal else "for information"
    sentence = (
        f"{database}: {opens.middle:.0f} opened a second, {acknowledgements.middle:.0f} acknowledged:"
        f" a share of {share}; {aim}"
    )
    return tell(
        "; ".join([sentence, *troubles]),
        bench="open",
        met=not troubles and (goal is None or share.middle >= goal),
        database=database,
        goal=goal,
        share=share,
        opens_per_second=opens,
        acknowledgements_per_second=acknowledgements,
        troubles=troubles,
    )


def main(size: Size) -> bool:
    """Measure on both databases; whether the goal was met."""
    with (
        slack_town() as town,
        acknowledging(town.signing_secret) as plain_url,
        running_postgres(durable=True) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        postgres = spell_database_url(server.url(server.create_database()))
        asyncio.run(migrate(postgres))
        met = _told("PostgreSQL", GOAL, run(town, plain_url, database_url=postgres, size=size))
        sqlite = spell_database_url(f"sqlite:///{folder}/escalations.db")
        return _told("SQLite", None, run(town, plain_url, database_url=sqlite, size=size)) and met


if __name__ == "__main__":
    sys.exit(0 if main(Size()) else 1)
