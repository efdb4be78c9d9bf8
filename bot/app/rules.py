"""The rules in force: the file's, where it is right; the stored ones, where it is not.

A file that fails leaves the running configuration in place and is said line by line.
"""

from pathlib import Path

from bot.app.errors import CannotServe
from bot.clock import MachineClock
from bot.config import ConfigErrors, describe, load
from bot.log import get_logger
from models.queries.rulebooks import current_version, put_in_force
from models.session import Store

log = get_logger(__name__)


async def bring_in_force(store: Store, workspace_id: int, path: Path, machine: MachineClock) -> int:
    """Puts the file in force and returns the version. Raises CannotServe if it is wrong and nothing was
    ever in force."""
    try:
        text, _ = load(path)
    except (ConfigErrors, OSError) as error:
        return await _keep_running(store, workspace_id, path, error)
    version = await store.write(
        lambda connection: put_in_force(connection, workspace_id, text, now=machine.now(), by=None)
    )
    log.info("rules_in_force", version=version)
    return version


async def _keep_running(store: Store, workspace_id: int, path: Path, error: ConfigErrors | OSError) -> int:
    lines = describe(error) if isinstance(error, ConfigErrors) else [str(error.strerror or error)]
    current = await store.read(lambda connection: current_version(connection, workspace_id))
    if not current:
        raise CannotServe("\n".join([f"{path} cannot be used:", *lines])) from error
    for line in lines:
        log.error("config_mistake", mistake=line)
    log.warning("rules_kept", version=current)
    return current
