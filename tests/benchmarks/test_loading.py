"""How long the published tables take to load and to check, a group a table."""

import pandas as pd
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from geodigest.loading import load_arrow, table_schema
from geodigest.paths import csv_path, package_root
from geodigest.tabular.checks import check_frame
from tests.csv_tables import read_csv_table

TABLES = ("studies", "passages", "spans")


@pytest.mark.parametrize("table", TABLES)
def test_load_parquet(table: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = table
    assert benchmark(load_arrow, table).num_rows > 0


@pytest.mark.parametrize("table", TABLES)
def test_load_csv(table: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = table
    assert benchmark(read_csv_table, table_schema(table), package_root() / csv_path(table)).num_rows > 0


@pytest.mark.parametrize("table", TABLES)
def test_check(table: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = table
    frame = load_arrow(table).to_pandas(types_mapper=pd.ArrowDtype)
    assert len(benchmark(check_frame, table_schema(table), frame)) > 0
