"""A release: what is in it, that it is the same wherever and whenever it is made, and when none is made."""

import datetime as dt
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from geodigest import __version__
from geodigest.commands import app
from geodigest.errors import GeoDigestError
from geodigest.paths import csv_path, parquet_path
from geodigest.releases.archives import EARLIEST
from geodigest.releases.bundle import make_release, release_time
from geodigest.releases.changelog import Section
from geodigest.seeds import read_manifest
from geodigest.tabular.schema import read_table_schemas
from tests.clones import REPOSITORY

NAME = f"geodigest-{__version__}"
FILES = {
    *(f"{NAME}-csv.zip", f"{NAME}-excel.zip", f"{NAME}-explorer.zip", f"{NAME}-parquet.zip"),
    *(f"{NAME}.sqlite", f"{NAME}-py3-none-any.whl"),
    *(f"CHANGELOG-{__version__}.md", f"data-diff-{__version__}.md", "SHA256SUMS"),
}


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    """A repository for a test to change."""
    return Path(shutil.copytree(repository, tmp_path / "copy"))


def test_a_release_has_its_files_and_sha256sum_checks_them(dist: Path) -> None:
    assert {path.name for path in dist.iterdir()} == FILES
    said = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=dist, check=True, capture_output=True, text=True
    ).stdout
    assert {line.removesuffix(": OK") for line in said.splitlines()} == FILES - {"SHA256SUMS"}


def test_the_version_is_one_number_everywhere(dist: Path, repository: Path) -> None:
    with zipfile.ZipFile(dist / f"{NAME}-csv.zip") as archive:
        stated = [json.loads(archive.read(f"{NAME}/datapackage.json"))["version"]]
        stated.append(yaml.safe_load(archive.read(f"{NAME}/CITATION.cff"))["version"])
        assert f"Version {__version__}." in archive.read(f"{NAME}/README.md").decode()
    with zipfile.ZipFile(dist / f"{NAME}-parquet.zip") as archive:
        stated.append(json.loads(archive.read(f"{NAME}/croissant.json"))["version"])
    with zipfile.ZipFile(dist / f"{NAME}-py3-none-any.whl") as wheel:
        stated += re.findall(r"^Version: (.+)$", wheel.read(f"{NAME}.dist-info/METADATA").decode(), re.MULTILINE)
        stated.append(json.loads(wheel.read("geodigest/_package/datapackage.json"))["version"])
    with closing(sqlite3.connect(dist / f"{NAME}.sqlite")) as database:
        stated += [version for (version,) in database.execute("SELECT version FROM package")]
    headings = re.findall(r"^## \[(\d.*?)\]", (repository / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [*stated, headings[0]] == [__version__] * 7


def test_a_version_is_written_by_hand_in_one_place_of_the_code() -> None:
    found = [
        path.relative_to(REPOSITORY).as_posix()
        for path in [*REPOSITORY.glob("scripts/**/*"), *REPOSITORY.glob("schema/*"), REPOSITORY / "pyproject.toml"]
        if path.suffix in {".py", ".json", ".toml", ".jinja"}
        and "node_modules" not in path.parts
        and re.search(rf"version[\W_]+{re.escape(__version__)}\b", path.read_text(encoding="utf-8"))
    ]
    assert found == ["scripts/geodigest/__init__.py"]


def test_the_same_repository_gives_the_same_bytes_elsewhere_at_another_time(
    dist: Path, repository: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一个 folder"
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    run = "import os; os.umask(0o077); from geodigest.commands import app; app(['release', '--root', '.'])"
    shutil.copytree(repository, other)
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (10**9 + number, 10**9 + number))
    subprocess.run(
        [sys.executable, "-c", run],
        cwd=other,
        env={**environment, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(REPOSITORY / "scripts"), "PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
    )
    assert _contents(other / "dist") == _contents(dist)


def test_every_file_states_the_time_that_is_given(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    make_release(repository, tmp_path)
    packed = [*tmp_path.glob("*.zip"), *tmp_path.glob("*.whl")]
    times = {entry.date_time for place in packed for entry in zipfile.ZipFile(place).infolist()}
    assert times == {(2023, 11, 14, 22, 13, 20)}


def test_the_time_is_the_first_second_of_the_day_in_the_changelog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert time.gmtime(release_time(Section("1.0.0", dt.date(2031, 2, 3), "")))[:6] == (2031, 2, 3, 0, 0, 0)
    assert release_time(Section("1.0.0", None, "")) == EARLIEST
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(
        GeoDigestError, match="SOURCE_DATE_EPOCH: 'yesterday' is not a time; give the seconds since 1970-01-01"
    ):
        release_time(Section("1.0.0", None, ""))


def test_the_first_release_says_so_and_lists_the_tables(dist: Path, repository: Path) -> None:
    told = (dist / f"data-diff-{__version__}.md").read_text(encoding="utf-8")
    assert "This is the first release" in told
    for schema in read_table_schemas(repository / "schema"):
        rows = pq.read_metadata(repository / parquet_path(schema.name)).num_rows
        assert f"| `{schema.name}` | {rows:,} |" in told


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_edit("CHANGELOG.md", f"## [{__version__}]", "## Next"), "CHANGELOG.md: the newest section is none"),
        (_edit("CHANGELOG.md", "# Changelog", "# Changelog\n\n## [99.0.0]\n\n- x"), "the newest section is 99.0.0"),
        (_edit("CHANGELOG.md", f"## [{__version__}]", f"## [{__version__}]\n\n## Old"), "is empty; say what"),
        (
            _edit("CHANGELOG.md", "# Changelog", f"# Changelog\n\n## [{__version__}] - 2031-02-30"),
            "2031-02-30 is not a date",
        ),
        (_edit(csv_path("studies").as_posix(), "study", "Study"), "studies.csv: the digest is not"),
        (_edit("datapackage.json", f'"{__version__}"', '"0.0.1"'), "the version is 0.0.1, not"),
        (_edit("CITATION.cff", __version__, "0.0.1"), "CITATION.cff: the version is 0.0.1, not"),
        (_edit("croissant.json", f'"{__version__}"', '"0.0.1"'), "croissant.json: the version is 0.0.1, not"),
        (
            _edit("CHANGELOG.md", f"## [{__version__}] - ", f"## [{__version__}] - 2031-01-02\n\n- Later than "),
            "that of the changelog 2031-01-02; run `geodigest build`",
        ),
        (_edit("schema/terms.json", '"title": "', '"title": "New '), "the columns are not those of schema/terms.json"),
        (_edit(read_manifest(REPOSITORY)[0].seed_path, "震", "地震"), "the seed is not that of the dataset"),
        (lambda root: (root / "LICENSE").unlink(), "LICENSE: it is missing; release from a built clone"),
    ],
)
def test_no_release_is_made_of_what_does_not_agree(
    copy: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(copy)
    with pytest.raises(GeoDigestError, match=re.escape(said)):
        make_release(copy, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_later_release_needs_the_last_one(copy: Path, tmp_path: Path) -> None:
    with (copy / "CHANGELOG.md").open("a", encoding="utf-8") as changelog:
        changelog.write("\n## [0.0.9]\n\n- Begun.\n")
    result = CliRunner().invoke(app, ["release", "--root", str(copy), "--out", str(tmp_path / "dist")])
    assert result.exit_code == 1
    assert "give it: --last geodigest-0.0.9-csv.zip (make release LAST=geodigest-0.0.9-csv.zip)" in result.stderr
    assert not (tmp_path / "dist").exists()


def _last(repository: Path, folder: Path, version: str) -> Path:
    """The repository as if it had been released as `version`, its first term not yet found."""
    shutil.copytree(repository, folder)
    _edit("datapackage.json", f'"version": "{__version__}"', f'"version": "{version}"')(folder)
    terms = (folder / csv_path("terms")).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / csv_path("terms")).write_text("".join([terms[0], *terms[2:]]), encoding="utf-8")
    return folder


def test_a_later_release_holds_the_diff_of_the_data(repository: Path, tmp_path: Path) -> None:
    make_release(repository, tmp_path / "dist", _last(repository, tmp_path / "last", "0.0.9"))
    told = (tmp_path / "dist" / f"data-diff-{__version__}.md").read_text(encoding="utf-8")
    first = pq.read_table(repository / parquet_path("terms"), columns=["term_id"])["term_id"][0].as_py()
    assert "0.0.9" in told
    assert first in told


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (__version__, f"{__version__} is the version of the last release, too; raise __version__"),
        ("99.0.0", r"the last release is 99\.0\.0, and the changes need 99\.1\.0 or higher \(minor, table terms: "),
    ],
)
def test_a_version_that_did_not_rise_enough_is_not_released(
    repository: Path, tmp_path: Path, version: str, said: str
) -> None:
    with pytest.raises(GeoDigestError, match=said):
        make_release(repository, tmp_path / "dist", _last(repository, tmp_path / "last", version))
    assert not (tmp_path / "dist").exists()


@pytest.fixture
def filled(dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with this release and a file of the last one."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copytree(dist, tmp_path / "dist")
    (tmp_path / "dist" / "geodigest-0.0.9-csv.zip").write_bytes(b"the last release")
    return tmp_path / "dist"


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_made_again_changes_nothing_and_is_listed(repository: Path, filled: Path) -> None:
    before = _contents(filled)
    result = CliRunner().invoke(app, ["release", "--root", str(repository), "--out", str(filled)])
    assert (result.exit_code, result.stderr) == (0, "")
    shown = dict(line.split() for line in result.stdout.splitlines()[1:-1])
    assert shown == {name: f"{len(before[name]):,}" for name in FILES}
    assert _contents(filled) == before


def test_a_release_with_other_bytes_than_before_is_refused(copy: Path, filled: Path) -> None:
    before = _contents(filled)
    _edit("CHANGELOG.md", "### Added", "### Added\n\n- More.")(copy)
    with pytest.raises(GeoDigestError, match=f"another {re.escape(__version__)} was released before; raise"):
        make_release(copy, filled)
    assert _contents(filled) == before


def test_the_changelog_tells_of_this_version_and_of_every_table() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert versions[0] == __version__
    for schema in read_table_schemas(REPOSITORY / "schema"):
        assert f"`{schema.name}`" in changelog
