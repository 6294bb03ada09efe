"""Which files there are to check under the paths that a user names, and of which tables they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from geodigest.corpus_marks import FAILURE_COLUMNS, FAILURES
from geodigest.errors import GeoDigestError
from geodigest.tabular.schema import TableSchema
from geodigest.validation.csv_file import header
from geodigest.validation.package import Descriptor, read_descriptor
from geodigest.validation.parquet_file import column_names

Form = Literal["csv", "parquet"]

DESCRIPTOR = "datapackage.json"
CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True)
class TableSet:
    """Files of one form, at most one a table, that belong together: keys are checked between them."""

    form: Form
    files: Mapping[str, Path]
    dataset: object
    """Equal for the two forms of one dataset."""


@dataclass
class Sources:
    """What there is to check, each file once."""

    sets: list[TableSet] = field(default_factory=list)
    descriptors: list[Descriptor] = field(default_factory=list)
    checksums: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    """CSV and Parquet files in a folder that bear no table's name."""


def find_sources(paths: Sequence[Path], table: str | None, schemas: Mapping[str, TableSchema]) -> Sources:
    """What there is to check under the paths.

    The files below one folder belong together, and so do those that are named themselves; where a table stands twice
    among them, only the files of one folder do.

    Raises:
        GeoDigestError: there is no such path or table, a path is no file of a table and no folder that holds one, the
            table of a file cannot be told, or a table is named for a path that is not a file of one.
    """
    if table is not None and table not in schemas:
        raise GeoDigestError(f"there is no table {table!r}", where="--table", remedy=f"use one of {', '.join(schemas)}")
    for path in paths:
        if not os.path.lexists(path):
            raise GeoDigestError("there is no such file or folder", where=str(path), remedy="check the path")
        _check_form(path)
    files = [path for path in paths if (path.is_file() and path.name != DESCRIPTOR) or _is_in_parts(path, schemas)]
    found, seen = Sources(), set[Path]()
    # A folder before those below it, and folders before files: a file belongs to as many others as possible.
    for path in sorted((path for path in paths if path not in files), key=lambda path: path.resolve()):
        if table is not None:
            raise GeoDigestError(
                f"--table {table} is given for what is not a CSV or Parquet file",
                where=str(path),
                remedy="leave --table out, or give the file itself",
            )
        below = _in_package(path, found, schemas) if path.is_file() else _in_folder(path, found, schemas)
        found.sets += _sets(path, _unseen(below, seen))
    named = [(table or _table_of(path, schemas), path) for path in files]
    found.sets += _sets(None, _unseen(named, seen))
    found.checksums = list(dict.fromkeys(found.checksums))
    return found


def form_of(path: Path) -> Form:
    """The form of a table's file."""
    return "parquet" if path.suffix.lower() == ".parquet" else "csv"


def _sets(group: Path | None, files: Sequence[tuple[str, Path]]) -> Iterator[TableSet]:
    """The sets of a group of files of tables."""
    twice = len({(table, form_of(path)) for table, path in files}) < len(files)
    parted: dict[tuple[object, Form], dict[str, Path]] = {}
    for table, path in files:
        form = form_of(path)
        number = 0
        # The folders csv/ and parquet/ of one folder are one dataset.
        home = (path.parent.parent if path.parent.name == form else path.parent) if twice else None
        while table in parted.get(((group, home, number), form), {}):
            number += 1
        parted.setdefault(((group, home, number), form), {})[table] = path
    for (dataset, form), tables in parted.items():
        yield TableSet(form, tables, dataset)


def _unseen(files: Iterable[tuple[str, Path]], seen: set[Path]) -> list[tuple[str, Path]]:
    unseen = []
    for table, path in files:
        if path.resolve() not in seen:
            seen.add(path.resolve())
            unseen.append((table, path))
    return unseen


def _in_package(path: Path, found: Sources, schemas: Mapping[str, TableSchema]) -> list[tuple[str, Path]]:
    """The files of tables that a descriptor names; it and the checksums beside it are added to what is found."""
    descriptor = read_descriptor(path, schemas)
    if all(path.resolve() != each.path.resolve() for each in found.descriptors):
        found.descriptors.append(descriptor)
    found.checksums += _checksums([path.parent])
    return list(descriptor.tables.items())


def _in_folder(folder: Path, found: Sources, schemas: Mapping[str, TableSchema]) -> list[tuple[str, Path]]:
    """The files of tables in a folder; its descriptor and checksums are added to what is found.

    Where there is a descriptor these are the files that it names, and those beside them: `csv/` and `parquet/` of one
    folder lie beside each other. Where there is none, all that are named for tables, to the bottom.
    """
    tables: list[tuple[str, Path]] = []
    places: Iterable[Path] = _folders(folder, schemas)
    if (folder / DESCRIPTOR).is_file():
        tables = _in_package(folder / DESCRIPTOR, found, schemas)
        homes = {path.parent.parent if path.parent.name == form_of(path) else path.parent for _, path in tables}
        places = [place for home in sorted(homes) for place in (home, home / "csv", home / "parquet")]
    declared = {path for _, path in tables}
    for place in places:
        files = sorted(
            path
            for path in place.glob("[!.]*")
            if _is_in_parts(path, schemas) or (not path.is_dir() and _is_table_file(path))
        )
        for path in files:
            _check_form(path)
        undeclared = [(_named(path), path) for path in files if path not in declared]
        tables += [(name, path) for name, path in undeclared if name in schemas]
        found.passed_over += [path for name, path in undeclared if name not in schemas and not _is_of_conversion(path)]
    if not tables and not (folder / DESCRIPTOR).is_file():
        raise GeoDigestError(
            f"no file is named for a table, and there is no {DESCRIPTOR}",
            where=str(folder),
            remedy=f"name the files for their tables, with .csv or .parquet: {', '.join(schemas)}",
        )
    holding = {parent for _, path in tables for parent in (path.parent, path.parent.parent)}
    found.checksums += _checksums(sorted(place for place in holding if place.is_relative_to(folder)))
    return tables


def _folders(folder: Path, schemas: Mapping[str, TableSchema]) -> Iterator[Path]:
    """The folder and all below, but for tables in parts, and hidden ones and virtual environments.

    These hold other programs' files.
    """
    for parent, names, _ in os.walk(folder):
        below = sorted(name for name in names if name[0] != "." and not Path(parent, name, "pyvenv.cfg").exists())
        names[:] = [name for name in below if not _is_in_parts(Path(parent, name), schemas)]
        yield Path(parent)


def _checksums(folders: Iterable[Path]) -> list[Path]:
    listed = [folder / CHECKSUMS for folder in folders if os.path.lexists(folder / CHECKSUMS)]
    for path in listed:
        _check_form(path)
    return [path for path in listed if path.is_file()]


def _check_form(path: Path) -> None:
    """Raises where a path leads nowhere, or to a pipe or device: these would be waited for without end."""
    if not path.exists():
        raise GeoDigestError("this links to a file that is not there", where=str(path), remedy="mend the link")
    if not path.is_file() and not path.is_dir():
        raise GeoDigestError("this is a pipe or a device, not a file", where=str(path), remedy="give a file")


def _is_table_file(path: Path) -> bool:
    return path.suffix.lower() in {".csv", ".parquet"}


def _is_of_conversion(path: Path) -> bool:
    """Whether this is what `geodigest convert` lists beside the tables: documents that it could not convert."""
    return path.name == FAILURES and header(path) == [*FAILURE_COLUMNS]


def _is_in_parts(path: Path, schemas: Mapping[str, TableSchema]) -> bool:
    """Whether this is a folder of Parquet files that are a table together: `studies.parquet/`."""
    return path.suffix.lower() == ".parquet" and _named(path) in schemas and path.is_dir()


def _named(path: Path) -> str:
    """The table that a file would be named for; systems that write names in capitals mean the same."""
    return path.stem.lower()


def _table_of(path: Path, schemas: Mapping[str, TableSchema]) -> str:
    if not _is_table_file(path):
        raise GeoDigestError(
            "this is neither a CSV or Parquet file by its name, nor a folder, nor datapackage.json",
            where=str(path),
            remedy="unpack an archive and give its folder; save other data as CSV (UTF-8, commas) or Parquet",
        )
    if _named(path) in schemas:
        return _named(path)
    columns = column_names(path) if form_of(path) == "parquet" else header(path)
    named = [name for name, schema in schemas.items() if columns == [each.name for each in schema.fields]]
    if len(named) != 1:
        raise GeoDigestError(
            "neither its name nor its columns are those of a table",
            where=str(path),
            remedy=f"give --table, one of {', '.join(schemas)}",
        )
    return named[0]
