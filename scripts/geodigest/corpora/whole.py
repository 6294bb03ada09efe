"""What the parts of a conversion are together: their tables' sizes and digests, and the rows that all of them share."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from geodigest.collection import Summary
from geodigest.corpora.batch import SHARED
from geodigest.corpora.journal import JournalEntry, PartFile
from geodigest.corpora.places import named
from geodigest.errors import TableError
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.paths import package_root, parquet_path
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.files import TableFiles, checksum_lines, write_parquet
from geodigest.tabular.schema import TableSchema


def shared_files(schemas: Sequence[TableSchema], entries: Sequence[JournalEntry]) -> list[tuple[PartFile, bytes]]:
    """The one file of the entities that the parts mention, and of each table of which no part has a row.

    Raises:
        TableError: an entity is not in the vocabulary.
    """
    entities = read_vocabulary(package_root() / "seeds").entities
    mentioned = sorted({name for entry in entries for name in entry.entities})
    if unknown := [name for name in mentioned if name not in entities]:
        raise TableError(
            f"{unknown[0]!r} breaks foreignKey: a row of {SHARED}", where="table mentions", remedy="convert again"
        )
    rows = [{field: getattr(entities[name], field) for field in entities[name].__slots__} for name in mentioned]
    there = {file.table for entry in entries for file in entry.files}
    return [
        _file(schema.name, arrow_table(schema, rows if schema.name == SHARED else ()))
        for schema in schemas
        if schema.name not in there
    ]


def table_files(schemas: Sequence[TableSchema], files: Iterable[PartFile]) -> tuple[TableFiles, ...]:
    """What was written of each table; the digest is that of its files' digests."""
    own: dict[str, list[PartFile]] = {schema.name: [] for schema in schemas}
    for file in files:
        own[file.table].append(file)
    return tuple(
        TableFiles(
            table=table,
            rows=sum(each.rows for each in parts),
            arrow_bytes=sum(each.arrow_bytes for each in parts),
            parquet_bytes=sum(each.size for each in parts),
            parquet_sha256=sha256("".join(each.sha256 for each in parts).encode()).hexdigest(),
            csv_bytes=0,
            csv_sha256="",
        )
        for table, parts in own.items()
    )


def checksums(files: Iterable[PartFile]) -> str:
    """The digests of all files, in the form that `sha256sum --check` reads from inside `dataset/`."""
    return checksum_lines({each.path.removeprefix("dataset/"): each.sha256 for each in files})


def summary_of(written: tuple[TableFiles, ...], entries: Iterable[JournalEntry]) -> Summary:
    """What became of the characters of all documents."""
    characters, gaps = Counter[str](), Counter[str]()
    by_rule = by_decision = 0
    for entry in entries:
        characters.update(entry.characters)
        gaps.update(entry.gaps)
        by_rule += entry.by_rule
        by_decision += entry.by_decision
    return Summary(Path(), written, characters, gaps, by_rule, by_decision)


def _file(name: str, table: pa.Table) -> tuple[PartFile, bytes]:
    with named(tempfile.gettempdir()), tempfile.TemporaryDirectory() as folder:
        write_parquet(table, Path(folder, name))
        content = Path(folder, name).read_bytes()
    path = (parquet_path(name) / "part.parquet").as_posix()
    return PartFile(name, path, table.num_rows, table.nbytes, len(content), sha256(content).hexdigest()), content
