"""Loading over HTTP from a file host: by `datasets` with `data_files=`, by pandas and by Polars.

DuckDB is left out: it downloads the extension that speaks HTTP.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.schema import TableSchema
from tests.file_server import online, only_here, serving

TABLES = ("studies", "gaps", "figures")
"""One with dates, one with whole numbers that may be null, one with texts that look like numbers."""


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    """The address under which the built repository is served."""
    with serving(built) as address:
        yield address


@pytest.fixture(params=TABLES)
def schema(request: pytest.FixtureRequest, schemas: tuple[TableSchema, ...]) -> TableSchema:
    """The definition of a table."""
    return next(schema for schema in schemas if schema.name == request.param)


@pytest.fixture
def table(schema: TableSchema, built: Path) -> pa.Table:
    """The rows that stand in the built repository."""
    return pq.read_table(built / parquet_path(schema.name))


PARQUET = """
import json, sys
from datasets import load_dataset

loaded = load_dataset("parquet", data_files={"train": sys.argv[1]}, split="train")
print(json.dumps(loaded.to_list(), default=str))
"""

CSV = """
import json, sys
from datasets import Features, Value, load_dataset
from geodigest.schema import arrow_schema

features = Features.from_arrow_schema(arrow_schema(sys.argv[2]))
text = Features({column: Value("string") for column in features})
as_printed = {"features": text, "keep_default_na": False, "na_values": [""]}
loaded = load_dataset("csv", data_files={"train": sys.argv[1]}, split="train", **as_printed).cast(features)
assert loaded.features == features
print(json.dumps(loaded.to_list(), default=str))
"""


@pytest.mark.parametrize(("code", "place"), [(PARQUET, parquet_path), (CSV, csv_path)], ids=["parquet", "csv"])
def test_datasets_loads_the_same_rows(
    code: str, place: Callable[[str], Path], schema: TableSchema, table: pa.Table, host: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", code, f"{host}/{place(schema.name).as_posix()}", schema.name]
    loaded = subprocess.run(command, env={**os.environ, **online(str(tmp_path))}, capture_output=True, check=True)
    assert json.loads(loaded.stdout) == json.loads(json.dumps(table.to_pylist(), default=str))


def test_pandas_reads_the_same_rows(
    schema: TableSchema, table: pa.Table, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stay_here(monkeypatch)
    read = pd.read_parquet(f"{host}/{parquet_path(schema.name).as_posix()}", dtype_backend="pyarrow")
    assert pa.Table.from_pandas(read, schema=arrow_schema(schema)).equals(table)
    types = {field.name: pd.ArrowDtype(field.type) for field in arrow_schema(schema)}
    url = f"{host}/{csv_path(schema.name).as_posix()}"
    read = pd.read_csv(url, dtype=types, keep_default_na=False, na_values=[""])
    assert pa.Table.from_pandas(read, schema=arrow_schema(schema)).equals(table)


def test_polars_reads_the_same_rows(
    schema: TableSchema, table: pa.Table, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stay_here(monkeypatch)
    expected = pl.DataFrame(pl.from_arrow(table))
    assert pl.read_parquet(f"{host}/{parquet_path(schema.name).as_posix()}").equals(expected)
    read = pl.read_csv(f"{host}/{csv_path(schema.name).as_posix()}", schema=expected.schema)
    assert read.equals(expected)


def _stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in only_here().items():
        monkeypatch.setenv(name, value)
