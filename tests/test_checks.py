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

from geodigest.build import Convert
from geodigest.curation import Curation
from geodigest.errors import TableError
from geodigest.seeds import read_manifest, read_seed
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.checks import check_frame, check_spans, check_tables, is_clean
from geodigest.tabular.schema import TableSchema, read_table_schemas
from tests.conftest import REPOSITORY

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
        ("studies", "kind", "survey", r"table studies, column kind, row 0: 'survey' breaks isin"),
        ("studies", "study_id", "slow-slip/One", r"column study_id, row 0: 'slow-slip/One' breaks str_matches"),
        ("studies", "study_id", "slow-slip/one/", r"column study_id, row 0: .* breaks str_matches"),
        ("studies", "position", 0, r"column position, row 0: 0 breaks greater_than_or_equal_to\(1\)"),
        ("studies", "title_zh", None, r"column title_zh.* breaks not_nullable"),
        ("studies", "doi", "doi:10.1038/s41561", r"column doi, row 0: .* breaks str_matches"),
        ("studies", "title_zh", "慢滑事件 ", r"column title_zh, row 0: '慢滑事件 ' breaks is_clean"),
        ("studies", "document_id", "glaciers", r"table studies, column document_id, row 0: 'glaciers' is not in"),
        ("passages", "passage_id", "slow-slip/one/body/0002", r"column passage_id, row 0: .* breaks .*uniqueness"),
        ("passages", "parent_id", "slow-slip/one/body/0009", r"column parent_id, row 0: .* is not in passages"),
        ("spans", "start", 5, r"table spans.* breaks multiple_fields_uniqueness"),
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
    check_frame(SCHEMAS["corrections"], frame)
    with pytest.raises(TableError, match="is_clean"):
        check_frame(SCHEMAS["corrections"], frame.assign(note="扫描 "))


@pytest.mark.parametrize("columns", [["position"], ["title_zh", "study_id"]])
def test_columns_that_lack_or_stand_elsewhere_are_refused(columns: list[str], tables: dict[str, pa.Table]) -> None:
    frame = tables["studies"].to_pandas(types_mapper=pd.ArrowDtype)
    with pytest.raises(TableError):
        check_frame(SCHEMAS["studies"], frame.drop(columns=columns))
    with pytest.raises(TableError):
        check_frame(SCHEMAS["studies"], frame[columns + [name for name in frame if name not in columns]])


@given(st.text(alphabet=st.sampled_from("深度kmé\u0301 \t\n\r\u3000\u00a0\x07·")))
def test_clean_text_is_what_cleaning_leaves_unchanged(text: str) -> None:
    lines = unicodedata.normalize("NFC", text).split("\n")
    kept = [line.strip() for line in lines]
    controls = any(unicodedata.category(character) == "Cc" for line in lines for character in line)
    assert is_clean(text) == ("\n".join(kept) == text and all(kept) and not controls)


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
    with pytest.raises(TableError, match="give every character of the document one span"):
        check_spans(DOCUMENT, _spans(spans))


def test_a_document_without_spans_is_refused() -> None:
    with pytest.raises(TableError, match="the spans end at 0, the document at 100"):
        check_spans(DOCUMENT, _spans([]))


def test_dates_are_dates(tables: dict[str, pa.Table]) -> None:
    frame = tables["studies"].to_pandas(types_mapper=pd.ArrowDtype)
    checked = check_frame(SCHEMAS["studies"], frame.assign(date="2025-08-30"))
    assert checked["date"].tolist() == [dt.date(2025, 8, 30)]
    with pytest.raises(TableError, match="column date"):
        check_frame(SCHEMAS["studies"], frame.assign(date="20250830th"))


def _spans(spans: list[tuple[int, int]]) -> pa.Table:
    return arrow_table(
        SCHEMAS["spans"], [{"document_id": "slow-slip", "start": start, "end": end} for start, end in spans]
    )
