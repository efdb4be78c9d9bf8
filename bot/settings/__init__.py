"""What the operator sets: the environment and `.env`, read once into one frozen value.

Teams, hours and policies do not live here: they are the TOML file's (`bot.config`). Every mistake is reported
at once, one line each: which variable, what is wrong, what to do. A secret is never part of such a line.
"""

from bot.settings.database_url import spell_database_url
from bot.settings.reading import SettingsError, read_settings, read_storage_settings
from bot.settings.values import LogFormat, LogLevel, Settings, StorageSettings

__all__ = [
    "LogFormat",
    "LogLevel",
    "Settings",
    "SettingsError",
    "StorageSettings",
    "read_settings",
    "read_storage_settings",
    "spell_database_url",
]
