"""The check: what keeps every rule is accepted batch by batch; what does not is read whole, for the places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, product
from pathlib import Path
from typing import TYPE_CHECKING

from geodigest.corpus_marks import PAGE, is_begun
from geodigest.errors import GeoDigestError
from geodigest.loading import table_schema, table_schemas
from geodigest.staging import settle
from geodigest.tabular.schema import TableSchema
from geodigest.validation.accepting import accepted, are_same
from geodigest.validation.failure import CheckedFile, Failure, Report
from geodigest.validation.package import checksum_failures
from geodigest.validation.sources import DESCRIPTOR, TableSet, find_sources
from geodigest.validation.twins import twin_failures

# It imports pandas and pandera, which takes longer than to accept all tables.
if TYPE_CHECKING:
    import pandas as pd
    import polars
    import pyarrow as pa

    from geodigest.validation.exact import ReadSet


@dataclass(frozen=True)
class _CheckedSet:
    """The files of a set, and the number of rows of each where all rules are kept."""

    source: TableSet
    schemas: Mapping[str, TableSchema]
    rows: Mapping[str, int] | None

    @cached_property
    def read(self) -> ReadSet:
        """The files read whole, when places are asked for."""
        from geodigest.validation.exact import read_set

        return read_set(self.source, self.schemas)

    @property
    def failures(self) -> Sequence[Failure]:
        """What is wrong with the files, by themselves and together."""
        if self.rows is not None:
            return ()
        from geodigest.validation.exact import set_failures

        return tuple(set_failures(self.schemas, self.read))

    @property
    def files(self) -> Sequence[CheckedFile]:
        """The files with their numbers of rows."""
        if self.rows is not None:
            rows: Mapping[str, int | None] = self.rows
        else:
            tables = {name: reading.table for name, reading in self.read.readings.items()}
            rows = {name: None if table is None else table.num_rows for name, table in tables.items()}
        return [CheckedFile(self.source.files[name].as_posix(), name, number) for name, number in rows.items()]


def check(
    paths: Sequence[Path], table: str | None = None, on_file: Callable[[int, int], None] = lambda *_: None
) -> Report:
    """What is wrong with the files under the paths; see `geodigest.validation.validate`.

    Args:
        paths: files and folders.
        table: the table that the files are of.
        on_file: called as each file begins, with the number of those that are done and of all.

    Raises:
        GeoDigestError: there is no such path or table, or the table of a file cannot be told.
    """
    try:
        for path in paths:
            settle(path.parent if path.name == DESCRIPTOR else path)
        if begun := [_unfinished(path) for path in paths if is_begun(path)]:
            return Report(files=(), failures=tuple(begun), passed_over=())
        return _checked(paths, table, on_file)
    except OSError as error:
        raise GeoDigestError(
            error.strerror or str(error), where=str(error.filename), remedy="make the path one that can be read"
        ) from error


def check_frame(frame: pd.DataFrame | pa.Table | polars.DataFrame, table: str) -> tuple[Failure, ...]:
    """What is wrong with a frame; see `geodigest.validation.validate_frame`."""
    import pandas as pd
    import pyarrow as pa

    from geodigest.tabular.checks import broken_rules
    from geodigest.validation.exact import failure_of, frame_of

    schema = table_schema(table)
    if not isinstance(frame, pd.DataFrame):
        frame = frame_of(pa.table(frame))
    return tuple(failure_of(broken, "", None) for broken in broken_rules(schema, frame))


def _unfinished(path: Path) -> Failure:
    """Instead of all that is wrong with the tables of a conversion whose rows are not all there."""
    asked = f"{PAGE}, which ends a conversion of a folder: run the same `geodigest convert` again, or wait for its end"
    return Failure(path.as_posix(), None, None, None, None, "unfinished", None, asked)


def _checked(paths: Sequence[Path], table: str | None, on_file: Callable[[int, int], None]) -> Report:
    schemas = {schema.name: schema for schema in table_schemas()}
    sources = find_sources(paths, table, schemas)
    failures = [failure for descriptor in sources.descriptors for failure in descriptor.failures]
    failures += [failure for path in sources.checksums for failure in checksum_failures(path)]
    done, total = count(), sum(len(source.files) for source in sources.sets)

    def begin() -> None:
        on_file(next(done), total)

    sets = []
    for source in sources.sets:
        sets.append(_CheckedSet(source, schemas, accepted(source, schemas, begin)))
        failures += sets[-1].failures
    for csv, parquet in product(sets, sets):
        forms = (csv.source.form, parquet.source.form)
        if forms == ("csv", "parquet") and csv.source.dataset == parquet.source.dataset:
            failures += _twin_failures(csv, parquet)
    return Report(
        files=tuple(sorted((file for each in sets for file in each.files), key=lambda file: file.path)),
        failures=tuple(sorted(failures, key=lambda failure: (failure.file, failure.row or 0))),
        passed_over=tuple(sorted(path.as_posix() for path in sources.passed_over)),
    )


def _twin_failures(csv: _CheckedSet, parquet: _CheckedSet) -> Iterator[Failure]:
    for name, schema in csv.schemas.items():
        if name not in csv.source.files or name not in parquet.source.files:
            continue
        own, twin = csv.source.files[name], parquet.source.files[name]
        if csv.rows is None or parquet.rows is None or not are_same(own, twin, schema):
            yield from twin_failures(schema, (own, csv.read.readings[name]), (twin, parquet.read.readings[name]))
