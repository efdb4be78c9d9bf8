"""The bot as anybody runs it: `python -m bot serve`, a process of its own, told everything by its environment."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.stage.town import Town
from bot.demo.stage import EXAMPLE
from bot.web.site import SLACK_PATH
from tests.processes import die_with_parent

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot: its process, its port, and what it logs."""

    process_id: int
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{SLACK_PATH}"

    @contextmanager
    def held(self) -> Iterator[None]:
        """For the block it stands still: what it still has to post must not slow down whom it is held against."""
        os.kill(self.process_id, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process_id, signal.SIGCONT)

    def troubles(self) -> list[str]:
        """The events of its log that are errors."""
        return [line["event"] for line in _lines(self.log) if line.get("level") in ("error", "critical")]


@contextmanager
def serving(town: Town, *, database_url: str, folder: Path) -> Iterator[Bot]:
    """Start the bot with the example's rules, and wait until it is ready; it drains when the block ends."""
    log = folder / "bot.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            env=_environment(town, database_url),
            stderr=output,
            preexec_fn=die_with_parent,
        )
    try:
        yield Bot(process.pid, _port(process, log), log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment(town: Town, database_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "SLACK_BOT_TOKEN": town.bot_token,
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": town.signing_secret,
        "SLACK_API_URL": town.api_url,
        "DATABASE_URL": database_url,
        "ESCALATION_CONFIG": str(EXAMPLE),
        "HOST": "127.0.0.1",
        "PORT": "0",
        "LOG_LEVEL": "INFO",
        "LOG_FORMAT": "json",
    }


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    give_up_at = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        for line in _lines(log):
            if line.get("event") == "ready":
                return int(line["port"])
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(f"the bot did not start:\n{log.read_text()[-4000:]}")


def _lines(log: Path) -> list[dict[str, str]]:
    found = []
    for line in log.read_text().splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue  # a line that is still being written
    return [line for line in found if isinstance(line, dict)]
