"""A small package of four tables, written as a release, for tests that change it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, str | None]
"""The cells as CSV spells them; None is null."""


@dataclass
class Package:
    """A descriptor and rows, to be changed and written."""

    descriptor: dict[str, Any]
    rows: dict[str, list[Row]]

    def resource(self, table: str) -> dict[str, Any]:
        """The Data Resource of a table."""
        return next(each for each in self.descriptor["resources"] if each["name"] == table)

    def schema(self, table: str) -> dict[str, Any]:
        """The Table Schema of a table."""
        stated: dict[str, Any] = self.resource(table)["schema"]
        return stated

    def field(self, table: str, column: str) -> dict[str, Any]:
        """The definition of a column."""
        return next(each for each in self.schema(table)["fields"] if each["name"] == column)

    def constraints(self, table: str, column: str) -> dict[str, Any]:
        """The constraints of a column, to be changed in place."""
        stated: dict[str, Any] = self.field(table, column).setdefault("constraints", {})
        return stated

    def write(self, folder: Path) -> Path:
        """Write the release, with the sizes and digests of its files; the folder."""
        for resource in self.descriptor["resources"]:
            path = folder / resource["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            names = [field["name"] for field in resource["schema"]["fields"]]
            delimiter = resource.get("dialect", {}).get("delimiter", ",")
            with path.open("w", encoding=resource["encoding"], newline="") as file:
                written = csv.writer(file, lineterminator=resource.pop("line", "\n"), delimiter=delimiter)
                written.writerow(names)
                written.writerows([row[name] for name in names] for row in self.rows[resource["name"]])
            resource["bytes"] = path.stat().st_size
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        text = json.dumps(self.descriptor, ensure_ascii=False, indent=2)
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
        return folder


def package(version: str = "1.4.2") -> Package:
    """Three studies, their passages, figures, and spans of a document."""
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "digests",
        "version": version,
        "title": "Digests",
        "keywords": ["slow slip"],
        "contributors": [{"title": "Contributors"}],
        "licenses": [{"name": "CC-BY-4.0"}],
        "sources": [{"title": "快报", "path": "seeds/bulletin.txt"}],
        "resources": [_resource(name, *stated) for name, stated in _TABLES.items()],
    }
    rows = {name: list(_rows(name)) for name in _TABLES}
    return Package(descriptor, rows)


_TABLES: dict[str, tuple[list[dict[str, Any]], list[str], dict[str, str]]] = {
    "studies": (
        [
            {"name": "study_id", "type": "string", "constraints": {"required": True, "unique": True}},
            {"name": "kind", "type": "string", "constraints": {"required": True, "enum": ["study", "review", "note"]}},
            {"name": "title", "type": "string", "title": "Title", "title_zh": "题名"},
            {"name": "doi", "type": "string", "constraints": {"pattern": "10\\..+", "unique": True}},
            {"name": "date", "type": "date"},
            {"name": "rank", "type": "integer", "constraints": {"minimum": 0, "maximum": 100}},
        ],
        ["study_id"],
        {},
    ),
    "passages": (
        [
            {"name": "passage_id", "type": "string", "constraints": {"required": True}},
            {"name": "study_id", "type": "string", "constraints": {"required": True}},
            {"name": "position", "type": "integer", "constraints": {"minimum": 1}},
            {"name": "text", "type": "string"},
            {"name": "is_complete", "type": "boolean"},
        ],
        ["passage_id"],
        {"study_id": "studies"},
    ),
    "figures": (
        [
            {"name": "figure_id", "type": "string", "constraints": {"required": True}},
            {"name": "study_id", "type": "string"},
            {"name": "caption", "type": "string", "constraints": {"required": True}},
            {"name": "width", "type": "number"},
        ],
        ["figure_id"],
        {"study_id": "studies"},
    ),
    "spans": (
        [
            {"name": "document", "type": "string"},
            {"name": "start", "type": "integer"},
            {"name": "end", "type": "integer"},
            {"name": "original", "type": "string", "verbatim": True},
            {"name": "passage_id", "type": "string"},
        ],
        ["document", "start"],
        {"passage_id": "passages"},
    ),
}


def _resource(name: str, fields: list[dict[str, Any]], key: list[str], references: dict[str, str]) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": table, "fields": [_TABLES[table][1][0]]}}
        for column, table in references.items()
    ]
    schema = {"fields": json.loads(json.dumps(fields)), "primaryKey": key, "foreignKeys": keys, "missingValues": [""]}
    stated = {"name": name, "type": "table", "path": f"dataset/csv/{name}.csv", "format": "csv"}
    return stated | {"mediatype": "text/csv", "encoding": "utf-8", "description": f"The {name}.", "schema": schema}


def _rows(table: str) -> Iterator[Row]:
    for number, topic in enumerate(("slow-slip", "glaciers", "mantle"), 1):
        study: Row = {"study_id": topic}
        if table == "studies":
            stated = {"kind": "study", "title": f"{topic} 慢滑", "doi": f"10.1000/{number}"}
            yield study | stated | {"date": f"2023-10-0{number}" if number < 3 else None, "rank": str(number)}
        elif table == "passages":
            for place in (1, 2):
                row: Row = {
                    "passage_id": f"{topic}/{place}",
                    "position": str(place),
                    "text": f"深度 {number}{place} km",
                }
                yield study | row | {"is_complete": "true" if place == 1 else "false"}
        elif table == "figures":
            yield study | {"figure_id": f"{topic}/1", "caption": f"图 {number}", "width": f"{number}.5"}
        else:
            start, end = str(10 * number), str(10 * number + 10)
            row = {"document": "bulletin", "start": start, "end": end}
            yield row | {"original": f"深度 {number}1 km ", "passage_id": f"{topic}/1"}
