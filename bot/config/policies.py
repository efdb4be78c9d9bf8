"""Reads the policies: targets and ladder of each severity. What a policy leaves out is the default's."""

from collections.abc import Mapping

from bot.config import words
from bot.config.defaults import POLICIES
from bot.config.reading import Spot, Wrong
from models.rules.rulebook import ClockKind, Policy, Rung, RungAct
from models.rules.severity import Severity

_HIGHEST_PERCENT = 1000


def read_policies(spot: Spot | None) -> Mapping[Severity, Policy]:
    """The policy of each severity. A file names all four or none, so that none is forgotten."""
    if spot is None:
        return POLICIES
    entries = spot.table(*Severity).entries
    if isinstance(spot.value, dict):
        for severity in Severity:
            if severity not in entries:
                spot.at(severity, None).say("is missing: give all four severities, or no policies for the defaults")
    read = {key: _read_policy(entries[key], POLICIES[key]) for key in Severity if key in entries}
    return dict(POLICIES) | read


def _read_policy(spot: Spot, default: Policy) -> Policy:
    table = spot.table(*ClockKind, "ladder")
    targets = {kind: table.optional(kind, words.target, default.targets[kind]) for kind in ClockKind}
    ladder = table.get("ladder")
    return Policy(targets, _read_ladder(ladder) if ladder else default.rungs)


def _read_ladder(spot: Spot) -> tuple[Rung, ...]:
    """The rungs; each must stand higher than the one before."""
    places = spot.items()
    if isinstance(spot.value, list) and not places:
        spot.say("is empty, so a breach would stay silent")
    rungs: list[Rung] = []
    for place in places:
        rung = _read_rung(place)
        if rungs and 0 < rung.percent <= rungs[-1].percent:
            place.say(f"must stand higher than {rungs[-1].percent}, the rung before it")
        rungs.append(rung)
    return tuple(rungs)


def _read_rung(spot: Spot) -> Rung:
    table = spot.table("at", "do")
    acts = table.needed("do")
    return Rung(table.required("at", _percent, 0), _read_acts(acts) if acts else ())


def _read_acts(spot: Spot) -> tuple[RungAct, ...]:
    """What a rung does: one act, or a list of them."""
    places = spot.items() if isinstance(spot.value, list) else [spot]
    if not places:
        spot.say("is empty")
    return tuple(place.read(words.one_of("act", RungAct), RungAct.REMIND) for place in places)


def _percent(value: object) -> int:
    percent = words.whole_number(value)
    if not 0 < percent <= _HIGHEST_PERCENT:
        raise Wrong(f"must be a percentage of the target from 1 to {_HIGHEST_PERCENT}")
    return percent
