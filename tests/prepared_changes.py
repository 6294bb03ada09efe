"""Prepared changes of the small package. What each asks of the version stands in `docs/versions.md`, not here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.small_release import Package

Mutation = Callable[[Package], object]


@dataclass(frozen=True)
class Prepared:
    """A change, and the part of the package that it is made in: changes of different parts can be made together."""

    name: str
    part: str
    mutate: Mutation


def _set(place: dict[str, Any], **values: object) -> None:
    place.update(values)


def _swap(package: Package, table: str, first: int, second: int) -> None:
    fields = package.schema(table)["fields"]
    fields[first], fields[second] = fields[second], fields[first]


def _add_column(package: Package) -> None:
    package.schema("figures")["fields"].append({"name": "height", "type": "number"})
    for row in package.rows["figures"]:
        row["height"] = "2.5"


def _remove_column(package: Package) -> None:
    package.schema("figures")["fields"].pop()


def _rename_column(package: Package) -> None:
    package.field("figures", "caption")["name"] = "legend"
    for row in package.rows["figures"]:
        row["legend"] = row.pop("caption")


def _rename_key(package: Package) -> None:
    package.field("figures", "figure_id")["name"] = "figure"
    package.schema("figures")["primaryKey"] = ["figure"]
    for row in package.rows["figures"]:
        row["figure"] = row.pop("figure_id")


def _rename_table(package: Package) -> None:
    package.resource("figures")["name"] = "images"
    package.rows["images"] = package.rows.pop("figures")


def _remove_table(package: Package) -> None:
    package.descriptor["resources"].remove(package.resource("figures"))


def _add_table(package: Package) -> None:
    schema = {"fields": [{"name": "term_id", "type": "string"}], "primaryKey": ["term_id"]}
    resource = {"name": "terms", "path": "dataset/csv/terms.csv", "encoding": "utf-8", "schema": schema}
    package.descriptor["resources"].append(resource)
    package.rows["terms"] = [{"term_id": "sse"}]


def _add_row(package: Package) -> None:
    package.rows["studies"].append(package.rows["studies"][0] | {"study_id": "crust", "doi": None})


def _split_row(package: Package) -> None:
    whole = package.rows["studies"].pop()
    package.rows["studies"] += [whole | {"study_id": f"mantle-{part}", "doi": None} for part in ("upper", "lower")]


def _write_dates_otherwise(package: Package) -> None:
    package.field("studies", "date")["format"] = "%Y-%m-%d"


def _drop(place: dict[str, Any], *names: str) -> None:
    for name in names:
        del place[name]


PREPARED = (
    Prepared("Nothing changes", "nothing", lambda new: None),
    Prepared(
        "The file of a table moves to another path",
        "figures",
        lambda new: _set(new.resource("figures"), path="dataset/figures.csv"),
    ),
    # Patch
    Prepared("A value is mended", "passages", lambda new: _set(new.rows["passages"][0], text="深度 11 km，误差 1 km")),
    Prepared(
        "A value differs in its blanks alone", "passages", lambda new: _set(new.rows["passages"][0], text="深度11 km")
    ),
    Prepared("A null is filled", "studies", lambda new: _set(new.rows["studies"][2], date="2023-10-03")),
    Prepared("A value is cleared", "studies", lambda new: _set(new.rows["studies"][0], title=None)),
    Prepared("Rows stand in another order", "studies", lambda new: new.rows["studies"].reverse()),
    Prepared(
        "A row without an identifier of its own is removed, others stay", "spans", lambda new: new.rows["spans"].pop()
    ),
    Prepared("The package gets another title", "package", lambda new: _set(new.descriptor, title="GeoDigest")),
    Prepared("A keyword is added", "package", lambda new: new.descriptor["keywords"].append("glaciers")),
    Prepared(
        "A contributor is added", "package", lambda new: new.descriptor["contributors"].append({"title": "A reader"})
    ),
    Prepared("The licence changes", "package", lambda new: _set(new.descriptor, licenses=[{"name": "CC0-1.0"}])),
    Prepared(
        "A source is added",
        "package",
        lambda new: new.descriptor["sources"].append({"title": "文献表", "path": "seeds/table.txt"}),
    ),
    Prepared(
        "A table gets another description", "spans", lambda new: _set(new.resource("spans"), description="Stretches.")
    ),
    Prepared(
        "A column gets a title or a description",
        "studies",
        lambda new: _set(new.field("studies", "title"), description_zh="论文的题名。"),
    ),
    Prepared(
        "The values of an enum are listed in another order",
        "studies",
        lambda new: new.constraints("studies", "kind")["enum"].reverse(),
    ),
    Prepared("Tables are listed in another order", "package", lambda new: new.descriptor["resources"].reverse()),
    Prepared(
        "The bytes of a file change, its values do not",
        "figures",
        lambda new: _set(new.resource("figures"), line="\r\n"),
    ),
    # Minor
    Prepared("A row is added", "studies", _add_row),
    Prepared("A table is added", "package", _add_table),
    Prepared(
        "A value is added to an enum",
        "studies",
        lambda new: new.constraints("studies", "kind")["enum"].append("letter"),
    ),
    Prepared("An enum is dropped", "studies", lambda new: _drop(new.constraints("studies", "kind"), "enum")),
    Prepared(
        "A column need no longer have a value",
        "figures",
        lambda new: _drop(new.constraints("figures", "caption"), "required"),
    ),
    Prepared(
        "A column need no longer be unique", "studies", lambda new: _drop(new.constraints("studies", "doi"), "unique")
    ),
    Prepared("A pattern is dropped", "studies", lambda new: _drop(new.constraints("studies", "doi"), "pattern")),
    Prepared("A minimum is lowered", "passages", lambda new: _set(new.constraints("passages", "position"), minimum=0)),
    Prepared("A minimum is dropped", "passages", lambda new: _drop(new.constraints("passages", "position"), "minimum")),
    Prepared("A maximum is raised", "studies", lambda new: _set(new.constraints("studies", "rank"), maximum=1000)),
    Prepared(
        "A column of clean text becomes verbatim",
        "passages",
        lambda new: _set(new.field("passages", "text"), verbatim=True),
    ),
    Prepared("A foreign key is dropped", "figures", lambda new: new.schema("figures")["foreignKeys"].clear()),
    Prepared(
        "A foreign key refers to another table",
        "figures",
        lambda new: new.schema("figures")["foreignKeys"][0].update(
            reference={"resource": "passages", "fields": ["passage_id"]}
        ),
    ),
    Prepared("A row refers to another row", "figures", lambda new: _set(new.rows["figures"][0], study_id="mantle")),
    # Major
    Prepared("The package gets another name", "package", lambda new: _set(new.descriptor, name="digest")),
    Prepared("The package gets another id", "package", lambda new: _set(new.descriptor, id="10.1000/digests")),
    Prepared("A table is renamed", "figures", _rename_table),
    Prepared("A table is removed", "figures", _remove_table),
    Prepared("A table is emptied", "spans", lambda new: new.rows["spans"].clear()),
    Prepared("A column is added, be it the last", "figures", _add_column),
    Prepared("A column is removed", "figures", _remove_column),
    Prepared("A column is renamed", "figures", _rename_column),
    Prepared("A key column is renamed", "figures", _rename_key),
    Prepared("Columns stand in another order", "passages", lambda new: _swap(new, "passages", 2, 3)),
    Prepared("A column gets another type", "figures", lambda new: _set(new.field("figures", "width"), type="string")),
    Prepared("A column gets another format", "studies", _write_dates_otherwise),
    Prepared(
        "Other texts count as missing values",
        "studies",
        lambda new: _set(new.schema("studies"), missingValues=["", "NA"]),
    ),
    Prepared(
        "A column has to have a value", "passages", lambda new: _set(new.constraints("passages", "text"), required=True)
    ),
    Prepared(
        "A column has to be unique", "passages", lambda new: _set(new.constraints("passages", "text"), unique=True)
    ),
    Prepared(
        "A value is removed from an enum",
        "studies",
        lambda new: new.constraints("studies", "kind")["enum"].remove("note"),
    ),
    Prepared(
        "A value of an enum gives way to another",
        "studies",
        lambda new: _set(new.constraints("studies", "kind"), enum=["study", "review", "letter"]),
    ),
    Prepared(
        "An enum is added", "spans", lambda new: _set(new.constraints("spans", "document"), enum=["bulletin", "table"])
    ),
    Prepared("A pattern is added", "spans", lambda new: _set(new.constraints("spans", "document"), pattern="[a-z]+")),
    Prepared("A pattern changes", "studies", lambda new: _set(new.constraints("studies", "doi"), pattern="10\\..*")),
    Prepared("A minimum is added", "spans", lambda new: _set(new.constraints("spans", "start"), minimum=0)),
    Prepared("A minimum is raised", "studies", lambda new: _set(new.constraints("studies", "rank"), minimum=1)),
    Prepared("A maximum is lowered", "studies", lambda new: _set(new.constraints("studies", "rank"), maximum=10)),
    Prepared(
        "A verbatim column has to be clean text", "spans", lambda new: _drop(new.field("spans", "original"), "verbatim")
    ),
    Prepared(
        "A foreign key is added",
        "figures",
        lambda new: new.schema("figures")["foreignKeys"].append(
            {"fields": ["figure_id"], "reference": {"resource": "passages", "fields": ["passage_id"]}}
        ),
    ),
    Prepared(
        "The primary key takes other columns",
        "passages",
        lambda new: _set(new.schema("passages"), primaryKey=["study_id", "position"]),
    ),
    Prepared("The primary key is dropped", "passages", lambda new: _drop(new.schema("passages"), "primaryKey")),
    Prepared("A row that others refer to is removed", "studies", lambda new: new.rows["studies"].pop()),
    Prepared("A row with an identifier of its own is removed", "figures", lambda new: new.rows["figures"].pop()),
    Prepared(
        "The identifier of a row changes", "figures", lambda new: _set(new.rows["figures"][0], figure_id="slow-slip/a")
    ),
    Prepared("A row is split in two", "studies", _split_row),
    Prepared("A file gets another encoding", "figures", lambda new: _set(new.resource("figures"), encoding="utf-16")),
    Prepared(
        "A file gets another dialect", "figures", lambda new: _set(new.resource("figures"), dialect={"delimiter": ";"})
    ),
    Prepared(
        "The descriptor follows another version of the standard",
        "package",
        lambda new: _drop(new.descriptor, "$schema"),
    ),
)
