"""The rules of columns and keys: tables that keep them pass, and each broken rule is found and named."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.config import ValidationDepth, config_context

from geodigest.build import Convert
from geodigest.curation import Curation
from geodigest.errors import TableError
from geodigest.loading import load_arrow, load_pandas
from geodigest.seeds import read_manifest, read_seed
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.checks import (
    Broken,
    broken_cover,
    broken_keys,
    broken_rules,
    check_spans,
    check_tables,
)
from geodigest.tabular.pandas_model import pandas_model
from geodigest.tabular.schema import TableSchema, read_table_schemas
from geodigest.tabular.values import is_clean
from tests.clones import REPOSITORY

SCHEMAS = {schema.name: schema for schema in read_table_schemas(REPOSITORY / "schema")}


@pytest.fixture
def tables(small: Path, convert_small: Convert) -> dict[str, pa.Table]:
    """The tables of one short document, which keep every rule."""
    seed = read_manifest(small)[0]
    return dict(convert_small(read_seed(seed), seed, Curation()))


def test_good_tables_pass(tables: Mapping[str, pa.Table], schemas: tuple[TableSchema, ...]) -> None:
    check_tables(schemas, tables)
    check_spans(tables["documents"], tables["spans"])


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        (
            "studies",
            "kind",
            "survey",
            r"table studies, column kind, row 0: 'survey' breaks enum: one of study, review;",
        ),
        (
            "studies",
            "study_id",
            "slow-slip/One",
            r"column study_id, row 0: 'slow-slip/One' breaks pattern: a match of ",
        ),
        ("studies", "study_id", "slow-slip/one/", r"column study_id, row 0: .* breaks pattern"),
        ("studies", "position", 0, r"column position, row 0: '0' breaks minimum: ≥ 1;"),
        ("studies", "title_zh", None, r"column title_zh, row 0: null breaks required: a value;"),
        ("studies", "doi", "doi:10.1038/s41561", r"column doi, row 0: .* breaks pattern"),
        ("studies", "title_zh", "慢滑事件 ", r"column title_zh, row 0: '慢滑事件 ' breaks clean: NFC text"),
        (
            "studies",
            "document_id",
            "glaciers",
            r"table studies, column document_id, row 0: 'glaciers' breaks foreignKey: a row of documents",
        ),
        (
            "passages",
            "passage_id",
            "slow-slip/one/body/0002",
            r"column passage_id, row 1: .* breaks unique.*and 1 more",
        ),
        (
            "passages",
            "parent_id",
            "slow-slip/one/body/0009",
            r"column parent_id, row 0: .* breaks foreignKey: a row of passages",
        ),
        ("spans", "start", 5, r"table spans, column document_id, start, row 1: 'slow-slip, 5' breaks primaryKey"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(
    table: str,
    column: str,
    value: object,
    said: str,
    tables: dict[str, pa.Table],
    schemas: tuple[TableSchema, ...],
) -> None:
    rows = tables[table].to_pylist()
    rows[0][column] = value
    if table == "spans":
        rows[1][column] = value
    tables[table] = arrow_table(SCHEMAS[table], rows)
    with pytest.raises(TableError, match=said):
        check_tables(schemas, tables)


def test_a_missing_table_and_a_wrong_type_are_refused(
    tables: dict[str, pa.Table], schemas: tuple[TableSchema, ...]
) -> None:
    position = tables["studies"].schema.get_field_index("position")
    retyped = tables["studies"].set_column(position, "position", pa.array(["1"]))
    with pytest.raises(TableError, match=r"table studies: the columns are .*position string"):
        check_tables(schemas, tables | {"studies": retyped})
    del tables["gaps"]
    with pytest.raises(TableError, match="convert each document to every table that is defined"):
        check_tables(schemas, tables)


def test_verbatim_columns_keep_blanks_that_clean_ones_refuse() -> None:
    row = {"correction_id": "slow-slip/1", "document_id": "slow-slip", "start": 3, "end": 6, "kind": "spacing"}
    frame = arrow_table(SCHEMAS["corrections"], [row | {"original": "深 度 ", "corrected": "深度"}]).to_pandas()
    assert broken_rules(SCHEMAS["corrections"], frame) == []
    (broken,) = broken_rules(SCHEMAS["corrections"], frame.assign(note="扫描 "))
    assert (broken.rule, broken.column) == ("clean", "note")


@pytest.mark.parametrize("columns", [["position"], ["title_zh", "study_id"]])
def test_columns_that_lack_or_stand_elsewhere_are_refused(columns: list[str], tables: dict[str, pa.Table]) -> None:
    frame = tables["studies"].to_pandas(types_mapper=pd.ArrowDtype)
    lacking = broken_rules(SCHEMAS["studies"], frame.drop(columns=columns))
    moved = broken_rules(SCHEMAS["studies"], frame[columns + [name for name in frame if name not in columns]])
    assert {each.column for each in lacking} == set(columns)
    assert {each.rule for each in [*lacking, *moved]} == {"columns"}
    assert moved


@given(st.text(alphabet=st.sampled_from("深度kmé\u0301 \t\n\r\u3000\u00a0\x07·\u200b\u2060\ufeff")))
def test_clean_text_is_what_cleaning_leaves_unchanged(text: str) -> None:
    lines = unicodedata.normalize("NFC", text).split("\n")
    kept = [line.strip() for line in lines]
    controls = any(unicodedata.category(character) in {"Cc", "Cf"} for line in lines for character in line)
    assert is_clean(pa.array([text]))[0].as_py() == ("\n".join(kept) == text and all(kept) and not controls)


DOCUMENT = arrow_table(SCHEMAS["documents"], [{"document_id": "slow-slip", "n_characters": 100}])


@given(st.sets(st.integers(1, 99)), st.data())
def test_spans_that_part_a_document_pass_in_any_order(cuts: set[int], data: st.DataObject) -> None:
    spans = list(pairwise([0, *sorted(cuts), 100]))
    check_spans(DOCUMENT, _spans(data.draw(st.permutations(spans))))


@given(st.sets(st.integers(1, 99), min_size=1), st.data())
def test_spans_with_a_gap_or_an_overlap_are_refused(cuts: set[int], data: st.DataObject) -> None:
    spans = list(pairwise([0, *sorted(cuts), 100]))
    number = data.draw(st.integers(0, len(spans) - 1))
    start, end = spans[number]
    spans[number] = data.draw(st.sampled_from([(start - 1, end), (start + 1, end), (start, end - 1), (start, end + 1)]))
    with pytest.raises(TableError, match="breaks cover"):
        check_spans(DOCUMENT, _spans(spans))


def test_a_document_without_spans_is_refused() -> None:
    with pytest.raises(TableError, match="null breaks cover: spans of slow-slip from 0 to 100"):
        check_spans(DOCUMENT, _spans([]))


def test_dates_are_dates(tables: dict[str, pa.Table]) -> None:
    frame = tables["studies"].to_pandas(types_mapper=pd.ArrowDtype)
    read = pandas_model(SCHEMAS["studies"]).validate(frame.assign(date="2025-08-30"))
    assert read["date"].tolist() == [dt.date(2025, 8, 30)]
    assert broken_rules(SCHEMAS["studies"], frame.assign(date="2025-08-30")) == []
    (broken,) = broken_rules(SCHEMAS["studies"], frame.assign(date="20250830th"))
    assert (broken.rule, broken.column, broken.value) == ("type", "date", "20250830th")


def test_every_broken_place_is_told_with_its_row_and_value() -> None:
    gaps = load_pandas("gaps").head(6)
    broken = gaps.assign(
        offset=pd.Series([7, "x", 1.5, None, 3.0, "8"], dtype=object),
        kind=pd.Series(["lost_lines", "lost_lines", None, "lost", "lost", "lost_lines"], dtype=object),
        gap_id=[*gaps["gap_id"][:5], gaps["gap_id"][0]],
    )
    told = [(each.rule, each.column, each.row, each.value) for each in broken_rules(SCHEMAS["gaps"], broken)]
    assert told == [
        ("type", "offset", 1, "x"),
        ("required", "kind", 2, None),
        ("type", "offset", 2, "1.5"),
        ("enum", "kind", 3, "lost"),
        ("enum", "kind", 4, "lost"),
        ("unique", "gap_id", 5, gaps["gap_id"][0]),
        ("primaryKey", "gap_id", 5, gaps["gap_id"][0]),
    ]


def test_columns_that_lack_are_added_or_stand_elsewhere_are_told_beside_what_else_is_broken() -> None:
    figures = load_pandas("figures")
    changed = figures.assign(page="3", number=None)[["figure_id", "caption", "number", "page"]]
    told = [(each.rule, each.column, each.row) for each in broken_rules(SCHEMAS["figures"], changed)]
    assert told[:3] == [("columns", "study_id", None), ("columns", "page", None), ("columns", "caption", None)]
    assert told[3:] == [("required", "number", row) for row in range(len(figures))]


def test_rows_count_from_the_top_whatever_the_index_says() -> None:
    figures = load_pandas("figures").set_index(pd.Index(range(100, 123)))
    figures.loc[104, "caption"] = " "
    assert [(each.rule, each.row) for each in broken_rules(SCHEMAS["figures"], figures)] == [("clean", 4)]


def test_switching_pandera_off_does_not_switch_the_contract_off() -> None:
    frame = load_pandas("figures").assign(number=None)
    with config_context(validation_enabled=False):
        assert {each.rule for each in broken_rules(SCHEMAS["figures"], frame)} == {"required"}
    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        assert {each.rule for each in broken_rules(SCHEMAS["figures"], frame)} == {"required"}


def test_a_key_is_checked_between_the_given_tables_alone() -> None:
    studies, passages = load_arrow("studies"), load_arrow("passages")
    few = studies.slice(1)
    told = broken_keys(SCHEMAS.values(), {"studies": few, "passages": passages})
    first = studies["study_id"][0].as_py()
    assert {(each.rule, each.column, each.value) for each in told} == {("foreignKey", "study_id", first)}
    assert [each.row for each in told] == [
        row for row, name in enumerate(passages["study_id"].to_pylist()) if name == first
    ]
    assert broken_keys(SCHEMAS.values(), {"passages": passages.drop_columns("parent_id")}) == []


def test_an_overlap_is_told_once_where_it_begins() -> None:
    told = broken_cover(DOCUMENT, _spans([(0, 40), (30, 60), (60, 100)]))
    asked = "where the spans of slow-slip above it end: 40"
    assert told == [Broken("spans", "cover", "start", 1, "30", asked)]


def test_what_cannot_be_told_of_a_document_is_not_said_of_its_neighbours() -> None:
    spans = _spans([(0, 40), (40, 60), (60, 100)])
    for column, values in {"start": [0, None, 60], "end": [40, None, 100]}.items():
        untold = spans.set_column(spans.column_names.index(column), column, pa.array(values, pa.int64()))
        assert broken_cover(DOCUMENT, untold) == []
    names = pa.array(["slow-slip", None, "slow-slip"])
    assert broken_cover(DOCUMENT, spans.set_column(0, "document_id", names)) == []
    unmeasured = arrow_table(SCHEMAS["documents"], [{"document_id": "slow-slip"}])
    assert broken_cover(unmeasured, spans) == []


def test_a_document_that_stands_twice_is_covered_as_it_stands_first() -> None:
    again = arrow_table(SCHEMAS["documents"], [{"document_id": "slow-slip", "n_characters": 7}])
    documents = pa.concat_tables([DOCUMENT, again])
    assert broken_cover(documents, _spans([(0, 100)])) == []
    assert [each.row for each in broken_cover(documents, _spans([(0, 7)]))] == [0]


def _spans(spans: list[tuple[int, int]]) -> pa.Table:
    return arrow_table(
        SCHEMAS["spans"], [{"document_id": "slow-slip", "start": start, "end": end} for start, end in spans]
    )
