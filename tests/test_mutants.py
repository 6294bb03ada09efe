"""The mutation suite: every rule of every column and key is broken once, and every validator that checks it says so."""

from collections import Counter
from pathlib import Path

import pytest

from geodigest.tabular.checks import broken_cover, broken_keys, check_spans, check_tables
from geodigest.tabular.schema import TableSchema
from tests.clones import REPOSITORY
from tests.mutants import Litter, litters, reduced
from tests.validators import Measured, measure, page

OF_COLUMNS = {"type", "required", "unique", "enum", "pattern", "minimum", "primaryKey", "columns"}
CHECKED = {
    "pandera, pandas": OF_COLUMNS | {"clean"},
    "pandera, Polars": OF_COLUMNS | {"clean"},
    "geodigest validate": OF_COLUMNS | {"clean", "foreignKey", "cover", "hash of a CSV file", "hash of a Parquet file"},
    "frictionless": OF_COLUMNS | {"foreignKey", "hash of a CSV file"},
}


@pytest.fixture(scope="module")
def measured(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Every validator on every mutant."""
    return measure(built, tmp_path_factory.mktemp("mutants"))


@pytest.fixture(scope="module")
def bred(built: Path, schemas: tuple[TableSchema, ...]) -> list[Litter]:
    """The mutants."""
    return list(litters(schemas, reduced(built, schemas)))


@pytest.mark.parametrize("validator", CHECKED)
def test_every_mutant_is_caught_by_who_checks_its_rule(validator: str, measured: Measured) -> None:
    outcomes = measured.outcomes[validator]
    missed = [str(mutant) for mutant, caught in outcomes.items() if mutant.rule in CHECKED[validator] and not caught]
    assert not missed
    assert {mutant.rule for mutant in outcomes} >= CHECKED[validator]


@pytest.mark.parametrize("validator", CHECKED)
def test_nobody_complains_of_the_unbroken_data(validator: str, measured: Measured) -> None:
    assert not measured.complaints[validator]


def test_geodigest_validate_is_given_every_mutant(measured: Measured, bred: list[Litter]) -> None:
    given = measured.outcomes["geodigest validate"]
    assert {mutant for litter in bred for mutant in litter.mutants} <= given.keys()
    assert all(given.values())


def test_the_page_says_what_was_measured(measured: Measured) -> None:
    written = (REPOSITORY / "docs" / "validators.md").read_text(encoding="utf-8")
    assert written == page(measured), "run `python -m tests.validators`"


def test_every_rule_of_the_definitions_has_its_mutants(bred: list[Litter], schemas: tuple[TableSchema, ...]) -> None:
    born = Counter((mutant.table, mutant.rule, mutant.column) for litter in bred for mutant in litter.mutants)
    for schema in schemas:
        stated = [("type", field.name) for field in schema.fields]
        stated += [("required", field.name) for field in schema.fields if field.required]
        stated += [("unique", field.name) for field in schema.fields if field.unique]
        stated += [("enum", field.name) for field in schema.fields if field.enum]
        stated += [("pattern", field.name) for field in schema.fields if field.pattern is not None]
        stated += [("minimum", field.name) for field in schema.fields if field.minimum is not None]
        stated += [("clean", field.name) for field in schema.fields if field.type == "string" and not field.verbatim]
        stated += [("primaryKey", ", ".join(schema.primary_key))]
        stated += [("foreignKey", ", ".join(key.fields)) for key in schema.foreign_keys]
        assert not [each for each in stated if not born[(schema.name, *each)]]
        assert born[schema.name, "columns", None] == 3
    assert born.total() > 600


def test_the_reduced_data_keep_every_rule_and_are_small(built: Path, schemas: tuple[TableSchema, ...]) -> None:
    tables = reduced(built, schemas)
    check_tables(schemas, tables)
    check_spans(tables["documents"], tables["spans"])
    assert not broken_keys(schemas, tables)
    assert not broken_cover(tables["documents"], tables["spans"])
    assert sum(table.num_rows for table in tables.values()) < 1000
