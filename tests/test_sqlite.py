"""The SQLite file of a release, asked as its users ask it."""

import datetime as dt
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodigest.errors import PackageError
from geodigest.paths import parquet_path
from geodigest.releases.sqlite import APPLICATION_ID, write_sqlite
from geodigest.tabular.schema import Field, ForeignKey, read_package, read_table_schemas
from tests.clones import REPOSITORY

SCHEMAS = read_table_schemas(REPOSITORY / "schema")
PACKAGE = read_package(REPOSITORY / "schema")

FOREIGN_KEYS = [
    pytest.param(schema.name, key, id=f"{schema.name}-{key.fields[0]}")
    for schema in SCHEMAS
    for key in schema.foreign_keys
]


@pytest.fixture(scope="module")
def tables(built: Path) -> dict[str, pa.Table]:
    return {schema.name: pq.read_table(built / parquet_path(schema.name)) for schema in SCHEMAS}


@pytest.fixture(scope="module")
def file(tables: dict[str, pa.Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sqlite") / "geodigest.sqlite"
    write_sqlite(place, PACKAGE, "1.2.3", SCHEMAS, tables)
    return place


@pytest.fixture
def database(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened; what a test changes in it is rolled back."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        yield opened


def test_every_table_holds_the_rows_of_its_parquet_file_in_their_order(
    database: sqlite3.Connection, tables: dict[str, pa.Table]
) -> None:
    for name, table in tables.items():
        expected = [
            tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row.values())
            for row in table.to_pylist()
        ]
        asked = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
        assert [column[0] for column in asked.description] == table.column_names
        assert asked.fetchall() == expected


def test_the_file_is_whole_and_every_key_names_a_row(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for search in ("passages_search", "studies_search"):
        database.execute(f"INSERT INTO {search} ({search}) VALUES ('integrity-check')")


def test_the_file_states_what_it_is_and_its_version(database: sqlite3.Connection) -> None:
    stated = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    assert stated == [APPLICATION_ID, 1_002_003]
    assert database.execute("SELECT name, version FROM package").fetchall() == [("geodigest", "1.2.3")]


@pytest.mark.parametrize(("table", "key"), FOREIGN_KEYS)
def test_a_foreign_key_is_kept_and_its_rows_are_found_by_an_index(
    database: sqlite3.Connection, table: str, key: ForeignKey
) -> None:
    (column,) = key.fields
    (plan,) = database.execute(f'EXPLAIN QUERY PLAN SELECT * FROM "{table}" WHERE "{column}" = ?', ("x",)).fetchall()
    assert plan[3].startswith(f"SEARCH {table} USING INDEX")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = 1', ("names-nothing",))


def _breaches() -> Iterator[tuple[str, str, object]]:
    """A value that each rule of each column refuses."""
    for schema in SCHEMAS:
        for field in schema.fields:
            yield from ((schema.name, field.name, value) for value in _refused(field))


def _refused(field: Field) -> list[object]:
    of_type: dict[str, list[object]] = {
        "integer": ["many", 1.5],
        "number": ["many"],
        "boolean": ["true", 2],
        "date": ["2025-13-01", "20250101"],
    }
    refused = of_type.get(field.type, [])
    if field.required:
        refused.append(None)
    if field.enum:
        refused.append("no such word")
    if field.minimum is not None:
        refused.append(field.minimum - 1)
    return refused


@pytest.mark.parametrize(("table", "column", "value"), list(_breaches()))
def test_a_value_that_breaks_a_rule_is_refused(
    database: sqlite3.Connection, table: str, column: str, value: object
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"NOT NULL|CHECK|cannot store"):
        database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = 1', (value,))


def test_a_value_that_is_to_be_unique_is_refused_twice(database: sqlite3.Connection) -> None:
    unique = [(schema.name, field.name) for schema in SCHEMAS for field in schema.fields if field.unique]
    for table, column in [*unique, ("spans", "start")]:
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            database.execute(
                f'UPDATE "{table}" SET "{column}" = (SELECT "{column}" FROM "{table}" WHERE rowid = 2) WHERE rowid = 1'
            )


def test_what_columns_mean_can_be_asked_in_english_and_chinese(database: sqlite3.Connection) -> None:
    asked = database.execute(
        "SELECT t.title_zh, c.column_name, c.title, c.title_zh, c.description, c.description_zh "
        "FROM columns AS c JOIN tables AS t USING (table_name) ORDER BY t.position, c.position"
    )
    assert asked.fetchall() == [
        (schema.title_zh, field.name, field.title, field.title_zh, field.description, field.description_zh)
        for schema in SCHEMAS
        for field in schema.fields
    ]


def test_match_finds_what_a_scan_finds_for_any_chinese_of_three_characters_or_more(
    database: sqlite3.Connection, tables: dict[str, pa.Table]
) -> None:
    texts = tables["passages"].select(["passage_id", "text"]).to_pylist()
    choice = random.Random(7)
    searched = ["慢滑事件", "机器学习", "gnss", "降水量", "没有这个词", 'a"b']
    for row in choice.sample(texts, 200):
        start = choice.randrange(max(1, len(row["text"]) - 6))
        searched.append(row["text"][start : start + choice.randint(3, 6)])
    found = 0
    for text in (text for text in searched if len(text) >= 3):
        quoted = text.replace('"', '""')
        match = database.execute(
            "SELECT passage_id FROM passages_search WHERE text MATCH ? ORDER BY rowid", (f'"{quoted}"',)
        )
        scan = [(row["passage_id"],) for row in texts if text.lower() in row["text"].lower()]
        assert match.fetchall() == scan, text
        found += len(scan)
    assert found > 200


@pytest.mark.parametrize("text", ["慢滑", "震", "冰川", "慢滑事件"])
def test_like_in_the_table_itself_finds_stretches_of_any_length(
    database: sqlite3.Connection, tables: dict[str, pa.Table], text: str
) -> None:
    like = database.execute("SELECT passage_id FROM passages WHERE text LIKE ? ORDER BY rowid", (f"%{text}%",))
    scan = [(row["passage_id"],) for row in tables["passages"].to_pylist() if text in row["text"]]
    assert scan
    assert like.fetchall() == scan


def test_studies_are_found_by_either_title(database: sqlite3.Connection, tables: dict[str, pa.Table]) -> None:
    for column in ("title_zh", "title_en"):
        study = next(row for row in tables["studies"].to_pylist() if row[column])
        words = study[column][:6].replace('"', '""')
        found = database.execute("SELECT study_id FROM studies_search WHERE studies_search MATCH ?", (f'"{words}"',))
        assert (study["study_id"],) in found.fetchall()


def test_search_stays_right_when_rows_are_deleted_and_the_file_is_vacuumed(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("DELETE FROM passages WHERE rowid % 2")
        database.execute("VACUUM")
        joined = "passages_search AS s JOIN passages AS p USING (passage_id)"
        texts = [text for (text,) in database.execute(f"SELECT p.text FROM {joined} WHERE s.text MATCH '慢滑事件'")]
    assert texts
    assert all("慢滑事件" in text for text in texts)


def test_every_query_of_the_documentation_finds_something(database: sqlite3.Connection) -> None:
    page = (REPOSITORY / "docs" / "release.md").read_text(encoding="utf-8")
    queries = re.findall(r"^```sql\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
    assert queries
    for query in queries:
        assert database.execute(query).fetchall(), query


def test_a_key_that_names_no_row_is_an_error(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    without = tables | {"entities": tables["entities"].slice(1)}
    with pytest.raises(PackageError, match=r"table mentions, row \d+: a key names no row of entities"):
        write_sqlite(tmp_path / "file", PACKAGE, "1.0.0", SCHEMAS, without)
