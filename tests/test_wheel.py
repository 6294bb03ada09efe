"""The wheel in a scratch project: what `pip install` alone gives, without the repository and without the network."""

import json
import re
from pathlib import Path

import pytest

from geodigest import tables
from geodigest.loading import load_arrow
from tests.scratch import Scratch, scratch_project


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """A project with the wheel and what it needs; no extra."""
    return scratch_project(tmp_path_factory.mktemp("bare"), wheel)


@pytest.fixture(scope="module")
def typed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """A project that asks for the other frames and checks its own types."""
    libraries = ("mypy", "pandas-stubs")
    return scratch_project(tmp_path_factory.mktemp("typed"), wheel, extras=("polars", "duckdb"), also=libraries)


def test_every_table_loads_from_the_wheel_alone(bare: Scratch) -> None:
    rows = "{name: geodigest.load(name).num_rows for name in geodigest.tables()}"
    code = f"import geodigest, json; print(json.dumps({rows}))"
    assert json.loads(bare.run("python", "-c", code).stdout) == {name: load_arrow(name).num_rows for name in tables()}


def test_pandas_needs_no_extra_and_the_definitions_come_along(bare: Scratch) -> None:
    code = (
        "import geodigest\n"
        "studies = geodigest.schema.pandas_model('studies').validate(geodigest.load('studies', as_='pandas'))\n"
        "assert list(studies.columns) == [field.name for field in geodigest.schema.table_schema('studies').fields]\n"
        "print(len(studies))"
    )
    assert bare.run("python", "-c", code).stdout == f"{load_arrow('studies').num_rows}\n"


def test_a_form_whose_library_is_not_installed_says_what_to_install(bare: Scratch) -> None:
    for form in ("polars", "duckdb"):
        failed = bare.run("python", "-c", f"import geodigest; geodigest.load('studies', as_='{form}')", status=1)
        said = f'geodigest.load: {form} is not installed; pip install "geodigest[{form}]"'
        assert failed.stderr.strip().splitlines()[-1] == f"geodigest.errors.GeoDigestError: {said}"


def test_the_wheel_is_not_what_is_published(bare: Scratch) -> None:
    refused = bare.run("geodigest", "publish", "--repo-id", "OWNER/geodigest", status=1)
    assert re.fullmatch(
        r"error: \S+README.md: the file is missing; publish works in a clone; give --root, or run `.+` there",
        refused.stderr.strip(),
    )


def test_every_form_loads_with_its_extra(typed: Scratch) -> None:
    code = (
        "import geodigest, sys\n"
        "for table in geodigest.tables():\n"
        "    columns = set(geodigest.load(table).column_names)\n"
        "    for form in ('pandas', 'polars', 'duckdb'):\n"
        "        assert set(geodigest.load(table, as_=form).columns) == columns, (table, form)\n"
        "print(sys.prefix)"
    )
    assert typed.run("python", "-c", code).stdout.strip() == str(typed.commands.parent)


DOWNSTREAM = """
import geodigest
from geodigest.schema import TableSchema

reveal_type(geodigest.load("studies"))
reveal_type(geodigest.load("studies", as_="pandas"))
reveal_type(geodigest.load("studies", as_="polars"))
reveal_type(geodigest.load("studies", as_="duckdb"))
reveal_type(geodigest.tables())
reveal_type(geodigest.schema.table_schema("studies").fields[0].required)
studies: TableSchema = geodigest.schema.table_schema("studies")
geodigest.load("studies", as_="csv")
"""


def test_the_types_of_the_wheel_hold_in_a_project_that_checks_its_own(typed: Scratch) -> None:
    (typed.folder / "downstream.py").write_text(DOWNSTREAM, encoding="utf-8")
    shown = typed.run("mypy", "--strict", "--cache-dir=/dev/null", "downstream.py", status=1).stdout
    revealed = re.findall(r'Revealed type is "(.+)"', shown)
    assert [re.sub(r"\.(\w+\.)*", ".", each) for each in revealed] == [
        "Any",  # pyarrow has no types
        "pandas.DataFrame",
        "polars.DataFrame",
        "duckdb.DuckDBPyRelation",
        "tuple[str, ...]",
        "bool",
    ]
    (wrong,) = re.findall(r"^\S+:(\d+): error: (.+)$", shown, re.MULTILINE)
    assert wrong == ("12", 'No overload variant of "load" matches argument types "str", "str"  [call-overload]')


def test_the_command_tells_its_version(bare: Scratch) -> None:
    code = "import geodigest; print(geodigest.__version__)"
    assert bare.run("geodigest", "--version").stdout == bare.run("python", "-c", code).stdout
