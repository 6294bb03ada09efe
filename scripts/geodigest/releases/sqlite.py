"""The release as one SQLite file: every table with its rules, what its columns mean, and search in Chinese.

Tables are STRICT (SQLite 3.37 or newer reads them). Whole numbers are INTEGER, numbers REAL, truth values INTEGER 0 or
1, dates TEXT as `2025-08-30`. The definitions of `schema/` become NOT NULL, UNIQUE, CHECK, PRIMARY KEY and FOREIGN KEY;
patterns stay with the validators: SQLite has no regular expressions of its own.

Beside the tables stand `package` (name, version), `tables` and `columns` (titles and descriptions in English and
Chinese), and `passages_search` and `studies_search`: FTS5 with the trigram tokenizer
(https://sqlite.org/fts5.html#the_trigram_tokenizer), which finds any stretch of three characters or more by MATCH. They
keep texts of their own, so that no VACUUM, which may number rows anew, lets them find other rows. Shorter stretches are
found by LIKE in the tables themselves; in a search table LIKE finds none of one or two Chinese characters, for FTS5
counts the bytes of a pattern and takes them for enough.
"""

import datetime as dt
import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa

from geodigest.errors import PackageError
from geodigest.tabular.schema import Field, ForeignKey, Package, TableSchema

APPLICATION_ID = int.from_bytes(b"GeoD", "big")
"""What stands at byte 68 of the file, where `file` and others look what a SQLite file is of."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}

_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
}

_SEARCHED = {
    "passages_search": ("passages", ("passage_id", "text")),
    "studies_search": ("studies", ("study_id", "title_zh", "title_en")),
}
"""Search tables: which table they are of, its key, and the columns that are searched."""

_OF_PACKAGE = ("name", "version", "title", "title_zh", "description", "description_zh")
_OF_TABLE = ("table_name", "position", "title", "title_zh", "description", "description_zh")
_OF_COLUMN = ("table_name", "column_name", "position", "type", "title", "title_zh", "description", "description_zh")


def write_sqlite(
    place: Path, package: Package, version: str, schemas: Sequence[TableSchema], tables: Mapping[str, pa.Table]
) -> None:
    """Write the tables to a new SQLite file.

    Equal tables give equal bytes with equal versions of SQLite: it writes its own into the header.

    Raises:
        PackageError: a foreign key names no row, or the file is not whole.
        OSError: the disk is full, or the file cannot be written.
        sqlite3.IntegrityError: a row breaks a rule of its table.
    """
    with _as_of_system(place), closing(sqlite3.connect(place, isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {user_version(version)}")
        database.execute("BEGIN")
        for schema in schemas:
            database.execute(create_table(schema))
            _insert(database, schema.name, [field.name for field in schema.fields], _rows(tables[schema.name]))
            for key in indexed_keys(schema):
                name = "_".join([schema.name, *key.fields])
                database.execute(f"CREATE INDEX {_quoted(name)} ON {_quoted(schema.name)} ({_listed(key.fields)})")
        _describe(database, package, version, schemas)
        for search, (of, columns) in _SEARCHED.items():
            if of in tables:
                _index(database, search, of, columns)
        database.execute("COMMIT")
        database.execute("VACUUM")
        _check(database, place)


def user_version(version: str) -> int:
    """A version as the whole number of `PRAGMA user_version`.

    >>> user_version("1.20.3")
    1020003
    """
    major, minor, patch = map(int, version.split("."))
    return major * 1_000_000 + minor * 1_000 + patch


def create_table(schema: TableSchema) -> str:
    """The statement that makes a table with the rules of its definition, a column a line."""
    lines = [_column(field, unique=field.unique and (field.name,) != schema.primary_key) for field in schema.fields]
    lines.append(f"PRIMARY KEY ({_listed(schema.primary_key)})")
    for key in schema.foreign_keys:
        target = f"{_quoted(key.table)} ({_listed(key.referenced)})"
        lines.append(f"FOREIGN KEY ({_listed(key.fields)}) REFERENCES {target}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(schema.name)} (\n  {body}\n) STRICT"


def indexed_keys(schema: TableSchema) -> list[ForeignKey]:
    """The foreign keys that need an index: all but those with which the primary key begins."""
    return [key for key in schema.foreign_keys if schema.primary_key[: len(key.fields)] != key.fields]


@contextmanager
def _as_of_system(place: Path) -> Iterator[None]:
    """Let what the system refuses be an OSError, as it is of every other file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        refused = _REFUSED.get(error.sqlite_errorcode & 0xFF)  # the lowest byte is the kind
        if refused is None:
            raise
        raise OSError(refused, str(error), str(place)) from error


def _column(field: Field, *, unique: bool) -> str:
    name = _quoted(field.name)
    rules = [name, _TYPES[field.type]]
    if field.required:
        rules.append("NOT NULL")
    if unique:
        rules.append("UNIQUE")
    if field.enum:
        rules.append(f"CHECK ({name} IN ({', '.join(map(_text, field.enum))}))")
    if field.minimum is not None:
        rules.append(f"CHECK ({name} >= {field.minimum:g})")
    if field.type == "boolean":
        rules.append(f"CHECK ({name} IN (0, 1))")
    if field.type == "date":
        rules.append(f"CHECK ({name} IS date({name}))")
    return " ".join(rules)


def _describe(database: sqlite3.Connection, package: Package, version: str, schemas: Sequence[TableSchema]) -> None:
    columns = ", ".join(f"{name} TEXT NOT NULL" for name in _OF_PACKAGE)
    database.execute(f"CREATE TABLE package ({columns}) STRICT")
    database.execute(
        "CREATE TABLE tables (table_name TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, "
        "title_zh TEXT NOT NULL, description TEXT NOT NULL, description_zh TEXT NOT NULL) STRICT"
    )
    database.execute(
        "CREATE TABLE columns (table_name TEXT NOT NULL REFERENCES tables (table_name), column_name TEXT NOT NULL, "
        "position INTEGER NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, title_zh TEXT NOT NULL, "
        "description TEXT NOT NULL, description_zh TEXT NOT NULL, PRIMARY KEY (table_name, column_name)) STRICT"
    )
    stated = (package.name, version, *_told(package))
    _insert(database, "package", _OF_PACKAGE, [stated])
    _insert(
        database,
        "tables",
        _OF_TABLE,
        [(schema.name, number, *_told(schema)) for number, schema in enumerate(schemas, 1)],
    )
    _insert(
        database,
        "columns",
        _OF_COLUMN,
        [
            (schema.name, field.name, number, field.type, *_told(field))
            for schema in schemas
            for number, field in enumerate(schema.fields, 1)
        ],
    )


def _told(described: Package | TableSchema | Field) -> tuple[str, str, str, str]:
    return described.title, described.title_zh, described.description, described.description_zh


def _index(database: sqlite3.Connection, search: str, of: str, columns: Sequence[str]) -> None:
    key, *searched = map(_quoted, columns)
    database.execute(
        f"CREATE VIRTUAL TABLE {search} USING fts5({key} UNINDEXED, {', '.join(searched)}, tokenize = 'trigram')"
    )
    listed = ", ".join([key, *searched])
    database.execute(f"INSERT INTO {search} ({listed}) SELECT {listed} FROM {_quoted(of)} ORDER BY rowid")
    database.execute(f"INSERT INTO {search} ({search}) VALUES ('optimize')")


def _check(database: sqlite3.Connection, place: Path) -> None:
    for child, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        raise PackageError(
            f"a key names no row of {parent}",
            where=f"{place.name}, table {child}, row {row}",
            remedy="run `geodigest build`, which checks all keys",
        )
    (state,) = database.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        raise PackageError(str(state), where=place.name, remedy="write it to another disk")


def _insert(database: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    places = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {_quoted(table)} ({_listed(columns)}) VALUES ({places})", rows)


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    columns = [table[name].to_pylist() for name in table.column_names]
    for row in zip(*columns, strict=True):
        yield tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
