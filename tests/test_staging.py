"""Swapping a build in: all of it or nothing, whatever goes wrong and when."""

from pathlib import Path

import pytest

from geodigest.staging import staged

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


def _fill(folder: Path, text: str) -> None:
    (folder / "dataset").mkdir()
    (folder / "dataset" / "a.csv").write_text(text)
    (folder / "datapackage.json").write_text(text)


def _content(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
