"""Whether tables keep every rule, told batch by batch, without a word on where one does not.

Most tables are right, and to know that takes a small part of the time and memory that it takes to know places: of a
table that has passed only the digests of keys are held. Where one is not, `geodigest.tabular.checks` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from geodigest.tabular.keys import Digests, are_unique, digests, distinct, hold, ordered
from geodigest.tabular.schema import TableSchema
from geodigest.tabular.values import read, rules

Batches = Iterator[pa.RecordBatch]

COVER = {"documents": {"document_id", "n_characters"}, "spans": {"document_id", "start", "end"}}
"""What the cover of documents by spans is checked with."""


class NotPlainError(Exception):
    """Something is not plainly right: the exact checks are to tell."""


def plain_batch(schema: TableSchema, rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows in the types of the table, text as dictionaries of its distinct values.

    Raises:
        NotPlainError: a value is not of its column's type, or is NaN.
    """
    columns = []
    for field, values in zip(schema.fields, rows.columns, strict=True):
        if field.type == "string":
            columns.append(values.dictionary_encode())
            continue
        column, wrong = read(values, field.type)
        if wrong or column.null_count > values.null_count:  # NaN is read as null
            raise NotPlainError
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, rows.schema.names)


def accepted_rows(
    schemas: Sequence[TableSchema], batches: Callable[[TableSchema], Batches]
) -> Mapping[str, int] | None:
    """The number of rows of each table, where all keep every rule, by themselves and together; else None.

    None may also be of tables that keep them: of spans that do not stand in the order of their documents.

    Args:
        schemas: the definitions of the tables that there are, in their order.
        batches: the rows of a table as `plain_batch` gives them; asked for each table once, in order.
    """
    present = {schema.name: schema for schema in schemas}
    rows: dict[str, int] = {}
    known: dict[tuple[str, str], Digests] = {}
    lengths: dict[str, int] = {}
    try:
        for name, schema in present.items():
            passing = _ruled(batches(schema), schema)
            if len(schema.primary_key) > 1:
                passing = _ascending(passing, schema.primary_key)
            if present.keys() >= COVER.keys() and name == "documents":
                passing = _measured(passing, lengths)
            if present.keys() >= COVER.keys() and name == "spans":
                passing = _covering(passing, lengths)
            rows[name] = _keyed(passing, schema, present, known)
    except NotPlainError:
        return None
    return rows


def _ruled(batches: Batches, schema: TableSchema) -> Batches:
    """The batches, as long as each keeps the rules of its columns."""
    kept = {field.name: rules(field).values() for field in schema.fields}
    for batch in batches:
        for field in schema.fields:
            column = batch[field.name]
            _require(not (field.required and column.null_count))
            values = column.dictionary if field.type == "string" else column
            _require(all(pc.all(rule(values)).as_py() is not False for rule in kept[field.name]))
        yield batch


def _keyed(
    batches: Batches,
    schema: TableSchema,
    present: Mapping[str, TableSchema],
    known: dict[tuple[str, str], Digests],
) -> int:
    """The number of rows, once no value of a unique column stands twice and every row that is named is there.

    To what is known of tables and columns it adds the digests of the columns by which this table's rows are named.
    """
    unique = {field.name for field in schema.fields if field.unique}
    unique |= {*schema.primary_key} if len(schema.primary_key) == 1 else set()
    named_by = (key for other in present.values() for key in other.foreign_keys if key.table == schema.name)
    named = {column for key in named_by for column in key.referenced}
    keys = [key for key in schema.foreign_keys if key.table in present]
    held: dict[str, list[Digests]] = {column: [] for column in sorted(unique | named)}
    own: dict[str, list[Digests]] = {key.fields[0]: [] for key in keys if key.table == schema.name}
    _require(all(len(key.fields) == 1 for key in keys))
    rows = 0
    for batch in batches:
        rows += len(batch)
        for column, parts in held.items():
            values = distinct(batch[column])
            _require(column not in unique or len(values) == len(batch) - batch[column].null_count)
            parts.append(digests(values))
        for key in keys:
            (column,), place = key.fields, (key.table, key.referenced[0])
            names = digests(distinct(batch[column]))
            if key.table == schema.name:
                own[column].append(names)
            else:
                _require(place in known and hold(known[place], names))
    for column, parts in held.items():
        known[schema.name, column] = ordered(parts)
        _require(column not in unique or are_unique(known[schema.name, column]))
    for key in keys:
        if key.table == schema.name:
            _require(all(hold(known[schema.name, key.referenced[0]], names) for names in own[key.fields[0]]))
    for column in held.keys() - named:
        del known[schema.name, column]
    return rows


def _require(kept: object) -> None:
    if not kept:
        raise NotPlainError


def _ascending(batches: Batches, key: Sequence[str]) -> Batches:
    """The batches, as long as rows of one name ascend by the number beside it: no key of these two stands twice."""
    last: dict[str, int] = {}
    for batch in batches:
        _require(len(key) == 2 and pa.types.is_dictionary(batch[key[0]].type))
        names, numbers = (batch[column] for column in key)
        _require(pa.types.is_integer(numbers.type) and not names.null_count and not numbers.null_count)
        begins = pc.not_equal(names.indices[1:], names.indices[:-1])
        _require(pc.all(pc.or_(begins, pc.greater(numbers[1:], numbers[:-1]))).as_py() is not False)
        for name, first, end in _runs(names, begins):
            number = numbers[first].as_py()
            _require(last.get(name, number - 1) < number)
            last[name] = numbers[end].as_py()
        yield batch


def _measured(batches: Batches, lengths: dict[str, int]) -> Batches:
    """The batches, of documents; adds their lengths."""
    for batch in batches:
        lengths.update(zip(batch["document_id"].to_pylist(), batch["n_characters"].to_pylist(), strict=True))
        yield batch


def _covering(batches: Batches, lengths: Mapping[str, int]) -> Batches:
    """The batches, of spans, as long as they cover each document in their order, from 0 to its length."""
    covered: dict[str, int] = {}
    for batch in batches:
        names, starts, ends = (batch[column] for column in ("document_id", "start", "end"))
        begins = pc.not_equal(names.indices[1:], names.indices[:-1])
        _require(pc.all(pc.or_(begins, pc.equal(starts[1:], ends[:-1]))).as_py() is not False)
        _require(pc.all(pc.less(starts, ends)).as_py())
        for name, first, end in _runs(names, begins):
            _require(starts[first].as_py() == covered.get(name, 0))
            covered[name] = ends[end].as_py()
        yield batch
    _require(covered == lengths)


def _runs(names: pa.DictionaryArray, begins: pa.BooleanArray) -> Iterator[tuple[str, int, int]]:
    """Each stretch of one name in the rows, with its first and last row; told by where another begins than before."""
    first = [0, *(row + 1 for row in pc.indices_nonzero(begins).to_pylist())]
    last = [*(row - 1 for row in first[1:]), len(names) - 1]
    for start, end in zip(first, last, strict=True):
        yield names[start].as_py(), start, end
