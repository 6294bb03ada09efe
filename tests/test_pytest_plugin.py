"""The pytest plugin in another project: the examples of docs/downstream-ci.md, run as they stand."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.downstream import BROKEN, break_cell, example_files, examples, put_data
from tests.scratch import Scratch, scratch_project


def run_pytest(project: Scratch, *options: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run pytest in the project; as a module, for the environment's scripts are those of another one."""
    return project.run("python", "-m", "pytest", *options, status=status)


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """An environment with the wheel, its extra `polars`, and pytest."""
    return scratch_project(tmp_path_factory.mktemp("plugin"), wheel, extras=["polars"], also=["pytest"])


@pytest.fixture
def project(environment: Scratch, built: Path, tmp_path: Path) -> Scratch:
    """A project with good data in that environment."""
    put_data(tmp_path, built)
    return Scratch(tmp_path, environment.commands)


def test_the_documented_test_passes_on_good_data_and_tells_the_broken_cell(project: Scratch) -> None:
    (example,) = example_files("tests/test_data.py", "python")
    (project.folder / "tests").mkdir()
    (project.folder / "tests" / "test_data.py").write_text(example, encoding="utf-8")
    assert "2 passed" in run_pytest(project).stdout

    break_cell(project.folder)
    said = run_pytest(project, status=1).stdout
    assert "1 failed, 1 passed" in said, "no row of the frame is a broken one"
    assert f"Failed: 1 place breaks the GeoDigest contract\nE       data/studies.csv:2: {BROKEN}\n" in said
    assert '>       geodigest_validate("data")' in said or '>   geodigest_validate("data")' in said
    assert "site-packages" not in said, "the code that validates is not shown"


def test_the_option_adds_a_test_a_file_that_tells_all_its_failures(project: Scratch) -> None:
    (command,) = [text for text in examples("console") if text.startswith("pytest")]
    _, *option = shlex.split(command)
    assert "3 passed" in run_pytest(project, *option).stdout, "though the project has no other test"

    break_cell(project.folder)
    gaps = project.folder / "data" / "gaps.csv"
    gaps.write_text(gaps.read_text(encoding="utf-8").replace('"missing_facet"', '"lost"', 2), encoding="utf-8")
    said = run_pytest(project, *option, "-v", status=1).stdout
    outcomes = {"documents": "PASSED", "studies": "FAILED", "gaps": "FAILED"}
    for name, outcome in outcomes.items():
        assert f"\ndata/{name}.csv::{name} {outcome} " in said
    assert f"_ studies.csv: studies _{'_' * 10}" in said
    assert f"\n1 place breaks the GeoDigest contract\ndata/studies.csv:2: {BROKEN}\n" in said
    assert "\n2 places break the GeoDigest contract\ndata/gaps.csv:" in said
    section, _ = said.split("\n2 places break the GeoDigest contract\n")[1].split("\n===", 1)
    assert section.count("enum: 'lost'; expected one of missing_facet, lost_lines, broken_off") == 2
    assert "Traceback" not in said
    assert "pytest_plugin.py" not in said

    selected = run_pytest(project, *option, "-k", "studies", status=1).stdout
    assert "collected 3 items / 2 deselected / 1 selected" in selected


def test_the_option_in_the_documented_configuration_adds_the_tests_to_every_run(project: Scratch) -> None:
    (configuration,) = example_files("pyproject.toml", "toml")
    (project.folder / "pyproject.toml").write_text(configuration, encoding="utf-8")
    (project.folder / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    assert "4 passed" in run_pytest(project).stdout


def test_a_descriptor_and_a_list_of_checksums_have_tests_of_their_own(project: Scratch) -> None:
    data = project.folder / "data"
    described = {"resources": [{"name": "studies", "path": "studies.csv", "bytes": 1}]}
    (data / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (data / "notes.txt").write_text("other notes\n", encoding="utf-8")
    (data / "SHA256SUMS").write_text(f"{'0' * 64}  notes.txt\n", encoding="utf-8")
    said = run_pytest(project, "--geodigest-validate", "data", "-v", status=1).stdout
    for name in ("studies.csv::studies", "datapackage.json::descriptor", "SHA256SUMS::checksums"):
        assert f"\ndata/{name} FAILED " in said
    assert "1 place breaks the GeoDigest contract\ndata/studies.csv: studies: bytes: " in said
    assert "\ndata/datapackage.json: gaps: missing: expected a resource gaps\n" in said
    assert "1 place breaks the GeoDigest contract\ndata/notes.txt: hash: sha256:" in said


def test_the_fixture_takes_frames_of_pandas_polars_and_arrow(project: Scratch) -> None:
    (project.folder / "test_frames.py").write_text(
        """
import geodigest, pytest

@pytest.mark.parametrize("form", ["pandas", "polars", "arrow"])
def test_frame(form, geodigest_validate):
    geodigest_validate(geodigest.load("studies", as_=form), "studies")
    with pytest.raises(pytest.fail.Exception) as failed:
        geodigest_validate(geodigest.load("documents", as_=form), "studies")
    assert "studies: columns: " in failed.value.msg or "studies.study_id: columns: " in failed.value.msg
""",
        encoding="utf-8",
    )
    assert "3 passed" in run_pytest(project).stdout


def test_a_path_that_is_not_there_is_told_in_a_line(project: Scratch) -> None:
    wrong = "nowhere: there is no such file or folder; check the path"
    said = run_pytest(project, "--geodigest-validate", "nowhere", status=4)
    assert re.fullmatch(rf"ERROR: --geodigest-validate: \S*{wrong}\n+", said.stderr)

    test = "def test_it(geodigest_validate):\n    geodigest_validate('nowhere')\n"
    (project.folder / "test_it.py").write_text(test, encoding="utf-8")
    told = run_pytest(project, status=1).stdout
    assert f"GeoDigestError: {wrong}" in told
    assert "site-packages" not in told


def test_a_run_that_does_not_use_the_plugin_does_not_import_what_validates(project: Scratch) -> None:
    heavy = {"duckdb", "pandas", "pandera", "polars", "pyarrow", "rich", "typer"}
    (project.folder / "test_own.py").write_text(
        "import sys\n\ndef test_own():\n"
        "    assert {name for name in sys.modules if 'geodigest' in name} == {'geodigest', 'geodigest.pytest_plugin'}\n"
        f"    assert not {heavy!r} & set(sys.modules)\n",
        encoding="utf-8",
    )
    assert "1 passed" in run_pytest(project).stdout


def test_the_documented_command_validates_the_folder(project: Scratch) -> None:
    (command,) = [text for text in examples("console") if text.startswith("geodigest")]
    project.run(*shlex.split(command))
    break_cell(project.folder)
    assert f"data/studies.csv:2: {BROKEN}\n" in project.run(*shlex.split(command), status=1).stdout
