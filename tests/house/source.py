"""The files of the project for the tests in this folder: what is, or would be, committed.

Each is read and parsed once.
"""

import ast
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "models")
CODE = (*PRODUCT, "tests", "bench", "requirements")
NOT_OURS = {".git", ".venv", "__pycache__", "node_modules", "build", "dist"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def committed_files() -> tuple[Path, ...]:
    """Paths below the root: what git tracks or would add; where git cannot say, what lies there."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    names = listing.stdout.split("\0") if listing.returncode == 0 else _walk()
    return tuple(sorted({Path(name) for name in names if name and (ROOT / name).is_file()}))


def _walk() -> Iterator[str]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))]
        yield from (str(Path(folder, name).relative_to(ROOT)) for name in files)


def modules(rooms: tuple[str, ...] = CODE) -> list[Path]:
    """The Python modules of some rooms, as paths below the root."""
    return [path for path in committed_files() if path.suffix == ".py" and path.parts[0] in rooms]


@cache
def text_of(path: Path) -> str:
    """A file's text. What is not UTF-8 is no text, and empty here."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree_of(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(text_of(path), filename=str(path))


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method of a module, nested ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
