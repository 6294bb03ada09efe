"""Parquet files: which types are the contract's, and what is said of files that cannot be read."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodigest.paths import parquet_path
from geodigest.validation import validate
from geodigest.validation.check import check


@pytest.fixture
def studies(built: Path) -> pa.Table:
    return pq.read_table(built / parquet_path("studies"))


def _written(table: pa.Table, folder: Path) -> Path:
    path = folder / "studies.parquet"
    pq.write_table(table, path)
    return path


def _retyped(table: pa.Table, column: str, type_: pa.DataType) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, column, table[column].cast(type_))


@pytest.mark.parametrize(
    "type_", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_the_same_text_in_another_layout_is_the_contract_s_type(
    type_: pa.DataType, studies: pa.Table, tmp_path: Path
) -> None:
    for column in ("study_id", "title_en", "body"):
        studies = _retyped(studies, column, type_)
    assert validate([_written(studies, tmp_path)]) == ()


def test_a_file_that_pandas_wrote_is_valid(studies: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "studies.parquet"
    studies.to_pandas(types_mapper=pd.ArrowDtype).to_parquet(path)
    assert validate([path]) == ()


@pytest.mark.parametrize(
    ("column", "type_", "wanted"),
    [
        ("position", pa.int32(), "int64"),
        ("date", pa.timestamp("us"), "date32[day]"),
        ("position", pa.string(), "int64"),
    ],
)
def test_a_column_of_another_type_is_one_failure_and_the_others_are_still_checked(
    column: str, type_: pa.DataType, wanted: str, studies: pa.Table, tmp_path: Path
) -> None:
    kinds = studies["kind"].to_pylist()
    broken = studies.set_column(studies.schema.get_field_index("kind"), "kind", pa.array(["survey", *kinds[1:]]))
    failures = validate([_written(_retyped(broken, column, type_), tmp_path)])
    assert [(each.column, each.row, each.rule, each.value, each.expected) for each in failures] == [
        (column, None, "type", str(type_), wanted),
        ("kind", 1, "enum", "survey", "one of study, review"),
    ]


def test_columns_that_lack_are_named_and_rows_have_no_line(studies: pa.Table, tmp_path: Path) -> None:
    broken = studies.drop_columns(["teaser_zh"]).append_column("note", pa.array(["a"] * len(studies)))
    failures = validate([_written(broken, tmp_path)])
    assert [(each.rule, each.column, each.line) for each in failures] == [
        ("columns", "teaser_zh", None),
        ("columns", "note", None),
    ]


def test_a_column_that_stands_twice_is_found(studies: pa.Table, tmp_path: Path) -> None:
    doubled = studies.append_column("kind", studies["kind"])
    assert {(each.rule, each.column) for each in validate([_written(doubled, tmp_path)])} == {("columns", "kind")}


def test_bytes_that_are_no_text_are_found_in_their_column(studies: pa.Table, tmp_path: Path) -> None:
    buffers = pa.array([b"\xb5\xd8"] * len(studies), pa.binary()).buffers()
    text = pa.StringArray.from_buffers(len(studies), buffers[1], buffers[2])
    broken = studies.set_column(studies.schema.get_field_index("journal"), "journal", text)
    (failure,) = validate([_written(broken, tmp_path)])
    assert (failure.rule, failure.column, failure.expected) == ("encoding", "journal", "UTF-8")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_csv_cannot_hold_is_found_in_its_row(value: float, built: Path, tmp_path: Path) -> None:
    table = pq.read_table(built / parquet_path("quantities"))
    place = table.column_names.index("uncertainty")
    values = [None, value, *table["uncertainty"].to_pylist()[2:]]
    path = tmp_path / "quantities.parquet"
    pq.write_table(table.set_column(place, "uncertainty", pa.array(values, pa.float64())), path)
    assert [(each.rule, each.row, each.column, each.value) for each in validate([path])] == [
        ("type", 2, "uncertainty", str(value))
    ]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda content: b"", "an empty file"),
        (lambda content: b"study_id,kind\n", "no Parquet file"),
        (lambda content: content[:-9], "a Parquet file that is cut off"),
        (lambda content: content[:4], "a Parquet file that is cut off"),
        (lambda content: content[: len(content) // 2] + content[-8:], "a Parquet file that Arrow cannot read: "),
    ],
    ids=range(5),
)
def test_a_file_that_is_not_parquet_or_is_cut_off_is_one_failure(
    spoil: Callable[[bytes], bytes], told: str, built: Path, tmp_path: Path
) -> None:
    path = tmp_path / "studies.parquet"
    path.write_bytes(spoil((built / parquet_path("studies")).read_bytes()))
    (failure,) = validate([path])
    assert (failure.rule, failure.table) == ("parquet", "studies")
    assert failure.value is not None
    assert failure.value.startswith(told)
    assert failure.value == told or told.endswith(": ")
    assert failure.value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(data=st.data())
def test_no_bytes_make_the_reader_raise(data: st.DataObject, built: Path, tmp_path: Path) -> None:
    content = bytearray((built / parquet_path("gaps")).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content)), min_size=1, max_size=5)):
        content[place : place + 3] = data.draw(st.binary(max_size=4))
    path = tmp_path / "gaps.parquet"
    path.write_bytes(bytes(content))
    assert all(failure.table == "gaps" for failure in validate([path]))


def _in_parts(table: pa.Table, folder: Path, rows: int) -> Path:
    """A table as a folder of files with so many rows each."""
    (folder / "studies.parquet").mkdir()
    for number, start in enumerate(range(0, table.num_rows, rows)):
        pq.write_table(table.slice(start, rows), folder / "studies.parquet" / f"part-{number}.parquet")
    return folder / "studies.parquet"


@pytest.mark.parametrize("given", [".", "studies.parquet"])
def test_a_folder_of_files_is_a_table(given: str, studies: pa.Table, tmp_path: Path) -> None:
    _in_parts(studies, tmp_path, 20)
    report = check([tmp_path / given])
    assert (report.failures, report.passed_over) == ((), ())
    assert [(Path(file.path).name, file.rows) for file in report.files] == [("studies.parquet", studies.num_rows)]


def test_a_failure_in_a_folder_of_files_names_the_file_and_its_row(studies: pa.Table, tmp_path: Path) -> None:
    kinds = ["survey" if row == 44 else kind for row, kind in enumerate(studies["kind"].to_pylist())]
    place = studies.schema.get_field_index("kind")
    path = _in_parts(studies.set_column(place, "kind", pa.array(kinds)), tmp_path, 20)
    (failure,) = validate([path])
    assert (failure.file, failure.row, failure.rule) == (f"{path.as_posix()}/part-2.parquet", 5, "enum")


def test_a_key_that_stands_in_two_files_of_a_folder_is_found(studies: pa.Table, tmp_path: Path) -> None:
    path = _in_parts(pa.concat_tables([studies, studies.slice(3, 1)]), tmp_path, studies.num_rows)
    failures = validate([path])
    assert {(failure.file, failure.row) for failure in failures} == {(f"{path.as_posix()}/part-1.parquet", 1)}
    assert "unique" in {failure.rule for failure in failures}


def test_files_of_a_folder_that_cannot_be_read_together_are_named(studies: pa.Table, tmp_path: Path) -> None:
    path = _in_parts(studies, tmp_path, 20)
    pq.write_table(studies.drop_columns(["body"]), path / "part-1.parquet")
    (path / "part-2.parquet").write_bytes(b"PAR1")
    found = [(Path(failure.file).name, failure.rule) for failure in validate([path])]
    assert sorted(found) == [("part-1.parquet", "columns"), ("part-2.parquet", "parquet")]


def test_a_folder_without_files_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "studies.parquet").mkdir()
    (failure,) = validate([tmp_path / "studies.parquet"])
    assert (failure.rule, failure.value) == ("parquet", "a folder without Parquet files")


def test_in_a_locale_of_ascii_a_path_may_be_chinese(studies: pa.Table, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    for name in ("好", "坏"):
        (folder / name).mkdir(parents=True)
    _in_parts(studies, folder / "好", 20)
    _written(_retyped(studies, "position", pa.int32()), folder / "坏")
    pq.write_table(studies, folder / "研究.parquet")
    run = subprocess.run(
        [sys.executable, "-m", "geodigest", "validate", "--format", "json", *map(str, folder.iterdir())],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        check=False,
        capture_output=True,
    )
    assert (run.returncode, run.stderr) == (1, b"")
    report = json.loads(run.stdout)
    assert [(failure["table"], failure["rule"], failure["value"]) for failure in report["failures"]] == [
        ("studies", "type", "int32")
    ]
    assert [file["rows"] for file in report["files"]] == [studies.num_rows] * 3
