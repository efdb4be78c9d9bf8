"""Why the bot does not start: a sentence for the terminal that says what to do."""


class CannotServe(Exception):
    """The bot cannot serve; the message says why and what to do."""
