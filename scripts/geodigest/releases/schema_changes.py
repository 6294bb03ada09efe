"""Changes of the descriptor and of the table schemas in it, each with the rule that it falls under."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geodigest.releases.diff import Difference, TableDifference
from geodigest.releases.excerpts import changed
from geodigest.releases.release import Release, ReleaseSchema
from geodigest.releases.rules import Change, Rule

# How a file is to be read: who reads the old one may not be able to read the new one.
_READ_BY = ("$schema", "profile", "type", "format", "mediatype", "encoding", "compression", "dialect", "fieldsMatch")
# How a value is to be read.
_FORMS = (
    *("type", "format", "categories", "categoriesOrdered", "missingValues"),
    *("bareNumber", "decimalChar", "groupChar", "trueValues", "falseValues"),
)
# What holds where a resource, a schema or a field does not say it.
_RESOURCE = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_SCHEMA = {"missingValues": [""], "fieldsMatch": "exact"}
_FIELD = {"format": "default"}
_KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")

_LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength")
_UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def schema_changes(old: Release, new: Release, difference: Difference) -> Iterator[Change]:
    """The changes of the descriptor: of the package, then of each table of both releases."""
    for name, before, after in _properties({}, old.descriptor, new.descriptor, ("version", "resources")):
        rule = {"name": Rule.NAME, "id": Rule.NAME, "$schema": Rule.INCOMPATIBLE, "profile": Rule.INCOMPATIBLE}
        yield Change(rule.get(name, Rule.METADATA), "package", _told(name, before, after))
    pairs = {name: difference.tables_renamed.get(name, name) for name in old.schemas}
    pairs = {name: other for name, other in pairs.items() if other in new.schemas}
    if list(pairs.values()) != [name for name in new.schemas if name in pairs.values()]:
        yield Change(Rule.METADATA, "package", "the tables are listed in another order")
    differences = {table.table: table for table in difference.tables}
    for name, other in pairs.items():
        yield from _resource_changes(old.schemas[name], new.schemas[other], differences.get(other))


def _resource_changes(old: ReleaseSchema, new: ReleaseSchema, rows: TableDifference | None) -> Iterator[Change]:
    place = f"table {new.name}"
    # Sizes and digests follow from the rows: they count where the rows are the same.
    beside = ("name", "schema", *(("bytes", "hash", "rows") if rows else ()))
    for name, before, after in _properties(_RESOURCE, old.resource, new.resource, beside):
        rule = Rule.NAME if name == "id" else Rule.RELOCATE if name == "path" else Rule.METADATA
        yield Change(Rule.INCOMPATIBLE if name in _READ_BY else rule, place, _told(name, before, after))
    schemas: tuple[Any, Any] = (old.resource["schema"], new.resource["schema"])
    for name, before, after in _properties(_SCHEMA, *schemas, ("fields", *_KEYS)):
        rule = Rule.TYPE if name == "missingValues" else Rule.METADATA
        yield Change(Rule.INCOMPATIBLE if name in _READ_BY else rule, place, _told(name, before, after))
    yield from _key_changes(old, new, place)
    renamed = rows.columns_renamed if rows else {}
    fields = tuple({field["name"]: field for field in schema["fields"]} for schema in schemas)
    for name in old.columns:
        other = renamed.get(name, name)
        if other in new.columns:
            yield from _field_changes(fields[0][name], fields[1][other], f"{place}, column {other}")


def _key_changes(old: ReleaseSchema, new: ReleaseSchema, place: str) -> Iterator[Change]:
    if old.primary_key != new.primary_key:
        told = _told("primaryKey", list(old.primary_key) or None, list(new.primary_key) or None)
        yield Change(Rule.NAME, place, f"{told}: rows are identified otherwise")
    schemas: tuple[Any, Any] = (old.resource["schema"], new.resource["schema"])
    before, after = (schema.get("uniqueKeys", []) for schema in schemas)
    yield from (Change(Rule.RESTRICT, place, f"uniqueKeys has {key}") for key in after if key not in before)
    yield from (Change(Rule.RELAX, place, f"uniqueKeys no longer has {key}") for key in before if key not in after)
    gone = [key for key in old.foreign_keys if key not in new.foreign_keys]
    come = [key for key in new.foreign_keys if key not in old.foreign_keys]
    for key in gone:
        fields = ", ".join(key.fields)
        if other := next((each for each in come if each.fields == key.fields), None):
            come.remove(other)
            told = f"{fields} refers to {other.table} ({', '.join(other.referenced)})"
            yield Change(Rule.REFERENCE, place, f"{told}, not to {key.table} ({', '.join(key.referenced)})")
        else:
            yield Change(Rule.RELAX, place, f"{fields} no longer refers to {key.table}")
    for key in come:
        yield Change(Rule.RESTRICT, place, f"{', '.join(key.fields)} has to refer to a row of {key.table}")


def _field_changes(old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> Iterator[Change]:
    for name, before, after in _properties(_FIELD, old, new, ("name", "constraints", "verbatim")):
        yield Change(Rule.TYPE if name in _FORMS else Rule.METADATA, place, _told(name, before, after))
    for name, before, after in _properties({}, _constraints(old), _constraints(new)):
        yield Change(constraint_rule(name, before, after), place, _told(name, before, after))


def _constraints(field: Mapping[str, Any]) -> dict[str, object]:
    """What the values keep to; a rule that is switched off is none."""
    stated = {name: value for name, value in field.get("constraints", {}).items() if value is not False}
    # A column of ours that is not verbatim holds clean text alone.
    return stated if field.get("verbatim") else {**stated, "clean": True}


def constraint_rule(name: str, old: object, new: object) -> Rule:
    """Whether a constraint became more restrictive or less; one that cannot be told counts as more.

    >>> constraint_rule("enum", ["study"], ["study", "review"]).name, constraint_rule("minimum", 0, 1).name
    ('RELAX', 'RESTRICT')
    >>> constraint_rule("pattern", "a+", "a*").name, constraint_rule("pattern", "a+", None).name
    ('RESTRICT', 'RELAX')
    >>> constraint_rule("minimum", "2010-01-01", "2000-01-01").name, constraint_rule("maximum", "9", "10").name
    ('RELAX', 'RESTRICT')
    """
    if new is None:
        return Rule.RELAX
    if old is None:
        return Rule.RESTRICT
    if name == "enum" and isinstance(old, Sequence) and isinstance(new, Sequence):
        if any(value not in new for value in old):
            return Rule.RESTRICT
        return Rule.RELAX if any(value not in old for value in new) else Rule.METADATA
    if name in _LOWER_BOUNDS + _UPPER_BOUNDS and (sign := _compared(new, old)):
        return Rule.RELAX if (sign < 0) == (name in _LOWER_BOUNDS) else Rule.RESTRICT
    return Rule.RESTRICT


def _compared(one: object, other: object) -> int:
    """-1, 0 or 1 as the first of two bounds, numbers or dates, is below, at or above the other; 0 for other bounds."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return (one > other) - (one < other)
    if isinstance(one, str) and isinstance(other, str) and _DATE.fullmatch(one) and _DATE.fullmatch(other):
        return (one > other) - (one < other)
    return 0


def _properties(
    defaults: Mapping[str, object], old: Mapping[str, Any], new: Mapping[str, Any], beside: Sequence[str] = ()
) -> Iterator[tuple[str, object, object]]:
    """The properties that differ, but those named, with their values in OLD and in NEW."""
    for name in dict.fromkeys([*new, *old]):
        before, after = (stated.get(name, defaults.get(name)) for stated in (old, new))
        if name not in beside and before != after:
            yield name, before, after


def _told(name: str, old: object, new: object) -> str:
    if old is None:
        return f"{name} added: {_short(new)}"
    if new is None:
        return f"{name} removed: {_short(old)}"
    if isinstance(old, str) and isinstance(new, str):
        return f"{name} changed: {changed(old, new)}"
    return f"{name} changed: {_short(old)} → {_short(new)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"
