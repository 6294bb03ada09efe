"""Pipes that are not UTF-8: what their encoding lacks becomes an escape, and every command ends as it should."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from geodigest.commands import app
from tests.clones import REPOSITORY
from tests.small_release import package

ENCODINGS = ("ascii", "cp1252", "gbk")
COMMANDS = sorted(typer.main.get_group(app).commands)

RUN = """
import json, sys
from geodigest.commands import app
statuses = []
for arguments in json.loads(sys.argv[1]):
    try:
        app(arguments, prog_name="geodigest")
    except SystemExit as end:
        statuses.append(end.code)
print(json.dumps(statuses))
"""


def _statuses(encoding: str, runs: list[list[str]]) -> tuple[list[int], str]:
    """The exit status of each run, one after the other on a pipe of this encoding, and what all of them wrote there."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(runs)], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(encoding)
    *written, statuses = done.stdout.decode(encoding, "replace").splitlines()
    ended: list[int] = json.loads(statuses)
    return ended, "\n".join(written)


def _releases(folder: Path) -> tuple[str, str]:
    """Two releases that differ in a Chinese text."""
    changed = package()
    changed.rows["passages"][0]["text"] = "深度 12 km • 慢滑"
    return str(package().write(folder / "old")), str(changed.write(folder / "new"))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_shows_its_help(encoding: str) -> None:
    statuses, written = _statuses(encoding, [["--help"], *([command, "--help"] for command in COMMANDS)])
    assert statuses == [0] * (len(COMMANDS) + 1)
    assert all(f"Usage: geodigest {command} " in written for command in COMMANDS)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_ends_with_its_status(encoding: str, tmp_path: Path) -> None:
    old, new = _releases(tmp_path)
    nowhere, document = str(tmp_path / "没有"), tmp_path / "快报 1.md"
    document.write_text("冰川\n", encoding="utf-8")
    (tmp_path / "studies.csv").write_text("study_id\n慢滑\n", encoding="utf-8")
    runs = {
        ("info",): 0,
        ("info", "passages"): 0,
        ("info", "表"): 2,
        ("diff", old, new): 1,
        ("diff", old, nowhere): 2,
        ("contract", old, new): 1,
        ("validate", str(tmp_path / "studies.csv")): 1,
        ("convert", str(document), "--kind", "bulletin", "--out", nowhere): 1,
        ("explore", nowhere, "--no-browser"): 1,
        ("build", "--root", nowhere): 1,
        ("release", "--root", nowhere): 1,
        ("publish", "--repo-id", "OWNER/geodigest", "--root", nowhere): 1,
    }
    assert {command for command, *_ in runs} == set(COMMANDS)
    statuses, written = _statuses(encoding, [list(run) for run in runs])
    assert dict(zip(runs, statuses, strict=True)) == runs
    title = "地震科技前沿快报"
    assert (title if encoding == "gbk" else title.encode("unicode_escape").decode()) in written


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "command", [("diff",), ("diff", "--format", "json"), ("contract",), ("contract", "--format", "json")]
)
def test_what_differs_is_written_in_utf_8_wherever_it_goes(
    command: tuple[str, ...], encoding: str, tmp_path: Path
) -> None:
    arguments = [*command, *_releases(tmp_path)]
    as_usual = CliRunner().invoke(app, arguments)
    piped = CliRunner(charset=encoding).invoke(app, arguments)
    assert (as_usual.exit_code, piped.exit_code) == (1, 1)
    assert piped.stdout_bytes == as_usual.stdout_bytes
    if command[0] == "diff":
        assert "慢滑" in piped.stdout_bytes.decode("utf-8")


def test_a_report_on_a_file_with_a_chinese_name_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "研究.csv"
    text = (REPOSITORY / "dataset" / "csv" / "gaps.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("missing_facet", "lost", 1), encoding="utf-8")
    piped = CliRunner(charset="cp1252").invoke(app, ["validate", str(path)])
    assert piped.exit_code == 1
    assert "研究.csv:" in piped.stdout_bytes.decode("utf-8")
