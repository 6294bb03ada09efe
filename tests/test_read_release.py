"""Reading a release from a folder or an archive, and what is said of one that is not whole."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow.parquet as pq
import pytest

from geodigest.paths import package_root
from geodigest.releases.contract import contract
from geodigest.releases.diff import diff
from geodigest.releases.release import ReleaseError, read_release
from tests.small_release import Package, package


def test_a_release_reads_the_same_from_folder_descriptor_and_archive(tmp_path: Path) -> None:
    """The published dataset."""
    root = package_root()
    whole = read_release(root)
    archive = tmp_path / f"geodigest-{whole.version}-csv.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as written:
        for path in (root / "datapackage.json", *(root / "dataset" / "csv").iterdir()):
            written.write(path, f"geodigest-{whole.version}/{path.relative_to(root).as_posix()}")
    assert not diff(whole, read_release(archive))
    assert not diff(whole, read_release(root / "datapackage.json"))
    parquet = {name: pq.read_table(root / f"dataset/parquet/{name}.parquet").to_pylist() for name in whole.tables}
    assert {name: table.to_pylist() for name, table in whole.tables.items()} == parquet


def test_a_package_without_version_is_read_and_has_no_place_in_a_contract(tmp_path: Path) -> None:
    without = package()
    del without.descriptor["version"]
    old, new = read_release(without.write(tmp_path / "old")), read_release(package().write(tmp_path / "new"))
    assert not diff(old, new)
    with pytest.raises(ReleaseError, match=r"the version is 'no version'; write it as MAJOR\.MINOR\.PATCH"):
        contract(old, new)


def test_a_text_longer_than_the_blocks_that_a_reader_takes_is_read(tmp_path: Path) -> None:
    long = package()
    long.rows["passages"][0]["text"] = text = "慢滑\n" * 400_000
    assert read_release(long.write(tmp_path)).tables["passages"]["text"][0].as_py() == text


def test_a_descriptor_at_the_top_of_an_archive_is_found(tmp_path: Path) -> None:
    folder = package().write(tmp_path / "release")
    with ZipFile(tmp_path / "release.zip", "w") as written:
        for path in folder.rglob("*.*"):
            written.write(path, path.relative_to(folder).as_posix())
    assert not diff(read_release(folder), read_release(tmp_path / "release.zip"))


def _repeat(release: Package) -> None:
    release.rows["spans"].append(release.rows["spans"][1])


def _outside(release: Package) -> None:
    release.resource("figures")["path"] = "../figures.csv"


def _other_type(release: Package) -> None:
    release.field("figures", "width")["type"] = "object"


def _no_name(release: Package) -> None:
    release.resource("figures")["name"] = ["figures"]


def _no_type(release: Package) -> None:
    release.field("figures", "width")["type"] = ["number"]


def _no_constraints(release: Package) -> None:
    release.field("figures", "width")["constraints"] = ["required"]


def _no_keys(release: Package) -> None:
    release.schema("figures")["uniqueKeys"] = None


def _dialect_elsewhere(release: Package) -> None:
    release.resource("figures")["dialect"] = "dialect.json"


def _two_delimiters(release: Package) -> None:
    release.resource("figures")["dialect"] = {"delimiter": ";;"}


def _no_number(release: Package) -> None:
    release.rows["figures"][0]["width"] = "wide"


@pytest.mark.parametrize(
    ("mutate", "said"),
    [
        (_repeat, "dataset/csv/spans.csv: two rows have the primary key bulletin/20; keep one of them"),
        (_outside, "datapackage.json, table figures: its path is '../figures.csv'; name one file inside the release"),
        (_other_type, "datapackage.json, table figures: columns of type object cannot be read; use string"),
        (_no_name, "datapackage.json: no resources are listed; list the tables by name"),
        (_no_type, "datapackage.json, table figures: its schema is not a Table Schema (TypeError("),
        (_no_constraints, "datapackage.json, table figures: its schema is not a Table Schema (TypeError("),
        (_no_keys, "datapackage.json, table figures: its schema is not a Table Schema (TypeError("),
        (_dialect_elsewhere, "dataset/csv/figures.csv: it cannot be read by its schema: the dialect is 'dialect.json'"),
        (_two_delimiters, "dataset/csv/figures.csv: it cannot be read by its schema: "),
        (_no_number, "dataset/csv/figures.csv: it cannot be read by its schema: In CSV column #3: "),
    ],
)
def test_a_release_that_is_not_whole_says_where_and_what_to_do(
    mutate: Callable[[Package], None], said: str, tmp_path: Path
) -> None:
    release = package()
    folder = release.write(tmp_path / "inside" / "release")
    mutate(release)
    if release.rows == package().rows:
        (folder / "datapackage.json").write_text(json.dumps(release.descriptor), encoding="utf-8")
    else:
        release.write(folder)
    with pytest.raises(ReleaseError) as raised:
        read_release(tmp_path / "inside" / "release")
    assert str(raised.value).startswith(f"{tmp_path}/inside/release/{said}")


def test_files_that_are_missing_or_of_another_table_are_named(tmp_path: Path) -> None:
    folder = package().write(tmp_path)
    (folder / "dataset/csv/figures.csv").write_bytes((folder / "dataset/csv/studies.csv").read_bytes())
    with pytest.raises(ReleaseError, match=r"figures\.csv: the columns are \['study_id', .*give the file"):
        read_release(folder)
    (folder / "dataset/csv/figures.csv").unlink()
    with pytest.raises(ReleaseError, match=r"dataset/csv/figures\.csv: the table's file is missing; restore the file"):
        read_release(folder)
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"datapackage\.json:1:2: this is not JSON: .*restore the file"):
        read_release(folder)
    (folder / "datapackage.json").unlink()
    with pytest.raises(ReleaseError, match=r"datapackage\.json: the descriptor is missing; give the folder"):
        read_release(folder)


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    folder = package().write(tmp_path / "release")
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    with ZipFile(tmp_path / "torn.zip", "w") as written:
        for path in folder.rglob("*.*"):
            written.write(path, path.relative_to(folder).as_posix())
    content = (tmp_path / "torn.zip").read_bytes()
    place = content.index(b"slow-slip")
    (tmp_path / "torn.zip").write_bytes(content[:place] + b"S" + content[place + 1 :])
    for name in ("text.zip", "torn.zip"):
        with pytest.raises(ReleaseError, match=f"{name}: this is not a whole .zip archive: .*; download it again"):
            read_release(tmp_path / name)
    with ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(ReleaseError, match=r"empty\.zip: 0 files are called datapackage\.json; give an archive"):
        read_release(tmp_path / "empty.zip")
