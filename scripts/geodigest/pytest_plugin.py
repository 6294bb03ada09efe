"""The pytest plugin: the fixture `geodigest_validate` and the option `--geodigest-validate PATH`.

pytest imports this module in every run of an environment that has the package: what checks data is imported when it is
asked for, and not before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from geodigest.validation import Failure


class Validate(Protocol):
    """What the fixture `geodigest_validate` gives."""

    def __call__(
        self,
        data: str | os.PathLike[str] | pandas.DataFrame | polars.DataFrame | pyarrow.Table,
        table: str | None = None,
    ) -> None:
        """Fail the test where the data break the contract, with a line for every place.

        Args:
            data: a frame in memory, or a path that `geodigest validate` takes: a CSV or Parquet file, a folder or a
                `datapackage.json`.
            table: the table that the data are of; needed for a frame, and for a file whose name does not tell.

        Raises:
            GeoDigestError: there is no such path or table, or the table of a file cannot be told.
            TypeError: the table of a frame is left out.
        """


@pytest.fixture(scope="session")
def geodigest_validate() -> Validate:
    """Call it with data and a table: it fails the test where they are not what the GeoDigest contract asks."""

    def validate(
        data: str | os.PathLike[str] | pandas.DataFrame | polars.DataFrame | pyarrow.Table, table: str | None = None
    ) -> None:
        __tracebackhide__ = True
        import geodigest.validation
        from geodigest.errors import GeoDigestError

        try:
            if isinstance(data, str | os.PathLike):
                failures = geodigest.validation.validate([Path(data)], table)
            elif table is None:
                raise TypeError("name the table of the frame, as in geodigest_validate(frame, 'studies')")
            else:
                failures = geodigest.validation.validate_frame(data, table)
        except GeoDigestError as error:
            raise error.with_traceback(None) from None  # the call in the test is what is wrong
        if failures:
            pytest.fail(_told(failures))

    return validate


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("geodigest", "data and the GeoDigest contract").addoption(
        "--geodigest-validate",
        action="append",
        default=[],
        metavar="PATH",
        help="validate a CSV or Parquet file, a folder or a datapackage.json, one test per file; may be repeated",
    )


@pytest.hookimpl(tryfirst=True)  # before those that select: -k and --deselect hold for these tests, too
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each file under the paths of the option."""
    given = [Path(os.path.normpath(config.invocation_params.dir / path)) for path in config.option.geodigest_validate]
    if given:
        items.extend(_tests(session, given))


def _tests(session: pytest.Session, paths: Sequence[Path]) -> Iterator[pytest.Item]:
    """The tests of the tables' files, then those of the descriptors and lists of checksums."""
    from geodigest.errors import GeoDigestError
    from geodigest.loading import table_schemas
    from geodigest.validation.sources import find_sources

    schemas = {schema.name: schema for schema in table_schemas()}
    try:
        sources = find_sources(paths, None, schemas)
    except GeoDigestError as error:
        raise pytest.UsageError(f"--geodigest-validate: {error}") from error
    files = {each.files[name]: name for each in sources.sets for name in schemas if name in each.files}
    files |= {descriptor.path: "descriptor" for descriptor in sources.descriptors}
    files |= dict.fromkeys(sources.checksums, "checksums")
    found = _Found(paths, list(files))
    for path, name in files.items():
        yield from session.genitems(DataFile.from_parent(session, path=path, test=name, found=found))


class _Found:
    """The failures under the paths by the file whose test tells them, found when the first test asks."""

    def __init__(self, paths: Sequence[Path], files: Sequence[Path]) -> None:
        self._paths, self._files = paths, files

    @cached_property
    def by_file(self) -> Mapping[Path, Sequence[Failure]]:
        """The failures of each file; the last one tells those of files without a test, named in a list of checksums."""
        from geodigest.validation import validate

        by_file: dict[Path, list[Failure]] = {path: [] for path in self._files}
        for failure in validate(self._paths):
            by_file.get(Path(failure.file), by_file[self._files[-1]]).append(failure)
        return by_file


class DataFile(pytest.File):
    """A file under a path of the option, with its one test."""

    def __init__(self, *, test: str, found: _Found, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # pytest's own, as from_parent hands them on
        self._test, self._found = test, found

    def collect(self) -> Iterable[pytest.Item]:
        """The file's test, called by its table."""
        yield DataTest.from_parent(self, name=self._test, found=self._found)


class DataTest(pytest.Item):
    """The test of a file: it fails with a line for every place that breaks the contract."""

    def __init__(self, *, found: _Found, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # pytest's own, as from_parent hands them on
        self._found = found

    def runtest(self) -> None:
        """Tell the file's failures, without a traceback: they are not of the code."""
        if failures := self._found.by_file[self.path]:
            pytest.fail(_told(failures), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The file, and the heading of its failures in the report."""
        return self.path, None, f"{self.path.name}: {self.name}"


def _told(failures: Sequence[Failure]) -> str:
    """How many places break the contract, and a line for each: where, what stands there and what is expected."""
    heading = f"{len(failures)} {'place breaks' if len(failures) == 1 else 'places break'} the GeoDigest contract"
    return "\n".join([heading, *map(_line, failures)])


def _line(failure: Failure) -> str:
    """A failure in the form of compilers, which editors follow: `file:line: table.column row N: rule: message`."""
    from geodigest.validation.failure import path_below

    file = path_below(Path.cwd(), failure.file) or failure.file
    place = f"{file}:{failure.line}" if failure.line else file
    row = f"row {failure.row}" if failure.row else None
    subject = " ".join(filter(None, (".".join(filter(None, (failure.table, failure.column))), row)))
    return ": ".join(filter(None, (place, subject, failure.rule, failure.message)))
