"""Reading the settings, and turning every mistake into one line for the terminal.

pydantic's own report is for developers and may quote what was typed: it goes no further than this file.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings.values import Settings, StorageSettings


class SettingsError(Exception):
    """One or more variables cannot be used; `lines` holds one sentence for each, fit for a terminal."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


Kind = TypeVar("Kind", bound=StorageSettings)

_WHAT_IS_WRONG = {"missing": "is not set", "literal_error": "is not one of the possible values"}


def _line(kind: type[StorageSettings], error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    if error["type"] == "value_error":
        wrong = str(error["ctx"]["error"])
    else:
        wrong = _WHAT_IS_WRONG.get(error["type"], "cannot be read")
    return f"{name.upper()}: {wrong}. {kind.model_fields[name].description}"


def _read(kind: type[Kind], env_file: Path | None) -> Kind:
    # Typed loosely, since the settings' own switches (`_env_file`) are no fields and mypy knows only fields.
    build: Callable[..., Kind] = kind
    try:
        return build(_env_file=env_file)
    except ValidationError as error:
        lines = (_line(kind, each) for each in error.errors(include_url=False, include_input=False))
        # A chain would carry pydantic's own report, which is for developers.
        raise SettingsError(tuple(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError((f"{env_file}: is not UTF-8 text. Save it again as UTF-8.",)) from None


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read what `serve` needs. The environment wins over the file. Raises `SettingsError`."""
    return _read(Settings, env_file)


def read_storage_settings(env_file: Path | None = Path(".env")) -> StorageSettings:
    """Read what a database command needs: no Slack token has to be at hand. Raises `SettingsError`."""
    return _read(StorageSettings, env_file)
