"""Publishing on the Hub: which files go, that they alone load, and what the Hub gets from the command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import datasets
import pyarrow.parquet as pq
import pytest
import yaml

from geodigest import __version__
from geodigest.errors import PackageError
from geodigest.hub import BESIDE, OWNED, assemble, hub_files
from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.schema import TableSchema
from geodigest.verify import check_fresh
from tests.clones import REPOSITORY, clone
from tests.hub_server import TOKEN, Hub, hub
from tests.scratch import scratch_project

TARGET = "OWNER/geodigest"


@pytest.fixture(scope="module")
def package(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built repository, and what is kept by hand beside what the build writes."""
    return clone(built, tmp_path_factory.mktemp("package") / "clone")


@pytest.fixture
def alone(package: Path, tmp_path: Path) -> Path:
    """A folder called `geodigest` that holds what would be uploaded, and nothing else."""
    folder = tmp_path / "geodigest"
    assemble(hub_files(package), folder)
    return folder


@pytest.fixture
def served() -> Iterator[Hub]:
    """A Hub without repositories that saw no request that it does not know."""
    with hub() as served:
        yield served
    assert served.unknown == []


def test_of_the_tables_only_the_parquet_files_go_up(package: Path, schemas: tuple[TableSchema, ...]) -> None:
    (package / "dataset" / "parquet" / "left-over.parquet").touch()
    try:
        files = hub_files(package)
    finally:
        (package / "dataset" / "parquet" / "left-over.parquet").unlink()
    data = {name for name in files if name.startswith("dataset/") and not name.endswith((".md", ".svg", "SHA256SUMS"))}
    assert data == {parquet_path(schema.name).as_posix() for schema in schemas}
    definitions = {f"schema/{schema.name}.json" for schema in schemas} | {"schema/package.json"}
    assert {name for name in files if name.startswith("schema/")} == definitions
    assert set(BESIDE) <= files.keys()


def test_no_file_that_goes_up_describes_files_that_do_not(alone: Path) -> None:
    for path in alone.rglob("*.json"):
        named = re.findall(r'"(dataset/[^"]+)"', path.read_text(encoding="utf-8"))
        assert all((alone / name).is_file() for name in named), path


def test_every_link_of_the_card_leads_to_a_file_that_goes_up(alone: Path) -> None:
    card = (alone / "README.md").read_text(encoding="utf-8")
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in card.splitlines() if line.startswith("#")}
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", card)
    assert links
    for link in (target for pair in links for target in pair if target):
        place, _, heading = link.partition("#")
        if not re.match(r"https?://", link):
            assert (alone / place).exists() if place else heading in headings, link


def test_what_goes_up_loads_without_anything_else(
    alone: Path, package: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    front = yaml.safe_load((alone / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert [config["config_name"] for config in front["configs"]] == [schema.name for schema in schemas]
    for schema in schemas:
        loaded = datasets.load_dataset(str(alone), schema.name, split="train", cache_dir=str(tmp_path / schema.name))
        assert loaded.to_list() == pq.read_table(package / parquet_path(schema.name)).to_pylist()


def test_a_dry_run_shows_every_file_and_never_opens_a_socket(package: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "sys.addaudithook(lambda event, _: os._exit(99) if event.startswith('socket.') else None)\n"
        "from geodigest.commands import app\n"
        f"app(['publish', '--repo-id', {TARGET!r}, '--root', {str(package)!r}], standalone_mode=False)\n"
        "assert 'huggingface_hub' not in sys.modules\n"
    )
    shown = _run("-c", code, home=tmp_path)
    assert shown.returncode == 0, shown.stderr
    rows = dict(line.rsplit(maxsplit=1) for line in shown.stdout.splitlines() if "/" in line.split(" ")[0])
    for name, path in hub_files(package).items():
        if "/" in name:
            assert rows[name] == f"{path.stat().st_size:,}"
    assert f"to the dataset repository {TARGET}: Version {__version__}, tag v{__version__}" in shown.stdout
    assert "deleted there: what else lies below dataset/, docs/ and schema/\n" in shown.stdout
    assert shown.stdout.endswith("nothing was sent; --yes (make: YES=1) sends it\n")


def test_the_hub_gets_one_commit_of_these_files_tagged_with_the_version(
    package: Path, served: Hub, tmp_path: Path
) -> None:
    done = _publish(package, served, tmp_path)
    assert done.returncode == 0, done.stderr
    repository = served.repositories[TARGET]
    sent = {name: path.read_bytes() for name, path in hub_files(package).items()}
    assert repository.files == {".gitattributes": b"", **sent}
    assert repository.messages == ["initial commit", f"Version {__version__}"]
    assert repository.tags == {f"v{__version__}": repository.head}
    assert repository.private
    assert f"published: {served.address}/datasets/{TARGET}, commit {repository.head}" in done.stdout


def test_a_table_that_is_no_more_goes_away_and_files_of_others_stay(package: Path, served: Hub, tmp_path: Path) -> None:
    _publish(package, served, tmp_path)
    repository = served.repositories[TARGET]
    repository.tags.clear()
    strange = dict.fromkeys(("dataset/parquet/old.parquet", "schema/old.json", "notes.md"), b"old")
    repository.commit({**repository.files, **strange, "README.md": b"old"}, "Version 0.0.1")
    assert _publish(package, served, tmp_path).returncode == 0
    assert repository.files == {".gitattributes": b"", "notes.md": b"old"} | {
        name: path.read_bytes() for name, path in hub_files(package).items()
    }


def test_a_version_is_published_once(package: Path, served: Hub, tmp_path: Path) -> None:
    _publish(package, served, tmp_path)
    again = _publish(package, served, tmp_path)
    said = f"error: {TARGET}: version {__version__} was published already; publish the next version"
    assert (again.returncode, again.stderr.strip()) == (1, said)
    assert len(served.repositories[TARGET].commits) == 2


def test_a_version_that_was_sent_but_not_tagged_is_tagged_the_next_time(
    package: Path, served: Hub, tmp_path: Path
) -> None:
    _publish(package, served, tmp_path)
    repository = served.repositories[TARGET]
    repository.tags.clear()
    assert _publish(package, served, tmp_path).returncode == 0
    assert repository.tags == {f"v{__version__}": repository.head}
    assert len(repository.commits) == 2


def test_users_load_every_table_from_the_hub_by_the_version(
    package: Path, served: Hub, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    _publish(package, served, tmp_path)
    code = (
        "import datasets, json, sys\n"
        "datasets.disable_progress_bars()\n"
        "names = datasets.get_dataset_config_names(sys.argv[1])\n"
        "load = lambda name: datasets.load_dataset(sys.argv[1], name, split='train', revision=sys.argv[2])\n"
        "print(json.dumps({name: load(name).to_list() for name in names}, default=str))\n"
    )
    loaded = _run("-c", code, TARGET, f"v{__version__}", home=tmp_path / "user", hub=served)
    assert loaded.returncode == 0, loaded.stderr
    tables = {schema.name: pq.read_table(package / parquet_path(schema.name)).to_pylist() for schema in schemas}
    assert json.loads(loaded.stdout) == json.loads(json.dumps(tables, default=str))


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("", f"error: {TARGET}: nobody is logged in to the Hub; run `hf auth login`"),
        ("hf_of_a_stranger", f"error: {TARGET}: the Hub says: .*401.*Invalid username or password"),
    ],
)
def test_without_a_login_that_may_write_nothing_is_sent(
    login: str, said: str, package: Path, served: Hub, tmp_path: Path
) -> None:
    refused = _publish(package, served, tmp_path, login=login)
    assert refused.returncode == 1
    assert re.match(said, refused.stderr.strip().splitlines()[-1])
    assert served.repositories == {}


def test_a_hub_that_cannot_be_reached_is_told_in_one_line(package: Path, tmp_path: Path) -> None:
    with hub() as gone:
        pass
    failed = _publish(package, gone, tmp_path)
    assert failed.returncode == 1
    assert re.fullmatch(f"error: {TARGET}: the Hub says: .+; mend that and publish again: .+", failed.stderr.strip())


def test_where_the_hub_may_not_be_used_that_is_told_in_one_line(package: Path, tmp_path: Path) -> None:
    command = ("-m", "geodigest", "publish", "--repo-id", TARGET, "--root", str(package), "--yes")
    failed = _run(*command, home=tmp_path, login=TOKEN)  # as the tests run: HF_HUB_OFFLINE=1
    assert failed.returncode == 1
    assert re.fullmatch(f"error: {TARGET}: the Hub says: Cannot reach .+offline mode.+", failed.stderr.strip())


def _spoil(root: Path) -> None:
    with (root / parquet_path("gaps")).open("ab") as file:
        file.write(b"more")


def _rename(root: Path) -> None:
    definition = json.loads((root / "schema" / "gaps.json").read_text(encoding="utf-8"))
    definition["fields"][-1]["title"] = "Another title"
    (root / "schema" / "gaps.json").write_text(json.dumps(definition), encoding="utf-8")


def _lose(root: Path) -> None:
    """Lose a table's files and their digests."""
    sums = root / "dataset" / "SHA256SUMS"
    kept = [line for line in sums.read_text(encoding="utf-8").splitlines(keepends=True) if "/gaps." not in line]
    sums.write_text("".join(kept), encoding="utf-8")
    for path in (csv_path, parquet_path):
        (root / path("gaps")).unlink()


def _age(root: Path) -> None:
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    (root / "datapackage.json").write_text(json.dumps(descriptor | {"version": "0.0.9"}), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (_spoil, "gaps.parquet", "the digest is not that of SHA256SUMS"),
        (lambda root: (root / csv_path("gaps")).unlink(), "gaps.csv", "the file is missing"),
        (lambda root: (root / parquet_path("new")).touch(), "new.parquet", "SHA256SUMS does not list the file"),
        (lambda root: (root / "dataset" / "SHA256SUMS").unlink(), "SHA256SUMS", "there is no such file"),
        (_lose, "gaps.csv", "the file is missing"),
        (lambda root: (root / "datapackage.json").write_text("{}"), "datapackage.json", "this is no descriptor"),
        (_rename, "gaps.parquet", "the columns are not those of schema/gaps.json"),
        (_age, "datapackage.json", f"the version is 0.0.9, not {__version__}"),
    ],
)
def test_a_dataset_that_is_not_as_its_build_left_it_is_refused(
    change: Callable[[Path], object], where: str, what: str, package: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(package, tmp_path / "clone"))
    check_fresh(root)
    change(root)
    with pytest.raises(PackageError, match=f"{re.escape(where)}: {re.escape(what)}.*; run `geodigest build`"):
        check_fresh(root)
    refused = _run("-m", "geodigest", "publish", "--repo-id", TARGET, "--root", str(root), home=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")


def test_a_file_that_the_card_links_to_is_not_left_out(package: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(package, tmp_path / "clone"))
    (root / "LICENSE").unlink()
    with pytest.raises(PackageError, match="LICENSE: the file is missing"):
        hub_files(root)


def test_a_repository_without_an_owner_is_wrong_use(tmp_path: Path) -> None:
    assert _run("-m", "geodigest", "publish", "--repo-id", "geodigest", home=tmp_path).returncode == 2


def test_the_help_names_the_places_where_files_are_deleted(tmp_path: Path) -> None:
    shown = " ".join(_run("-m", "geodigest", "publish", "--help", home=tmp_path).stdout.split())
    assert "other files below dataset/, docs/ and schema/ on the Hub are deleted" in shown
    assert OWNED == ("dataset/*", "docs/*", "schema/*")


def test_a_wheel_says_that_it_needs_a_clone(wheel: Path, tmp_path: Path) -> None:
    refused = scratch_project(tmp_path, wheel).run("geodigest", "publish", "--repo-id", TARGET, status=1)
    assert re.search(r"README\.md: the file is missing; publish works in a clone; give --root", refused.stderr)


def test_the_page_on_loading_names_every_file_that_goes_up(package: Path) -> None:
    page = (REPOSITORY / "docs" / "loading.md").read_text(encoding="utf-8")
    (paragraph,) = [each for each in page.split("\n\n") if "On the Hub are" in each]
    named = tuple(re.findall(r"`([^`]+)`", paragraph.partition("The CSV files")[0]))
    for name in hub_files(package):
        assert name in named or f"{name.partition('/')[0]}/" in named, name


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (["publish"], "make publish REPO_ID=OWNER/geodigest"),
        (["publish", "REPO_ID="], "make publish REPO_ID=OWNER/geodigest"),
        (["release", "LAST=no such.zip"], "there is no file or folder no such.zip"),
    ],
)
def test_make_asks_for_what_is_missing_before_it_builds(goal: list[str], said: str) -> None:
    own = {name: value for name, value in os.environ.items() if name not in {"REPO_ID", "LAST", "MAKEFLAGS"}}
    command = ["make", "--no-print-directory", "--dry-run", "--assume-old=.venv/ready", *goal]
    refused = subprocess.run(command, cwd=REPOSITORY, env=own, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert said in refused.stderr


def test_make_releases_what_it_has_just_built_with_the_last_release_or_without() -> None:
    for last, ends in ([], ""), (["LAST=datapackage.json"], " --last 'datapackage.json'"):
        installed = [
            f"--assume-old={path}" for path in (".venv/ready", "scripts/explorer/node_modules/.package-lock.json")
        ]
        command = ["make", "--no-print-directory", "--dry-run", *installed, "release", *last]
        shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
        built, page, released = shown.splitlines()
        assert page.split() == ["npm", "--prefix", "scripts/explorer", "run", "--silent", "build"]
        assert [each.split("geodigest ", 1)[1].strip() for each in (built, released)] == ["build", f"release{ends}"]


def test_make_publishes_what_it_has_just_built() -> None:
    command = ["make", "--no-print-directory", "--dry-run", "--assume-old=.venv/ready", "publish", f"REPO_ID={TARGET}"]
    for also, ends in (([], ""), (["YES=1"], " --yes")):
        shown = subprocess.run([*command, *also], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
        built, published = [
            line.split("geodigest ", 1)[1].strip() for line in shown.splitlines() if "geodigest " in line
        ]
        assert (built, published) == ("build", f"publish --repo-id '{TARGET}'{ends}")


def _publish(root: Path, served: Hub, home: Path, *, login: str = TOKEN) -> subprocess.CompletedProcess[str]:
    command = ("-m", "geodigest", "publish", "--repo-id", TARGET, "--root", str(root), "--yes")
    return _run(*command, home=home, hub=served, login=login)


def _run(*command: str, home: Path, hub: Hub | None = None, login: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python as a user whose login and caches lie in `home`."""
    own = {name: value for name, value in os.environ.items() if name not in {"HF_TOKEN", "HF_TOKEN_PATH"}}
    environment = {**own, "COLUMNS": "120", **({"HF_TOKEN": login} if login else {})}
    if hub is not None:
        environment |= hub.environment(str(home))
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
