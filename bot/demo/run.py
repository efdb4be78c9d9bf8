"""`python -m bot demo`: sets the stage, plays the story, and stays up to be tried by hand.

With `--once` it ends after the story: 0 if everything went as the story says, else 1 and what went wrong.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import BusinessClock
from bot.demo.ledger import NotAsExpected
from bot.demo.prompt import go_on_by_hand
from bot.demo.stage import Stage, set_stage
from bot.demo.story import play
from bot.demo.town import TUESDAY_MORNING
from bot.demo.transcript import Transcript
from bot.sandbox.errors import Mistake
from bot.sandbox.people.finding import NotThere

RATE = 60.0
WELCOME = """\
The escalation bot, on loopback: a Slack that is none, a database in a temporary folder, no account needed.
Business time begins on a Tuesday at 10:00 in Singapore and runs 60 times faster; where nothing happens the
clock is turned ahead, and the transcript says so. Each line begins with the time in Singapore; buttons stand in
[brackets], menus in {braces}. Dates are as their reader sees them, in their own time zone.
"""


async def run_demo(*, once: bool) -> int:
    """Play the story; then, unless `once`, hand the terminal over. Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="escalation-demo-") as folder:
        clock = BusinessClock(start_at=TUESDAY_MORNING, rate=RATE)
        async with set_stage(clock=clock, folder=Path(folder)) as stage:
            print(WELCOME, file=sys.stdout, flush=True)
            transcript = Transcript(stage.town, sys.stdout)
            async with _following(transcript):
                code = await play_and_check(stage, transcript)
                if not once:
                    await go_on_by_hand(stage, transcript)
        return code


@asynccontextmanager
async def _following(transcript: Transcript) -> AsyncIterator[None]:
    following = asyncio.create_task(transcript.follow())
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        transcript.catch_up()


async def play_and_check(stage: Stage, transcript: Transcript) -> int:
    """The story, and what must be true after it: nothing unexpected was said, nothing went wrong inside.

    Returns the exit code; what went wrong stands on standard error.
    """
    try:
        await play(stage, transcript)
        await stage.calm()
        wrong = _left_over(stage)
    except (NotAsExpected, NotThere, Mistake, TimeoutError) as error:
        wrong = [f"The story went another way: {error}", *_left_over(stage)]
    transcript.catch_up()
    for line in wrong:
        print(f"✗ {line}", file=sys.stderr)
    if not wrong:
        print("\n✓ The story went as told: every message was expected, no call was refused, no error logged.")
    return 1 if wrong else 0


def _left_over(stage: Stage) -> list[str]:
    refused = [f"Slack refused {call.method}: {call.error}" for call in stage.town.log.refused()]
    return [
        *(f"Nobody expected this message:\n{told}" for told in stage.ledger.left()),
        *(f"In the log: {line}" for line in stage.log.grave),
        *refused,
        *(f"The sandbox is at fault: {mistake}" for mistake in stage.town.log.mistakes),
    ]
