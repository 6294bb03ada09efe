"""Swapping a build in: all of it or nothing, whatever goes wrong and when."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from geodigest import staging
from geodigest.errors import GeoDigestError
from geodigest.staging import settle, staged

NAMES = ("dataset", "datapackage.json")


def test_what_was_staged_takes_the_place_of_what_was(tmp_path: Path) -> None:
    _fill(tmp_path, "old")
    (tmp_path / "notes.txt").write_text("kept")
    with staged(tmp_path, NAMES) as stage:
        _fill(stage, "new")
        assert _content(tmp_path)["dataset/a.csv"] == "old"
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new", "notes.txt": "kept"}


def test_a_first_build_needs_nothing_to_replace(tmp_path: Path) -> None:
    with staged(tmp_path, NAMES) as stage:
        _fill(stage, "new")
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new"}


def test_a_block_that_raises_leaves_what_was(tmp_path: Path) -> None:
    _fill(tmp_path, "old")
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012, SIM117 -- the block is what raises
        with staged(tmp_path, NAMES) as stage:
            _fill(stage, "new")
            raise KeyboardInterrupt
    assert _content(tmp_path) == {"dataset/a.csv": "old", "datapackage.json": "old"}


def test_a_swap_that_fails_half_way_is_undone(tmp_path: Path) -> None:
    _fill(tmp_path, "old")
    with pytest.raises(FileNotFoundError):  # noqa: PT012, SIM117 -- the swap raises, as the block ends
        with staged(tmp_path, NAMES) as stage:
            _fill(stage, "new")
            (stage / "datapackage.json").unlink()
    assert _content(tmp_path) == {"dataset/a.csv": "old", "datapackage.json": "old"}


def _fill(folder: Path, text: str, also: Sequence[str] = ()) -> None:
    for name in ("dataset", *also):
        (folder / name).mkdir()
        (folder / name / "a.csv").write_text(text)
    (folder / "datapackage.json").write_text(text)


def _content(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


EXCHANGES = ("exchange", "renames")
"""By the call of Linux, and as where there is none."""


@pytest.fixture(params=EXCHANGES)
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How two things are exchanged."""
    if request.param == "renames":
        monkeypatch.setattr(staging, "_exchanged", lambda one, other: False)
    return str(request.param)


def _killed(run: Callable[[], None], number: int) -> bool:
    """Run in a fork that is killed at the n-th change of a folder; whether it was before it had ended."""
    child = os.fork()
    if not child:
        seen = count(1)
        changes = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.dlopen"}
        sys.addaudithook(lambda event, _: os._exit(9) if event in changes and next(seen) == number else None)
        with suppress(BaseException):
            run()
            os._exit(0)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, 9}
    return status == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is killed in a fork")
@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("was_there", [True, False])
def test_a_run_killed_at_any_change_leaves_all_of_the_old_or_gives_all_of_the_new(
    tmp_path: Path, was_there: bool
) -> None:
    def run() -> None:
        with staged(root, NAMES) as stage:
            _fill(stage, "new")

    finished = 0
    for number in count(1):
        root = tmp_path / str(number)
        root.mkdir()
        if was_there:
            _fill(root, "old")
        old, new = _content(root), {"dataset/a.csv": "new", "datapackage.json": "new"}
        killed = _killed(run, number)
        if not (root / staging.JOURNAL).exists():
            assert _published(root) in (old, new)
        else:
            finished += 1
            settle(root)
            assert _content(root) == new
        run()
        assert _content(root) == new
        if not killed:
            break
    assert finished >= 3


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / staging.STAGE / "dataset").mkdir(parents=True)
    (tmp_path / staging.STAGE / "dataset" / "half.csv").write_text("ha")
    (tmp_path / staging.LOCK).touch()
    with staged(tmp_path, NAMES) as stage:
        _fill(stage, "new")
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new"}


@pytest.mark.usefixtures("exchange")
def test_where_a_name_is_refused_those_before_it_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path, "old")
    exchanged = staging._exchange

    def refuse(new: Path, place: Path) -> None:
        if place.name == "datapackage.json":
            raise PermissionError(errno.EPERM, "Operation not permitted", str(place))
        exchanged(new, place)

    monkeypatch.setattr(staging, "_exchange", refuse)
    with (
        pytest.raises(PermissionError, match=r"datapackage\.json"),
        staged(tmp_path, ("images", *NAMES)) as stage,
    ):
        _fill(stage, "new", also=("images",))
    assert _content(tmp_path) == {"dataset/a.csv": "old", "datapackage.json": "old"}


def test_ctrl_c_while_things_are_put_in_place_waits_until_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(tmp_path, "old")
    exchanged = staging._exchange

    def stop(new: Path, place: Path) -> None:
        monkeypatch.undo()
        exchanged(new, place)
        raise KeyboardInterrupt

    monkeypatch.setattr(staging, "_exchange", stop)
    with pytest.raises(KeyboardInterrupt), staged(tmp_path, NAMES) as stage:
        _fill(stage, "new")
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new"}


def test_ctrl_c_while_the_stage_is_removed_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(stage: Path, ignore_errors: bool) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), staged(tmp_path, NAMES) as stage:  # noqa: PT012 -- the end of the block is what raises
        _fill(stage, "new")
        monkeypatch.setattr("shutil.rmtree", stop)
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new"}


def test_a_second_run_is_told_who_writes_and_changes_nothing(tmp_path: Path) -> None:
    _fill(tmp_path, "old")
    code = "import sys, pathlib, geodigest.staging as s\nwith s.staged(pathlib.Path(sys.argv[1]), ()): pass"
    with staged(tmp_path, NAMES) as stage:
        second = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
        _fill(stage, "new")
    assert f"{tmp_path}: process {os.getpid()} is writing here; wait until it has ended" in second.stderr
    assert _content(tmp_path) == {"dataset/a.csv": "new", "datapackage.json": "new"}


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize(
    ("umask", "modes"), [(0o022, (0o755, 0o644)), (0o002, (0o775, 0o664)), (0o077, (0o700, 0o600))]
)
def test_what_is_put_in_place_has_the_modes_that_the_umask_leaves(
    tmp_path: Path, umask: int, modes: tuple[int, int]
) -> None:
    before = os.umask(umask)
    try:
        with staged(tmp_path, NAMES) as stage:
            _fill(stage, "new")
    finally:
        os.umask(before)
    assert tuple((tmp_path / name).stat().st_mode & 0o777 for name in NAMES) == modes


@pytest.mark.parametrize("stated", ['{"../outside": ""}', '{"/etc/x": ""}', '{"..": ""}', "[1]", "{", '{"a/b": ""}'])
def test_a_journal_that_leads_out_of_its_folder_is_refused(tmp_path: Path, stated: str) -> None:
    (tmp_path / staging.JOURNAL).write_text(stated)
    with pytest.raises(GeoDigestError, match="this is no journal of a run; remove it"):
        settle(tmp_path)


def _published(folder: Path) -> dict[str, str]:
    return {name: text for name, text in _content(folder).items() if name.split("/")[0] not in staging.OWN}
