"""A release of the dataset as it was published: its descriptor, its schemas, its tables."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pyarrow as pa

from geodigest.errors import GeoDigestError
from geodigest.paths import is_inside
from geodigest.releases.rows import rows_of_csv
from geodigest.staging import settle
from geodigest.tabular.arrow import ARROW_TYPES
from geodigest.tabular.schema import ForeignKey
from geodigest.text_files import json_object

UNVERSIONED = "no version"

_DESCRIPTOR = "datapackage.json"

_Files = Callable[[str], bytes | None]
"""From a path that the descriptor names to the file's bytes; None where there is no such file."""


class ReleaseError(GeoDigestError):
    """A release cannot be read, or two cannot be compared."""


@dataclass(frozen=True)
class ReleaseSchema:
    """The definition of a table as the release states it, which need not be today's."""

    name: str
    columns: Mapping[str, str]
    """The type of each column, in order."""
    primary_key: tuple[str, ...]
    """The columns that tell the rows apart; none where the release states none."""
    foreign_keys: tuple[ForeignKey, ...]
    resource: Mapping[str, object]
    """The table's Data Resource; its `schema` is the Table Schema."""


@dataclass(frozen=True)
class Release:
    """A version of the dataset; schemas and tables by the table's name, in the descriptor's order."""

    version: str
    """As stated; `UNVERSIONED` where none is, as of a conversion."""
    descriptor: Mapping[str, object]
    schemas: Mapping[str, ReleaseSchema]
    tables: Mapping[str, pa.Table]
    place: str = _DESCRIPTOR
    """The descriptor's path, for errors."""


def read_release(path: Path) -> Release:
    """The release in a folder with `datapackage.json`, in that file's folder, or in a `.zip` of such a folder.

    Tables are read by the release's own schema.

    Raises:
        ReleaseError: there is no release, it cannot be read, or two rows of a table have one primary key.
    """
    with _opened(path) as (where, files):
        descriptor = _descriptor(files, where)
        schemas = {schema.name: schema for schema in (_schema(each, where) for each in _resources(descriptor, where))}
        tables = {name: _table(schema, files, where) for name, schema in schemas.items()}
    return Release(str(descriptor.get("version", UNVERSIONED)), descriptor, schemas, tables, f"{where}/{_DESCRIPTOR}")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[str, _Files]]:
    """The folder that holds the descriptor, as errors name it, and the files inside."""
    folder = path.parent if path.name == _DESCRIPTOR else path
    if folder.is_dir():
        settle(folder)
        yield str(folder), lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None
        return
    if not path.is_file():
        what = "this is neither a file nor a folder" if path.exists() else "there is no such file or folder"
        raise ReleaseError(what, where=str(path), remedy=f"give a folder with {_DESCRIPTOR} or a .zip")
    try:
        with ZipFile(path) as archive:
            inside = _folder_in(archive, path)
            known = set(archive.namelist())
            yield (
                f"{path}/{inside}".rstrip("/"),
                lambda name: _member(archive, inside + name) if inside + name in known else None,
            )
    except BadZipFile as error:
        raise ReleaseError(
            f"this is not a whole .zip archive: {error}", where=str(path), remedy="download it again, or give a folder"
        ) from error


def _member(archive: ZipFile, name: str) -> bytes:
    """The content of a file in the archive, in memory: nothing is unpacked."""
    try:
        return archive.read(name)
    except (zlib.error, EOFError, RuntimeError, NotImplementedError) as error:  # broken, encrypted, of another method
        raise BadZipFile(f"{name}: {error}") from error


def _folder_in(archive: ZipFile, path: Path) -> str:
    """The folder of the archive that holds the descriptor, with a slash; empty where it lies at the top."""
    parted = [name.split("/") for name in archive.namelist()]
    found = ["/".join(parts) for parts in parted if parts[-1] == _DESCRIPTOR and parts[:-1] not in ([".."], [""])]
    found = [name for name in found if name.count("/") <= 1]
    if len(found) != 1:
        raise ReleaseError(
            f"{len(found)} files are called {_DESCRIPTOR}",
            where=str(path),
            remedy="give an archive with one, at the top or in one folder: of a release the -csv.zip",
        )
    return found[0].removesuffix(_DESCRIPTOR)


def _descriptor(files: _Files, where: str) -> dict[str, Any]:
    where = f"{where}/{_DESCRIPTOR}"
    content = files(_DESCRIPTOR)
    if content is None:
        raise ReleaseError("the descriptor is missing", where=where, remedy="give the folder of a release")
    return json_object(content, Path(where), ReleaseError, remedy="restore the file")


def _resources(descriptor: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in resources
    ):
        raise ReleaseError("no resources are listed", where=f"{where}/{_DESCRIPTOR}", remedy="list the tables by name")
    names = [each["name"] for each in resources]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise ReleaseError(f"{repeated} is listed twice", where=f"{where}/{_DESCRIPTOR}", remedy="list a table once")
    return resources


def _schema(resource: dict[str, Any], where: str) -> ReleaseSchema:
    name = resource["name"]
    where = f"{where}/{_DESCRIPTOR}, table {name}"
    try:
        stated = resource["schema"]
        _check_types(stated)
        columns = {field["name"]: field["type"] for field in stated["fields"]}
        keys = [_foreign_key(key, name) for key in stated.get("foreignKeys", [])]
        schema = ReleaseSchema(name, columns, _names(stated.get("primaryKey", [])), tuple(keys), resource)
    except (KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(
            f"its schema is not a Table Schema ({error!r})", where=where, remedy="state the schema in the descriptor"
        ) from error
    if unread := sorted(set(columns.values()) - set(ARROW_TYPES)):
        raise ReleaseError(
            f"columns of type {', '.join(unread)} cannot be read", where=where, remedy=f"use {', '.join(ARROW_TYPES)}"
        )
    if unknown := sorted(set(schema.primary_key) - set(columns)):
        raise ReleaseError(f"the primary key names {unknown}", where=where, remedy="name columns that are defined")
    return schema


def _check_types(stated: dict[str, Any]) -> None:
    """Check what the comparison reads of a Table Schema; raises TypeError where it is not of the standard's type."""
    for field in stated["fields"]:
        if not (isinstance(field["name"], str) and isinstance(field["type"], str)):
            raise TypeError("a field's name or type is not a text")
        if not isinstance(field.get("constraints", {}), dict):
            raise TypeError(f"the constraints of {field['name']} are not an object")
    if not all(isinstance(name, str) for name in _names(stated.get("primaryKey", []))):
        raise TypeError("the primary key is not a list of names")
    if not isinstance(stated.get("uniqueKeys", []), list):
        raise TypeError("uniqueKeys is not a list")


def _foreign_key(stated: dict[str, Any], table: str) -> ForeignKey:
    reference = stated["reference"]
    return ForeignKey(_names(stated["fields"]), reference.get("resource") or table, _names(reference["fields"]))


def _names(stated: str | list[str]) -> tuple[str, ...]:
    """Columns of a key: the standard's first version lets one stand without a list."""
    return (stated,) if isinstance(stated, str) else tuple(stated)


def _table(schema: ReleaseSchema, files: _Files, where: str) -> pa.Table:
    path = schema.resource.get("path")
    if not isinstance(path, str) or not is_inside(path):
        raise ReleaseError(
            f"its path is {path!r}",
            where=f"{where}/{_DESCRIPTOR}, table {schema.name}",
            remedy="name one file inside the release",
        )
    content = files(path)
    if content is None:
        raise ReleaseError("the table's file is missing", where=f"{where}/{path}", remedy="restore the file")
    try:
        table = rows_of_csv(content, schema.columns, schema.resource)
    except (pa.ArrowException, LookupError, TypeError, ValueError) as error:
        raise ReleaseError(
            f"it cannot be read by its schema: {' '.join(str(error).split())}",
            where=f"{where}/{path}",
            remedy="give the file of this release",
        ) from error
    if table.column_names != list(schema.columns):
        raise ReleaseError(
            f"the columns are {table.column_names}, its schema has {list(schema.columns)}",
            where=f"{where}/{path}",
            remedy="give the file of this release",
        )
    _check_keys(schema, table, f"{where}/{path}")
    return table


def _check_keys(schema: ReleaseSchema, table: pa.Table, where: str) -> None:
    if not schema.primary_key or table.group_by(list(schema.primary_key)).aggregate([]).num_rows == table.num_rows:
        return
    seen: set[tuple[object, ...]] = set()
    for key in zip(*(table[name].to_pylist() for name in schema.primary_key), strict=True):
        if key in seen:
            raise ReleaseError(
                f"two rows have the primary key {'/'.join(map(str, key))}", where=where, remedy="keep one of them"
            )
        seen.add(key)
