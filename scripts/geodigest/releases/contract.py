"""Whether the version of a release rose as much as its changes ask.

The rule is that of the Data Package version recipe, https://datapackage.org/recipes/data-package-version/.
`docs/versions.md` has it in our words.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from geodigest.releases.diff import Difference, TableDifference, diff
from geodigest.releases.excerpts import key_shown
from geodigest.releases.matching import Key
from geodigest.releases.release import Release, ReleaseError
from geodigest.releases.rules import Change, Level, Rule
from geodigest.releases.schema_changes import schema_changes
from geodigest.wording import counted

_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_NAMED = 3
"""How many rows a change names."""


@dataclass(frozen=True)
class Verdict:
    """The changes between two releases, the greatest first, and what they ask of the version."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]

    @property
    def needed(self) -> Level:
        """The part of the version that has to rise."""
        return max((change.rule.level for change in self.changes), default=Level.NONE)

    @property
    def given(self) -> Level | None:
        """The part that did rise; None where the version fell."""
        old, new = _numbers(self.old_version), _numbers(self.new_version)
        rose = (level for level, a, b in zip((Level.MAJOR, Level.MINOR, Level.PATCH), old, new, strict=True) if a != b)
        return None if new < old else next(rose, Level.NONE)

    @property
    def ok(self) -> bool:
        """Whether the version rose enough; more than enough is allowed."""
        return self.given is not None and self.given >= self.needed

    @property
    def least(self) -> str:
        """The lowest version that is enough.

        >>> Verdict("0.1.4", "0.1.5", (Change(Rule.DATA, "table studies", "3 rows added"),)).least
        '0.2.0'
        """
        major, minor, patch = _numbers(self.old_version)
        return {
            Level.NONE: self.old_version,
            Level.PATCH: f"{major}.{minor}.{patch + 1}",
            Level.MINOR: f"{major}.{minor + 1}.0",
            Level.MAJOR: f"{major + 1}.0.0",
        }[self.needed]

    def as_text(self) -> str:
        """The changes under their levels and the recipe's sentences, then the verdict."""
        lines = []
        for rule, changes in groupby(self.changes, lambda change: change.rule):
            lines += [f"{rule.level}: {rule.sentence}", *(f"  {change.place}: {change.what}" for change in changes), ""]
        lines = lines or ["nothing changed", ""]
        rise = "the version fell" if self.given is None else f"given: {self.given}"
        verdict = "ok" if self.ok else f"not enough, the version has to be {self.least} or higher"
        lines.append(f"needed: {self.needed}, {rise} ({self.old_version} → {self.new_version}): {verdict}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same as one object."""
        stated = {
            "old": self.old_version,
            "new": self.new_version,
            "needed": str(self.needed),
            "given": None if self.given is None else str(self.given),
            "least": self.least,
            "ok": self.ok,
            "changes": [
                {
                    "level": str(change.rule.level),
                    "place": change.place,
                    "what": change.what,
                    "rule": change.rule.sentence,
                }
                for change in self.changes
            ],
        }
        return json.dumps(stated, ensure_ascii=False, indent=2) + "\n"


def contract(old: Release, new: Release) -> Verdict:
    """What changed between two releases, by the rule of the recipe, and whether NEW's version rose enough.

    Raises:
        ReleaseError: a version is not `MAJOR.MINOR.PATCH`.
    """
    for release in (old, new):
        _numbers(release.version, release.place)
    difference = diff(old, new)
    changes = [*schema_changes(old, new, difference), *_table_changes(old, difference)]
    for table in difference.tables:
        if table.state == "changed":
            changes += [*_column_changes(table), *_row_changes(table, old, new)]
    order = list(Rule)
    return Verdict(old.version, new.version, tuple(sorted(changes, key=lambda change: order.index(change.rule))))


def _table_changes(old: Release, difference: Difference) -> Iterator[Change]:
    for name, other in difference.tables_renamed.items():
        yield Change(Rule.NAME, f"table {name}", f"renamed to {other}, all rows the same")
    for table in difference.tables:
        place = f"table {table.table}"
        if table.state == "added":
            yield Change(Rule.RESOURCE, place, f"added, {counted(len(table.rows_added), 'row')}")
        elif table.state == "removed":
            used = f", {', '.join(users)} refer to it" if (users := _users(old, table.table)) else ""
            yield Change(Rule.DELETE, place, f"removed, {counted(len(table.rows_removed), 'row')}{used}")


def _column_changes(table: TableDifference) -> Iterator[Change]:
    place = f"table {table.table}"
    for name, other in table.columns_renamed.items():
        yield Change(Rule.NAME, f"{place}, column {name}", f"renamed to {other}, all values the same")
    for column in table.columns_removed:
        yield Change(Rule.FIELDS, f"{place}, column {column}", "removed")
    for column in table.columns_added:
        yield Change(Rule.FIELDS, f"{place}, column {column}", "added")
    if table.columns_reordered:
        yield Change(Rule.FIELDS, place, "the columns stand in another order")


def _row_changes(table: TableDifference, old: Release, new: Release) -> Iterator[Change]:
    place, users = f"table {table.table}", _users(old, table.table)
    if rows := table.rows_added:
        yield Change(Rule.DATA, place, f"{counted(len(rows), 'row')} added: {_named([row.key for row in rows])}")
    if rows := table.rows_removed:
        told = f"{counted(len(rows), 'row')} removed: {_named([row.key for row in rows])}"
        key = old.schemas[table.table].primary_key
        if users:
            yield Change(Rule.DELETE, place, f"{told}; {', '.join(users)} may refer to them")
        elif len(key) == 1:
            yield Change(Rule.DELETE, place, f"{told}; others may refer to them by {key[0]}")
        else:
            yield Change(Rule.ERRORS if table.rows_kept else Rule.DELETE, place, told)
    whole = {*table.columns_added, *table.columns_removed}
    cells = [(row.key, cell) for row in table.rows_changed for cell in row.cells if cell.column not in whole]
    schemas = (old.schemas[table.table], new.schemas[table.table])
    references = {column for schema in schemas for key in schema.foreign_keys for column in key.fields}
    referenced = {
        column
        for schema in old.schemas.values()
        for key in schema.foreign_keys
        if key.table == table.table
        for column in key.referenced
    }
    for column, count in Counter(cell.column for _, cell in cells).items():
        keys = [key for key, cell in cells if cell.column == column]
        told = f"{counted(count, 'value')} changed: {_named(keys)}"
        rule = Rule.DELETE if column in referenced else Rule.REFERENCE if column in references else Rule.ERRORS
        yield Change(rule, f"{place}, column {column}", told)
    if table.rows_reordered:
        yield Change(Rule.ERRORS, place, "the rows stand in another order")


def _users(release: Release, table: str) -> list[str]:
    """The tables that refer to a table."""
    return [name for name, schema in release.schemas.items() if any(key.table == table for key in schema.foreign_keys)]


def _named(keys: list[Key]) -> str:
    """The first of the rows by their keys."""
    told = [key_shown(key) for key in keys[:_NAMED]]
    return ", ".join([*told, "…"] if len(keys) > _NAMED else told)


def _numbers(version: str, where: str = "datapackage.json") -> tuple[int, int, int]:
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ReleaseError(f"the version is {version!r}", where=where, remedy="write it as MAJOR.MINOR.PATCH")
    return int(found[1]), int(found[2]), int(found[3])
