"""The rules that a failure can be of: what each asks, and what to do where it is broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Rule(NamedTuple):
    """What a rule asks, and what to do where it is broken."""

    asks: str
    remedy: str


_VALUE = "Mend the value in the row and column that are named."
_FILE = "Write the file again as the contract asks."
_RELEASE = "Download or build the release again, or mend the descriptor or list beside it."

RULES: Mapping[str, Rule] = {
    "columns": Rule("The columns are those of the table, in its order.", "Name, add, drop or move the column."),
    "type": Rule("A value is of its column's type; a Parquet column has the contract's Arrow type.", _VALUE),
    "required": Rule("A required column has no null.", _VALUE),
    "unique": Rule("No two rows share a value of a unique column.", _VALUE),
    "enum": Rule("A value is one of those that the column lists.", _VALUE),
    "pattern": Rule("A value as a whole matches its column's regular expression.", _VALUE),
    "minimum": Rule("A number is not below its column's minimum.", _VALUE),
    "clean": Rule(
        "Text is NFC, without control or zero-width characters, empty lines or blanks at an end of a line.", _VALUE
    ),
    "primaryKey": Rule("No two rows share a primary key.", "Drop one of the rows, or mend its key."),
    "foreignKey": Rule("A row that is named in another table is there.", "Add that row, or mend the name."),
    "cover": Rule("The spans of a document cover it from end to end, without gap or overlap.", _VALUE),
    "same": Rule("The CSV and the Parquet file of a table hold the same rows.", "Write both files from one table."),
    "encoding": Rule("Text is UTF-8 without a byte order mark.", "Save the file as UTF-8 without a byte order mark."),
    "csv": Rule("A CSV file keeps to RFC 4180: commas, line feeds, one cell per column in each row.", _FILE),
    "parquet": Rule("A Parquet file can be read.", _FILE),
    "descriptor": Rule("datapackage.json is JSON with one resource per table and the path of its file.", _RELEASE),
    "schema": Rule("A schema in datapackage.json has the contract's columns, types, rules and keys.", _RELEASE),
    "missing": Rule("Every table and file that a release names is there.", _RELEASE),
    "bytes": Rule("A file has the size that datapackage.json declares.", _RELEASE),
    "hash": Rule("A file has the digest that datapackage.json or SHA256SUMS declares.", _RELEASE),
    "unfinished": Rule(
        "A conversion of a folder has its README.md, which is written last.", "Run the same `geodigest convert` again."
    ),
}
"""By name; the first eleven are of tables, in the terms of Table Schema where it has one, the others of files."""
