"""`geodigest info`: what the package holds, in full, also through a pipe."""

import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.csv
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.loading import load_arrow
from geodigest.paths import csv_path, package_root, parquet_path
from geodigest.tabular.schema import TableSchema, read_package
from tests.clones import REPOSITORY
from tests.scratch import scratch_project


def _shown(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["info", *arguments])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def _words(text: str) -> str:
    return " ".join(text.split())


def test_every_table_is_shown_with_its_rows_columns_and_description(schemas: tuple[TableSchema, ...]) -> None:
    shown = _words(_shown())
    for schema in schemas:
        multiline = pyarrow.csv.ParseOptions(newlines_in_values=True)
        rows = pyarrow.csv.read_csv(REPOSITORY / csv_path(schema.name), parse_options=multiline).num_rows
        assert f"{schema.name} {rows:,} rows, {len(schema.fields)} columns {schema.description}" in shown


def test_documents_places_and_licences_are_shown() -> None:
    shown = _shown()
    for document in load_arrow("documents").to_pylist():
        assert f"{document['document_id']}  {document['kind']}" in shown
        assert document["title_zh"] in shown
    for licence in read_package(REPOSITORY / "schema").licenses:
        assert licence["title"] in _words(shown)
    places = [line.strip() for line in shown.splitlines() if "TABLE" in line or line.strip() == "datapackage.json"]
    assert all((package_root() / place.replace("TABLE", "studies")).is_file() for place in places)
    assert len(places) == 4


def test_every_column_of_a_table_is_shown_with_type_chinese_title_description_and_rules(
    schemas: tuple[TableSchema, ...],
) -> None:
    for schema in schemas:
        shown = _words(_shown(schema.name))
        for field in schema.fields:
            assert f"{field.name} {field.type} {field.title_zh} {field.description}" in shown
            for value in (*field.enum, field.pattern):
                assert value is None or value in shown
        for key in schema.foreign_keys:
            assert f"{', '.join(key.fields)} → {key.table} ({', '.join(key.referenced)})" in shown


def test_rules_are_shown_as_they_are_defined() -> None:
    shown = _words(_shown("spans"))
    assert "role string" in shown
    assert "Required; one of text, title, markup, whitespace, duplicate, noise." in shown
    assert "Required; ≥ 0." in shown
    assert "primary: document_id, start" in shown


@pytest.mark.parametrize("arguments", [(), ("quantities",)])
def test_lines_keep_to_80_columns_and_paths_stay_whole(arguments: tuple[str, ...]) -> None:
    lines = _shown(*arguments).splitlines()
    paths = [line for line in lines if str(package_root()) in line]
    assert all(cell_len(line) <= 80 for line in lines if line not in paths)
    assert all(Path(line.strip()).exists() for line in paths)
    assert lines == [line.rstrip() for line in lines]


def test_an_unknown_table_is_an_error_that_names_the_tables() -> None:
    result = CliRunner().invoke(app, ["info", "study"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: geodigest: there is no table 'study'; ")
    assert "studies" in result.stderr


def test_a_package_that_is_not_whole_is_no_wrong_use(tmp_path: Path) -> None:
    """In a process of its own: where a table lies is looked up once a process."""
    shutil.copytree(REPOSITORY / "schema", tmp_path / "schema")
    code = (
        "import pathlib, sys\n"
        "from geodigest import loading\n"
        "from geodigest.commands import app\n"
        "loading.package_root = lambda: pathlib.Path(sys.argv[1])\n"
        "app(['info', 'studies'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the table studies is not built" in done.stderr


def test_the_wheel_alone_shows_its_own_files(wheel: Path, tmp_path: Path) -> None:
    scratch = scratch_project(tmp_path, wheel)
    shown = scratch.run("geodigest", "info", "studies").stdout
    (path,) = [line.strip() for line in shown.splitlines() if line.endswith(str(parquet_path("studies")))]
    assert Path(path).is_relative_to(tmp_path)
    assert Path(path).is_file()
    assert scratch.run("geodigest", "info").stdout.startswith("GeoDigest: Chinese digests of Earth-science papers")
