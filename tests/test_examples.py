"""The examples of README.md and `docs/`, word for word, as users have them: the wheel and the files of a release."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from geodigest import __version__
from geodigest.hub import hub_files
from geodigest.paths import csv_path
from tests.clones import REPOSITORY
from tests.dask_cluster import running_dask
from tests.downstream import put_data
from tests.examples import examples, run_page
from tests.file_server import serving
from tests.hub_server import Repository, hub
from tests.scratch import Scratch, scratch_project

LIBRARIES = ("datasets", "fsspec[http]", "frictionless", "mlcroissant", "pytest")
"""What the pages tell their readers to have, beside the wheel."""


@pytest.fixture(scope="module")
def user(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Somebody with the wheel and the libraries that the pages name."""
    folder = tmp_path_factory.mktemp("user")
    return scratch_project(folder, wheel, extras=["convert", "dask", "duckdb", "polars"], also=LIBRARIES)


@pytest.fixture(scope="module")
def checkout(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the repository."""
    return Path(shutil.copytree(repository, tmp_path_factory.mktemp("clone") / "geodigest"))


@pytest.fixture
def caches(tmp_path: Path) -> dict[str, str]:
    """Where Hugging Face's libraries keep what they have read: nothing yet."""
    return {"HF_HOME": str(tmp_path / "hugging-face")}


def test_the_front_page(user: Scratch, checkout: Path, dist: Path, tmp_path: Path, caches: dict[str, str]) -> None:
    download = Path(shutil.copytree(dist, tmp_path / "download"))

    put_data(tmp_path, checkout)
    places = {"Download": download, "In your own CI": tmp_path}
    ran = run_page(checkout / "README.md", lambda at: replace(user, folder=places.get(at, checkout)), caches)
    assert ran >= 10


def test_validating(user: Scratch, checkout: Path, tmp_path: Path) -> None:
    mine = replace(user, folder=tmp_path)
    shutil.copy(checkout / csv_path("studies"), tmp_path / "studies.csv")
    text = (tmp_path / "studies.csv").read_text(encoding="utf-8")
    _put(tmp_path / "data" / "studies.csv", text.replace('"study"', '"survey"', 1), "utf-8")
    _put(tmp_path / "excel" / "studies.csv", text.replace("\n", "\r\n"), "utf-8-sig")
    assert run_page(REPOSITORY / "docs" / "validating.md", lambda _: mine, {}) == 4


def test_loading(user: Scratch, checkout: Path, tmp_path: Path, caches: dict[str, str]) -> None:
    page = REPOSITORY / "docs" / "loading.md"
    with serving(checkout) as address, hub() as served:
        repository = served.repositories["OWNER/geodigest"] = Repository(private=False)
        repository.commit({name: path.read_bytes() for name, path in hub_files(checkout).items()}, "Version")
        repository.tags[f"v{__version__}"] = repository.head
        environment = {**served.environment(str(tmp_path)), **caches}
        places = {"From a number to its sentence and its source": checkout}
        ran = run_page(
            page,
            lambda heading: replace(user, folder=places.get(heading, user.folder)),
            environment,
            before=f"BASE = {address!r}\n",
        )
    assert ran == 5


def test_converting(user: Scratch, tmp_path: Path, caches: dict[str, str]) -> None:
    mine = replace(user, folder=tmp_path)
    seed = REPOSITORY / "seeds" / "earthquake-frontiers-2023-10.txt"
    shutil.copy(seed, tmp_path / "Frontiers 2023-10.md")
    (tmp_path / "issues").mkdir()
    shutil.copy(seed, tmp_path / "issues" / "Frontiers 2023-10.md")
    own = {"PYTHONPATH": ""}
    with running_dask([str(user.commands / "python"), "-m", "dask"], own) as dask:
        dask.start()
        page = REPOSITORY / "docs" / "converting.md"
        assert run_page(page, lambda _: mine, {**caches, "SCHEDULER": dask.address}) == 7
    by_cluster, corpus = (tmp_path / name / "dataset" / "SHA256SUMS" for name in ("by-cluster", "corpus"))
    assert by_cluster.read_bytes() == corpus.read_bytes()


def test_correcting(user: Scratch, checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "geodigest").symlink_to(checkout)
    assert run_page(REPOSITORY / "docs" / "correcting.md", lambda _: replace(user, folder=tmp_path), {}) == 8


def test_the_pages_name_the_wheel_of_this_version() -> None:
    for page in (REPOSITORY / "docs").glob("*.md"):
        named = re.findall(r"geodigest-(\d[\d.]*)-py3-none-any\.whl", page.read_text(encoding="utf-8"))
        assert set(named) <= {__version__}, page


def test_the_workflows_of_all_pages_use_the_same_actions_and_python() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in (REPOSITORY / "docs").glob("*.md"))
    for action in ("actions/checkout", "actions/setup-python"):
        assert len(set(re.findall(rf"uses: {action}@(\S+)", text))) == 1
    assert len(set(re.findall(r"python-version: (\S+)", text))) == 1


def test_the_front_page_shows_what_the_page_on_ci_tells_and_tests() -> None:
    """`docs/downstream-ci.md` is run elsewhere."""
    page = REPOSITORY / "docs" / "downstream-ci.md"
    told = [yaml.safe_load(each.code) for each in examples(page) if each.language == "yaml"]
    shown = [yaml.safe_load(each.code) for each in examples(REPOSITORY / "README.md") if each.language == "yaml"]
    assert len(shown) == 2
    hooks, (step,) = shown
    assert hooks in told
    assert any(step in job["steps"] for each in told if "jobs" in each for job in each["jobs"].values())


def _put(path: Path, text: str, encoding: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding=encoding, newline="")
