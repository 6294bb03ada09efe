"""A few of the faults of `make faults`, and how commands end that are stopped, refused or find no room."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.staging import JOURNAL
from tests import faults
from tests.fault_cases import cases
from tests.fault_run import Outcomes, page
from tests.faults import Case, Started, State, content, restore

_TRACE = shutil.which("strace")
_TRACES = _TRACE is not None and subprocess.run([_TRACE, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0

traced = pytest.mark.skipif(not _TRACES, reason="there is no strace here, or it cannot trace")
"""What puts faults into system calls."""

COMMANDS = ("build", "convert", "release")


@pytest.fixture(scope="module", params=COMMANDS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A command in a folder whose path has a blank and Chinese characters."""
    return next(cases(tmp_path_factory.mktemp("faults") / "数据 集", [request.param]))


@traced
def test_after_each_fault_the_last_dataset_or_the_new_one_is_there_and_a_new_run_completes(case: Case) -> None:
    found = faults.points(case)
    swap = [point for point in found if point.is_swap]
    killed_at = (found[len(found) // 2], swap[len(swap) // 2], found[-1])
    states = [faults.at_point(case, point, "signal=KILL") for point in killed_at]
    assert states == ["old", "finished", "new"]
    for fault in ("error=ENOSPC", "signal=INT"):
        assert faults.at_point(case, found[len(found) // 3], fault) == "old"
    assert faults.at_point(case, swap[3], "error=EPERM") == "old"


def test_a_second_run_is_refused_and_the_first_completes(case: Case) -> None:
    assert faults.two_at_once(case) == "new"


def test_files_from_the_future_make_no_difference(case: Case) -> None:
    assert faults.clock_set_back(case) == "new"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_a_command_is_told_so_in_one_line(case: Case, number: signal.Signals) -> None:
    def stop(patch: pytest.MonkeyPatch) -> None:
        case.stand_ins(patch)
        for module in ("build", "corpora.package", "releases.bundle"):
            patch.setattr(f"geodigest.{module}.checksums", lambda *_: os.kill(os.getpid(), number))

    restore(case)
    run = Started(replace(case, stand_ins=stop)).ended()
    assert run == (130, "error: geodigest: stopped before its end; run it again\n")
    assert faults.outcome(case, run) == "old"


def test_where_no_file_can_be_as_long_the_command_says_so(case: Case) -> None:
    def shorten(patch: pytest.MonkeyPatch) -> None:
        case.stand_ins(patch)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))

    restore(case)
    run = Started(replace(case, stand_ins=shorten)).ended()
    assert run == (1, f"error: {case.target}: File too large; free some space there, or write elsewhere\n")
    assert faults.outcome(case, run) == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(case: Case) -> None:
    restore(case)
    case.target.chmod(0o555)
    try:
        run = Started(case).ended()
    finally:
        case.target.chmod(0o755)
    assert run == (1, f"error: {case.target}: Permission denied; make the path one that can be used\n")
    assert faults.outcome(case, run) == "old"


@traced
def test_of_a_folder_each_fault_leaves_parts_that_are_said_to_be_unfinished(tmp_path: Path) -> None:
    (case,) = cases(tmp_path / "数据 集", ["convert of a folder"])
    found = faults.points(case)
    middle, last = found[len(found) // 2], found[-1]
    assert faults.at_point(case, middle, "signal=KILL") == "unfinished"
    assert faults.at_point(case, middle, "signal=INT") == "unfinished"
    assert faults.at_point(case, last, "signal=KILL") == "new"


@traced
def test_a_reader_finishes_what_a_killed_run_had_begun(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, ["convert"])
    point = next(point for point in faults.points(case) if point.call == "renameat2")
    restore(case)
    killed = Started(case, "-o", os.devnull, "-e", f"inject=renameat2:signal=KILL:when={point.number + 1}").ended()
    assert killed.status == -signal.SIGKILL
    assert (case.target / JOURNAL).exists()
    result = CliRunner().invoke(app, ["validate", str(case.target)])
    assert result.exit_code == 0, result.output
    assert content(case.target) == case.new


def test_in_a_locale_of_ascii_a_path_may_be_chinese(tmp_path: Path) -> None:
    (case,) = cases(tmp_path / "数据 集", ["convert (new folder)"])
    run = subprocess.run(
        [sys.executable, "-m", "geodigest", *case.arguments],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        check=False,
        capture_output=True,
    )
    assert run.returncode == 0, run.stderr
    assert content(case.target) == case.new


def test_the_page_counts_every_fault_once() -> None:
    states: Counter[tuple[str, str, State]] = Counter(
        {
            ("build", "kill -9", "old"): 3,
            ("build", "kill -9", "finished"): 2,
            ("convert of a folder", "kill -9", "unfinished"): 1,
        }
    )
    outcomes = Outcomes(states, [("release", "full disk", "torn")])
    rows = [line for line in page(outcomes).splitlines() if line.startswith("| ")][2:]
    assert "were planned" not in page(outcomes)
    assert "\nThe run was ended early: 4 faults that were planned are not in the table.\n" in page(
        outcomes._replace(left_out=4)
    )
    assert rows == [
        "| build | kill -9 | 5 | 3 | 0 | 2 | 0 | 0 |",
        "| convert of a folder | kill -9 | 1 | 0 | 0 | 0 | 1 | 0 |",
        "| release | full disk | 1 | 0 | 0 | 0 | 0 | 1 |",
        "| **all** | | 7 | 3 | 0 | 2 | 1 | 1 |",
    ]
