"""The company's own rules, read from one TOML file: a Rulebook, or every mistake in it at once.

`rulebook` reads the whole file, the other files one part of it each; `reading` walks the tables and notes
mistakes by path, `words` reads single values. Settings of the process (tokens, ports) are not here.
"""

from bot.config.mistakes import ConfigErrors, Mistake, describe
from bot.config.rulebook import load, parse_rulebook

__all__ = ["ConfigErrors", "Mistake", "describe", "load", "parse_rulebook"]
