"""No command but `publish`, and no loader, uses the network: each runs where an attempt ends it at once.

Python's own attempts are seen by an audit hook (`sys.audit` events, https://docs.python.org/3/library/audit_events.html).
What compiled libraries might try finds no network where Linux gives the process a namespace of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geodigest import __version__

REFUSES = """
import os, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        os.write(2, f"{event} {arguments!r}".encode())
        os._exit(99)

sys.addaudithook(refuse)
"""

LOADS = """
import geodigest
for table in geodigest.tables():
    for form in ("arrow", "pandas", "polars", "duckdb"):
        geodigest.load(table, as_=form)
"""
DATASETS = "import datasets; datasets.load_dataset('../geodigest', 'studies', split='train', cache_dir='{cache}')"
CONVERT = ("convert", "seeds/earthquake-frontiers-2023-10.txt", "--kind", "bulletin", "--out", "{out}/converted")
LAST = f"{{dist}}/geodigest-{__version__}-csv.zip"

COMMANDS = {
    "info": ("-m", "geodigest", "info", "studies"),
    "validate a folder": ("-m", "geodigest", "validate", "dataset"),
    "validate a descriptor": ("-m", "geodigest", "validate", "datapackage.json"),
    "diff": ("-m", "geodigest", "diff", LAST, "datapackage.json"),
    "contract": ("-m", "geodigest", "contract", LAST, "datapackage.json"),
    "convert": ("-m", "geodigest", *CONVERT),
    "build": ("-m", "geodigest", "build"),
    "release": ("-m", "geodigest", "release", "--out", "{out}/release"),
    "load": ("-c", LOADS),
    "load_dataset": ("-c", DATASETS),
}


def _without_network() -> list[str]:
    """What starts a command in a network namespace of its own, where the system lets us; else nothing."""
    command = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return []
    return command if allowed else []


@pytest.fixture(scope="module")
def environment(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every Python process refuses the network, and has the package of the repository."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "sitecustomize.py").write_text(REFUSES, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    path = os.pathsep.join(filter(None, [str(folder), str(repository / "scripts"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "HOME": str(home), "HF_HOME": str(home), "HF_HUB_OFFLINE": "1"}


def _run(
    environment: dict[str, str], folder: Path, *arguments: str, within: list[str]
) -> subprocess.CompletedProcess[str]:
    command = [*within, sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_an_attempt_ends_the_process(environment: dict[str, str], tmp_path: Path) -> None:
    asks = "import urllib.request; urllib.request.urlopen('http://localhost:9')"
    done = _run(environment, tmp_path, "-c", asks, within=[])
    assert done.returncode == 99
    assert "socket." in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_it_works_without_a_network(
    name: str, environment: dict[str, str], repository: Path, dist: Path, tmp_path: Path
) -> None:
    places = {"dist": str(dist), "out": str(tmp_path), "cache": str(tmp_path / "cache")}
    arguments = [each.format(**places) for each in COMMANDS[name]]
    done = _run(environment, repository, *arguments, within=_without_network())
    assert done.returncode == 0, done.stderr
