"""Reads a Dockerfile and carries its instructions out in plain folders, for `container_proof`.

It knows the instructions that ours uses, and refuses any other.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

START_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Stage:
    """A stage that was built: its root folder, and what the image would remember."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": START_PATH})
    folder: str = "/"
    user: str = "0:0"
    volumes: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def inside(self, path: str) -> Path:
        """Where a path of the image lies on this machine."""
        return self.root / self.folder.lstrip("/") / path if not path.startswith("/") else self.root / path[1:]


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction and the rest of its line, continued lines joined and comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name, rest.strip()


def build(dockerfile: str, *, base: Path, context: Path, work: Path) -> Stage:
    """Build every stage from a copy of `base`; the last one. Its roots lie in `work`."""
    stages: dict[str, Stage] = {}
    stage = Stage(base)
    for name, rest in instructions(dockerfile):
        print(f"  {name} {rest[:90]}", flush=True)
        if name == "FROM":
            alias = rest.partition(" AS ")[2] or "final"
            subprocess.run(["cp", "--archive", base, work / alias], check=True)
            stage = stages[alias] = Stage(work / alias)
        elif name == "COPY":
            _copy(rest, stage=stage, stages=stages, context=context)
        elif name == "RUN":
            run_in(stage, ["sh", "-c", rest])
        else:
            _remember(name, rest, stage)
    return stage


def run_in(stage: Stage, command: list[str]) -> None:
    """Run a command in the stage, as root, with its environment and in its folder."""
    environment = [f"{name}={value}" for name, value in stage.environment.items()]
    subprocess.run(
        [
            *("unshare", "--mount", "--pid", "--fork", f"--mount-proc={stage.root}/proc"),
            *("chroot", str(stage.root), "env", "-i", "-C", stage.folder, *environment, *command),
        ],
        check=True,
    )


def _copy(rest: str, *, stage: Stage, stages: dict[str, Stage], context: Path) -> None:
    words = rest.split()
    origin = stages[words.pop(0).removeprefix("--from=")].root if words[0].startswith("--from=") else context
    *sources, target = words
    for source in sources:
        path = origin / source.lstrip("/")
        to = stage.inside(target)
        if path.is_dir():
            unwanted = shutil.ignore_patterns("__pycache__") if origin == context else None
            shutil.copytree(path, to, symlinks=True, dirs_exist_ok=True, ignore=unwanted)
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)


def _remember(name: str, rest: str, stage: Stage) -> None:
    if name == "ENV":
        for key, value in re.findall(r"(\w+)=(\S+)", rest):
            stage.environment[key] = value.replace("$PATH", stage.environment["PATH"])
    elif name == "WORKDIR":
        stage.folder = rest
        stage.inside(rest).mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        stage.user = rest
    elif name == "VOLUME":
        stage.volumes.append(rest)
    elif name == "HEALTHCHECK":
        stage.healthcheck = json.loads(rest.partition("CMD ")[2])
    elif name == "CMD":
        stage.command = json.loads(rest)
    elif name != "EXPOSE":
        raise SystemExit(f"the Dockerfile says {name}, which this proof does not know")
