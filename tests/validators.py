"""Who catches which mutant: every validator on every mutant, measured.

`python -m tests.validators` writes the page `docs/validators.md` anew.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pandera.errors
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from geodigest.paths import csv_path, parquet_path
from geodigest.tabular.pandas_model import pandas_model
from geodigest.tabular.polars_model import polars_model
from geodigest.tabular.schema import TableSchema, read_table_schemas
from geodigest.validation import validate
from tests.mutants import Litter, Mutant, Tables, litters, reduced

# What pandera and frictionless call the rules.
PANDERA = {
    "column_in_dataframe": "columns",
    "column_in_schema": "columns",
    "column_ordered": "columns",
    "not_nullable": "required",
    "field_uniqueness": "unique",
    "multiple_fields_uniqueness": "primaryKey",
}
FRICTIONLESS = {
    "type-error": "type",
    "unique-error": "unique",
    "primary-key": "primaryKey",
    "foreign-key": "foreignKey",
    "missing-label": "columns",
    "extra-label": "columns",
    "incorrect-label": "columns",
}

FORMS: Mapping[str, Callable[[pa.Table, Path], None]] = {
    "parquet": pq.write_table,
    "csv": pyarrow.csv.write_csv,
}

FIRST = ("documents", "studies")


@dataclass(frozen=True)
class Report:
    """A failure that a validator reports; None where it does not say, or the rule is of the whole table."""

    rule: str
    column: str | None
    row: int | None

    def tells_of(self, mutant: Mutant) -> bool:
        """Whether this is the rule that the mutant breaks, in its place."""
        return (
            self.rule == mutant.rule
            and (self.column is None or mutant.column is None or self.column in mutant.column)
            and (self.row is None or mutant.row is None or self.row == mutant.row)
        )


@dataclass(frozen=True)
class Measured:
    """What each validator made of the mutants that it was given, and of the unbroken data."""

    outcomes: Mapping[str, Mapping[Mutant, bool]]
    """Whether a mutant was caught: its rule reported in its place, in every form of file that holds it."""
    complaints: Mapping[str, Sequence[Report]]
    """What was reported of the unbroken data."""


@dataclass(frozen=True)
class Validator:
    """How a validator is asked: from tables to what it reports of each; files are written to the folder."""

    name: str
    reports: Callable[[Sequence[Litter], Path], Sequence[Sequence[Report]]]
    reads_csv: bool = False


def measure(root: Path, work: Path) -> Measured:
    """Put the mutants of the built package in `root` before every validator; files are written to `work`."""
    schemas = {schema.name: schema for schema in read_table_schemas(root / "schema")}
    tables = reduced(root, list(schemas.values()))
    bred = list(litters(schemas.values(), tables))
    unbroken = [Litter((Mutant(name, "", None, None, "unbroken"),), rows) for name, rows in tables.items()]
    validators = (
        Validator("pandera, pandas", partial(_pandas, schemas)),
        Validator("pandera, Polars", partial(_polars, schemas)),
        Validator("geodigest validate", partial(_geodigest, schemas, tables, "parquet")),
        Validator("geodigest validate", partial(_geodigest, schemas, tables, "csv"), reads_csv=True),
        Validator("frictionless", partial(_frictionless, schemas, tables), reads_csv=True),
    )
    outcomes: dict[str, dict[Mutant, bool]] = defaultdict(dict)
    complaints: dict[str, list[Report]] = defaultdict(list)
    for validator in validators:
        reports = validator.reports([*unbroken, *bred], work)
        complaints[validator.name] += [report for each in reports[: len(unbroken)] for report in each]
        for litter, each in zip(bred, reports[len(unbroken) :], strict=True):
            for mutant in litter.mutants:
                if not (validator.reads_csv and _is_lost_in_csv(schemas, mutant)):
                    caught = any(report.tells_of(mutant) for report in each)
                    outcomes[validator.name][mutant] = caught and outcomes[validator.name].get(mutant, True)
    for form, file in (("CSV", csv_path("studies")), ("Parquet", parquet_path("studies"))):
        mutant = Mutant("studies", f"hash of a {form} file", None, None, "a byte changed")
        package = _package_with_a_byte_changed(root, file, work / form)
        rules = [failure.rule for failure in validate([package])]
        outcomes["geodigest validate"][mutant] = "hash" in rules
        found = frictionless.validate(str(package / "datapackage.json"), limit_errors=100_000).flatten(["type"])
        outcomes["frictionless"][mutant] = ["hash-count"] in found
    return Measured(outcomes, complaints)


def page(measured: Measured) -> str:
    """`docs/validators.md`: the text of the file above its table, and the table as measured."""
    rules = list(dict.fromkeys(mutant.rule for each in measured.outcomes.values() for mutant in each))
    lines = ["| rule | " + " | ".join(measured.outcomes) + " |", "| --- |" + " --- |" * len(measured.outcomes)]
    for rule in rules:
        cells = []
        for outcome in measured.outcomes.values():
            caught = Counter(caught for mutant, caught in outcome.items() if mutant.rule == rule)
            cells.append(f"{caught[True]}/{caught.total()}" if caught[True] else "not checked")
        lines.append(f"| {rule} | {' | '.join(cells)} |")
    return TEXT.format(table="\n".join(lines))


def _pandas(schemas: Mapping[str, TableSchema], given: Sequence[Litter], _: Path) -> list[list[Report]]:
    models = {name: pandas_model(schema) for name, schema in schemas.items()}
    return [_pandera(models[litter.table], litter.rows.to_pandas(types_mapper=pd.ArrowDtype)) for litter in given]


def _polars(schemas: Mapping[str, TableSchema], given: Sequence[Litter], _: Path) -> list[list[Report]]:
    models = {name: polars_model(schema) for name, schema in schemas.items()}
    return [_pandera(models[litter.table], pl.from_arrow(litter.rows)) for litter in given]


def _pandera(model: Any, frame: Any) -> list[Report]:
    try:
        model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return [
            Report(
                PANDERA.get(check, check), None if column == model.name else column, None if row is None else int(row)
            )
            for check, column, row in zip(cases["check"], cases["column"], cases["index"], strict=True)
        ]
    return []


def _geodigest(
    schemas: Mapping[str, TableSchema], tables: Tables, form: str, given: Sequence[Litter], work: Path
) -> list[list[Report]]:
    folder = work / form
    _write(schemas, tables, form, given, folder)
    reports: list[list[Report]] = [[] for _ in given]
    for failure in validate([folder]):
        path = Path(failure.file)
        if failure.table == given[int(path.parent.name)].table:
            row = None if failure.row is None else failure.row - 1
            reports[int(path.parent.name)].append(Report(failure.rule, failure.column, row))
    return reports


def _frictionless(
    schemas: Mapping[str, TableSchema], tables: Tables, given: Sequence[Litter], work: Path
) -> list[list[Report]]:
    folder = work / "frictionless"
    _write(schemas, tables, "csv", given, folder)
    reports = []
    for number, litter in enumerate(given):
        names = [path.stem for path in sorted((folder / f"{number}").iterdir())]
        resources = [
            {"name": name, "type": "table", "path": f"{name}.csv", "schema": _among(schemas[name], names)}
            for name in names
        ]
        package = frictionless.Package.from_descriptor({"resources": resources}, basepath=str(folder / f"{number}"))
        task = next(task for task in package.validate(limit_errors=100_000).tasks if task.name == litter.table)
        reports.append([_frictionless_report(error.to_descriptor()) for error in task.errors])
    return reports


def _frictionless_report(error: Mapping[str, Any]) -> Report:
    rule = FRICTIONLESS.get(error["type"], error["type"])
    if stated := re.match(r'constraint "(\w+)"', error["note"]):
        rule = stated[1]
    row = error.get("rowNumber")
    return Report(rule, error.get("fieldName"), None if row is None else row - 2)  # the header is row 1


def _among(schema: TableSchema, names: Sequence[str]) -> dict[str, object]:
    """The Table Schema with the foreign keys to the tables of these names alone."""
    listed: Any = schema.descriptor.get("foreignKeys", ())
    kept = [stated for stated, key in zip(listed, schema.foreign_keys, strict=True) if key.table in names]
    return {**schema.descriptor, "foreignKeys": kept}


def _write(
    schemas: Mapping[str, TableSchema], tables: Tables, form: str, given: Sequence[Litter], folder: Path
) -> None:
    """Write each table into a folder of its own, named by its number; beside it what it refers to where that counts."""
    for number, litter in enumerate(given):
        place = folder / f"{number}"
        place.mkdir(parents=True)
        if litter.mutants[0].rule in {"", "foreignKey", "cover"}:
            for key in schemas[litter.table].foreign_keys:
                FORMS[form](tables[key.table], place / f"{key.table}.{form}")
        FORMS[form](litter.rows, place / f"{litter.table}.{form}")


def _is_lost_in_csv(schemas: Mapping[str, TableSchema], mutant: Mutant) -> bool:
    """Whether the mutant is no text in a column of text: in CSV all is text."""
    types = {field.name: field.type for field in schemas[mutant.table].fields}
    return mutant.rule == "type" and types[str(mutant.column)] == "string"


def _package_with_a_byte_changed(root: Path, file: Path, folder: Path) -> Path:
    """The package with its first two tables alone, and a letter in the middle of one file another."""
    for place in ("dataset/SHA256SUMS", *(str(path(name)) for path in (csv_path, parquet_path) for name in FIRST)):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes((root / place).read_bytes())
    described = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [resource for resource in described["resources"] if resource["name"] in FIRST]
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    content = (folder / file).read_bytes()
    letter = next(match.start() for match in re.finditer(rb"[a-z]", content) if match.start() > len(content) // 2)
    (folder / file).write_bytes(content[:letter] + b"~" + content[letter + 1 :])
    return folder


TEXT = """\
# Validators, and what each of them catches

Four programs can hold the tables to their definitions in `schema/`: the pandera models for pandas and for Polars frames
(`geodigest.schema.pandas_model`, `geodigest.schema.polars_model`), `geodigest validate` on files, and
[frictionless](https://framework.frictionlessdata.io) on the CSV files that `datapackage.json` describes.

The table says what each of them finds. It is measured, not claimed: each rule of each column and each key of each table
is broken in a copy of the data, in a place of its own, and counts as caught where the validator reports that rule at
that place. None of them reports anything of the unbroken data.

{table}

- **type**: the value can be read as the column's type. In CSV everything is text: there a column of text cannot break
  it, and frictionless is given the others.
- **required**, **unique**, **enum**, **pattern** (the whole value matches), **minimum**, **primaryKey**,
  **foreignKey**: as the [Table Schema standard](https://datapackage.org/standard/table-schema/) has them.
- **clean**: text is NFC, without control or zero-width characters, empty lines, or blanks at an end of a line; our own
  rule, of all columns but those that hold a document's characters as they are.
- **columns**: all of them, in their order, and no others.
- **cover**: the spans of a document cover it from 0 to its length without gap or overlap.
- **hash**: the file is the one that was published. The descriptor lists the CSV files; the digests of the Parquet files
  stand in `dataset/SHA256SUMS`, which frictionless does not read.

A pandera model sees one table: keys between tables and the cover of documents are `geodigest validate`'s, as are files.

## Traps

- **A Polars LazyFrame passes pandera unread.** Of a `LazyFrame` a pandera model checks columns and types, no value.
  Ours collects it, checks the values, and gives back a lazy frame of what it checked.
- **frictionless does not look at `uniqueKeys` and `categories`.** Values that violate them are called valid.
  The definitions state `unique`, `primaryKey` and `enum`, which it checks.
- **pandera's `from_frictionless_schema` loses rules.** Foreign keys and the types of dates and of whole numbers with
  nulls are gone, and a null truth value is read as `False`. Take the models of `geodigest.schema` instead.
- **`to_yaml` leaves out checks of one's own**, such as `clean`. The definitions to keep or to send are the files in
  `schema/`.
- **`pandas.read_csv` guesses.** It reads `NA` as null and `007` as 7. Read with `dtype=str, keep_default_na=False,
  na_values=[""]` (in Polars `infer_schema=False`) and let the model read the types.

`python -m tests.validators` measures anew and writes this page; a test compares the two.
"""


def main() -> None:
    """Write the page."""
    repository = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as work:
        measured = measure(repository, Path(work))
    path = repository / "docs" / "validators.md"
    path.write_text(page(measured), encoding="utf-8")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
