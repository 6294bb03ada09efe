"""CSV files of every table held to every rule, as they are and a hundred times as long: geodigest and frictionless."""

import json
from pathlib import Path

import frictionless
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from geodigest.loading import load_arrow, table_schemas
from geodigest.paths import package_root
from geodigest.validation.check import check
from geodigest.validation.failure import Report
from tests.benchmarks.row import peak_memory, rounds, row

SIZES = (1, 100)
IDS = {"document_id", "study_id", "passage_id", "parent_id", "seed_path", "sha256"}
"""With the primary keys, the columns in which copies of the dataset are to differ."""


@pytest.fixture(scope="module", params=SIZES)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """A package of the dataset's CSV files, so many times over, each copy with names of its own."""
    size, folder = int(request.param), tmp_path_factory.mktemp("package")
    for schema in table_schemas():
        table = load_arrow(schema.name)
        with pyarrow.csv.CSVWriter(str(folder / f"{schema.name}.csv"), table.schema) as file:
            for number in range(size if IDS & set(table.column_names) else 1):  # the entities are of no document
                file.write(_renamed(table, schema.primary_key[:1], number))
    stated = json.loads((package_root() / "datapackage.json").read_text(encoding="utf-8"))
    resources = [
        {"name": each["name"], "type": "table", "path": f"{each['name']}.csv", "schema": each["schema"]}
        for each in stated["resources"]
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return size, folder


def _renamed(table: pa.Table, key: tuple[str, ...], number: int) -> pa.Table:
    """The table with the number in its names; a digest has it in its first digits."""
    for place, name in enumerate(table.column_names if number else []):
        if name in IDS or name in key:
            pattern, put = (
                (r"^.{3}", f"{number:03d}") if name == "sha256" else (r"^((?:seeds/)?[a-z0-9-]+)", rf"\1-{number}")
            )
            table = table.set_column(place, name, pc.replace_substring_regex(table[name], pattern, put))
    return table


def test_frictionless(package: tuple[int, Path], benchmark: BenchmarkFixture) -> None:
    size, folder = package
    row(benchmark, f"Validating {size} × the CSV files", "frictionless validate", unit=True)
    descriptor = str(folder / "datapackage.json")
    report = rounds(benchmark, lambda: frictionless.Package(descriptor).validate(), [], 3 if size == 1 else 1)
    assert isinstance(report, frictionless.Report)
    assert report.valid
    code = f"import frictionless; frictionless.Package({descriptor!r}).validate()"
    benchmark.extra_info["memory"] = peak_memory("-c", code)


def test_geodigest(package: tuple[int, Path], benchmark: BenchmarkFixture) -> None:
    size, folder = package
    row(benchmark, f"Validating {size} × the CSV files", "geodigest validate")
    files = sorted(folder.glob("*.csv"))
    report = rounds(benchmark, check, [files], 9 if size == 1 else 3)
    assert isinstance(report, Report)
    assert report.is_valid
    benchmark.extra_info["memory"] = peak_memory("-m", "geodigest", "validate", *map(str, files))
