"""The written package, checked as its users meet it: by frictionless, by `datasets` and by mlcroissant."""

import datetime
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from glob import has_magic
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geodigest import __version__
from geodigest.descriptors.features import features
from geodigest.errors import PackageError
from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.schema import TableSchema, read_table_schemas
from geodigest.text_files import json_object, read_bytes, read_text


def check_fresh(root: Path) -> None:
    """Check that `root/dataset` is what a build of this version wrote by the definitions in `root/schema`.

    Raises:
        PackageError: the dataset is of another version, a file is missing, is not listed in `SHA256SUMS` or has another
            digest, or a table's columns are not those of its definition.
    """
    again = "run `geodigest build`"
    descriptor, sums = root / "datapackage.json", root / "dataset" / "SHA256SUMS"
    content = read_bytes(descriptor, PackageError, missing=again)
    version = json_object(content, descriptor, PackageError, remedy=again).get("version")
    if version is None:
        raise PackageError("this is no descriptor with a version", where=str(descriptor), remedy=again)
    if version != __version__:
        raise PackageError(f"the version is {version}, not {__version__}", where=str(descriptor), remedy=again)
    schemas = read_table_schemas(root / "schema")
    digests = dict(_listed(sums, again))
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
        if not _columns(path).equals(arrow_schema(schema), check_metadata=True):
            raise PackageError(f"the columns are not those of schema/{schema.name}.json", where=str(path), remedy=again)


def _listed(sums: Path, again: str) -> Iterator[tuple[Path, str]]:
    """The files that `SHA256SUMS` lists, each with its digest; a line of another form, or another folder's, is none."""
    for number, line in enumerate(read_text(sums, PackageError, missing=again, remedy=again).splitlines(), 1):
        found = re.fullmatch(r"([0-9a-f]{64})  ((?:csv|parquet)/[^/]+)", line)
        if found is None:
            said = f"{line!r} is no digest of a file in csv/ or parquet/"
            raise PackageError(said, where=f"{sums}:{number}", remedy=again)
        yield sums.parent / found[2], found[1]


def check_descriptor(root: Path) -> None:
    """Validate `root/datapackage.json` and the files that it names with frictionless.

    Raises:
        PackageError: it is not valid; gives the first error and how many there are.
    """
    import frictionless

    # Given the path, frictionless takes a bracket in it for a pattern.
    content = read_bytes(root / "datapackage.json", PackageError)
    described = json_object(content, root / "datapackage.json", PackageError, remedy="run `geodigest build`")
    report = frictionless.Package.from_descriptor(described, basepath=str(root)).validate()
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
            place = _without_pattern(root, Path(cache))
            try:
                loaded = datasets.load_dataset(str(place), schema.name, split="train", cache_dir=cache)
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


def _without_pattern(root: Path, folder: Path) -> Path:
    """The root, or a copy in the folder of what `datasets` reads where it would take the root's path for a pattern."""
    if not has_magic(str(root.absolute())):
        return root
    copied = folder / "built"
    shutil.copytree(root / "dataset" / "parquet", copied / "dataset" / "parquet")
    shutil.copy(root / "README.md", copied)
    return copied


def _columns(path: Path) -> pa.Schema:
    try:
        with path.open("rb") as file:
            return pq.read_schema(file)
    except pa.ArrowException as error:
        raise PackageError("this is no Parquet file", where=str(path), remedy="run `geodigest build`") from error


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
