"""The definitions in `schema/`, read: a Table Schema file a table, and `package.json` for what holds of all.

A file is a Table Schema (Data Package standard, version 2, https://datapackage.org/standard/table-schema/) with a few
properties of our own: `name`, `order` (tables stand in this order everywhere), `title`, `title_zh`, `description`,
`description_zh`; and on a field `title_zh`, `description_zh` and `verbatim` (the value is a document's own characters,
not cleaned text).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real
from pathlib import Path
from typing import Any

from geodigest.errors import SchemaError
from geodigest.text_files import json_object, read_bytes

FIELD_TYPES = ("string", "integer", "number", "boolean", "date")

_OWN = {"name", "order", "title", "title_zh", "description", "description_zh"}
_STANDARD = {"$schema", "fields", "primaryKey", "missingValues"}
_FIELD = {"name", "type", "title", "title_zh", "description", "description_zh"}
_CONSTRAINTS = {"required", "unique", "enum", "pattern", "minimum"}
_PACKAGE = {
    "name",
    "title",
    "title_zh",
    "description",
    "description_zh",
    "citation",
    "keywords",
    "contributors",
    "licenses",
}
_TEXTS = dict.fromkeys(("name", "title", "title_zh", "description", "description_zh", "citation", "type"), str)
_PACKAGE_TYPES = {**_TEXTS, **dict.fromkeys(("keywords", "contributors", "licenses"), list)}
_TABLE_TYPES = {**_TEXTS, "order": int, **dict.fromkeys(("fields", "primaryKey", "missingValues", "foreignKeys"), list)}
_FIELD_TYPES = {**_TEXTS, "constraints": dict, "verbatim": bool}
_CONSTRAINT_TYPES = {"required": bool, "unique": bool, "enum": list, "pattern": str, "minimum": Real}
_SPOKEN = {
    str: "a text",
    int: "a whole number",
    list: "a list",
    dict: "an object",
    bool: "true or false",
    Real: "a number",
}


@dataclass(frozen=True)
class Field:
    """A column: its type is one of `FIELD_TYPES`; `pattern` is to match the whole value."""

    name: str
    type: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class ForeignKey:
    """The columns `fields` name a row of `table` by its columns `referenced`; null names none."""

    fields: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class TableSchema:
    """The definition of a table; `descriptor` is the Table Schema as it goes into `datapackage.json`."""

    name: str
    order: int
    title: str
    title_zh: str
    description: str
    description_zh: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, object]


@dataclass(frozen=True)
class Package:
    """What holds of the dataset as a whole; contributors and licences as the Data Package standard writes them.

    `citation` asks people who use the dataset to cite it.
    """

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    citation: str
    keywords: tuple[str, ...]
    contributors: tuple[Mapping[str, object], ...]
    licenses: tuple[Mapping[str, str], ...]


def constraints(field: Field, code: Callable[[str], str] = str) -> list[str]:
    """What the values of a column keep to, in a few words each; `code` marks what stands as it is to be typed.

    >>> constraints(Field("kind", "string", "Kind", "类型", "", "", required=True, enum=("study", "review")))
    ['required', 'one of study, review']
    """
    said = [word for word, holds in (("required", field.required), ("unique", field.unique)) if holds]
    if field.enum:
        said.append(f"one of {', '.join(map(code, field.enum))}")
    if field.pattern is not None:
        said.append(f"matches {code(field.pattern)}")
    if field.minimum is not None:
        said.append(f"≥ {field.minimum:g}")
    return said


def read_table_schemas(folder: Path) -> tuple[TableSchema, ...]:
    """The definitions of all tables in `folder`, in their order.

    Raises:
        SchemaError: a file is not JSON, lacks a property or has an unknown one, two tables share an `order`, or a key
            names a table or column that is not defined.
    """
    tables = sorted(
        (read_table_schema(path) for path in folder.glob("*.json") if path.name != "package.json"),
        key=lambda table: (table.order, table.name),
    )
    if not tables:
        raise SchemaError("no table is defined", where=str(folder), remedy="add a Table Schema file to it")
    for table, following in pairwise(tables):
        if table.order == following.order:
            raise SchemaError(
                f"the order {table.order} is that of {table.name}, too",
                where=str(folder / f"{following.name}.json"),
                remedy="give it an order of its own",
            )
    _check_keys(tables, folder)
    return tuple(tables)


def read_table_schema(path: Path) -> TableSchema:
    """The definition of one table; that its keys name tables and columns that there are is not checked.

    Raises:
        SchemaError: the file is missing, is not JSON, lacks a property or has an unknown one.
    """
    stated = _read(path)
    where = str(path)
    _refuse(stated, needed=_OWN | _STANDARD, allowed=_OWN | _STANDARD | {"foreignKeys"}, where=where)
    _check_types(stated, _TABLE_TYPES, where)
    if stated["name"] != path.stem:
        raise SchemaError(f"the table is called {stated['name']!r}", where=where, remedy="name the file as the table")
    return TableSchema(
        name=stated["name"],
        order=stated["order"],
        title=stated["title"],
        title_zh=stated["title_zh"],
        description=stated["description"],
        description_zh=stated["description_zh"],
        fields=tuple(_field(field, f"{where}: field {number}") for number, field in enumerate(stated["fields"], 1)),
        primary_key=tuple(stated["primaryKey"]),
        foreign_keys=tuple(
            _foreign_key(key, stated["name"], f"{where}: foreign key {number}")
            for number, key in enumerate(stated.get("foreignKeys", []), 1)
        ),
        descriptor={name: value for name, value in stated.items() if name not in _OWN},
    )


def read_package(folder: Path) -> Package:
    """What `folder/package.json` says of the dataset as a whole.

    Raises:
        SchemaError: the file is missing, is not JSON, lacks a property or has an unknown one.
    """
    path = folder / "package.json"
    stated = _read(path)
    _refuse(stated, needed=_PACKAGE, allowed=_PACKAGE, where=str(path))
    _check_types(stated, _PACKAGE_TYPES, str(path))
    for name, needed in (("contributors", "title"), ("licenses", "name")):
        if not stated[name]:
            raise SchemaError(f"{name} is empty", where=str(path), remedy="name one at least")
        for number, each in enumerate(stated[name], 1):
            _refuse(each, needed={needed}, allowed=None, where=f"{path}: {name} {number}")
    lists = {name: tuple(stated[name]) for name in ("keywords", "contributors", "licenses")}
    return Package(**(stated | lists))


def _field(stated: dict[str, Any], where: str) -> Field:
    _refuse(stated, needed=_FIELD, allowed=_FIELD | {"constraints", "verbatim"}, where=where)
    _check_types(stated, _FIELD_TYPES, where)
    if stated["type"] not in FIELD_TYPES:
        raise SchemaError(f"unknown type {stated['type']!r}", where=where, remedy=f"the types are {list(FIELD_TYPES)}")
    constraints = stated.get("constraints", {})
    _refuse(constraints, needed=set(), allowed=_CONSTRAINTS, where=f"{where}: constraints")
    _check_types(constraints, _CONSTRAINT_TYPES, f"{where}: constraints")
    try:
        re.compile(constraints.get("pattern", ""))
    except re.error as error:
        said = f"the pattern {constraints['pattern']!r} is none: {error}"
        raise SchemaError(said, where=f"{where}: constraints", remedy="mend the regular expression") from error
    rest = {name: value for name, value in stated.items() if name != "constraints"}
    return Field(**rest, **{**constraints, "enum": tuple(constraints.get("enum", ()))})


def _foreign_key(stated: dict[str, Any], table: str, where: str) -> ForeignKey:
    _refuse(stated, needed={"fields", "reference"}, allowed={"fields", "reference"}, where=where)
    _check_types(stated, {"fields": list, "reference": dict}, where)
    reference = stated["reference"]
    _refuse(reference, needed={"fields"}, allowed={"fields", "resource"}, where=f"{where}: reference")
    _check_types(reference, {"fields": list, "resource": str}, f"{where}: reference")
    # The standard leaves `resource` out where a table refers to itself.
    return ForeignKey(tuple(stated["fields"]), reference.get("resource", table), tuple(reference["fields"]))


def _check_keys(tables: list[TableSchema], folder: Path) -> None:
    columns = {table.name: {field.name for field in table.fields} for table in tables}
    for table in tables:
        named = [(table.name, table.primary_key)]
        for key in table.foreign_keys:
            named += [(table.name, key.fields), (key.table, key.referenced)]
        for name, fields in named:
            if not set(fields) <= columns.get(name, set()):
                raise SchemaError(
                    f"a key names {name}({', '.join(fields)})",
                    where=str(folder / f"{table.name}.json"),
                    remedy="name columns that are defined",
                )


def _read(path: Path) -> dict[str, Any]:
    content = read_bytes(path, SchemaError, missing="restore the definition")
    return json_object(content, path, SchemaError, remedy="mend the definition")


def _check_types(stated: dict[str, Any], types: Mapping[str, type], where: str) -> None:
    for name, wanted in types.items():
        if name in stated and not isinstance(stated[name], wanted):
            said = f"{name} is {json.dumps(stated[name], ensure_ascii=False)}"
            raise SchemaError(said, where=where, remedy=f"give {_SPOKEN[wanted]}")


def _refuse(stated: Any, *, needed: set[str], allowed: set[str] | None, where: str) -> None:
    if not isinstance(stated, dict):
        raise SchemaError(f"this is {json.dumps(stated)}", where=where, remedy="give a JSON object")
    if allowed is not None and (unknown := stated.keys() - allowed):
        raise SchemaError(f"unknown {sorted(unknown)}", where=where, remedy=f"the properties are {sorted(allowed)}")
    if missing := needed - stated.keys():
        raise SchemaError(f"missing {sorted(missing)}", where=where, remedy="state each")
