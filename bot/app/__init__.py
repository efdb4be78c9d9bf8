"""Builds everything once and runs it: store, rules in force, desk, courier, ticks, the door.

`assembly` puts the parts together, `identity` asks Slack who we are, `bolt` makes the Bolt app,
`application` starts and stops it all. Importing does nothing.
"""

from bot.app.application import Application
from bot.app.errors import CannotServe

__all__ = ["Application", "CannotServe"]
