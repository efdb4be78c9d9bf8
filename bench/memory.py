"""What an idle bot holds in memory: `python -m bot serve` with the example's rules, a while after its start.

python -m bench.memory. Slack and the bench are processes of their own; what counts is the bot's resident set.
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.stage.serving import serving
from bench.stage.town import slack_town
from bench.stage.verdict import Spread, tell
from bot.settings import spell_database_url

GOAL_MEGABYTES = 150
_KIBIBYTES_A_MEGABYTE = 1_000_000 / 1024


@dataclass(frozen=True, slots=True)
class Size:
    """How often is looked, and how long after each other."""

    looks: int = 20
    pause_seconds: float = 0.5


def measure(size: Size) -> tuple[Spread, list[str]]:
    """Megabytes held by an idle bot, and the errors that it logged."""
    with slack_town() as town, tempfile.TemporaryDirectory() as folder:
        url = spell_database_url(f"sqlite:///{folder}/escalations.db")
        with serving(town, database_url=url, folder=Path(folder)) as bot:
            held = []
            for _ in range(size.looks):
                time.sleep(size.pause_seconds)
                held.append(_megabytes(bot.process_id))
            return Spread.of(held), bot.troubles()


def _megabytes(process_id: int) -> float:
    """Its resident set; `ps` tells it in kibibytes on Linux and macOS alike."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process_id)], capture_output=True, check=True, text=True)
    return int(told.stdout) / _KIBIBYTES_A_MEGABYTE


def main(size: Size) -> bool:
    """Measure, and say whether the goal was met: by the greatest, since memory is not a matter of luck."""
    held, troubles = measure(size)
    sentence = f"an idle bot holds {held} MB; goal below {GOAL_MEGABYTES}"
    return tell(
        "; ".join([sentence, *troubles]),
        bench="memory",
        met=not troubles and held.greatest < GOAL_MEGABYTES,
        goal=GOAL_MEGABYTES,
        megabytes=held,
        troubles=troubles,
    )


if __name__ == "__main__":
    sys.exit(0 if main(Size()) else 1)
