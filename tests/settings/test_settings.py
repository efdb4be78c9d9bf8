"""Settings: what is accepted, what is refused, and that a refusal never shows a secret."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, StorageSettings, read_settings, read_storage_settings

BOT = "xoxb-" + "1-abc"
APP = "xapp-" + "1-abc"
SIGNING = "0123456789abcdef" * 2
HTTP = {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SIGNING}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def _read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_settings(env_file=None)


def _lines(monkeypatch: pytest.MonkeyPatch, **variables: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        _read(monkeypatch, **variables)
    assert str(caught.value) == "\n".join(caught.value.lines)
    return caught.value.lines


def test_token_and_signing_secret_are_enough_and_the_rest_has_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = _read(monkeypatch, **HTTP)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.get_secret_value() == "sqlite:///escalations.db"
    assert settings.escalation_config == Path("escalation.toml")
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 3000, "INFO")
    assert not settings.socket_mode


def test_an_app_token_means_socket_mode_and_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert settings.socket_mode
    assert settings.slack_signing_secret is None


def test_every_mistake_is_reported_at_once_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _lines(monkeypatch, PORT="99999", LOG_LEVEL="loud", LOG_FORMAT="xml", DATABASE_URL="mysql://a/b")
    names = {line.partition(":")[0] for line in lines}
    assert names == {
        "DATABASE_URL", "LOG_LEVEL", "LOG_FORMAT", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "PORT",
    }  # fmt: skip
    assert all("\n" not in line and line.endswith(".") for line in lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-" + "hunter2"),
        ("SLACK_APP_TOKEN", "xoxb-" + "hunter2"),
        ("SLACK_SIGNING_SECRET", "xoxb-" + "hunter2"),
        ("SLACK_SIGNING_SECRET", "hunter2 hunter2"),
        ("SLACK_SIGNING_SECRET", "hunter2秘密"),
        ("SLACK_API_URL", "slack.com/hunter2"),
        ("SLACK_API_URL", "ftp://slack.com/hunter2"),
        ("SLACK_API_URL", "https://slack.com/api?x=hunter2"),
        ("SLACK_API_URL", "https://[hunter2"),
        ("DATABASE_URL", "oracle://u:hunter2@h/d"),
        ("DATABASE_URL", "postgresql://u:hunter2/x@h/d"),
        ("DATABASE_URL", "postgresql://u:hunter2@h"),
        ("PORT", "hunter2"),
        ("PORT", "-1"),
        ("HOST", "hun ter2"),
        ("LOG_LEVEL", "hunter2"),
    ],
)
def test_a_wrong_value_is_named_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    lines = _lines(monkeypatch, **{**HTTP, name: value})
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}: ")
    assert "hunter2" not in lines[0]


def test_secrets_are_not_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **HTTP, DATABASE_URL="postgres://u:hunter2@h/d")
    assert SIGNING not in repr(settings)
    assert BOT not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_settings_are_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **HTTP)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1


@pytest.mark.parametrize(
    "typed", ["http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api/", "http://127.0.0.1:8080/api//"]
)
def test_the_api_address_ends_in_one_slash(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    assert _read(monkeypatch, **HTTP, SLACK_API_URL=typed).slack_api_url == "http://127.0.0.1:8080/api/"


def test_words_are_read_as_people_type_them(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, **HTTP, LOG_LEVEL=" warn ", LOG_FORMAT=" json ", PORT=" 8080 ")
    assert (settings.log_level, settings.log_format, settings.port) == ("WARNING", "json", 8080)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"\ufeffSLACK_BOT_TOKEN={BOT}\nSLACK_SIGNING_SECRET={SIGNING}\nPORT=1\nUNKNOWN=x\n", encoding="utf-8"
    )
    assert read_settings(file).port == 1
    monkeypatch.setenv("PORT", "2")
    assert read_settings(file).port == 2


def test_a_file_that_is_not_utf8_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"HOST=\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_settings(file)


def test_a_database_command_needs_no_slack_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "data/x.db")
    settings = read_storage_settings(env_file=None)
    assert type(settings) is StorageSettings
    assert settings.database_url.get_secret_value() == "sqlite:///data/x.db"
