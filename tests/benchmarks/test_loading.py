"""Every published table read in a process that has read it before, by `geodigest.load` and by what others offer."""

import os
from collections.abc import Callable, Mapping

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when `datasets` is imported

import datasets
import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import geodigest
from geodigest.loading import table_schema
from geodigest.paths import csv_path, package_root, parquet_path
from tests.benchmarks.row import row
from tests.csv_tables import read_csv_table

datasets.disable_progress_bars()


def parquet(table: str) -> str:
    return str(package_root() / parquet_path(table))


def csv(table: str) -> str:
    return str(package_root() / csv_path(table))


WAYS: Mapping[str, Callable[[str], object]] = {
    "pyarrow.parquet.ParquetFile(…).read()": lambda table: pq.ParquetFile(parquet(table)).read(),
    "pyarrow.parquet.read_table": lambda table: pq.read_table(parquet(table)),
    "geodigest.load": geodigest.load,
    'geodigest.load(as_="polars")': lambda table: geodigest.load(table, as_="polars"),
    "polars.read_parquet": lambda table: pl.read_parquet(parquet(table)),
    'geodigest.load(as_="pandas")': lambda table: geodigest.load(table, as_="pandas"),
    "pandas.read_parquet": lambda table: pd.read_parquet(parquet(table), dtype_backend="pyarrow"),
    'geodigest.load(as_="duckdb"), fetched': lambda table: geodigest.load(table, as_="duckdb").fetchall(),
    "duckdb.read_parquet, fetched": lambda table: duckdb.read_parquet(parquet(table)).fetchall(),
    "CSV by pyarrow, in the contract's types": lambda table: read_csv_table(
        table_schema(table), package_root() / csv_path(table)
    ),
    "pandas.read_csv": lambda table: pd.read_csv(csv(table)),
}
UNIT = next(iter(WAYS))
WARM = "Loading a table, warm"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("table", geodigest.tables())
def test_load(way: str, table: str, benchmark: BenchmarkFixture) -> None:
    row(benchmark, WARM, way, unit=way == UNIT, column=table)
    benchmark(WAYS[way], table)


@pytest.mark.parametrize("table", geodigest.tables())
def test_load_dataset(table: str, benchmark: BenchmarkFixture, tmp_path_factory: pytest.TempPathFactory) -> None:
    row(benchmark, WARM, "load_dataset, cached", column=table)
    cache = str(tmp_path_factory.mktemp("cache"))
    benchmark(datasets.load_dataset, str(package_root()), table, split="train", cache_dir=cache)


def test_load_a_part(benchmark: BenchmarkFixture) -> None:
    row(benchmark, WARM, "geodigest.load of one column, where=…", column="passages")
    benchmark(geodigest.load, "passages", columns=["text"], where=[("facet", "=", "methods")])
