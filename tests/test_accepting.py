"""What is accepted batch by batch is what the exact readers and rules find no fault with."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodigest.loading import load_arrow, table_schema, table_schemas
from geodigest.paths import csv_path, package_root, parquet_path
from geodigest.tabular.accepting import NotPlainError
from geodigest.tabular.schema import Field, TableSchema
from geodigest.validation import batches, validate
from geodigest.validation.accepting import accepted, are_same
from geodigest.validation.batches import csv_batches, parquet_batches
from geodigest.validation.csv_file import read_csv
from geodigest.validation.sources import Form, TableSet

SCHEMAS = {schema.name: schema for schema in table_schemas()}
PLACES = {"csv": csv_path, "parquet": parquet_path}


def published(form: Form) -> TableSet:
    return TableSet(form, {name: package_root() / PLACES[form](name) for name in SCHEMAS}, None)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_published_tables_are_accepted(form: Form) -> None:
    assert accepted(published(form), SCHEMAS) == {name: load_arrow(name).num_rows for name in SCHEMAS}


def test_what_is_right_is_checked_without_pandas() -> None:
    code = "import sys; from geodigest.validation import validate; from pathlib import Path; "
    code += f"print(validate([Path({str(package_root() / 'dataset')!r})]), 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "() False\n"


@pytest.mark.parametrize("size", [300, 5000])
def test_records_are_whole_however_a_file_is_cut(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BYTES", size)
    monkeypatch.setattr(batches, "ROWS", size)
    for name in ("gaps", "equations", "corrections"):
        rows = [
            each for batch in csv_batches(package_root() / csv_path(name), SCHEMAS[name]) for each in batch.to_pylist()
        ]
        assert rows == load_arrow(name).to_pylist()
        assert are_same(package_root() / csv_path(name), package_root() / parquet_path(name), SCHEMAS[name])


PARTS = ['"', '""', ",", "\n", "\r", "\r\n", "x", "1", " ", "\0", "é", "NA", 'x,"y",1\n', "x,,2\n", ",,\n", '"",,\n']
BROKEN = [
    b"\xff,,1\n",
    b'x,"y\n',
    b"x,y\n",
    b"x,y,1,\n",
    b'x"y,z,1\n',
    b'"x"y,z,1\n',
    b"x,y,1\r\n",
    b"\n",
    b"\n\nx,y,1\n",
]

TEXTS = TableSchema(
    "texts",
    1,
    "",
    "",
    "",
    "",
    fields=(
        Field("a", "string", "", "", "", "", verbatim=True),
        Field("b", "string", "", "", "", "", verbatim=True),
        Field("n", "integer", "", "", "", ""),
    ),
    primary_key=("a",),
    foreign_keys=(),
    descriptor={},
)


@settings(deadline=None, max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(PARTS)), size=st.sampled_from([1, 7, 2**21]))
def test_a_file_is_read_in_batches_as_it_is_read_whole_or_not_at_all(
    parts: list[str], size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(("a,b,n\n" + "".join(parts)).encode())
    monkeypatch.setattr(batches, "BYTES", max(size, len("a,b,n\n")))
    try:
        rows = [each for batch in csv_batches(path, TEXTS) for each in batch.to_pylist()]
    except NotPlainError:
        return
    exact = read_csv(path, TEXTS)
    assert exact.table is not None
    assert not exact.failures
    texts = [{**row, "n": None if row["n"] is None else int(row["n"])} for row in exact.table.to_pylist()]
    assert rows == texts


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_not_plainly_right_is_left_to_the_exact_reader(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(b"a,b,n\nx,y,1\n" + content)
    with pytest.raises(NotPlainError):
        list(csv_batches(path, TEXTS))


def test_nan_and_other_types_are_left_to_the_exact_reader(tmp_path: Path) -> None:
    quantities = load_arrow("quantities")
    place = next(number for number, field in enumerate(quantities.schema) if field.type == pa.float64())
    path = tmp_path / "quantities.parquet"
    for column in (pa.array([float("nan")] * quantities.num_rows), pa.nulls(quantities.num_rows, pa.float32())):
        pq.write_table(quantities.set_column(place, quantities.schema.names[place], column), path)
        with pytest.raises(NotPlainError):
            list(parquet_batches(path, table_schema("quantities")))


def test_spans_in_another_order_are_right_too(tmp_path: Path) -> None:
    for name in ("documents", "spans"):
        table = load_arrow(name)
        pyarrow.csv.write_csv(table.take(list(reversed(range(table.num_rows)))), tmp_path / f"{name}.csv")
    files = {name: tmp_path / f"{name}.csv" for name in ("documents", "spans")}
    assert accepted(TableSet("csv", files, None), SCHEMAS) is None
    assert validate(list(files.values())) == ()


def test_a_table_without_rows_is_right(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text(",".join(load_arrow("gaps").column_names) + "\n", encoding="utf-8")
    assert accepted(TableSet("csv", {"gaps": path}, None), SCHEMAS) == {"gaps": 0}


def test_twins_differ_where_a_cell_or_a_row_does(tmp_path: Path) -> None:
    gaps = load_arrow("gaps")
    note = gaps["note"].to_pylist()
    place = gaps.schema.get_field_index("note")
    path = tmp_path / "gaps.parquet"
    changed = gaps.set_column(place, gaps.schema.field(place), pa.array([*note[:-1], "另"]))
    for table, same in ((gaps, True), (gaps.slice(1), False), (gaps.slice(0, 3), False), (changed, False)):
        pq.write_table(table, path)
        assert are_same(package_root() / csv_path("gaps"), path, SCHEMAS["gaps"]) is same


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_without_rows_are_right(form: Form, tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.{form}" for name in SCHEMAS}
    for name, path in files.items():
        empty = load_arrow(name).slice(0, 0)
        if form == "csv":
            pyarrow.csv.write_csv(empty, path)
        else:
            pq.write_table(empty, path)
    assert accepted(TableSet(form, files, None), SCHEMAS) == dict.fromkeys(SCHEMAS, 0)


def _dataset(folder: Path, name: str, rows: list[int]) -> TableSet:
    """The published tables, of one of them these rows."""
    files = {table: package_root() / csv_path(table) for table in SCHEMAS}
    files[name] = folder / f"{name}.csv"
    pyarrow.csv.write_csv(load_arrow(name).take(rows), files[name])
    return TableSet("csv", files, None)


@pytest.mark.parametrize("size", [5000, 2**21])
@pytest.mark.parametrize("name", ["passages", "mentions", "spans"])
def test_a_key_that_stands_twice_is_found_however_far_apart(
    name: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BYTES", size)
    rows = list(range(load_arrow(name).num_rows))
    alone = {name: _dataset(tmp_path, name, rows).files[name]}
    assert accepted(TableSet("csv", alone, None), SCHEMAS) == {name: len(rows)}
    _dataset(tmp_path, name, [*rows, 0])
    assert accepted(TableSet("csv", alone, None), SCHEMAS) is None


@pytest.mark.parametrize(("name", "row"), [("passages", 40), ("studies", 1), ("entities", 3), ("spans", 5)])
def test_a_row_that_others_name_is_missed(name: str, row: int, tmp_path: Path) -> None:
    rows = list(range(load_arrow(name).num_rows))
    assert accepted(_dataset(tmp_path, name, rows), SCHEMAS) is not None
    assert accepted(_dataset(tmp_path, name, [*rows[:row], *rows[row + 1 :]]), SCHEMAS) is None
