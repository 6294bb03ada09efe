"""What holds of the difference of any two releases."""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.releases.diff import Difference, TableDifference, diff
from geodigest.releases.matching import Value, as_written
from geodigest.releases.release import Release, ReleaseSchema
from geodigest.tabular.arrow import ARROW_TYPES

Rows = list[dict[str, Value]]

VALUES: Mapping[str, st.SearchStrategy[Value]] = {
    "string": st.none() | st.sampled_from(["1", "2.0", "深度", "a\nb", ""]),
    "integer": st.none() | st.integers(0, 2),
    "number": st.none() | st.sampled_from([0.0, 1.0, 2.5, float("nan")]),
    "boolean": st.none() | st.booleans(),
    "date": st.none() | st.just(datetime.date(2023, 10, 1)),
}


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """Up to two tables of few columns, types and rows, so that two releases have much in common."""
    schemas, tables = {}, {}
    for name in draw(st.lists(st.sampled_from(["studies", "terms"]), unique=True)):
        others = draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
        columns = {"id": draw(st.sampled_from(["integer", "string"]))}
        columns |= {other: draw(st.sampled_from(sorted(VALUES))) for other in others}
        columns = dict(draw(st.permutations(list(columns.items()))))
        if key_name := draw(st.sampled_from(["", "", "key"])):
            columns = {key_name if column == "id" else column: type_ for column, type_ in columns.items()}
        key = key_name or "id"
        numbers = draw(st.lists(st.integers(0, 3), unique=True))
        rows = [
            {column: draw(VALUES[type_]) for column, type_ in columns.items()}
            | {key: number if columns[key] == "integer" else str(number)}
            for number in numbers
        ]
        fields = pa.schema([(column, ARROW_TYPES[type_]) for column, type_ in columns.items()])
        schemas[name] = ReleaseSchema(name, columns, (key,), (), {})
        tables[name] = pa.Table.from_pylist(rows, fields)
    return Release("1.0.0", {}, schemas, tables)


@given(releases())
def test_a_release_does_not_differ_from_itself(release: Release) -> None:
    assert not diff(release, release)
    again = {name: pa.concat_tables([table.slice(0, 1), table.slice(1)]) for name, table in release.tables.items()}
    assert not diff(release, Release("1.0.1", {}, release.schemas, again))


@settings(max_examples=150, deadline=None)
@given(releases(), releases())
def test_the_changes_made_to_the_old_give_the_new(old: Release, new: Release) -> None:
    made = applied(diff(old, new), old, new)
    assert made.keys() == new.tables.keys()
    for name, table in new.tables.items():
        assert _counted(made[name]) == _counted(table.to_pylist())


@settings(max_examples=150, deadline=None)
@given(releases(), releases())
def test_the_difference_the_other_way_round_is_its_mirror(old: Release, new: Release) -> None:
    assert {_unordered(table) for table in diff(new, old).tables} == {
        _unordered(table, mirrored=True) for table in diff(old, new).tables
    }


def applied(difference: Difference, old: Release, new: Release) -> dict[str, Rows]:
    """The rows of OLD with the changes made to them, by table."""
    tables: dict[str, Rows] = {
        difference.tables_renamed.get(name, name): table.to_pylist() for name, table in old.tables.items()
    }
    for table in difference.tables:
        rows = tables.pop(table.table, [])
        if table.state != "removed":
            tables[table.table] = _applied(table, rows, new.schemas[table.table])
    return tables


def _applied(table: TableDifference, rows: Rows, schema: ReleaseSchema) -> Rows:
    gone = Counter(_spelt(row.values) for row in table.rows_removed)
    kept: Rows = []
    for row in rows:
        if gone[_spelt(row)]:
            gone[_spelt(row)] -= 1
            continue
        names = {name: table.columns_renamed.get(name, name) for name in row if name not in table.columns_removed}
        as_new = {other: row[name] for name, other in names.items()} | dict.fromkeys(table.columns_added)
        as_new |= {column: _read(as_new[column], types[1]) for column, types in table.columns_retyped.items()}
        kept.append(as_new)
    changes = {row.key: row.cells for row in table.rows_changed}
    for row in kept:
        for cell in changes.get(tuple(row[name] for name in table.key), ()):
            if cell.column in schema.columns:
                row[cell.column] = cell.new
    return kept + [dict(row.values) for row in table.rows_added]


def _read(value: Value, type_: str) -> Value:
    """A value that is written alike in another type; one that cannot be is changed and given anew."""
    text = as_written([value])[0]
    read: dict[str, Callable[[str], Value]] = {"string": str, "integer": int, "number": float}
    try:
        return None if text is None else read[type_](str(text))
    except (KeyError, ValueError):
        return None


def _spelt(row: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in row.items()))


def _counted(rows: Rows) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(_spelt(row) for row in rows)


def _unordered(table: TableDifference, *, mirrored: bool = False) -> tuple[object, ...]:
    """All that a difference says but the order and the names of the key; what the other way round says, if mirrored."""
    turn = -1 if mirrored else 1
    sides = [[_spelt(row.values) for row in rows] for rows in (table.rows_added, table.rows_removed)][::turn]
    cells = {
        (tuple(as_written(row.key)), cell.column, *[repr(cell.old), repr(cell.new)][::turn])
        for row in table.rows_changed
        for cell in row.cells
    }
    renamed = {pair[::turn] for pair in table.columns_renamed.items()}
    retyped = {types[::turn] for types in table.columns_retyped.values()}
    columns = (frozenset(table.columns_added), frozenset(table.columns_removed))[::turn]
    state = {"added": "removed", "removed": "added", "changed": "changed"}[table.state] if mirrored else table.state
    rows = tuple(frozenset(Counter(side).items()) for side in sides)
    orders = (table.columns_reordered, table.rows_reordered, table.rows_kept)
    return (table.table, state, columns, frozenset(renamed), frozenset(retyped), rows, frozenset(cells), orders)
