"""Whether the database's schema is ours: a fresh SQLite file is migrated, PostgreSQL is only looked at.

On PostgreSQL other replicas may be running: a person decides when it is migrated.
"""

from bot.app.errors import CannotServe
from bot.settings import Settings
from models.migrations import SchemaState, migrate, schema_state

_COMMAND = "Run: python -m bot migrate"


async def ready_schema(settings: Settings) -> None:
    """Returns when the schema is current. Raises CannotServe with the command to run."""
    url = settings.database_url.get_secret_value()
    state = await schema_state(url)
    if state is SchemaState.CURRENT:
        return
    if state is SchemaState.NEWER:
        raise CannotServe("The database's schema is newer than this program. Run the newer program.")
    if not url.startswith("sqlite"):
        raise CannotServe(f"The database's schema is {state.value}. {_COMMAND}")
    await migrate(url)
