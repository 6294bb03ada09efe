"""`geodigest validate` as a user runs it: what it prints where, and its exit status."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.paths import csv_path

RUNNER = CliRunner()


@pytest.fixture
def broken(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, the working one, with a `documents.csv` whose second row has a kind that is not listed."""
    text = (built / csv_path("documents")).read_text(encoding="utf-8")
    (tmp_path / "documents.csv").write_text(text.replace('"literature_table"', '"文献"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_valid_file_ends_with_0(built: Path) -> None:
    result = RUNNER.invoke(app, ["validate", str(built / csv_path("documents"))])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 file, 2 rows: valid\n", "")


@pytest.mark.usefixtures("broken")
def test_a_failure_is_printed_with_its_place_and_ends_with_1() -> None:
    result = RUNNER.invoke(app, ["validate", "documents.csv"])
    assert (result.exit_code, result.stderr) == (1, "")
    first, summary = result.stdout.splitlines()
    assert first == ("documents.csv:3: documents.kind row 2: enum: '文献'; expected one of bulletin, literature_table")
    assert summary == "documents.csv: 1 failure in 2 rows"


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "arguments", [["none.csv"], ["documents.csv", "--table", "document"], [], ["documents.csv", "--format", "xml"]]
)
def test_wrong_use_ends_with_2_and_prints_no_report(arguments: list[str]) -> None:
    result = RUNNER.invoke(app, ["validate", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_wrong_use_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["validate", str(tmp_path / "gaps.csv")])
    assert result.stderr == f"error: {tmp_path / 'gaps.csv'}: there is no such file or folder; check the path\n"


def test_files_in_a_folder_that_are_not_checked_are_told(broken: Path, built: Path) -> None:
    shutil.copy(built / csv_path("documents"), broken)
    (broken / "notes.csv").touch()
    result = RUNNER.invoke(app, ["validate", "."])
    assert result.exit_code == 0
    assert result.stderr == "not checked, for no table has this name: notes.csv\n"


def test_reports_are_utf_8_whatever_the_terminal_is(broken: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "geodigest", "validate", "documents.csv", "--format", "json"],
        cwd=broken,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (run.returncode, run.stderr) == (1, b"")
    assert [failure["value"] for failure in json.loads(run.stdout.decode("utf-8"))["failures"]] == ["文献"]


def test_json_is_printed_when_all_is_good_too(built: Path) -> None:
    path = (built / csv_path("documents")).as_posix()
    result = RUNNER.invoke(app, ["validate", path, "--format", "json"])
    assert result.exit_code == 0
    stated = json.loads(result.stdout)
    assert stated["valid"] is True
    assert stated["files"] == [{"path": path, "table": "documents", "rows": 2, "valid": True}]


def test_the_help_states_the_exit_status() -> None:
    shown = " ".join(RUNNER.invoke(app, ["validate", "--help"]).stdout.split())
    assert "Exit status: 0 all is good; 1 something fails; 2 wrong use" in shown


@pytest.mark.usefixtures("broken")
def test_an_empty_path_is_not_this_folder() -> None:
    """What a variable that is not set leaves in a shell."""
    result = RUNNER.invoke(app, ["validate", ""])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a path is empty" in result.stderr


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    (tmp_path / "geodigest.zip").write_bytes(b"PK")
    result = RUNNER.invoke(app, ["validate", str(tmp_path / "geodigest.zip")])
    assert result.exit_code == 2
    assert "unpack an archive and give its folder" in result.stderr


def test_a_link_to_nothing_in_a_folder_is_not_passed_over(broken: Path) -> None:
    (broken / "studies.csv").symlink_to(broken / "nowhere.csv")
    result = RUNNER.invoke(app, ["validate", "."])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: studies.csv: this links to a file that is not there; mend the link\n"
