"""Bad input: one line that says what, where and what to do, a documented exit status, and nothing touched."""

from __future__ import annotations

import os
import re
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from typer.testing import CliRunner, Result

import geodigest
from geodigest.commands import app
from geodigest.errors import GeoDigestError
from geodigest.loading import _file
from geodigest.releases.archives import excel_csv
from tests.bad_input import of_load
from tests.bad_input.case import Case, Taken
from tests.bad_input.group import Group
from tests.bad_input.page import FORMULAS, GROUPS, PAGE, page

NOBODY = 65534
PATIENCE = 60
"""Seconds after which a command is taken to wait for a pipe without end."""

_BOX = re.compile(r"^│ (.*?) *│$", re.MULTILINE)


def _names(group: Group, cases: tuple[Case | Taken, ...]) -> list[object]:
    return [pytest.param(group, each, id=f"{group.heading.split()[-1]}: {each.given}") for each in cases]


COMMANDS = [each for group in GROUPS if group is not of_load.GROUP for each in _names(group, tuple(group.cases))]
TAKEN = [each for group in GROUPS for each in _names(group, tuple(group.taken))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command works in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    return tmp_path


@pytest.mark.parametrize(("group", "case"), COMMANDS)
def test_bad_input_is_told_in_one_line_and_nothing_is_touched(group: Group, case: Case, folder: Path) -> None:
    group.place(folder)
    case.make(folder)
    before = _content(folder)
    with _unreadable(folder, case.unreadable):
        result = _run(case.command)
    told = _told(result.stderr)
    if case.on_output:
        assert result.stderr == ""
        told = result.stdout.splitlines()[0]
    else:
        assert result.stdout == ""
    assert (told, result.exit_code) == (case.told, case.status)
    assert isinstance(result.exception, SystemExit)
    assert _content(folder) == before


@pytest.mark.parametrize("case", of_load.GROUP.cases, ids=lambda case: f"{case.given}: {case.command}")
def test_bad_input_of_load_is_one_error(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_load.GROUP.place(folder)
    case.make(folder)
    monkeypatch.setattr("geodigest.loading.package_root", lambda: Path("package"))
    _file.cache_clear()
    before = _content(folder)
    with pytest.raises(GeoDigestError) as raised:
        eval(case.command, {"geodigest": geodigest})
    _file.cache_clear()
    assert str(raised.value) == case.told
    assert _content(folder) == before


@pytest.mark.parametrize(("group", "taken"), TAKEN)
def test_input_that_looks_bad_and_is_taken(group: Group, taken: Taken, folder: Path) -> None:
    found = {}
    for name in ("as it is", "changed"):
        (folder / name).mkdir()
        os.chdir(folder / name)
        group.place(Path.cwd())
        if name == "changed":
            taken.make(Path.cwd())
        result = _run(taken.command if name == "changed" else taken.command.replace("'clone [1]'", "clone"))
        assert (result.exit_code, result.stderr) == (0, "")
        paths = sorted(Path.cwd().glob(taken.files)) if taken.files else []
        found[name] = {path.name: path.read_bytes() for path in paths}
    assert found["changed"] == found["as it is"]
    assert bool(found["changed"]) == bool(taken.files)


@pytest.mark.parametrize(("text", "is_run"), FORMULAS.items())
def test_excel_runs_no_text_of_a_cell(text: str, is_run: bool) -> None:
    written = excel_csv([[text]]).decode("utf-8-sig").strip().removeprefix('"')
    assert written.startswith("'") == is_run


def test_the_page_is_what_the_cases_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.bad_input.page`"


def test_an_input_stands_once_in_each_table() -> None:
    for group in GROUPS:
        given = [(case.given, case.command) for case in group.cases]
        assert len(given) == len(set(given))


def _run(command: str) -> Result:
    words = [word.replace(r"\n", "\n").replace(r"\udcff", "\udcff") for word in shlex.split(command)]
    with _no_longer_than(PATIENCE):
        return CliRunner().invoke(app, words)


def _told(stderr: str) -> str:
    """What is told on standard error; of wrong use what the frame around it holds."""
    boxed = _BOX.findall(stderr)
    return " ".join(boxed) if boxed else stderr.removesuffix("\n")


def _content(folder: Path) -> dict[str, bytes | str | None]:
    """What a folder holds: bytes of files, targets of links."""
    content: dict[str, bytes | str | None] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            content[str(path)] = str(path.readlink())
        else:
            content[str(path)] = path.read_bytes() if path.is_file() else None
    return content


@contextmanager
def _unreadable(folder: Path, name: str) -> Iterator[None]:
    """The file without the right to read it: by its mode, and for root as another user, whom the mode holds back."""
    if not name:
        yield
        return
    (folder / name).chmod(0)
    is_root = os.geteuid() == 0
    modes = {parent: parent.stat().st_mode for parent in (folder, *folder.parents[:-2])} if is_root else {}
    for parent, mode in modes.items():
        parent.chmod(mode | 0o055)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        (folder / name).chmod(0o644)
        for parent, mode in modes.items():
            parent.chmod(mode)


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def stop(signal_: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
