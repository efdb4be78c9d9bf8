"""The README tells the whole: every setting, every target of the Makefile, every command of the bot."""

import re

import pytest

from bot.cli import app
from bot.settings import Settings
from tests.house.source import ROOT

README = (ROOT / "README.md").read_text() if (ROOT / "README.md").exists() else ""
TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_named(target: str) -> None:
    assert f"make {target}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named(command: str) -> None:
    assert f"python -m bot {command}" in README
