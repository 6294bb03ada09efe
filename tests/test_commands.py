"""The command: what it shows, and its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodigest import __version__
from geodigest.build import Convert
from geodigest.commands import app
from geodigest.commands.output import say
from geodigest.paths import csv_path
from tests.clones import REPOSITORY

RUNNER = CliRunner()


@pytest.fixture
def core(convert_small: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command convert the short documents."""
    monkeypatch.setattr("geodigest.convert.convert", convert_small)


@pytest.mark.usefixtures("core")
def test_build_shows_rows_places_and_what_was_left_out(small: Path) -> None:
    result = RUNNER.invoke(app, ["build", "--root", str(small)])
    assert (result.exit_code, result.stderr) == (0, "")
    shown = [line.split() for line in result.stdout.splitlines()]
    size = f"{(small / csv_path('passages')).stat().st_size:,}"
    assert next((row[1], row[3]) for row in shown if row[:1] == ["passages"]) == ("3", size)
    assert f"in {small}/dataset: parquet/, csv/, SHA256SUMS" in result.stdout
    assert "left out, in characters: 5 whitespace" in result.stdout
    assert "missing in the documents: 2 missing_facet" in result.stdout


def test_ctrl_c_has_its_exit_status_also_while_a_library_is_imported(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text('exec("raise KeyboardInterrupt")', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "geodigest", "validate", str(REPOSITORY / csv_path("studies"))],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "error: geodigest: stopped before its end; run it again\n")


@pytest.mark.usefixtures("core")
def test_a_failed_build_says_why_in_one_line_and_exits_with_1(small: Path) -> None:
    (small / "seeds" / "glaciers.txt").unlink()
    result = RUNNER.invoke(app, ["build", "--root", str(small)])
    assert result.exit_code == 1
    remedy = "restore the seed, or take its entry out of the manifest"
    assert result.stderr.rstrip("\n") == f"error: {small}/seeds/glaciers.txt: there is no such file; {remedy}"
    assert result.stdout == ""


def test_without_the_libraries_that_build_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['jinja2'] = None; from geodigest.commands import app; app(['build'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    said = 'error: geodigest build: jinja2 is not installed; pip install "geodigest[build]"'
    assert (run.returncode, run.stderr.strip(), run.stdout) == (1, said, "")


@pytest.mark.parametrize(
    ("command", "status"),
    [(["build", "--root"], 1), (["diff", "."], 2), (["convert", "x.md", "--kind", "bulletin", "--out"], 1)],
)
def test_a_path_that_the_system_refuses_is_told_in_one_line(command: list[str], status: int) -> None:
    path = "x" * 5000
    result = RUNNER.invoke(app, [*command, path])
    assert result.exit_code == status
    assert result.stderr.splitlines()[-1].startswith(f"error: {path}")


def test_a_bracket_in_a_path_is_printed_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    say("in data [bold]/[/red]")
    assert capsys.readouterr().out == "in data [bold]/[/red]\n"


def test_wrong_use_exits_with_2() -> None:
    assert RUNNER.invoke(app, ["build", "--rot", "x"]).exit_code == 2


def test_the_version_is_shown() -> None:
    assert RUNNER.invoke(app, ["--version"]).stdout.strip() == __version__
