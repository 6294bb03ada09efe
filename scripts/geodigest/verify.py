"""The written package, checked as its users meet it: by frictionless, by `datasets` and by mlcroissant."""

import datetime
import json
import os
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geodigest import __version__
from geodigest.errors import PackageError
from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.features import features
from geodigest.tabular.schema import TableSchema, read_table_schemas


def check_fresh(root: Path) -> None:
    """Check that `root/dataset` is what a build of this version wrote by the definitions in `root/schema`.

    Raises:
        PackageError: the dataset is of another version, a file is missing, is not listed in `SHA256SUMS` or has another
            digest, or a table's columns are not those of its definition.
    """
    again = "run `geodigest build`"
    descriptor, sums = root / "datapackage.json", root / "dataset" / "SHA256SUMS"
    for path in (descriptor, sums):
        if not path.is_file():
            raise PackageError("the file is missing", where=str(path), remedy=again)
    try:
        version = json.loads(descriptor.read_text(encoding="utf-8"))["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise PackageError("this is no descriptor with a version", where=str(descriptor), remedy=again) from error
    if version != __version__:
        raise PackageError(f"the version is {version}, not {__version__}", where=str(descriptor), remedy=again)
    schemas = read_table_schemas(root / "schema")
    listed = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    digests = {sums.parent / name: digest for digest, _, name in listed}
    files = {*digests, *sums.parent.glob("parquet/*"), *sums.parent.glob("csv/*")}
    for path in sorted(files | {root / place(schema.name) for schema in schemas for place in (csv_path, parquet_path)}):
        if not path.is_file():
            raise PackageError("the file is missing", where=str(path), remedy=again)
        if path not in digests:
            raise PackageError("SHA256SUMS does not list the file", where=str(path), remedy=again)
        if sha256(path.read_bytes()).hexdigest() != digests[path]:
            raise PackageError("the digest is not that of SHA256SUMS", where=str(path), remedy=again)
    for schema in schemas:
        path = root / parquet_path(schema.name)
        with path.open("rb") as file:
            stated = pq.read_schema(file)
        if not stated.equals(arrow_schema(schema), check_metadata=True):
            raise PackageError(f"the columns are not those of schema/{schema.name}.json", where=str(path), remedy=again)


def check_descriptor(root: Path) -> None:
    """Validate `root/datapackage.json` and the files that it names with frictionless.

    Raises:
        PackageError: it is not valid; gives the first error and how many there are.
    """
    import frictionless

    report = frictionless.Package(str(root / "datapackage.json")).validate()
    errors = [("datapackage.json", error) for error in report.errors]
    errors += [(f"datapackage.json, table {task.name}", error) for task in report.tasks for error in task.errors]
    if errors:
        where, error = errors[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise PackageError(
            f"{error.message}{more}", where=where, remedy="compare the file with its definition in schema/"
        )


def check_loading(root: Path, schemas: Iterable[TableSchema], tables: Mapping[str, pa.Table]) -> None:
    """Load every table that has rows with `datasets` by the card in `root`, offline and into a fresh cache.

    Raises:
        PackageError: a config's features are not the schema's, or its rows not the table's.
        OSError: the folder of temporary files is full, or the like.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when `datasets` is imported
    import datasets

    datasets.disable_progress_bars()
    for schema in (schema for schema in schemas if tables[schema.name].num_rows):
        with tempfile.TemporaryDirectory() as cache:
            try:
                loaded = datasets.load_dataset(str(root), schema.name, split="train", cache_dir=cache)
            except datasets.exceptions.DatasetGenerationError as error:
                if not isinstance(error.__cause__, OSError):
                    raise
                raise OSError(error.__cause__.errno, str(error.__cause__), cache) from error
            if loaded.features != features(schema):
                raise PackageError(
                    f"the features are {loaded.features}",
                    where=f"README.md, config {schema.name}",
                    remedy="compare dataset_info with the definition in schema/",
                )
            if loaded.to_list() != tables[schema.name].to_pylist():
                raise PackageError(
                    f"{loaded.num_rows} rows load that are not the table's {tables[schema.name].num_rows}",
                    where=f"README.md, config {schema.name}",
                    remedy="compare the config's data_files with dataset/parquet/",
                )


_UNPUBLISHED = 'Property "https://schema.org/datePublished" is recommended, but does not exist.'
"""What mlcroissant warns of where the changelog gives the version no day."""


def check_croissant(root: Path, tables: Mapping[str, pa.Table]) -> None:
    """Read `root/croissant.json` and the records of every record set with mlcroissant, which checks the files' digests.

    Raises:
        PackageError: it is not valid or warns of something, or a record set's records are not the table's rows.
    """
    import mlcroissant
    from absl import logging

    logging.set_verbosity(logging.ERROR)  # what it warns of is looked at here
    try:
        # What mlcroissant uses of other libraries and they will drop is not ours to mend.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            dataset = mlcroissant.Dataset(root / "croissant.json")
            warned = sorted(each for each in dataset.metadata.issues.warnings if not each.endswith(_UNPUBLISHED))
            records = {name: list(dataset.records(name)) for name in tables}
    except (mlcroissant.ValidationError, mlcroissant.GenerationError, AssertionError, ValueError) as error:
        raise PackageError(
            f"mlcroissant says: {error}", where="croissant.json", remedy="compare it with dataset/parquet/"
        ) from error
    if warned:
        raise PackageError(
            f"mlcroissant warns: {warned[0]}", where="croissant.json", remedy="state it, or say in verify.py why not"
        )
    for name, table in tables.items():
        named = {f"{name}/{column}": column for column in table.column_names}
        rows = [{named.get(field, field): _as_python(value) for field, value in each.items()} for each in records[name]]
        if rows != table.to_pylist():
            raise PackageError(
                f"{len(rows)} records are read that are not the table's {table.num_rows} rows",
                where=f"croissant.json, record set {name}",
                remedy="compare its fields with the definition in schema/",
            )


def _as_python(value: object) -> object:
    """A value of a record as Arrow gives it: mlcroissant has texts as UTF-8, dates as timestamps."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, datetime.datetime):
        return value.date()
    return value
