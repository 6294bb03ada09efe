"""The archives of a release, unpacked in an empty folder and read with what users have."""

import csv
import subprocess
import zipfile
from pathlib import Path

import datasets
import duckdb
import frictionless
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodigest.paths import csv_path, parquet_path
from geodigest.releases.archives import (
    EARLIEST,
    csv_files,
    excel_csv,
    excel_files,
    parquet_files,
    write_archive,
)
from geodigest.tabular.schema import TableSchema
from tests.csv_tables import read_csv_table

DAY = 1_772_323_200  # 2026-03-01
FORMS = {"csv": csv_files, "parquet": parquet_files, "excel": excel_files}


@pytest.fixture(scope="module")
def archives(repository: Path, schemas: tuple[TableSchema, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `csv.zip`, `parquet.zip` and `excel.zip`."""
    folder = tmp_path_factory.mktemp("zips")
    for form, files in FORMS.items():
        contents = files(repository, [schema.name for schema in schemas])
        write_archive(folder / f"{form}.zip", "geodigest-9.9.9", contents, DAY)
    return folder


@pytest.fixture
def unpacked(archives: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The one folder of an archive, unpacked."""
    with zipfile.ZipFile(archives / f"{request.param}.zip") as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert folder.name == "geodigest-9.9.9"
    return folder


@pytest.mark.parametrize("unpacked", FORMS, indirect=True)
def test_sha256sum_checks_every_file_of_an_unpacked_archive(unpacked: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    said = subprocess.run(command, cwd=unpacked, check=True, capture_output=True, text=True).stdout
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {line.removesuffix(": OK") for line in said.splitlines()} == files - {"SHA256SUMS"}
    assert {"README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md"} <= files
    (unpacked / "LICENSE").write_text("spoiled")
    assert subprocess.run(command, cwd=unpacked, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("unpacked", ["csv"], indirect=True)
def test_the_csv_archive_reads_the_same_in_pandas_polars_duckdb_and_csv(
    unpacked: Path, repository: Path, schemas: tuple[TableSchema, ...]
) -> None:
    for schema in schemas:
        table = pq.read_table(repository / parquet_path(schema.name))
        place = unpacked / csv_path(schema.name)
        assert read_csv_table(schema, place).equals(table)
        with place.open(encoding="utf-8", newline="") as file:
            texts = [list(row.values()) for row in csv.DictReader(file)]
        assert pd.read_csv(place, dtype=str, keep_default_na=False).to_numpy().tolist() == texts
        duck = duckdb.read_csv(str(place), all_varchar=True, header=True).fetchall()
        for rows in (pl.read_csv(place, infer_schema=False).rows(), duck):
            assert [["" if cell is None else cell for cell in row] for row in rows] == texts


@pytest.mark.parametrize("unpacked", ["csv"], indirect=True)
def test_frictionless_finds_the_unpacked_csv_archive_valid(unpacked: Path) -> None:
    report = frictionless.Package(str(unpacked / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


@pytest.mark.parametrize("unpacked", ["parquet"], indirect=True)
def test_the_parquet_archive_loads_by_its_card(unpacked: Path, repository: Path, tmp_path: Path) -> None:
    for name in ("studies", "terms"):
        loaded = datasets.load_dataset(str(unpacked), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.to_list() == pq.read_table(repository / parquet_path(name)).to_pylist()


@pytest.mark.parametrize("unpacked", ["parquet"], indirect=True)
def test_the_parquet_archive_reads_in_pandas_polars_and_duckdb(
    unpacked: Path, repository: Path, schemas: tuple[TableSchema, ...]
) -> None:
    for schema in schemas:
        place = unpacked / parquet_path(schema.name)
        table = pq.read_table(repository / parquet_path(schema.name))
        frame = pd.read_parquet(place, dtype_backend="pyarrow")
        assert pa.Table.from_pandas(frame, table.schema, preserve_index=False).equals(table)
        assert pl.read_parquet(place).to_dicts() == table.to_pylist()
        assert duckdb.read_parquet(str(place)).shape == table.shape


def test_an_archive_describes_no_file_that_it_lacks(archives: Path) -> None:
    names = {form: set(zipfile.ZipFile(archives / f"{form}.zip").namelist()) for form in FORMS}
    assert "geodigest-9.9.9/datapackage.json" in names["csv"]
    assert "geodigest-9.9.9/datapackage.json" not in names["parquet"] | names["excel"]
    assert "geodigest-9.9.9/croissant.json" in names["parquet"]
    assert "geodigest-9.9.9/croissant.json" not in names["csv"] | names["excel"]
    assert "geodigest-9.9.9/dataset/SHA256SUMS" not in names["csv"] | names["parquet"]
    assert "geodigest-9.9.9/schema/studies.json" in names["csv"] & names["parquet"]


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_states_one_time_one_mode_and_sorted_names(archives: Path, form: str) -> None:
    entries = zipfile.ZipFile(archives / f"{form}.zip").infolist()
    assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {
        ((2026, 3, 1, 0, 0, 0), 0o100644, 3)
    }
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_a_time_before_1980_becomes_the_first_that_an_archive_can_state(tmp_path: Path) -> None:
    for name, seconds in (("early", 0), ("first", EARLIEST)):
        write_archive(tmp_path / name, "folder", {"a": b"a"}, seconds)
    assert (tmp_path / "early").read_bytes() == (tmp_path / "first").read_bytes()


@pytest.mark.parametrize("unpacked", ["excel"], indirect=True)
def test_the_excel_files_hold_the_same_rows_with_a_mark_and_windows_line_ends(
    unpacked: Path, repository: Path, schemas: tuple[TableSchema, ...]
) -> None:
    for schema in schemas:
        content = (unpacked / "excel" / f"{schema.name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        with (repository / csv_path(schema.name)).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        with (unpacked / "excel" / f"{schema.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert list(csv.reader(file)) == rows
        assert content.count(b"\r\n") == len(rows)
        assert content.endswith(b"\r\n")


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://example.org","x")', "@SUM(A1)", "=cmd|' /C calc'!A0", "-1+f(2)"])
def test_what_excel_would_run_has_an_apostrophe_before_it(cell: str) -> None:
    (row,) = csv.reader([excel_csv([[cell]]).decode("utf-8-sig")])
    assert row == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["=", "-1.5% to -3%", "+1500K", "-6 Myr", "f(x) = 2", "慢滑!", "1|2"])
def test_what_excel_runs_not_stays_as_it_is(cell: str) -> None:
    assert excel_csv([[cell]]).decode("utf-8-sig") == f"{cell}\r\n"


@pytest.mark.parametrize("unpacked", ["excel"], indirect=True)
def test_the_excel_notes_say_what_was_counted(
    unpacked: Path, repository: Path, schemas: tuple[TableSchema, ...]
) -> None:
    texts = [
        cell
        for schema in schemas
        for column in pq.read_table(repository / parquet_path(schema.name)).itercolumns()
        for cell in column.to_pylist()
        if isinstance(cell, str)
    ]
    signs = sum(cell[0] in "=+-@" and not cell[1:].replace(".", "").isdigit() for cell in texts)
    notes = (unpacked / "excel" / "NOTES.txt").read_text(encoding="utf-8-sig")
    assert f"{signs:,} cells that are no numbers begin so" in notes
    assert f"最长的有 {max(map(len, texts)):,} 个；超出的有 0 个" in notes
