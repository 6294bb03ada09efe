"""`datapackage.json` and `SHA256SUMS`: what they say of the files beside them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodigest.paths import is_inside
from geodigest.tabular.schema import TableSchema
from geodigest.validation.failure import Failure

_CHECKSUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")

JsonObject = Mapping[str, object]


@dataclass(frozen=True)
class Descriptor:
    """A `datapackage.json` (https://datapackage.org/standard/data-package/): the tables' files, and what is wrong."""

    path: Path
    tables: Mapping[str, Path]
    """The file of each table that is there."""
    failures: tuple[Failure, ...]


def read_descriptor(path: Path, schemas: Mapping[str, TableSchema]) -> Descriptor:
    """The descriptor, held to the contract and its files to the descriptor.

    Each table of the contract is to be a resource with one CSV or Parquet file in the descriptor's folder, of the bytes
    and hash that are declared, if any are, and a schema with the contract's names, types and rules in its order.
    Resources that are no table of the contract are left alone.
    """

    def failure(
        rule: str, value: str | None, expected: str, table: str | None = None, line: int | None = None
    ) -> Failure:
        return Failure(path.as_posix(), table, None, line, None, rule, value, expected)

    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return Descriptor(path, {}, (failure("descriptor", error.msg, "JSON", line=error.lineno),))
    except UnicodeDecodeError:
        return Descriptor(path, {}, (failure("descriptor", "bytes that are not UTF-8", "JSON in UTF-8"),))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists without end
        return Descriptor(path, {}, (failure("descriptor", str(error), "JSON"),))
    listed = stated.get("resources") if isinstance(stated, dict) else None
    if not isinstance(listed, list) or not all(isinstance(resource, dict) for resource in listed):
        return Descriptor(path, {}, (failure("descriptor", None, "an object with a list of resources"),))
    names = [str(resource.get("name")) for resource in listed]
    resources = dict(zip(names, listed, strict=True))
    failures: list[Failure] = []
    tables: dict[str, Path] = {}
    for name, schema in schemas.items():
        if name not in resources:
            failures.append(failure("missing", None, f"a resource {name}", name))
            continue
        if names.count(name) > 1:
            failures.append(failure("descriptor", f"{names.count(name)} resources {name}", "one", name))
        resource = resources[name]
        place = _path(resource)
        if place is None:
            said = json.dumps(resource.get("path"), ensure_ascii=False)
            asked = "the path of one CSV or Parquet file in the descriptor's folder"
            failures.append(failure("descriptor", said, asked, name))
        elif not (path.parent / place).is_file():
            failures.append(failure("missing", place, "a file of this path", name))
        elif path.parent / place in tables.values():
            failures.append(failure("descriptor", place, "a path that no other table has", name))
        else:
            tables[name] = path.parent / place
            failures += _file_failures(tables[name], name, resource, path.name)
        failures += [
            failure("schema", value, expected, name) for value, expected in _schema_differences(path, resource, schema)
        ]
    return Descriptor(path, tables, tuple(failures))


def checksum_failures(path: Path) -> Iterator[Failure]:
    """The files that a list in the form of `sha256sum` names and that lack or have another digest."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        listed = _CHECKSUM.fullmatch(line)
        if listed is None:
            asked = "a SHA-256 digest, two blanks and a path"
            yield Failure(path.as_posix(), None, None, number, None, "hash", line, asked)
            continue
        digest, name = listed.groups()
        file = path.parent / name
        if not is_inside(name):
            asked = "the path of a file in this folder"
            yield Failure(path.as_posix(), None, None, number, None, "missing", name, asked)
        elif not file.is_file():
            yield Failure(path.as_posix(), None, None, number, None, "missing", name, "a file of this path")
        else:
            yield from _hash_failures(file, None, f"sha256:{digest}", path.name)


def _path(resource: JsonObject) -> str | None:
    """The resource's path, where it is one of a CSV or Parquet file below the descriptor's folder."""
    stated = resource.get("path")
    if isinstance(stated, list) and len(stated) == 1:
        stated = stated[0]
    if not isinstance(stated, str) or not is_inside(stated):
        return None
    return stated if Path(stated).suffix.lower() in {".csv", ".parquet"} else None


def _file_failures(file: Path, table: str, resource: JsonObject, descriptor: str) -> Iterator[Failure]:
    declared, size = resource.get("bytes"), file.stat().st_size
    if declared is not None and declared != size:
        asked = f"{declared} bytes as in {descriptor}"
        yield Failure(file.as_posix(), table, None, None, None, "bytes", f"{size} bytes", asked)
    if resource.get("hash") is not None:
        yield from _hash_failures(file, table, str(resource["hash"]), descriptor)


def _hash_failures(file: Path, table: str | None, stated: str, stated_in: str) -> Iterator[Failure]:
    """That a file has another digest than is stated, as the standard writes it: `sha256:…`, or an MD5 digest alone."""
    algorithm = stated.rpartition(":")[0] or "md5"
    try:
        found = f"{algorithm}:{_digest(file, algorithm)}"
    except (ValueError, TypeError):
        expected = f"a digest by a known algorithm in {stated_in}, such as sha256"
        yield Failure(file.as_posix(), table, None, None, None, "hash", stated, expected)
        return
    if found not in {stated, f"md5:{stated}"}:
        yield Failure(file.as_posix(), table, None, None, None, "hash", found, f"{stated} as in {stated_in}")


def _digest(file: Path, algorithm: str) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, algorithm).hexdigest()


def _schema_differences(path: Path, resource: JsonObject, schema: TableSchema) -> Iterator[tuple[str | None, str]]:
    """What the declared schema has, and what the contract has there."""
    stated = resource.get("schema")
    if isinstance(stated, str):
        if not is_inside(stated):
            yield stated, "a Table Schema, or the path of one in the descriptor's folder"
            return
        try:
            stated = json.loads((path.parent / stated).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            yield str(stated), "a Table Schema, or the path of one"
            return
    fields = stated.get("fields") if isinstance(stated, dict) else None
    if (
        not isinstance(stated, dict)
        or not isinstance(fields, list)
        or not all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields)
    ):
        yield None, f"a Table Schema with the columns of {schema.name}"
        return
    listed = [field["name"] for field in fields]
    declared = dict(zip(listed, (field.get("type") for field in fields), strict=True))
    for field in schema.fields:
        if field.name not in declared:
            yield None, f"a column {field.name}"
        elif declared[field.name] != field.type:
            yield f"{field.name} of type {declared[field.name]}", f"{field.name} of type {field.type}"
    names = [field.name for field in schema.fields]
    for name in declared:
        if name in names and listed.count(name) > 1:
            yield f"{listed.count(name)} columns {name}", f"one column {name}"
        if name not in names:
            yield f"a column {name}", f"the columns {', '.join(names)}"
    yield from _rule_differences(stated, fields, schema)
    common = [name for name in declared if name in names]
    for name, wanted in zip(common, (name for name in names if name in declared), strict=True):
        if name != wanted:
            yield f"{name} before {wanted}", f"{wanted} before {name}"
            return


def _rule_differences(
    stated: JsonObject, fields: Iterable[JsonObject], schema: TableSchema
) -> Iterator[tuple[str | None, str]]:
    """The rules that the declared schema has other than the contract: who validates by it would pass other data."""
    contract: Any = schema.descriptor
    defined = {field["name"]: field for field in contract["fields"]}
    rules = [
        (field["name"], _field_rules(field), _field_rules(defined[field["name"]]))
        for field in fields
        if field["name"] in defined
    ]
    for name, found, wanted in [*rules, (schema.name, _table_rules(stated), _table_rules(contract))]:
        for rule in dict.fromkeys([*wanted, *found]):
            if found.get(rule) != wanted.get(rule):
                said, asked = (json.dumps(each.get(rule), ensure_ascii=False) for each in (found, wanted))
                yield f"{name} of {rule} {said}", f"{name} of {rule} {asked}"


def _field_rules(field: JsonObject) -> dict[str, object]:
    """The format and constraints of a declared column; one that is switched off is none."""
    constraints = field.get("constraints")
    rules = constraints if isinstance(constraints, dict) else {}
    stated = {name: rule for name, rule in rules.items() if rule is not False}
    return {"format": field.get("format", "default"), **stated}


def _table_rules(schema: JsonObject) -> dict[str, object]:
    """The keys and missing values of a declared schema; a list of one column may stand without the list."""
    rules: dict[str, object] = {"missingValues": [""], "primaryKey": [], "foreignKeys": []}
    rules |= {name: schema[name] for name in rules if name in schema}
    if isinstance(rules["primaryKey"], str):
        rules["primaryKey"] = [rules["primaryKey"]]
    return rules
