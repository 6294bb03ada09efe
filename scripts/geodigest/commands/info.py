"""`geodigest info`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodigest.commands.output import OUT, ending

if TYPE_CHECKING:
    from geodigest.tabular.schema import Field

_WIDTH = 100
"""Columns that lines of prose fill at most."""


def info(
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="A table; its columns are shown.")] = None,
) -> None:
    """Show what the package holds: tables, documents, files and licence; or the columns of one table.

    Exit status: 0 shown; 1 the package is not whole; 2 there is no such table, or wrong use.
    """
    with ending():
        from geodigest.loading import table_schemas

        known = {schema.name for schema in table_schemas()}
    with ending(1 if table is None or table in known else 2):
        if table is None:
            _show_package()
        else:
            _show_table(table)


def _show_package() -> None:
    from geodigest import __version__
    from geodigest.loading import load_arrow, table_schemas
    from geodigest.paths import package_root
    from geodigest.tabular.schema import read_package

    package = read_package(package_root() / "schema")
    _line(f"{package.title}, version {__version__}", style="bold")
    _line(package.description)

    _head("Tables")
    for schema in table_schemas():
        rows = load_arrow(schema.name).num_rows
        _line(f"{schema.name}  {rows:,} rows, {len(schema.fields)} columns", indent=2)
        _line(schema.description, indent=6)

    _head("Documents")
    for document in load_arrow("documents").to_pylist():
        _line(f"{document['document_id']}  {document['kind']}", indent=2)
        _line(" ".join(filter(None, (document["title_zh"], document["issue"]))), indent=6)

    _head("Files")
    _path(package_root(), indent=2)
    for place in ("dataset/parquet/TABLE.parquet", "dataset/csv/TABLE.csv", "schema/TABLE.json", "datapackage.json"):
        _path(place, indent=6)

    _head("Licence")
    for licence in package.licenses:
        _line(licence["title"], indent=2)


def _show_table(name: str) -> None:
    from geodigest.loading import load_arrow, table_schema
    from geodigest.paths import csv_path, package_root, parquet_path

    schema = table_schema(name)
    _line(f"{name}  {schema.title}, {schema.title_zh}", style="bold")
    _line(schema.description)
    _line(f"{load_arrow(name).num_rows:,} rows, {len(schema.fields)} columns.")

    _head("Columns")
    for field in schema.fields:
        _line(f"{field.name}  {field.type}  {field.title_zh}", indent=2)
        _line(field.description, indent=6)
        if said := rules(field):
            _line(said, indent=6)

    _head("Keys")
    _line(f"primary: {', '.join(schema.primary_key)}", indent=2)
    for key in schema.foreign_keys:
        _line(f"{', '.join(key.fields)} → {key.table} ({', '.join(key.referenced)})", indent=2)

    _head("Files")
    for place in (parquet_path(name), csv_path(name)):
        _path(package_root() / place, indent=2)


def rules(field: "Field") -> str:
    """What the values of a column keep to, in a few words; empty where any value of the type will do.

    >>> from geodigest.loading import table_schema
    >>> [rules(field) for field in table_schema("spans").fields if field.name in ("document_id", "position", "reason")]
    ['Required; matches [a-z0-9-]+.', '≥ 1.', '']
    """
    from geodigest.tabular.schema import constraints

    joined = "; ".join(constraints(field))
    return f"{joined[0].upper()}{joined[1:]}." if joined else ""


def _head(words: str) -> None:
    OUT.print()
    _line(words, style="bold")


def _line(words: str, *, indent: int = 0, style: str = "") -> None:
    """Print words, wrapped at blanks to the width of the terminal, or to 80 columns in a pipe."""
    from rich.text import Text

    for line in Text(words, style=style).wrap(OUT, min(OUT.width, _WIDTH) - indent):
        line.rstrip()
        OUT.print(Text(" " * indent) + line, soft_wrap=True, highlight=False)


def _path(path: Path | str, *, indent: int) -> None:
    """Print a path whole, on one line."""
    OUT.print(" " * indent + str(path), soft_wrap=True, highlight=False, markup=False)
