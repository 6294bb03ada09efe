"""A scratch project: a fresh virtual environment with the wheel and what the wheel declares that it needs, no more.

The libraries are those of this environment, linked: nothing is downloaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Scratch:
    """A folder that holds nothing but what a test puts there, and the commands of its environment."""

    folder: Path
    commands: Path

    def run(
        self, *command: str | Path, status: int | None = 0, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `python`, `geodigest` or another command, the environment's first, in the folder.

        Its exit status has to be `status`, or may be any where that is None.
        """
        own = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST", "COV"))}
        path = os.pathsep.join([str(self.commands), own["PATH"]])
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**own, "PATH": path, "HF_HUB_OFFLINE": "1", "COLUMNS": "120", **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        assert status in (None, done.returncode), f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done


def scratch_project(folder: Path, wheel: Path, *, extras: Iterable[str] = (), also: Iterable[str] = ()) -> Scratch:
    """A scratch project in `folder/project` with the wheel, its `extras`, and the libraries `also` of a user's own."""
    environment, project = folder / "environment", folder / "project"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    commands = environment / "bin"
    pip = (sys.executable, "-m", "pip", "--python", commands / "python", "install", "--disable-pip-version-check")
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", wheel], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    ours = Distribution.at(next(site.glob("geodigest-*.dist-info")))
    needed = _needed(ours, extras)
    for library in map(Requirement, also):
        needed |= {library.name} | _needed(distribution(library.name), library.extras)
    for name in needed:
        _link(distribution(name), site, commands)
    project.mkdir()
    return Scratch(project, commands)


def _needed(ours: Distribution, extras: Iterable[str] = ()) -> set[str]:
    """Names of the distributions that a distribution with these extras declares that it needs, and they in turn."""
    seen: set[tuple[str, str]] = set()
    open_ = [(canonicalize_name(ours.name), extra) for extra in ("", *extras)]
    while open_:
        name, extra = open_.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        requirements = ours.requires if name == canonicalize_name(ours.name) else distribution(name).requires
        for requirement in map(Requirement, requirements or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                open_ += [(canonicalize_name(requirement.name), each) for each in ("", *requirement.extras)]
    return {name for name, _ in seen} - {canonicalize_name(ours.name)}


def _link(library: Distribution, site: Path, commands: Path) -> None:
    """Link a library's files, folder by folder, and its commands."""
    for file in library.files or ():
        if file.parts[0] == "..":
            if file.parent.name == "bin":
                _copy_command(Path(str(library.locate_file(file))).resolve(), commands)
        elif file.parts[0] != "__pycache__":
            _link_once(site / file.parts[0], Path(str(library.locate_file(file.parts[0]))))


def _link_once(place: Path, target: Path) -> None:
    if not place.exists():
        place.symlink_to(target)


def _copy_command(command: Path, commands: Path) -> None:
    """Copy a command; one that this environment's Python runs is run by the scratch environment's instead."""
    content = command.read_bytes()
    first, *rest = content.split(b"\n", 1)
    if first.startswith(b"#!") and b"python" in first:
        content = b"\n".join([f"#!{commands / 'python'}".encode(), *rest])
    copied = commands / command.name
    copied.write_bytes(content)
    copied.chmod(0o755)
