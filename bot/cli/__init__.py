"""The command line: `python -m bot serve | migrate | check | demo`.

Each command reads its settings, does one thing, and ends with a code that a script can trust: 0 done,
1 something is wrong (and what, one line each), 2 wrong use.
"""

from bot.cli.commands import app

__all__ = ["app"]
