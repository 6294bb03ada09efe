"""What a script takes from its start to rows in hand, and how much memory: new interpreters."""

import os
import subprocess
import sys
from collections.abc import Mapping
from itertools import count, repeat
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from geodigest.paths import csv_path, package_root, parquet_path
from tests.benchmarks.row import peak_memory, rounds, row

PARQUET, CSV = str(package_root() / parquet_path("passages")), str(package_root() / csv_path("passages"))
DATASET = "from datasets import load_dataset; load_dataset({root!r}, 'passages', split='train', cache_dir={cache!r})"

SCRIPTS: Mapping[str, str] = {
    "pyarrow.parquet.read_table": f"import pyarrow.parquet; pyarrow.parquet.read_table({PARQUET!r})",
    "pyarrow.parquet.ParquetFile(…).read()": f"import pyarrow.parquet; pyarrow.parquet.ParquetFile({PARQUET!r}).read()",
    "geodigest.load": "import geodigest; geodigest.load('passages')",
    "geodigest.load of one column, where=…": "import geodigest; "
    "geodigest.load('passages', columns=['text'], where=[('facet', '=', 'methods')])",
    'geodigest.load(as_="polars")': "import geodigest; geodigest.load('passages', as_='polars')",
    "polars.read_parquet": f"import polars; polars.read_parquet({PARQUET!r})",
    'geodigest.load(as_="pandas")': "import geodigest; geodigest.load('passages', as_='pandas')",
    "pandas.read_csv": f"import pandas; pandas.read_csv({CSV!r})",
    "the csv module": f"import csv; list(csv.reader(open({CSV!r}, encoding='utf-8')))",
    "import geodigest, no more": "import geodigest",
    "a bare interpreter": "",
}
UNIT = next(iter(SCRIPTS))


def run(code: str) -> None:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)


@pytest.mark.parametrize("script", SCRIPTS)
def test_start(script: str, benchmark: BenchmarkFixture) -> None:
    row(benchmark, "A script that loads passages, from its start", script, unit=script == UNIT)
    rounds(benchmark, run, [SCRIPTS[script]], 9)
    benchmark.extra_info["memory"] = peak_memory("-c", SCRIPTS[script])


@pytest.mark.parametrize("is_cached", [True, False], ids=["cached", "cold"])
def test_start_datasets(is_cached: bool, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    row(benchmark, "A script that loads passages, from its start", f"load_dataset, {'cached' if is_cached else 'cold'}")
    caches = repeat("0") if is_cached else map(str, count())
    rounds(benchmark, lambda: run(DATASET.format(root=str(package_root()), cache=str(tmp_path / next(caches)))), [], 5)
