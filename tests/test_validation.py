"""Validation of real data: what was built is valid in every form, and each broken thing is found in its place."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.errors import GeoDigestError
from geodigest.loading import table_schemas
from geodigest.paths import csv_path, parquet_path
from geodigest.validation import Failure, validate, validate_frame
from geodigest.validation.check import check
from geodigest.validation.rules import RULES

SCHEMAS = {schema.name: schema for schema in table_schemas()}


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Callable[..., Path]:
    """Copies CSV or Parquet files of the built dataset into the test's folder, as they lie in the dataset."""

    def copy(*tables: str, form: str = "csv") -> Path:
        place = {"csv": csv_path, "parquet": parquet_path}[form]
        for table in tables:
            target = tmp_path / place(table)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(built / place(table), target)
        return tmp_path / "dataset"

    return copy


@pytest.mark.parametrize(
    ("path", "files"),
    [("", 26), ("dataset", 26), ("datapackage.json", 13), ("dataset/parquet", 13)],
)
def test_the_built_package_is_valid_in_every_form(path: str, files: int, built: Path) -> None:
    assert (built / "seeds" / "entities.csv").is_file()  # no table, though it bears the name of one
    report = check([built / path])
    assert report.failures == ()
    assert len({(file.table, Path(file.path).suffix) for file in report.files}) == files
    assert not any("seeds" in file.path for file in report.files)
    for file in report.files:
        assert file.rows == pq.read_metadata(built / parquet_path(file.table)).num_rows


@pytest.mark.parametrize("table", SCHEMAS)
def test_each_file_of_the_built_package_is_valid_alone(table: str, built: Path) -> None:
    assert validate([built / csv_path(table)]) == ()
    assert validate([built / parquet_path(table)]) == ()


def test_rows_that_are_named_and_lack_are_found_between_files_of_one_folder(copied: Callable[..., Path]) -> None:
    folder = copied("documents", "studies")
    path = folder / "csv" / "documents.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = lines[1].split(",")[0].strip('"')
    path.write_text(lines[0] + lines[2], encoding="utf-8")
    failures = validate([folder])
    studies = [row["document_id"] for row in pd.read_csv(folder / "csv" / "studies.csv").to_dict("records")]
    assert [failure.row for failure in failures] == [row for row, name in enumerate(studies, 1) if name == gone]
    first = failures[0]
    assert (first.file, first.line, first.column) == (f"{folder}/csv/studies.csv", 2, "document_id")
    assert (first.rule, first.value, first.expected) == ("foreignKey", gone, "a row of documents")


def test_a_file_alone_is_not_held_to_the_keys_of_other_tables_but_to_its_own(
    built: Path, copied: Callable[..., Path]
) -> None:
    path = copied("passages") / "csv" / "passages.csv"
    content = path.read_text(encoding="utf-8")
    parents = [row["parent_id"] for row in csv.DictReader(io.StringIO(content)) if row["parent_id"]]
    path.write_text(content.replace(f'"{parents[0]}"', '"no-such/study/body/0001"', 1), encoding="utf-8")
    assert validate([built / csv_path("passages")]) == ()
    assert {(failure.rule, failure.value) for failure in validate([path])} == {("foreignKey", parents[0])}


def test_a_gap_between_spans_is_found_where_documents_and_spans_are_both_given(copied: Callable[..., Path]) -> None:
    folder = copied("documents", "spans")
    path = folder / "csv" / "spans.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:5], *lines[6:]]), encoding="utf-8")
    failures = validate([folder])
    assert [(failure.rule, failure.row, failure.line, failure.column) for failure in failures] == [
        ("cover", 5, 6, "start")
    ]
    assert validate([path]) == ()


def test_a_cell_that_differs_between_csv_and_parquet_is_found(copied: Callable[..., Path]) -> None:
    copied("gaps", form="csv")
    folder = copied("gaps", form="parquet")
    parquet = folder / "parquet" / "gaps.parquet"
    rows = pq.read_table(parquet).to_pylist()
    note = rows[2]["note"]
    rows[2]["note"] = "别的话"
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(parquet)), parquet)
    (failure,) = validate([folder])
    assert (failure.file, failure.rule, failure.row, failure.line) == (f"{folder}/csv/gaps.csv", "same", 3, 4)
    assert (failure.column, failure.value, failure.expected) == ("note", note, f"'别的话' as in {parquet}")


def test_null_differs_from_every_value_between_csv_and_parquet(copied: Callable[..., Path]) -> None:
    copied("gaps", form="csv")
    folder = copied("gaps", form="parquet")
    parquet = folder / "parquet" / "gaps.parquet"
    rows = pq.read_table(parquet).to_pylist()
    filled = next(row for row, each in enumerate(rows) if each["offset"] is not None)
    empty = next(row for row, each in enumerate(rows) if each["offset"] is None)
    offset = str(rows[filled]["offset"])
    rows[filled]["offset"], rows[empty]["offset"] = None, 5
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(parquet)), parquet)
    assert {(each.row, each.column, each.value, each.expected) for each in validate([folder])} == {
        (filled + 1, "offset", offset, f"null as in {parquet}"),
        (empty + 1, "offset", None, f"'5' as in {parquet}"),
    }


def test_csv_and_parquet_with_other_numbers_of_rows_are_one_failure(copied: Callable[..., Path]) -> None:
    copied("gaps", form="csv")
    folder = copied("gaps", form="parquet")
    parquet = folder / "parquet" / "gaps.parquet"
    table = pq.read_table(parquet)
    pq.write_table(table.slice(1), parquet)
    (failure,) = validate([parquet, folder / "csv" / "gaps.csv"])
    assert (failure.rule, failure.value, failure.row) == ("same", f"{table.num_rows} rows", None)


def test_failures_come_in_the_order_of_files_and_rows(copied: Callable[..., Path]) -> None:
    folder = copied("studies", "documents", "gaps")
    for name in ("gaps", "studies"):
        path = folder / "csv" / f"{name}.csv"
        path.write_text(
            path.read_text(encoding="utf-8").replace("earth-science-literature-table/", "Earth/"), encoding="utf-8"
        )
    failures = validate([folder])
    places = [(failure.file, failure.row or 0) for failure in failures]
    assert places == sorted(places)
    assert failures == validate([folder])
    assert len({file for file, _ in places}) == 2


def _illegal(column: str, kind: str) -> str:
    return {"integer": "7.5", "number": "1,5", "boolean": "yes", "date": "20250830"}.get(kind, f"{column} ")


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_cell_made_illegal_is_found_at_its_row_column_and_line(
    data: st.DataObject, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = data.draw(st.sampled_from(["studies", "references", "gaps", "terms", "quantities", "figures"]))
    with (built / csv_path(table)).open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    number = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(SCHEMAS[table].fields))
    value = _illegal(field.name, field.type)
    rows[number][names.index(field.name)] = value
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([names, *rows[:number]])
    line = text.getvalue().count("\n") + 1
    writer.writerows(rows[number:])
    path = tmp_path_factory.mktemp("illegal") / f"{table}.csv"
    path.write_text(text.getvalue(), encoding="utf-8")

    failures = validate([path])
    assert {(failure.row, failure.line, failure.column, failure.value) for failure in failures} == {
        (number + 1, line, field.name, value)
    }
    rules = {"type"} if field.type != "string" else {"enum", "pattern", "clean"}
    assert {failure.rule for failure in failures} <= rules


FRAMES: list[Callable[[Path, str], object]] = [
    lambda root, table: pq.read_table(root / parquet_path(table)),
    lambda root, table: pd.read_parquet(root / parquet_path(table)),
    lambda root, table: pl.read_parquet(root / parquet_path(table)),
    lambda root, table: pd.read_csv(root / csv_path(table), dtype=str, keep_default_na=False, na_values=[""]),
]


@pytest.mark.parametrize("read", FRAMES, ids=["arrow", "pandas", "polars", "csv"])
@pytest.mark.parametrize("table", SCHEMAS)
def test_every_table_is_valid_in_memory(read: Callable[[Path, str], pd.DataFrame], table: str, built: Path) -> None:
    assert validate_frame(read(built, table), table) == ()


def test_a_broken_rule_in_memory_is_found_by_row_and_column(built: Path) -> None:
    frame = pl.read_parquet(built / parquet_path("studies"))
    broken = frame.with_columns(kind=pl.when(pl.int_range(pl.len()) == 4).then(pl.lit("survey")).otherwise("kind"))
    said = Failure("", "studies", 5, None, "kind", "enum", "survey", "one of study, review")
    assert validate_frame(broken, "studies") == (said,)
    assert said.message == "'survey'; expected one of study, review"


def test_a_column_that_pandas_had_as_an_index_is_a_column_of_an_arrow_table(built: Path) -> None:
    studies: pd.DataFrame = pq.read_table(built / parquet_path("studies")).to_pandas()
    table = pa.Table.from_pandas(studies.set_index("study_id")).select(list(studies.columns))
    assert validate_frame(table, "studies") == ()


def test_a_frame_of_no_table_is_refused(built: Path) -> None:
    with pytest.raises(GeoDigestError, match="there is no table 'study'"):
        validate_frame(pd.DataFrame(), "study")


def test_every_rule_of_table_schema_that_the_contract_uses_is_described() -> None:
    used = {
        name
        for schema in SCHEMAS.values()
        for field in schema.descriptor["fields"]  # type: ignore[attr-defined]
        for name in field.get("constraints", {})
    }
    assert used | {"type", "primaryKey", "foreignKey"} <= RULES.keys()
