"""The listeners: each Slack surface in a file of its own, as thin as possible.

door       every request passes here, and every failure ends here
exchange   one request, and the ways to answer it
commands · shortcuts · actions · views · events · options · home   the surfaces
grammar · draft · parse · prefill   from what people type to the forms of moves
They authenticate, parse, perform one move, answer. What is true is the desk's, words are render's.
"""

from dataclasses import dataclass

from slack_bolt.app.async_app import AsyncApp

from bot.render.ids import COMMAND
from handlers import actions, commands, events, options, shortcuts, views
from handlers.services import Services


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Everything of Slack's that we answer. A test holds the app's manifest against it."""

    commands: frozenset[str]
    global_shortcuts: frozenset[str]
    message_shortcuts: frozenset[str]
    events: frozenset[str]


SURFACES = Surfaces(
    commands=frozenset({COMMAND}),
    global_shortcuts=frozenset(shortcuts.GLOBAL),
    message_shortcuts=frozenset(shortcuts.ON_MESSAGE),
    events=events.EVENTS,
)


def register(app: AsyncApp, services: Services) -> None:
    """Puts all listeners into the app: the commonest first, since each one before it costs a look."""
    for surface in (actions, views, commands, events, options, shortcuts):
        surface.register(app, services)
