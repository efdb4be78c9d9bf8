"""`.env.example` and the settings agree: every variable, every default, nothing else."""

import re
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
LINE = re.compile(r"^(?P<off># )?(?P<name>[A-Z_]+)=(?P<value>.*)$", re.MULTILINE)


def _documented() -> dict[str, tuple[bool, str]]:
    found = LINE.finditer(EXAMPLE.read_text(encoding="utf-8"))
    return {each["name"]: (bool(each["off"]), each["value"]) for each in found}


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    assert _documented().keys() == {name.upper() for name in Settings.model_fields}


def test_a_line_that_is_off_shows_the_default() -> None:
    for name, (off, value) in _documented().items():
        default = Settings.model_fields[name.lower()].default
        if off and name != "LOG_FORMAT":
            shown = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
            assert value == shown, name


def test_a_line_that_is_on_waits_to_be_filled_in() -> None:
    assert {name for name, (off, value) in _documented().items() if not off and value == ""} == {
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
    }
