"""What another project's CI has: the documented examples, a clone of this repository, and a runner of its Action.

Nothing is downloaded: pip builds the clone with the libraries of this environment.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.clones import REPOSITORY
from tests.examples import examples as page_examples

DOCUMENT = REPOSITORY / "docs" / "downstream-ci.md"
URL = "https://github.com/OWNER/geodigest"

BROKEN = "studies.kind row 1: enum: 'survey'; expected one of study, review"
"""What is said of the data after `break_cell`, in each of the three ways but for the place."""

_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")


def put_data(folder: Path, built: Path) -> None:
    """Put three tables of the dataset, as another project would have, into `folder/data`."""
    (folder / "data").mkdir()
    for name in ("documents", "studies", "gaps"):
        shutil.copy(built / "dataset" / "csv" / f"{name}.csv", folder / "data")


def break_cell(folder: Path, file: str = "data/studies.csv") -> None:
    """Write `survey` for the kind of the first study, which is a `review`."""
    text = (folder / file).read_text(encoding="utf-8")
    first, row, rest = text.split("\n", 2)
    assert ',"review",' in row
    row = row.replace(',"review",', ',"survey",')
    (folder / file).write_text(f"{first}\n{row}\n{rest}", encoding="utf-8")


def examples(language: str) -> list[str]:
    """The fenced examples of the document in a language, word for word."""
    return [example.code for example in page_examples(DOCUMENT) if example.language == language]


def example_files(path: str, language: str = "yaml") -> list[str]:
    """The examples whose first line, a comment, says that they are the file `path`."""
    return [text for text in examples(language) if text.startswith(f"# {path}\n")]


def offline() -> dict[str, str]:
    """An environment in which pip installs the clone alone, and the libraries of this one are found."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTEST", "PIP_"))}
    return own | {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as the value of `--build-isolation`
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def git(folder: Path, *command: str) -> str:
    """What a git command says, run as nobody in particular."""
    identity = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *command], cwd=folder, env=offline(), capture_output=True, text=True, check=True
    )
    return done.stdout


def clone_repository(folder: Path, tag: str) -> Path:
    """The files of this repository as they stand, those that git ignores left out, committed in `folder` and tagged."""
    listed = git(REPOSITORY, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)
    return folder


@dataclass
class ActionRunner:
    """A runner of a composite Action: each `run` step in bash, with the inputs as the workflow gives them."""

    action: Path
    workspace: Path
    temporary: Path
    commands: Path
    """The folder that is first on the PATH, as after actions/setup-python."""
    outputs: dict[str, str] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        """What `action.yml` says."""
        stated: dict[str, Any] = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        return stated

    def step(self, name: str, given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run the step of this name; `given` is the workflow's `with`."""
        stated = self.metadata()
        step = next(step for step in stated["runs"]["steps"] if step["name"] == name)
        assert given.keys() <= stated["inputs"].keys()
        values = {f"inputs.{name}": str(default.get("default", "")) for name, default in stated["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in given.items()} | self.outputs
        own = {key: _EXPRESSION.sub(lambda match: values[match[1]], text) for key, text in step.get("env", {}).items()}
        script, output = self.temporary / "step.sh", self.temporary / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, jobs.<id>.steps[*].shell
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.workspace,
            env={
                **offline(),
                "PATH": os.pathsep.join([str(self.commands), os.environ["PATH"]]),
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(self.action),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_OS": "Linux",
                "RUNNER_TEMP": str(self.temporary),
                **own,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        written = (line.partition("=") for line in output.read_text(encoding="utf-8").splitlines())
        self.outputs |= {f"steps.{step.get('id')}.outputs.{key}": value for key, _, value in written}
        return done
