"""Runs uv with the package places that pip is configured to ask, which uv does not read by itself.

Used by the Makefile as `python requirements/run_uv.py pip sync …`. Only the standard library is at hand here.
"""

import os
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# pip's name of a setting, and uv's for the same.
SAME_SETTING = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}
# uv splits these by commas, pip by white space.
LISTS_WITH_COMMAS = {"UV_FIND_LINKS"}


def read_pip_settings() -> dict[str, str]:
    """What pip's files and environment say, strongest last: file, command section, environment."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout
    settings: dict[tuple[int, str], str] = {}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        strength = {"global": 0, "install": 1, ":env:": 2}.get(section)
        if strength is not None:
            settings[strength, key] = " ".join(value.strip("'\"").replace("\\n", " ").split())
    return {key: value for (_, key), value in sorted(settings.items())}


def translate(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """uv's environment: pip's places, except where uv has been told its own."""
    told = dict(environment)
    for name, uv_name in SAME_SETTING.items():
        if pip.get(name) and uv_name not in told:
            told[uv_name] = pip[name].replace(" ", ",") if uv_name in LISTS_WITH_COMMAS else pip[name]
    # pip takes the best version of all its places. The locks' hashes make that safe.
    told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    told.setdefault("UV_PYTHON_DOWNLOADS", "never")
    # Like pip, trust what the machine trusts (a company's own certificates too), where it has a store at all.
    if has_certificates():
        told.setdefault("UV_SYSTEM_CERTS", "1")
    if not os.access(Path.home(), os.W_OK):
        told.setdefault("UV_NO_CACHE", "1")
    return told


def has_certificates() -> bool:
    """Whether the machine keeps certificates where OpenSSL looks for them."""
    places = ssl.get_default_verify_paths()
    return bool(places.cafile or (places.capath and any(Path(places.capath).iterdir())))


if __name__ == "__main__":
    uv = Path(sys.executable).with_name("uv")
    sys.exit(subprocess.call([uv, *sys.argv[1:]], env=translate(read_pip_settings(), os.environ)))
