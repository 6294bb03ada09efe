"""Columns and conditions of `geodigest.load`: the same rows in every form, and a clear word on what is wrong."""

import datetime
import operator
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodigest
from geodigest.conditions import kept_in_arrow, may_be_in
from geodigest.errors import GeoDigestError
from geodigest.loading import FORMS, load_arrow, table_schema
from tests.test_loading import AS_ROWS, python

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda value, listed: value in listed,
    "not in": lambda value, listed: value not in listed,
}
"""What the operators mean, of values that are not null."""

TABLES = ("studies", "passages", "quantities", "gaps")
ROWS = {table: load_arrow(table).to_pylist() for table in TABLES}


def keeps(row: dict[str, Any], condition: tuple[str, str, Any]) -> bool:
    column, compared, value = condition
    if value is None:
        return (row[column] is None) is (compared != "!=")
    return row[column] is not None and COMPARED[compared](row[column], value)


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, Any]]]:
    table = draw(st.sampled_from(TABLES))
    drawn = []
    for _ in range(draw(st.integers(1, 3))):
        column = draw(st.sampled_from([field.name for field in table_schema(table).fields]))
        there = sorted({row[column] for row in ROWS[table]} - {None})
        compared = draw(st.sampled_from(sorted(COMPARED)))
        if compared in {"in", "not in"}:
            value: Any = draw(st.lists(st.sampled_from(there), max_size=3)) if there else []
        elif compared in {"=", "==", "!="} and (not there or draw(st.booleans())):
            value = None
        elif there:
            value = draw(st.sampled_from(there))
        else:
            continue
        drawn.append((column, compared, value))
    return table, drawn


@settings(deadline=None, max_examples=60)
@given(conditions())
def test_every_form_keeps_the_rows_that_the_conditions_mean(drawn: tuple[str, list[tuple[str, str, Any]]]) -> None:
    table, where = drawn
    expected = [tuple(row.values()) for row in ROWS[table] if all(keeps(row, each) for each in where)]
    for form in FORMS:
        assert rows(table, form, where=where) == expected, form


@pytest.mark.parametrize("form", FORMS)
def test_columns_come_in_the_order_asked_for(form: str) -> None:
    where = [("facet", "=", "methods"), ("depth", "<=", 1)]
    expected = [(row["text"], row["passage_id"]) for row in ROWS["passages"] if all(keeps(row, each) for each in where)]
    assert expected
    assert rows("passages", form, columns=["text", "passage_id"], where=where) == expected


def rows(table: str, form: str, **asked: Any) -> list[tuple[object, ...]]:
    """The rows of a form in Python values."""
    return AS_ROWS[form](table, **asked)


def test_a_filter_imports_no_pandas() -> None:
    for where in ('("is_complete", "=", True), ("depth", "<", 3)', '("facet", "in", ["methods"])'):
        code = f"import sys, geodigest; geodigest.load('passages', where=[{where}]); print('pandas' in sys.modules)"
        assert python(code) == "False"


def test_only_what_is_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    groups = pq.ParquetFile.read_row_groups

    def listed(self: Any, row_groups: Any, columns: Any) -> pa.Table:
        read.append((tuple(row_groups), *columns))
        return groups(self, row_groups, columns)

    monkeypatch.setattr(pq.ParquetFile, "read_row_groups", listed)
    geodigest.load("passages", columns=["text"], where=[("facet", "=", "methods")])
    geodigest.load("passages", columns=["text"], where=[("facet", "=", "zzz")])  # beyond the greatest
    assert read == [((0,), "text", "facet"), ((), "text", "facet")]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=6),
    st.sampled_from(sorted(COMPARED)),
    st.integers(-1, 6),
)
def test_no_row_group_is_passed_over_that_holds_a_row(values: list[int | None], compared: str, value: int) -> None:
    sink = pa.BufferOutputStream()
    table = pa.table({"depth": pa.array(values, pa.int64())})
    pq.write_table(table, sink)
    group = pq.ParquetFile(sink.getvalue()).metadata.row_group(0)
    where: Any = [("depth", compared, [value] if "in" in compared else value)]
    assert may_be_in(group, where) or not kept_in_arrow(table_schema("passages"), table, where).num_rows


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"columns": ["txt"]}, "the table passages has no column 'txt'; did you mean 'text'?"),
        ({"columns": "text"}, "columns='text' is no list of names; write columns=[\"…\"], or leave it out"),
        ({"columns": []}, "columns=[] is no list of names; "),
        ({"columns": ["text", "text"]}, "the column 'text' is named twice; name each once"),
        ({"where": [("facets", "=", "x")]}, "the table passages has no column 'facets'; did you mean 'facet'?"),
        ({"where": [("facet", "like", "x")]}, "there is no operator 'like'; use one of '=', '==', '!=', '<', "),
        ({"where": [("facet", "=", 7)]}, "facet = 7: the column is of type string; give a str"),
        ({"where": [("depth", ">", "1")]}, "depth > '1': the column is of type integer; give an int of 64 bits"),
        ({"where": [("depth", ">", 2**63)]}, "depth > 9223372036854775808: the column is of type integer; give an int"),
        ({"where": [("depth", ">", True)]}, "depth > True: the column is of type integer; give an int of 64 bits"),
        ({"where": [("depth", ">", None)]}, "depth > None: the column is of type integer; give an int of 64 bits"),
        ({"where": [("is_complete", "=", 1)]}, "is_complete = 1: the column is of type boolean; give a bool"),
        ({"where": [("facet", "in", "methods")]}, "'methods' is no collection of values; write ('facet', 'in', ["),
        ({"where": [("facet", "in", ["x", None])]}, "facet in None: the column is of type string; give a str"),
        ({"where": ("facet", "=", "x")}, '\'facet\' is no condition; write ("column", "=", "value")'),
        ({"where": "facet = 'x'"}, "where=\"facet = 'x'\" is no list of conditions; write where=[("),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_wrong_is_said_in_one_line(form: str, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(GeoDigestError) as refused:
        geodigest.load("passages", as_=form, **asked)  # type: ignore[call-overload]
    assert str(refused.value).startswith(f"geodigest.load: {said}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("value", [datetime.datetime(2023, 10, 1), "2023-10-01", 2023])
def test_a_date_is_compared_with_a_date(value: object) -> None:
    with pytest.raises(GeoDigestError, match=r"of type date; give a datetime\.date$"):
        geodigest.load("studies", where=[("date", "<", value)])  # type: ignore[list-item]
