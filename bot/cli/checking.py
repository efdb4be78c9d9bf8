"""`check`: one line for each thing that must be right before the bot can serve, with the repair."""

from dataclasses import dataclass

from bot.config import ConfigErrors, describe, load
from bot.outbox.slack import METHODS_USED, SlackCalls, SlackFault, open_slack_calls
from bot.settings import Settings
from models.migrations import SchemaState, schema_state
from models.rules.rulebook import Rulebook, Team
from models.session import StorageUnavailable


@dataclass(frozen=True, slots=True)
class Line:
    """What was checked, and what to do if it is wrong."""

    what: str
    repair: str = ""

    @property
    def wrong(self) -> bool:
        return bool(self.repair)

    def __str__(self) -> str:
        return f"✗ {self.what} → {self.repair}" if self.wrong else f"✓ {self.what}"


async def run_checks(settings: Settings) -> list[Line]:
    """Checks everything; never raises for what it finds."""
    lines = [Line(f"settings: {'Socket Mode' if settings.socket_mode else 'HTTP mode'}")]
    lines.append(await _check_database(settings))
    book, rules = _check_rules(settings)
    lines += rules
    token = settings.slack_bot_token.get_secret_value()
    async with open_slack_calls(token=token, api_url=settings.slack_api_url) as slack:
        lines += await _check_slack(slack, settings, book)
    return lines


async def _check_database(settings: Settings) -> Line:
    url = settings.database_url.get_secret_value()
    try:
        state = await schema_state(url)
    except StorageUnavailable as error:
        return Line(f"database: cannot be reached ({error})", "start it, or correct DATABASE_URL")
    if state is SchemaState.CURRENT:
        return Line("database: schema is current")
    if state is SchemaState.NEWER:
        return Line("database: schema is newer than this program", "run the newer program")
    if url.startswith("sqlite"):
        return Line("database: schema is written at the first start")
    return Line(f"database: schema is {state.value}", "run: python -m bot migrate")


def _check_rules(settings: Settings) -> tuple[Rulebook | None, list[Line]]:
    path = settings.escalation_config
    try:
        _, book = load(path)
    except ConfigErrors as error:
        return None, [Line(f"{path}: {line}", "correct the file") for line in describe(error)]
    except OSError as error:
        return None, [Line(f"{path}: {error.strerror}", "set ESCALATION_CONFIG to the file's path")]
    return book, [Line(f"{path}: {len(book.teams)} teams")]


async def _check_slack(slack: SlackCalls, settings: Settings, book: Rulebook | None) -> list[Line]:
    try:
        answer, granted = await slack.whoami()
    except SlackFault as fault:
        repair = "install the app again and copy the Bot User OAuth Token" if fault.fault.token_dead else "try again"
        return [Line(f"token: Slack says {fault.code}", repair)]
    lines = [Line(f"token: {answer.get('user')} in {answer.get('team')}"), _check_scopes(granted)]
    if settings.slack_app_token is not None:
        lines.append(await _check_socket(slack, settings.slack_app_token.get_secret_value()))
    for team in book.teams.values() if book else ():
        lines.append(await _check_channel(slack, team, team.channel, name="channel"))
        if team.fallback_channel != team.channel:
            lines.append(await _check_channel(slack, team, team.fallback_channel, name="fallback_channel"))
    return lines


def _check_scopes(granted: frozenset[str]) -> Line:
    wanted = {scope for scopes in METHODS_USED.values() for scope in scopes.split()}
    if not granted:
        return Line("scopes: Slack did not say which are granted")
    missing = sorted(wanted - granted)
    if missing:
        return Line(f"scopes: {', '.join(missing)} missing", "add them to the app (manifest.json) and install it again")
    return Line(f"scopes: all {len(wanted)} granted")


async def _check_socket(slack: SlackCalls, app_token: str) -> Line:
    try:
        await slack.open_socket(app_token)
    except SlackFault as fault:
        return Line(f"Socket Mode: Slack says {fault.code}", "make an app-level token with connections:write")
    return Line("Socket Mode: a connection can be opened")


async def _check_channel(slack: SlackCalls, team: Team, channel: str, *, name: str) -> Line:
    what = f"teams.{team.key}.{name} {channel}"
    try:
        answer = await slack.call("conversations.info", channel=channel)
    except SlackFault as fault:
        return Line(f"{what}: Slack says {fault.code}", "correct the id, or invite the bot if it is private")
    found = answer.get("channel") or {}
    if found.get("is_archived"):
        return Line(f"{what}: archived", "unarchive it, or name another")
    if not found.get("is_member"):
        return Line(f"{what}: the bot is not a member", f"say /invite in #{found.get('name')}")
    return Line(f"{what}: #{found.get('name')}")
