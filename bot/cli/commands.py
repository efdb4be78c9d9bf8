"""The commands and their options; what they do is in the files beside this one."""

import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.app import CannotServe
from bot.cli.checking import run_checks
from bot.cli.loop import run_in_loop
from bot.cli.serving import serve_until_stopped
from bot.clock import MachineClock
from bot.demo import run_demo
from bot.log import configure_logging
from bot.settings import Settings, SettingsError, StorageSettings, read_settings, read_storage_settings
from models.migrations import migrate as bring_up_to_date
from models.migrations import schema_state
from models.session import StorageUnavailable

T = TypeVar("T")

app = typer.Typer(name="bot", help="A Slack bot that owns escalations.", no_args_is_help=True, add_completion=False)

EnvFile = Annotated[Path, typer.Option("--env-file", help="Where the settings stand, beside the environment.")]


@app.command()
def serve(env_file: EnvFile = Path(".env")) -> None:
    """Run the bot until SIGTERM or Ctrl-C: requests, timers and deliveries."""
    settings = _settings(env_file)
    configure_logging(level=settings.log_level, style=settings.log_format, now=MachineClock().now)
    _run(serve_until_stopped(settings))


@app.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="A revision, or head for the newest.")] = "head",
    env_file: EnvFile = Path(".env"),
) -> None:
    """Bring the database's schema up to date."""
    settings = _storage_settings(env_file)
    url = settings.database_url.get_secret_value()
    before = _run(schema_state(url))
    _run(bring_up_to_date(url, revision))
    after = _run(schema_state(url))
    print(f"Schema: {before.value} → {after.value}")


@app.command()
def check(env_file: EnvFile = Path(".env")) -> None:
    """Check settings, rules and database, and ask Slack about token, scopes and channels."""
    settings = _settings(env_file)
    configure_logging(level="CRITICAL", style="pretty", now=MachineClock().now)
    lines = _run(run_checks(settings))
    for line in lines:
        print(line)
    if any(line.wrong for line in lines):
        raise typer.Exit(1)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Play the story and end.")] = False,
) -> None:
    """Play the story on loopback, without Slack; then stay up to be tried by hand."""
    raise typer.Exit(_run(run_demo(once=once)))


def _run(work: Coroutine[Any, Any, T]) -> T:
    try:
        return run_in_loop(work)
    except CannotServe as error:
        _stop(str(error))
    except StorageUnavailable as error:
        _stop(f"DATABASE_URL: the database cannot be reached ({error}). Is it running, and is the address right?")
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _settings(env_file: Path) -> Settings:
    try:
        return read_settings(env_file)
    except SettingsError as error:
        _stop(*error.lines)


def _storage_settings(env_file: Path) -> StorageSettings:
    try:
        return read_storage_settings(env_file)
    except SettingsError as error:
        _stop(*error.lines)


def _stop(*lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(1)
