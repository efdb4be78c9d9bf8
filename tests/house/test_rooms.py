"""The import contracts cover every room, and a contract without teeth is noticed by `plant_violations`."""

from pathlib import Path

from tests.house.plant_violations import ROOMS, find_toothless, read_contracts
from tests.house.source import ROOT

# The sandbox has contracts of its own; Alembic runs the migrations by itself.
OUTSIDE_THE_LAYERS = {"bot.sandbox", "models.migrations"}


def rooms_of(package: str) -> set[str]:
    children = (ROOT / package).iterdir()
    names = {child.stem for child in children if child.suffix == ".py" or (child / "__init__.py").exists()}
    return {f"{package}.{name}" for name in names - {"__init__"}}


def test_every_room_has_its_place_in_the_house() -> None:
    layers = read_contracts(ROOT)[0]["layers"]
    placed = {room.strip() for layer in layers for room in layer.split("|")}
    assert (rooms_of("bot") | rooms_of("models")) - OUTSIDE_THE_LAYERS == placed - {"handlers"}


def test_a_contract_that_excepts_what_it_forbids_is_noticed(tmp_path: Path) -> None:
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    write_contract(tmp_path, excepting="bot.lonely -> sqlite3")
    assert list(find_toothless(tmp_path)) == []
    write_contract(tmp_path, excepting="bot.** -> sqlite3")
    assert any("bot may import sqlite3" in line for line in find_toothless(tmp_path))


def write_contract(root: Path, *, excepting: str) -> None:
    (root / "pyproject.toml").write_text(
        f"""
        [tool.importlinter]
        root_packages = ["bot", "handlers", "models"]
        include_external_packages = true
        [[tool.importlinter.contracts]]
        name = "Only models speaks SQL"
        type = "forbidden"
        source_modules = ["bot"]
        forbidden_modules = ["sqlite3"]
        unmatched_ignore_imports_alerting = "none"
        ignore_imports = ["{excepting}"]
        """
    )
