"""Proves the Dockerfile where no container engine is at hand: `python -m tests.house.container_proof TEAMS.toml`.

It wants root, debootstrap and the network. A clean Debian stands in for the base image; the Dockerfile's own
instructions are carried out in it, and its command runs as in a container: process 1, the image's user, no
capabilities, a read-only root. It talks to a sandbox. Not proven: the base image itself, an engine, compose.yaml.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox import SandboxServer, Workspace
from tests.house.dockerfile import Stage, build
from tests.postgres import free_port

ROOT = Path(__file__).parents[2]
PACKAGES = "python3,python3-venv,ca-certificates"
HEALTHY_WITHIN_SECONDS = 60
DRAINED_WITHIN_SECONDS = 30

# Run by unshare, in a mount namespace and as process 1 of its own; each exec keeps both.
BECOME_CONTAINER = """
set -e
mount --bind "$ROOT" "$ROOT"
for volume in $VOLUMES; do mount --bind "$ROOT$volume" "$ROOT$volume"; done
mount -t tmpfs tmpfs "$ROOT/tmp"
mount -t proc proc "$ROOT/proc"
mount -o remount,bind,ro "$ROOT"
exec chroot "$ROOT" setpriv "--reuid=${USER_GROUP%:*}" "--regid=${USER_GROUP#*:}" --clear-groups --no-new-privs \
  --bounding-set=-all --inh-caps=-all "$@"
"""


def make_base(folder: Path) -> Path:
    """A clean Debian with Python under the name that the base image gives it."""
    base = folder / "base"
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "trixie", str(base)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (base / "usr/bin/python").symlink_to("python3")
    # What a company's own certificates are here, they are there.
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", base / "etc/ssl/certs/")
    return base


def start(stage: Stage, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the image's command the way a container engine would."""
    told = [f"{name}={value}" for name, value in (stage.environment | environment).items()]
    return subprocess.Popen(
        [
            *("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", BECOME_CONTAINER, "sh"),
            *("env", "-i", "-C", stage.folder, *told, *stage.command),
        ],
        env={
            "PATH": stage.environment["PATH"],
            "ROOT": str(stage.root),
            "VOLUMES": " ".join(stage.volumes),
            "USER_GROUP": stage.user,
        },
    )


def is_healthy(stage: Stage, environment: dict[str, str]) -> bool:
    """Run the image's HEALTHCHECK."""
    told = [f"{name}={value}" for name, value in (stage.environment | environment).items()]
    command = ["chroot", f"--userspec={stage.user}", str(stage.root), "env", "-i", *told, *stage.healthcheck]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0


def await_health(stage: Stage, environment: dict[str, str], running: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while not is_healthy(stage, environment):
        if running.poll() is not None or time.monotonic() > give_up_at:
            raise SystemExit("FAILED: the bot did not become healthy")
        time.sleep(0.1)


def child_of(running: subprocess.Popen[bytes]) -> int:
    """The process that is number 1 inside."""
    return int(Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()[0])


def show(what: str, *, holds: bool) -> None:
    print(f"{'ok' if holds else 'FAILED'}: {what}", flush=True)
    if not holds:
        raise SystemExit(1)


def prove(stage: Stage, environment: dict[str, str]) -> None:
    """Run the image, look at it from outside, and ask it to leave."""
    running = start(stage, environment)
    try:
        await_health(stage, environment, running)
        show("the HEALTHCHECK of the image passes", holds=True)
        inner = child_of(running)
        status = dict(
            line.split(":\t", 1) for line in Path(f"/proc/{inner}/status").read_text().splitlines() if ":\t" in line
        )
        mounts = [line.split() for line in Path(f"/proc/{inner}/mountinfo").read_text().splitlines()]
        show(f"it runs as {stage.user}", holds=status["Uid"].split()[0] == stage.user.partition(":")[0] != "0")
        show("it is process 1", holds=status["NSpid"].split()[-1] == "1")
        show("it has no capabilities", holds=int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0)
        show("it can gain none", holds=status["NoNewPrivs"] == "1")
        show("its root is read-only", holds=any(m[4] == "/" and "ro" in m[5].split(",") for m in mounts))
        asked_at = time.monotonic()
        os.kill(inner, signal.SIGTERM)
        code = running.wait(timeout=DRAINED_WITHIN_SECONDS)
        show(f"SIGTERM ends it cleanly, in {time.monotonic() - asked_at:.1f} s", holds=code == 0)
    finally:
        running.kill()
        running.wait()


async def main(teams: Path) -> None:
    """Make the base, build, run against a sandbox, remove everything."""
    workspace = Workspace()
    with tempfile.TemporaryDirectory(prefix="container-proof-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        base = await asyncio.to_thread(make_base, folder)
        image = await asyncio.to_thread(build, (ROOT / "Dockerfile").read_text(), base=base, context=ROOT, work=folder)
        (image.root / "config").mkdir()
        shutil.copy(teams, image.root / "config" / "escalation.toml")
        async with SandboxServer(workspace) as server:
            environment = {
                "SLACK_BOT_TOKEN": workspace.bot_token,
                "SLACK_SIGNING_SECRET": workspace.signing_secret,
                "SLACK_API_URL": server.api_url,
                "HOST": "127.0.0.1",
                "PORT": str(free_port()),
            }
            await asyncio.to_thread(prove, image, environment)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
