"""The commit hooks and the GitHub Action in another project: the examples of docs/downstream-ci.md, as they stand."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from geodigest import __version__, tables
from tests.clones import REPOSITORY
from tests.downstream import (
    BROKEN,
    DOCUMENT,
    URL,
    ActionRunner,
    break_cell,
    clone_repository,
    example_files,
    git,
    offline,
    put_data,
)

# A commit hook


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it is checked out elsewhere, at a tag of its version."""
    return clone_repository(tmp_path_factory.mktemp("published"), f"v{__version__}")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments of its hooks."""
    return tmp_path_factory.mktemp("pre-commit")


def pre_commit(project: Path, hooks: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the hooks of a project on the files that changed, all of them added to the next commit."""
    git(project, "add", "--all")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color=never", *options],
        cwd=project,
        env={**offline(), "PRE_COMMIT_HOME": str(hooks)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def committed(clone: Path, built: Path, tmp_path: Path) -> Path:
    """A project under git with good data, and a table that is none of ours."""
    put_data(tmp_path, built)
    (tmp_path / "data" / "stations.csv").write_text("name\nLHA\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    return tmp_path


def configure(project: Path, clone: Path, number: int) -> None:
    """Write the document's configuration of this number, with the clone for the address of the repository."""
    text = example_files(".pre-commit-config.yaml")[number]
    assert URL in text
    (project / ".pre-commit-config.yaml").write_text(text.replace(URL, str(clone)), encoding="utf-8")


def test_the_hook_passes_good_files_and_tells_the_broken_cell(committed: Path, clone: Path, hooks: Path) -> None:
    configure(committed, clone, 0)
    good = pre_commit(committed, hooks, "--all-files")
    assert good.returncode == 0, good.stdout + good.stderr
    assert re.search(r"^validate GeoDigest tables\.+Passed$", good.stdout, re.MULTILINE)

    break_cell(committed)
    broken = pre_commit(committed, hooks, "--all-files")
    assert broken.returncode == 1
    assert f"data/studies.csv:2: {BROKEN}\n" in broken.stdout


def test_the_hook_checks_files_of_other_names_as_the_table_that_is_said(
    committed: Path, clone: Path, hooks: Path
) -> None:
    configure(committed, clone, 1)
    for year in ("2023", "2024"):
        shutil.copy(committed / "data" / "studies.csv", committed / "data" / f"studies-{year}.csv")
    break_cell(committed, "data/studies-2023.csv")
    said = pre_commit(committed, hooks, "--all-files").stdout
    assert f"data/studies-2023.csv:2: {BROKEN}\n" in said
    assert "2 files" in said


def test_the_hook_of_the_package_checks_keys_into_files_that_did_not_change(
    committed: Path, clone: Path, hooks: Path
) -> None:
    configure(committed, clone, 2)
    (committed / "drafts").mkdir()
    (committed / "drafts" / "studies.csv").write_text("no table yet\n", encoding="utf-8")
    good = pre_commit(committed, hooks)
    assert good.returncode == 0, good.stdout + good.stderr
    assert re.search(r"^validate the GeoDigest package\.+Passed$", good.stdout, re.MULTILINE)

    git(committed, "commit", "--quiet", "--message", "good")
    documents = committed / "data" / "documents.csv"
    text = documents.read_text(encoding="utf-8")
    key = "earthquake-frontiers-2023-10"
    documents.write_text(text.replace(f'"{key}"', '"elsewhere"', 1), encoding="utf-8")
    changed = pre_commit(committed, hooks)
    assert changed.returncode == 1
    assert f"data/studies.csv:2: studies.document_id row 1: foreignKey: '{key}'" in changed.stdout


def test_the_hooks_take_the_files_of_every_table_and_no_others() -> None:
    manifest = REPOSITORY / ".pre-commit-hooks.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)], check=True)
    files, package = (re.compile(hook["files"]) for hook in yaml.safe_load(manifest.read_text(encoding="utf-8")))
    ours = [f"{folder}{name}.{form}" for folder in ("", "a/b/") for name in tables() for form in ("csv", "parquet")]
    others = ["stations.csv", "my-studies.csv", "studies.csv.bak", "studies.json", "studies/README.md"]
    described = ["datapackage.json", "data/datapackage.json", "data/SHA256SUMS"]
    names = [*ours, *others, *described]
    assert list(filter(files.search, names)) == ours
    assert list(filter(package.search, names)) == [*ours, *described]


# A GitHub Action


@pytest.fixture(scope="module")
def installed(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> ActionRunner:
    """A runner on which the Action's first step has run, with a bare Python first on the PATH."""
    folder = tmp_path_factory.mktemp("runner")
    for name in ("workspace", "temporary"):
        (folder / name).mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "python"], check=True)
    runner = ActionRunner(clone, folder / "workspace", folder / "temporary", folder / "python" / "bin")
    done = runner.step("Install geodigest", {})
    assert done.returncode == 0, done.stdout + done.stderr
    return runner


@pytest.fixture
def runner(installed: ActionRunner, built: Path, tmp_path: Path) -> ActionRunner:
    """That runner in the workspace of a project with good data."""
    put_data(tmp_path, built)
    return ActionRunner(installed.action, tmp_path, installed.temporary, installed.commands, dict(installed.outputs))


def documented_inputs(number: int) -> dict[str, str]:
    """What the document's workflow of this number gives to the Action."""
    workflow = yaml.safe_load(example_files(".github/workflows/data.yml")[number])
    steps = workflow["jobs"]["validate"]["steps"]
    (ours,) = [step for step in steps if step["uses"] == f"OWNER/geodigest@v{__version__}"]
    inputs: dict[str, str] = ours["with"]
    return inputs


def test_the_documented_workflow_passes_good_data_and_annotates_the_broken_cell(runner: ActionRunner) -> None:
    good = runner.step("Validate", documented_inputs(0))
    assert good.returncode == 0, good.stdout + good.stderr
    assert "::error" not in good.stdout

    break_cell(runner.workspace)
    broken = runner.step("Validate", documented_inputs(0))
    assert broken.returncode == 1
    (annotation,) = re.findall(r"^::error (.*)$", broken.stdout, re.MULTILINE)
    assert annotation.startswith("file=data/studies.csv,line=2,")
    assert "'survey'; expected one of study, review" in annotation


def test_the_action_writes_the_failures_for_code_scanning_and_still_fails(runner: ActionRunner) -> None:
    break_cell(runner.workspace)
    inputs = documented_inputs(1)
    done = runner.step("Validate", inputs)
    assert (done.returncode, done.stdout.count("::error ")) == (1, 1)
    scanned = json.loads((runner.workspace / inputs["sarif"]).read_text(encoding="utf-8"))
    (result,) = scanned["runs"][0]["results"]
    assert result["ruleId"] == "enum"


def test_the_action_takes_several_paths_and_a_table(runner: ActionRunner) -> None:
    (runner.workspace / "my data").mkdir()
    shutil.copy(runner.workspace / "data" / "studies.csv", runner.workspace / "my data" / "mine (2).csv")
    given = {"path": "data/studies.csv\nmy data/mine (2).csv\n", "table": "studies", "format": "text"}
    good = runner.step("Validate", given)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "2 files" in good.stdout

    break_cell(runner.workspace, "my data/mine (2).csv")
    assert f"my data/mine (2).csv:2: {BROKEN}\n" in runner.step("Validate", given).stdout


@pytest.mark.parametrize("name", ["path", "table", "format", "sarif"])
@pytest.mark.parametrize("value", ["$(touch owned) `touch owned`; touch owned", '"; touch owned; "'])
def test_an_input_is_never_run(runner: ActionRunner, name: str, value: str) -> None:
    before = set(runner.workspace.iterdir())
    done = runner.step("Validate", {"path": "data/gaps.csv", name: value})
    assert done.returncode == (0 if name == "sarif" else 2), done.stdout + done.stderr
    written = {runner.workspace / value} if name == "sarif" else set()
    assert set(runner.workspace.iterdir()) - before == written


def test_a_path_is_never_read_as_an_option(runner: ActionRunner) -> None:
    done = runner.step("Validate", {"path": "--help"})
    assert done.returncode == 2
    assert "--help: there is no such file or folder" in done.stderr


def test_the_action_keeps_to_the_rules_of_its_metadata() -> None:
    # https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
    stated = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
    assert stated.keys() == {"name", "description", "branding", "inputs", "runs"}
    assert all(isinstance(stated[name], str) for name in ("name", "description"))
    assert len(stated["description"]) < 125, "the Marketplace takes no more"
    for each in stated["inputs"].values():
        assert each.keys() <= {"description", "required", "default"}
        assert all(isinstance(value, str) for value in each.values())
    assert stated["runs"].keys() == {"using", "steps"}
    assert stated["runs"]["using"] == "composite"
    for step in stated["runs"]["steps"]:
        assert {"name", "run", "shell"} <= step.keys() <= {"name", "id", "run", "shell", "env"}
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script would be run"


def test_the_document_lists_the_inputs_of_the_action_and_the_version_of_the_package() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|(?: `(.+?)`)? \|", text, re.MULTILINE)
    inputs = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert dict(rows) == {name: each["default"] for name, each in inputs.items()}
    pinned = re.findall(r"(?:OWNER/geodigest(?:\.git)?@|rev: )(v?[\w.]+)", text)
    assert len(pinned) >= 6
    assert set(pinned) == {f"v{__version__}"}
