"""The settings themselves: each with its type, its default, its check, and what to do when it is wrong.

A field's description is the second half of the line that a person reads about a mistake in it.
"""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.database_url import spell_database_url

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LogFormat = Literal["json", "pretty"]


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _level(value: Any) -> Any:
    name = value.strip().upper() if isinstance(value, str) else value
    return "WARNING" if name == "WARN" else name


def _bot_token(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
        raise ValueError("is not a bot token (those begin with xoxb-)")
    return value


def _app_token(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith("xapp-"):
        raise ValueError("is not an app-level token (those begin with xapp-)")
    return value


def _signing_secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text.startswith(("xox", "xapp-")):
        raise ValueError("holds a token, not the signing secret")
    if not text.isascii() or " " in text:
        raise ValueError("holds a space or a character that no signing secret has")
    return value


def _api_url(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError("cannot be read") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not an address that begins with https:// (or http:// for a server of your own)")
    if parts.query or parts.fragment:
        raise ValueError("has a query or a fragment")
    return value.rstrip("/") + "/"


def _database_url(value: SecretStr) -> SecretStr:
    return SecretStr(spell_database_url(value.get_secret_value()))


def _log_format_here() -> LogFormat:
    return "pretty" if sys.stderr.isatty() else "json"


Text = Annotated[str, BeforeValidator(_stripped)]
Secret = Annotated[SecretStr, BeforeValidator(_stripped)]


class StorageSettings(BaseSettings):
    """What a command needs that touches the database only, such as `migrate`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
        hide_input_in_errors=True,
    )

    database_url: Annotated[Secret, AfterValidator(_database_url)] = Field(
        SecretStr("sqlite:///escalations.db"),
        validate_default=True,
        description="Give postgresql://user:password@host:5432/name, or sqlite:///file.db.",
    )
    log_level: Annotated[LogLevel, BeforeValidator(_level)] = Field(
        "INFO", description="Give DEBUG, INFO, WARNING, ERROR or CRITICAL."
    )
    log_format: Annotated[LogFormat, BeforeValidator(_stripped)] = Field(
        default_factory=_log_format_here, description="Give json or pretty."
    )


class Settings(StorageSettings):
    """Everything `serve` and `check` need."""

    slack_bot_token: Annotated[Secret, AfterValidator(_bot_token)] = Field(
        description="Copy the Bot User OAuth Token (xoxb-…) from your Slack app's page, OAuth & Permissions."
    )
    slack_app_token: Annotated[Secret, AfterValidator(_app_token)] | None = Field(
        None,
        description="Copy the app-level token (xapp-…) from Basic Information, or leave it out.",
    )
    slack_signing_secret: Annotated[Secret, AfterValidator(_signing_secret)] | None = Field(
        None,
        validate_default=True,
        description="Copy the Signing Secret from your Slack app's page, Basic Information.",
    )
    slack_api_url: Annotated[Text, AfterValidator(_api_url)] = Field(
        "https://slack.com/api/", description="Leave it out for Slack itself."
    )
    escalation_config: Annotated[Path, BeforeValidator(_stripped)] = Field(
        Path("escalation.toml"), description="Give the path of the TOML file."
    )
    host: Annotated[Text, Field(pattern=r"^\S+$")] = Field(
        "127.0.0.1",
        description="Give the address to listen on: 127.0.0.1, or 0.0.0.0 behind a load balancer.",
    )
    port: int = Field(3000, ge=0, le=65535, description="Give a whole number from 0 (any free port) to 65535.")

    @field_validator("slack_signing_secret")
    @classmethod
    def _needed_in_http_mode(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        # A refused app token is absent from `info.data`: its own line is enough.
        if value is None and "slack_app_token" in info.data and info.data["slack_app_token"] is None:
            raise ValueError("is not set, and HTTP mode (no SLACK_APP_TOKEN) needs it")
        return value

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None
