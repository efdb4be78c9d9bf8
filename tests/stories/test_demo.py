"""`python -m bot demo --once`: what newcomers see plays to its end, or says what went wrong."""

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.clock import BusinessClock
from bot.demo.run import play_and_check
from bot.demo.stage import EXAMPLE, set_stage
from bot.demo.town import TUESDAY_MORNING
from bot.demo.transcript import Transcript
from bot.sandbox import Fault

SEEN = (
    "提现未到账",
    "50%",
    "@Arjun handed ESC-1 back",
    "@Priya acknowledged ESC-1",
    "已解决 ESC-1",
    "closed ESC-1",
    "✓",
)


@pytest.mark.timeout(180)
async def test_the_demo_plays_its_story_and_exits_0() -> None:
    environment = {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "bot", "demo", "--once"]
    played = await asyncio.to_thread(
        subprocess.run, command, cwd=EXAMPLE.parent, env=environment, capture_output=True, check=False, timeout=150
    )
    transcript = played.stdout.decode()
    assert played.returncode == 0, transcript[-3000:] + played.stderr.decode()
    for words in SEEN:
        assert words in transcript


async def test_the_demo_says_what_went_wrong_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock = BusinessClock(start_at=TUESDAY_MORNING, rate=60.0)
    async with set_stage(clock=clock, folder=tmp_path, paced=False) as stage:
        stage.town.faults.plant(Fault(method="chat.getPermalink", error="channel_not_found"))
        code = await play_and_check(stage, Transcript(stage.town, io.StringIO()))
    assert code == 1
    assert "Slack refused chat.getPermalink: channel_not_found" in capsys.readouterr().err
