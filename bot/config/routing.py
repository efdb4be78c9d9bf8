"""Reads what sends an escalation somewhere: routing rules, categories, and templates of links."""

from collections.abc import Collection

from bot.config import words
from bot.config.defaults import TEAM_NAMES
from bot.config.reading import Spot, Wrong
from bot.config.teams import read_names
from models.rules.rulebook import Category, LinkTemplate, RoutingRule, TeamKind

_MATCHERS = ("prefixes", "categories", "words")


def read_rules(spot: Spot | None, teams: Collection[str], categories: Collection[str]) -> tuple[RoutingRule, ...]:
    """The rules in the file's order: the first that matches wins."""
    return tuple(_read_rule(place, teams, categories) for place in spot.items()) if spot else ()


def read_categories(spot: Spot | None) -> tuple[Category, ...]:
    """The categories in the file's order."""
    return tuple(_read_category(entry) for entry in spot.entries().values()) if spot else ()


def read_links(spot: Spot | None) -> tuple[LinkTemplate, ...]:
    """Templates by the prefix of the IDs that they link."""
    entries = spot.entries() if spot else {}
    return tuple(
        LinkTemplate(entry.named(words.id_prefix, ""), entry.read(_template, "")) for entry in entries.values()
    )


def _read_rule(spot: Spot, teams: Collection[str], categories: Collection[str]) -> RoutingRule:
    table = spot.table("team", *_MATCHERS)
    if isinstance(spot.value, dict) and not any(key in table.entries for key in _MATCHERS):
        spot.say("matches nothing: give prefixes, categories or words")
    return RoutingRule(
        team=table.required("team", words.known_name("team", teams), ""),
        prefixes=table.each("prefixes", words.id_prefix),
        categories=table.each("categories", words.known_name("category", categories)),
        words=table.each("words", words.text),
    )


def _read_category(spot: Spot) -> Category:
    key = spot.named(words.key, "")
    preset = dict.fromkeys(TEAM_NAMES[TeamKind.SUPPORT], "")
    return Category(key, read_names(spot, preset))


def _template(value: object) -> str:
    url = words.address(value)
    if "{id}" not in url:
        raise Wrong("must hold {id}, where the ID goes")
    return url
