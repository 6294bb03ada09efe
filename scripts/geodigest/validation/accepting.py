"""Whether the files of a set keep every rule, told batch by batch, without a word on where one does not.

Most files are right, and to know that takes a small part of the time and memory that it takes to know places: of a
table only the columns of keys are held, their texts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from geodigest.tabular.arrow import arrow_values
from geodigest.tabular.schema import ForeignKey, TableSchema
from geodigest.tabular.values import rules
from geodigest.validation.batches import NotPlainError, csv_batches, parquet_batches
from geodigest.validation.sources import Form, TableSet

Batches = Callable[[Path, TableSchema], Iterator[pa.RecordBatch]]
Columns = Mapping[str, pa.ChunkedArray]

_BATCHES: Mapping[Form, Batches] = {"csv": csv_batches, "parquet": parquet_batches}

COVER = {"documents": {"document_id", "n_characters"}, "spans": {"document_id", "start", "end"}}
"""What the cover of documents by spans is checked with."""


def accepted(
    source: TableSet, schemas: Mapping[str, TableSchema], on_file: Callable[[], None] = lambda: None
) -> Mapping[str, int] | None:
    """The number of rows of each table, where the files keep every rule, by themselves and together; else None.

    None may also be of files that keep them: of spans that do not stand in the order of their documents.
    """
    present = {name: schema for name, schema in schemas.items() if name in source.files}
    rows: dict[str, int] = {}
    held: dict[str, Columns] = {}
    try:
        for name, schema in present.items():
            on_file()
            columns = _held(_BATCHES[source.form](source.files[name], schema), schema, present.values())
            rows[name] = len(columns[schema.primary_key[0]])
            _require(_is_unique([columns[column] for column in schema.primary_key]))
            _require(all(_is_unique([columns[field.name]]) for field in schema.fields if field.unique))
            held[name] = columns
            # A table refers to itself and to those before it: its other columns need not be held any longer.
            _require(all(_is_kept(key, columns, held) for key in schema.foreign_keys if key.table in present))
            named = _referenced(schema, present.values()) | COVER.get(name, set())
            held[name] = {column: values for column, values in columns.items() if column in named}
            del columns
        _require(not present.keys() >= COVER.keys() or _covers(held["documents"], held["spans"]))
    except NotPlainError:
        return None
    return rows


def are_same(csv: Path, parquet: Path, schema: TableSchema) -> bool:
    """Whether two files that are accepted hold the same rows."""
    own, twin = csv_batches(csv, schema), parquet_batches(parquet, schema)
    rows, others = next(own, None), next(twin, None)
    while rows is not None and others is not None:
        length = min(len(rows), len(others))
        if not all(map(_are_equal, rows.slice(0, length).columns, others.slice(0, length).columns)):
            return False
        rows = rows.slice(length) if length < len(rows) else next(own, None)
        others = others.slice(length) if length < len(others) else next(twin, None)
    return rows is None and others is None


def _held(batches: Iterable[pa.RecordBatch], schema: TableSchema, present: Iterable[TableSchema]) -> Columns:
    """The columns that keys and the cover are of, once every batch has kept the rules of its columns."""
    whole = {*schema.primary_key, *(field.name for field in schema.fields if field.unique), *COVER.get(schema.name, ())}
    named = {*_referenced(schema, present), *chain.from_iterable(key.fields for key in schema.foreign_keys)}
    held: dict[str, list[pa.Array]] = {name: [] for name in whole | named}
    types: dict[str, pa.DataType] = {}
    for batch in batches:
        for field in schema.fields:
            column = batch[field.name]
            _require(not (field.required and column.null_count))
            values = column.dictionary if field.type == "string" else column
            _require(all(pc.all(rule(values)).as_py() is not False for rule in rules(field).values()))
        for name, chunks in held.items():
            chunks.append(batch[name] if name in whole else batch[name].unique())
            types[name] = batch[name].type
    return {name: pa.chunked_array(chunks, types.get(name, pa.null())) for name, chunks in held.items()}


def _referenced(schema: TableSchema, present: Iterable[TableSchema]) -> set[str]:
    """The columns by which other tables name the rows of a table."""
    keys = chain.from_iterable(other.foreign_keys for other in present)
    return {column for key in keys if key.table == schema.name for column in key.referenced}


def _require(kept: bool) -> None:
    if not kept:
        raise NotPlainError


def _is_unique(columns: Sequence[pa.ChunkedArray]) -> bool:
    """Whether no row has the values of another in the columns; nulls aside where it is one."""
    if len(columns) == 1:
        return bool(len(_distinct(columns[0])) == len(columns[0]) - columns[0].null_count)
    if not len(columns[0]):
        return True
    codes, room = pa.chunked_array([pa.nulls(0, pa.int64())]), 1
    for number, column in enumerate(columns):
        values, count = _codes(column)
        if room * count >= 2**63:
            return False  # for others to tell
        codes = pc.add(pc.multiply(codes, arrow_values("integer", [count])[0]), values) if number else values
        room *= count
    ascending = pc.all(pc.greater(codes[1:], codes[:-1])).as_py() is not False
    return ascending or bool(len(codes.unique()) == len(codes))


def _codes(column: pa.ChunkedArray) -> tuple[pa.Array, int]:
    """Whole numbers from 0, equal for equal values and ascending where integers do, and a number above all."""
    if pa.types.is_dictionary(column.type):
        encoded = column.unify_dictionaries().combine_chunks()
        return encoded.indices.cast(pa.int64()), len(encoded.dictionary)
    values = column.combine_chunks()
    if not pa.types.is_integer(values.type):
        encoded = values.dictionary_encode()
        return encoded.indices.cast(pa.int64()), len(encoded.dictionary)
    least, greatest = pc.min(values), pc.max(values)
    return pc.subtract(values, least), greatest.as_py() - least.as_py() + 1


def _distinct(column: pa.ChunkedArray) -> pa.Array:
    """The values that occur, but null."""
    if not pa.types.is_dictionary(column.type):
        return column.unique().drop_null()
    return column.unify_dictionaries().chunk(0).dictionary if column.num_chunks else pa.nulls(0, pa.string())


def _is_kept(key: ForeignKey, columns: Columns, held: Mapping[str, Columns]) -> bool:
    """Whether every row that is named is there; False, for others to tell, of keys of several columns."""
    if len(key.fields) > 1 or key.table not in held:
        return False
    named, known = _distinct(columns[key.fields[0]]), _distinct(held[key.table][key.referenced[0]])
    return not len(named) or (len(known) > 0 and bool(pc.all(pc.is_in(named, known)).as_py()))


def _covers(documents: Columns, spans: Columns) -> bool:
    """Whether the spans, in their order, cover one document after the other from 0 to its length."""
    if not len(spans["start"]):
        return not len(documents["document_id"])
    names = spans["document_id"].unify_dictionaries().combine_chunks()
    starts, ends = spans["start"].combine_chunks(), spans["end"].combine_chunks()
    begins = pc.not_equal(names.indices[1:], names.indices[:-1])
    if not pc.all(pc.or_(begins, pc.equal(starts[1:], ends[:-1]))).as_py() or not pc.all(pc.less(starts, ends)).as_py():
        return False
    first = [0, *(row + 1 for row in pc.indices_nonzero(begins).to_pylist())]
    lengths = dict(zip(*(documents[name].to_pylist() for name in ("document_id", "n_characters")), strict=True))
    last = [row - 1 for row in [*first[1:], len(starts)]]
    covered = {names[row].as_py(): ends[row].as_py() for row in last}
    return len(covered) == len(first) and covered == lengths and all(starts[row].as_py() == 0 for row in first)


def _are_equal(values: pa.Array, twins: pa.Array) -> bool:
    plain = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in (values, twins)]
    return bool(plain[0].equals(plain[1]))
