"""Nothing is silenced without a name: type errors and lint by their code, tests not at all."""

import ast
import io
import re
import tokenize
from pathlib import Path

from tests.house.source import modules, text_of, tree_of

# Said in pieces, so that this file is not its own finding.
TYPE_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[)")
NO_QA = re.compile(r"#\s*noqa(?!:\s*[A-Z]+\d+)", re.IGNORECASE)
SWITCHED_OFF = {"skip", "skipif", "xfail", "importorskip"}
LONGEST_PAUSE_SECONDS = 0.1


def comments_of(path: Path) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(text_of(path)).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_an_ignored_type_error_is_named() -> None:
    assert not [f"{path}:{line}" for path in modules() for line, said in comments_of(path) if TYPE_IGNORE.search(said)]


def test_an_ignored_lint_finding_is_named() -> None:
    assert not [f"{path}:{line}" for path in modules() for line, said in comments_of(path) if NO_QA.search(said)]


def calls_and_marks(path: Path) -> list[ast.Attribute]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)]


def test_no_test_is_switched_off() -> None:
    assert not [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path in modules(("tests",))
        for node in calls_and_marks(path)
        if node.attr in SWITCHED_OFF and ast.unparse(node).startswith("pytest.")
    ]


def test_no_test_replaces_our_own_code() -> None:
    patched = []
    for path in modules(("tests",)):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom | ast.Import) and "unittest.mock" in ast.unparse(node):
                patched.append(f"{path}:{node.lineno}")
        patched += [
            f"{path}:{node.lineno}" for node in calls_and_marks(path) if ast.unparse(node) == "monkeypatch.setattr"
        ]
    assert not patched


def test_no_test_waits_for_a_fixed_time() -> None:
    slept = []
    for path in modules(("tests",)):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(".sleep") or not node.args:
                continue
            pause = node.args[0]
            if isinstance(pause, ast.Constant) and float(str(pause.value)) > LONGEST_PAUSE_SECONDS:
                slept.append(f"{path}:{node.lineno}")
    assert not slept
