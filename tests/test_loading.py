"""The published tables as Python users read them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import geodigest
from geodigest.errors import GeoDigestError
from geodigest.loading import FORMS, load_arrow, table_schemas
from geodigest.paths import parquet_path
from geodigest.tabular.arrow import arrow_schema
from tests.clones import REPOSITORY

HEAVY = ("duckdb", "huggingface_hub", "numpy", "pandas", "pandera", "polars", "pyarrow", "rich", "typer")

Rows = list[tuple[object, ...]]
AS_ROWS: dict[str, Callable[..., Rows]] = {
    "arrow": lambda name, **asked: [tuple(row.values()) for row in geodigest.load(name, **asked).to_pylist()],
    "pandas": lambda name, **asked: [
        tuple(None if value is pd.NA else value for value in row)
        for row in geodigest.load(name, as_="pandas", **asked).itertuples(index=False, name=None)
    ],
    "polars": lambda name, **asked: geodigest.load(name, as_="polars", **asked).rows(),
    "duckdb": lambda name, **asked: geodigest.load(name, as_="duckdb", **asked).fetchall(),
}
"""By form: the rows of a table in Python values."""


def test_every_table_comes_with_its_descriptions() -> None:
    for schema in table_schemas():
        assert load_arrow(schema.name).schema.equals(arrow_schema(schema), check_metadata=True)


@pytest.mark.parametrize("table", geodigest.tables())
def test_every_form_holds_the_same_rows_of_the_same_types(table: str) -> None:
    assert AS_ROWS.keys() == FORMS.keys()
    expected = AS_ROWS["arrow"](table)
    for form in ("pandas", "polars", "duckdb"):
        rows = AS_ROWS[form](table)
        assert rows == expected, form
        assert [list(map(type, row)) for row in rows] == [list(map(type, row)) for row in expected], form


def test_every_form_names_the_columns() -> None:
    names = geodigest.load("spans").column_names
    assert list(geodigest.load("spans", as_="pandas").columns) == names
    assert geodigest.load("spans", as_="polars").columns == names
    assert geodigest.load("spans", as_="duckdb").columns == names


def test_duckdb_finds_the_tables_by_the_names_of_variables() -> None:
    studies = geodigest.load("studies", as_="duckdb")
    gaps = geodigest.load("gaps")
    query = "SELECT count(*), count(DISTINCT study_id) FROM studies JOIN gaps USING (study_id)"
    joined = duckdb.sql(query)
    assert joined is not None
    assert joined.fetchall() == [(gaps.num_rows, len(gaps["study_id"].unique()))]
    assert studies.shape == (geodigest.load("studies").num_rows, 17)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("study", "there is no table 'study'; did you mean 'studies'?"),
        ("Studies", "there is no table 'Studies'; did you mean 'studies'?"),
        ("mention", "there is no table 'mention'; did you mean 'mentions'?"),
        ("paper", "there is no table 'paper'; use one of 'documents', 'studies', "),
    ],
)
def test_an_unknown_table_is_refused_with_the_names_that_come_near(table: str, said: str) -> None:
    with pytest.raises(GeoDigestError) as refused:
        geodigest.load(table)
    assert str(refused.value).startswith(f"geodigest: {said}")


@pytest.mark.parametrize("form", FORMS)
def test_in_a_locale_of_ascii_the_package_may_lie_in_a_chinese_path(form: str, tmp_path: Path) -> None:
    package = tmp_path / "数据 [1]"
    (package / parquet_path("gaps")).parent.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "schema", package / "schema")
    shutil.copy(REPOSITORY / parquet_path("gaps"), package / parquet_path("gaps"))
    code = f"""
import os, sys, geodigest, geodigest.loading
from pathlib import Path
geodigest.loading.package_root = lambda: Path(os.fsdecode({os.fsencode(package)!r}))
table = geodigest.load("gaps", as_="{form}")
print(len(table), sys.getfilesystemencoding())
"""
    assert python(code, ASCII) == f"{load_arrow('gaps').num_rows} ascii"


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    for form, remedy in (("panda", "did you mean 'pandas'?"), ("csv", "use one of 'arrow', 'pandas', 'polars'")):
        with pytest.raises(GeoDigestError) as refused:
            geodigest.load("studies", as_=form)  # type: ignore[call-overload]
        assert str(refused.value).startswith(f"geodigest.load: there is no form '{form}'; {remedy}")


@pytest.mark.parametrize(
    "code",
    ["import geodigest", "import geodigest; geodigest.tables()", "import geodigest; dir(geodigest)"],
)
def test_nothing_heavy_is_imported_before_a_table_is_asked_for(code: str) -> None:
    assert python(f"import sys; {code}; print(sorted(sys.modules.keys() & set({HEAVY})))") == "[]"


@pytest.mark.parametrize(
    ("form", "others"),
    [
        ("arrow", {"duckdb", "pandas", "polars", "pyarrow.dataset"}),
        ("polars", {"duckdb", "pandas"}),
        ("duckdb", {"pandas", "polars"}),
    ],
)
def test_a_form_imports_no_library_of_another(form: str, others: set[str]) -> None:
    code = f"import sys, geodigest; geodigest.load('gaps', as_='{form}'); print(sys.modules.keys() & {others})"
    assert python(code) == "set()"


@pytest.mark.parametrize(
    "code",
    [
        "import geodigest; schema = geodigest.schema",
        "from geodigest import schema",
        "import geodigest.schema; schema = geodigest.schema",
        "from geodigest import *",
    ],
)
def test_the_definitions_are_found_however_they_are_imported(code: str) -> None:
    assert python(f"{code}; print(schema.table_schema('spans').name, schema.__name__)") == "spans geodigest.schema"


def test_what_the_package_offers_is_listed() -> None:
    assert set(dir(geodigest)) == {"__version__", "load", "schema", "tables"}
    with pytest.raises(AttributeError, match="module 'geodigest' has no attribute 'shema'"):
        geodigest.shema  # noqa: B018


ASCII = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""An environment in which Python takes no path for UTF-8."""


def python(code: str, environment: Mapping[str, str] | None = None) -> str:
    """What a new interpreter prints."""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()
