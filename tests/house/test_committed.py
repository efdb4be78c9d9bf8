"""What must not be in a commit: addresses and paths of the machine that made it, and what may be a secret.

Each pattern has a character in brackets, so that this file is not its own finding.
"""

import re

import pytest

from tests.house.source import committed_files, text_of

MUST_NOT_STAND = {
    "a package registry's address": r"python[h]osted|py[p]i\.org|npm[j]s\.|deb\.[d]ebian|file:///[o]pt",
    "a path of one machine": (
        r"/[w]ork/(main|shared|steering)|/[r]oot/|/[h]ome/\w+/|/tmp/[b]rief|/opt/[p]y|\.[l]ibrary/"
    ),
    "a word of the workplace": (
        r"\b(sub[-]?agents?|[c]oding agents?|[t]ask tool|[c]laude|[a]nthropic|farm-[s]tudio)\b"
    ),
    "something like a secret": (
        r"\b[sr]k_(live|test)_[0-9A-Za-z]{16,}|\bwhsec_[0-9A-Za-z+/]{24,}"
        r"|\bxox[abeprs]-\d{9,}|\bxapp-\d-[A-Z0-9]{9,}"
        r"|-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{64,}"
    ),
}


@pytest.mark.parametrize("what", MUST_NOT_STAND)
def test_nothing_committed_holds(what: str) -> None:
    pattern = re.compile(MUST_NOT_STAND[what], re.IGNORECASE if "word" in what else 0)
    found = [
        f"{path}: {match.group(0)[:60]!r}"
        for path in committed_files()
        if path.suffix != ".svg"
        for match in pattern.finditer(text_of(path))
    ]
    assert not found


def test_no_environment_file_is_committed() -> None:
    assert not [str(path) for path in committed_files() if path.name == ".env"]
