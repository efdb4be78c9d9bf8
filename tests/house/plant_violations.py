"""Shows that every import contract bites: `python -m tests.house.plant_violations`, a part of `make check`.

For each contract of pyproject.toml the tree is copied, every import that the contract forbids is planted in
the room it names, and import-linter must name each of them. The unplanted tree must pass.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from itertools import pairwise, permutations, product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "models")
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

Import = tuple[str, str]


def read_contracts(root: Path) -> list[dict[str, Any]]:
    """The contracts of pyproject.toml, as they stand there."""
    with (root / "pyproject.toml").open("rb") as file:
        contracts: list[dict[str, Any]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return contracts


def forbidden_imports(contract: dict[str, Any]) -> list[Import]:
    """Each (importer, imported) that the contract must refuse; of layers, neighbours and strangers."""
    if contract["type"] == "forbidden":
        return list(product(contract["source_modules"], contract["forbidden_modules"]))
    layers = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    upwards = [pair for higher, lower in pairwise(layers) for pair in product(lower, higher)]
    sideways = [pair for layer in layers for pair in permutations(layer, 2)]
    return upwards + sideways


def plant(tree: Path, importer: str, imported: str) -> None:
    """Write the import into a new module of the room, or at the end of the room that is one module."""
    room = tree.joinpath(*importer.split("."))
    module = room / "planted.py" if room.is_dir() else room.with_suffix(".py")
    if not room.is_dir() and not module.exists():
        raise SystemExit(f"a contract names {importer}, and there is no such room")
    with module.open("a") as file:
        file.write(f"\nimport {imported}\n")


def lint(tree: Path) -> tuple[bool, str]:
    """Whether import-linter passes the tree, and what it says."""
    command = [str(LINT_IMPORTS), "--no-logo", "--no-cache"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tree)
    return done.returncode == 0, done.stdout + done.stderr


def copy_house(root: Path, to: Path) -> Path:
    """Copy what import-linter reads, and nothing else."""
    for room in ROOMS:
        shutil.copytree(root / room, to / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", to)
    return to


def find_toothless(root: Path) -> Iterator[str]:
    """A line for each contract, or each import within one, that import-linter lets pass."""
    with tempfile.TemporaryDirectory() as folder:
        passed, said = lint(copy_house(root, Path(folder)))
        if not passed:
            yield f"The tree does not pass as it is:\n{said}"
            return
    for contract in read_contracts(root):
        planted = forbidden_imports(contract)
        with tempfile.TemporaryDirectory() as folder:
            tree = copy_house(root, Path(folder))
            for importer, imported in planted:
                plant(tree, importer, imported)
            passed, said = lint(tree)
        if passed or f"{contract['name']} BROKEN" not in said:
            yield f"{contract['name']}: kept, with {len(planted)} violations planted"
        section = said.partition(f"\n{contract['name']}\n---")[2]
        for importer, imported in planted:
            if f"{importer} is not allowed to import {imported}:" not in section:
                yield f"{contract['name']}: {importer} may import {imported}"
        print(f"{contract['name']}: {len(planted)} imports planted")


if __name__ == "__main__":
    toothless = list(find_toothless(ROOT))
    print("\n".join(toothless) or "Each contract breaks on what it forbids.")
    sys.exit(bool(toothless))
