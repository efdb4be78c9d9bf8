"""What is wrong with a configuration file: where, and why, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `path` is where the value stands (`teams.payments.rotation[2]`), empty where the file
    as a whole is meant; `line` is known only where the syntax is at fault."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"line {self.line}"
        return f"{place}: {self.reason}" if place else self.reason


class ConfigErrors(ValueError):
    """The file cannot be used. Holds every mistake that was found, never only the first."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(describe(self)))


def describe(errors: ConfigErrors) -> list[str]:
    """The mistakes as lines for a person, in the order in which they were found."""
    return [str(mistake) for mistake in errors.mistakes]
