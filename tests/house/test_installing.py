"""`requirements/run_uv.py`: uv asks where pip would ask, and whatever uv was told itself comes first."""

from requirements.run_uv import translate
from tests.house.source import ROOT, committed_files


def test_uv_is_told_the_places_of_pip() -> None:
    pip = {"index-url": "https://one.example.com/simple", "find-links": "/wheels /more", "cert": "/ca.pem"}
    told = translate(pip, {})
    assert told["UV_DEFAULT_INDEX"] == "https://one.example.com/simple"
    assert told["UV_FIND_LINKS"] == "/wheels,/more"
    assert told["SSL_CERT_FILE"] == "/ca.pem"


def test_what_uv_was_told_itself_comes_first() -> None:
    told = translate({"index-url": "https://one.example.com/simple"}, {"UV_DEFAULT_INDEX": "https://two.example.com"})
    assert told["UV_DEFAULT_INDEX"] == "https://two.example.com"


def test_an_ordinary_environment_is_handed_on() -> None:
    assert translate({}, {"PATH": "/bin", "LANG": "C"}).items() >= {"PATH": "/bin", "LANG": "C"}.items()


def test_every_pin_of_the_locks_has_a_hash() -> None:
    for lock in ("tools", "run", "dev"):
        pins = (ROOT / "requirements" / f"{lock}.txt").read_text().replace("\\\n", " ").splitlines()
        assert pins
        assert not [pin for pin in pins if pin.strip() and not pin.startswith("#") and "--hash=sha256:" not in pin]


def test_what_runs_is_what_was_tested() -> None:
    run, dev = (
        {line.split()[0] for line in (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines() if "==" in line}
        for lock in ("run", "dev")
    )
    assert run <= dev


def test_no_lock_of_another_kind_is_committed() -> None:
    assert not [path for path in committed_files() if path.name in ("uv.lock", "pylock.toml", "poetry.lock")]
