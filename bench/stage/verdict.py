"""How a bench tells what it found: a line for people, a line of JSON for machines, and whether the goal was met."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the middle and the greatest of repeated measurements."""

    least: float
    middle: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(min(values), median(values), max(values))

    def __str__(self) -> str:
        return f"{self.middle:.4g} (least {self.least:.4g}, greatest {self.greatest:.4g})"

    def figures(self) -> dict[str, float]:
        return {"min": self.least, "median": self.middle, "max": self.greatest}


def tell(sentence: str, *, bench: str, met: bool, **figures: object) -> bool:
    """Print both lines; returns whether the goal was met."""
    print(f"{'✓' if met else '✗'} {sentence}")
    shown = {name: each.figures() if isinstance(each, Spread) else each for name, each in figures.items()}
    print(json.dumps({"bench": bench, "met": met, **shown}), flush=True)
    return met
