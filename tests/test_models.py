"""The pandera models as users meet them: frames from Parquet and CSV, pandas and Polars, and the traps of the tools."""

import datetime as dt
import json
import os
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import frictionless
import pandas as pd
import pandera.errors
import pandera.pandas as pa_check
import pandera.polars as pl_check
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pandera.config import ValidationDepth, config_context
from pandera.io.pandas_io import from_frictionless_schema

from geodigest import load, schema
from geodigest.errors import GeoDigestError
from geodigest.paths import csv_path
from geodigest.tabular.schema import Field, TableSchema
from geodigest.tabular.values import matches, read, rules
from geodigest.validation import validate_frame
from tests.clones import REPOSITORY

TABLES = [table.name for table in schema.table_schemas()]


@pytest.mark.parametrize("table", TABLES)
def test_parquet_and_csv_read_as_text_give_the_same_checked_frame(table: str, built: Path) -> None:
    parquet = load(table, as_="pandas")
    checked = schema.pandas_model(table).validate(parquet, lazy=True)
    pd.testing.assert_frame_equal(checked, parquet)
    text = pd.read_csv(built / csv_path(table), dtype=str, keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(schema.pandas_model(table).validate(text, lazy=True), parquet)


@pytest.mark.parametrize("table", TABLES)
def test_polars_parquet_and_csv_read_as_text_give_the_same_checked_frame(table: str, built: Path) -> None:
    parquet = load(table, as_="polars")
    model = schema.polars_model(table)
    assert model.validate(parquet, lazy=True).equals(parquet)
    assert model.validate(pl.read_csv(built / csv_path(table), infer_schema=False), lazy=True).equals(parquet)


def test_failures_are_called_by_the_constraints_with_row_and_value() -> None:
    studies = load("studies", as_="pandas").astype(object)
    studies.loc[3, "kind"] = "survey"
    studies.loc[4, "position"] = "first"
    studies.loc[5, "position"] = 0
    studies.loc[6, "title_zh"] = "慢滑事件 "
    studies.loc[7, "title_zh"] = None
    studies.loc[8, "doi"] = "doi:10.1038/s41561"
    expected = {
        ("kind", "enum", "survey", 3),
        ("position", "type", "first", 4),
        ("position", "minimum", "0", 5),
        ("title_zh", "clean", "慢滑事件 ", 6),
        ("title_zh", "not_nullable", "None", 7),
        ("doi", "pattern", "doi:10.1038/s41561", 8),
    }
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.pandas_model("studies").validate(studies, lazy=True)
    cases = raised.value.failure_cases
    values = [None if pd.isna(value) else value for value in cases["failure_case"]]
    assert {*zip(cases["column"], cases["check"], map(str, values), cases["index"], strict=True)} == expected
    text = pl.DataFrame({name: [None if pd.isna(v) else str(v) for v in studies[name]] for name in studies})
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.polars_model("studies").validate(text, lazy=True)
    cases = raised.value.failure_cases.select("column", "check", "failure_case", "index").rows()
    assert {(column, check, str(value), row) for column, check, value, row in cases} == expected


def test_a_repeated_key_is_reported_from_its_second_row_on() -> None:
    spans = load("spans", as_="pandas").head(4)
    twice = pd.concat([spans, spans.iloc[[1]]], ignore_index=True)
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.pandas_model("spans").validate(twice, lazy=True)
    assert set(raised.value.failure_cases["index"]) == {4}
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.polars_model("spans").validate(pl.from_pandas(twice), lazy=True)
    assert raised.value.failure_cases.select("check", "index").rows() == [("primaryKey", 4)]


def test_a_column_of_the_key_that_lacks_is_a_failure_in_polars_not_a_breakdown() -> None:
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.polars_model("spans").validate(load("spans", as_="polars").drop("start"), lazy=True)
    assert raised.value.failure_cases.select("failure_case", "check").rows() == [("start", "column_in_dataframe")]


def test_the_types_alone_are_checked_where_pandera_is_told_so() -> None:
    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        schema.pandas_model("gaps").validate(load("gaps", as_="pandas").assign(kind="lost"), lazy=True)
        for wrong in ("x", 1.5):
            with pytest.raises(pandera.errors.SchemaErrors):
                schema.pandas_model("gaps").validate(load("gaps", as_="pandas").assign(offset=wrong), lazy=True)
            broken = load("gaps", as_="polars").with_columns(offset=pl.lit(wrong))
            with pytest.raises(pandera.errors.SchemaErrors):
                schema.polars_model("gaps").validate(broken, lazy=True)


def test_a_model_can_be_sent_to_another_process() -> None:
    for model in (schema.pandas_model("gaps"), schema.polars_model("gaps")):
        assert list(pickle.loads(pickle.dumps(model)).columns) == list(model.columns)


# Reading values


@pytest.mark.parametrize(
    ("kind", "values", "read_as", "wrong"),
    [
        ("integer", ["12", "-3", "1.0", "0x1F", " 4", "", "1" * 30], [12, -3] + [None] * 5, [2, 3, 4, 5, 6]),
        ("integer", [3.0, 1.5, float("nan"), 1e300], [3, None, None, None], [1, 3]),
        ("number", ["1.5", "-2", "1e-3", "1,5", "nan", "x"], [1.5, -2.0, 1e-3] + [None] * 3, [3, 4, 5]),
        ("number", ["1e308", "1e309", "-1e309", None], [1e308, None, None, None], [1, 2]),
        ("number", [1.5, float("-inf"), float("nan")], [1.5, None, None], [1]),
        ("integer", [1, 2**70, -(2**70), "\ud800"], [1, None, None, None], [1, 2, 3]),
        ("string", ["深度", "\ud800", None], ["深度", None, None], [1]),
        ("string", ["深度", b"\xb5\xd8"], ["深度", None], [1]),
        ("boolean", ["true", "FALSE", "1", "yes"], [True, False, True, None], [3]),
        ("boolean", [1, 0], [None, None], [0, 1]),
        ("date", ["2025-08-30", "2025-02-30", "20250830"], [dt.date(2025, 8, 30), None, None], [1, 2]),
        ("date", [dt.datetime(2025, 8, 30), dt.datetime(2025, 8, 30, 1)], [dt.date(2025, 8, 30), None], [1]),
        ("string", [7, 8], [None, None], [0, 1]),
        ("string", ["007", 7, None], ["007", None, None], [1]),
        ("string", [["a"], None], [None, None], [0]),
    ],
)
def test_values_are_read_exactly_or_not_at_all(
    kind: str, values: list[object], read_as: list[object], wrong: list[int]
) -> None:
    column, found = read(values, kind)
    assert column.to_pylist() == read_as
    assert found == wrong


def test_a_null_in_a_key_is_no_key_twice() -> None:
    keyless = load("gaps", as_="polars").with_columns(gap_id=pl.lit(None, pl.String))
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.polars_model("gaps").validate(keyless, lazy=True)
    checks = set(raised.value.failure_cases["check"])
    assert "not_nullable" in checks
    assert "primaryKey" not in checks


def test_a_dictionary_of_views_is_read_as_the_text_it_is() -> None:
    frame = load("studies", as_="polars").with_columns(pl.col("kind").cast(pl.Categorical))
    assert validate_frame(frame, "studies") == ()


@given(st.integers(-(2**63), 2**63 - 1), st.sampled_from([0.0, 0.5, 1.0]))
def test_a_minimum_holds_for_whole_numbers_of_any_size(value: int, minimum: float) -> None:
    rule = rules(Field("start", "integer", "", "", "", "", minimum=minimum))["minimum"]
    assert rule(pa.array([value], pa.int64())).to_pylist() == [value >= minimum]


@given(st.lists(st.one_of(st.none(), st.integers(-9, 9).map(str), st.sampled_from(["x", "1.5", ""]))))
def test_only_what_cannot_be_read_is_lost(values: list[str | None]) -> None:
    column, wrong = read(values, "integer")
    for row, value in enumerate(values):
        if value is None or row in wrong:
            assert column[row].as_py() is None
        else:
            assert column[row].as_py() == int(value)
    assert wrong == [
        row for row, value in enumerate(values) if value is not None and not re.fullmatch("-?[0-9]+", value)
    ]


@given(st.text("ab1/ \n\u3000!"), st.sampled_from([r"[a-z]+/[0-9]", "a|ab", r"a\S+", "a.b"]))
@example("ab\n", "ab")
def test_a_pattern_matches_the_whole_value_as_in_python(text: str, pattern: str) -> None:
    assert matches(pa.array([text]), pattern)[0].as_py() == (re.fullmatch(pattern, text) is not None)


# The traps that docs/validators.md tells of


def test_a_lazyframe_is_checked_value_by_value() -> None:
    broken = load("studies", as_="polars").with_columns(kind=pl.lit("survey")).lazy()
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.polars_model("studies").validate(broken, lazy=True)
    assert set(raised.value.failure_cases["check"]) == {"enum"}
    good = schema.polars_model("studies").validate(load("studies", as_="polars").lazy())
    assert isinstance(good, pl.LazyFrame)
    assert good.collect().equals(load("studies", as_="polars"))


def test_pandera_alone_lets_every_value_of_a_lazyframe_pass() -> None:
    model = pl_check.DataFrameSchema({"kind": pl_check.Column(pl.String, pl_check.Check.isin(["study"]))})
    model.validate(pl.LazyFrame({"kind": ["survey"]}))
    with pytest.raises(pandera.errors.SchemaError):
        model.validate(pl.DataFrame({"kind": ["survey"]}))


def test_frictionless_does_not_look_at_unique_keys_and_categories(
    tmp_path: Path, schemas: tuple[TableSchema, ...]
) -> None:
    (tmp_path / "a.csv").write_text("kind,number\nsurvey,1\nsurvey,1\n")
    fields = [{"name": "kind", "type": "string", "categories": ["study"]}, {"name": "number", "type": "integer"}]
    stated = {"fields": fields, "uniqueKeys": [["kind", "number"]]}
    resource = {"name": "a", "path": "a.csv", "schema": stated}
    package = frictionless.Package.from_descriptor({"resources": [resource]}, basepath=str(tmp_path))
    assert package.validate().valid
    assert not [table.name for table in schemas if re.search("uniqueKeys|categories", json.dumps(table.descriptor))]


def test_from_frictionless_schema_loses_dates_and_nulls() -> None:
    theirs = {name: from_frictionless_schema(dict(schema.table_schema(name).descriptor)) for name in TABLES}
    assert "string" in str(theirs["studies"].columns["date"].dtype)
    truth = theirs["passages"].columns["is_complete"]
    assert truth.validate(pd.DataFrame({"is_complete": [None]}))["is_complete"].tolist() == [False]
    with pytest.raises(pandera.errors.SchemaError):
        theirs["gaps"].columns["offset"].validate(load("gaps", as_="pandas"))


def test_dates_are_dates_and_nulls_are_nulls_in_our_models() -> None:
    studies = schema.pandas_model("studies").validate(load("studies", as_="pandas"))
    assert set(studies["date"].dropna().map(type)) == {dt.date}
    gaps = schema.pandas_model("gaps").validate(load("gaps", as_="pandas"))
    assert gaps["offset"].dtype == pd.ArrowDtype(pa.int64())
    assert 0 < gaps["offset"].isna().sum() < len(gaps)
    passages = load("passages", as_="pandas").head(2).astype(object)
    passages.loc[1, "is_complete"] = None
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.pandas_model("passages").validate(passages, lazy=True)
    checks = set(raised.value.failure_cases["check"])
    assert "not_nullable" in checks
    assert "primaryKey" not in checks


def test_to_yaml_leaves_out_checks_of_ones_own() -> None:
    check = pa_check.Check(lambda series: series.str.len() > 3, name="long")
    model = pa_check.DataFrameSchema({"name": pa_check.Column(str, check)})
    with pytest.warns(UserWarning, match="`long` will be skipped"):
        written = model.to_yaml()
    assert "long" not in str(written)


def test_frames_of_every_kind_of_text_pass() -> None:
    figures = load("figures", as_="pandas")
    for frame in (figures, figures.astype(object), figures.astype("str"), figures.astype("string")):
        checked = schema.pandas_model("figures").validate(frame, lazy=True)
        assert set(checked.dtypes) == {pd.ArrowDtype(pa.string())}
    categories = load("gaps", as_="pandas").astype({"kind": "category"})
    assert len(schema.pandas_model("gaps").validate(categories)) == len(categories)


def test_models_need_nothing_but_pandera_and_their_frames() -> None:
    code = (
        "import sys; sys.modules['narwhals'] = sys.modules['frictionless'] = sys.modules['polars'] = None\n"
        "import geodigest; from geodigest import schema\n"
        "schema.pandas_model('gaps').validate(geodigest.load('gaps', as_='pandas'), lazy=True)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "scripts")}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_without_polars_the_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("polars", "pandera.polars", "geodigest.tabular.polars_model"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(GeoDigestError, match=r'pip install "geodigest\[polars\]"'):
        schema.polars_model("studies")


def test_an_unknown_table_has_no_model() -> None:
    for model in (schema.pandas_model, schema.polars_model):
        with pytest.raises(GeoDigestError, match="there is no table 'paper'"):
            model("paper")


def test_the_extra_of_pandera_that_pins_an_old_frictionless_is_not_asked_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    assert not [each for each in asked if re.match(r"pandera\[[^]]*(frictionless|io|all)", each)]
    locked = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"^frictionless==5\.(2[1-9]|[3-9])", locked, re.MULTILINE)
    assert not re.search(r"^pandera\[[^]]*frictionless", locked, re.MULTILINE)
