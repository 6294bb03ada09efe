"""The curated vocabulary: the entities and how they are spelled, read from `seeds/entities.csv` and `spellings.csv`.

A spelling counts `always`; only where the study introduces it (`introduced`: short forms such as `RF` that mean other
things elsewhere); or `never`: it is an expression without entity that holds a spelling (`印度洋` holds `印度`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodigest.errors import GeoDigestError

EntityType = Literal["dataset", "mission", "instrument", "model", "method", "software", "organisation", "place"]
Counts = Literal["always", "introduced", "never"]

_ENTITY_COLUMNS = ["entity_id", "name", "type", "name_zh", "description"]
_SPELLING_COLUMNS = ["entity_id", "spelling", "counts"]


class VocabularyError(GeoDigestError):
    """A file of the vocabulary cannot be read, or its rows contradict one another."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named dataset, mission, instrument, model, method, software, organisation or place."""

    entity_id: str
    name: str
    type: EntityType
    name_zh: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to print an entity; `entity_id` is None where it `never` counts."""

    entity_id: str | None
    text: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entities by their identifiers, and their spellings."""

    entities: Mapping[str, Entity]
    spellings: tuple[Spelling, ...]


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of `folder`, the repository's `seeds/`.

    Raises:
        VocabularyError: a file has other columns, a value is not allowed, an identifier or a spelling stands twice, or
            a spelling names no entity.
    """
    entities: dict[str, Entity] = {}
    for row, where in _rows(folder / "entities.csv", _ENTITY_COLUMNS):
        identifier, kind = row["entity_id"], row["type"]
        if kind not in get_args(EntityType):
            allowed = ", ".join(get_args(EntityType))
            raise VocabularyError(f"type is {kind!r}", where=where, remedy=f"use one of {allowed}")
        if identifier in entities or not identifier:
            raise VocabularyError(
                f"entity_id {identifier!r} is not new", where=where, remedy="give each entity its own"
            )
        entities[identifier] = Entity(
            identifier,
            row["name"],
            kind,  # type: ignore[arg-type]
            row["name_zh"] or None,
            row["description"] or None,
        )
    return Vocabulary(entities, tuple(_spellings(folder / "spellings.csv", entities)))


def _spellings(path: Path, entities: Mapping[str, Entity]) -> Iterator[Spelling]:
    known: dict[str, str] = {}
    for row, where in _rows(path, _SPELLING_COLUMNS):
        identifier, text, counts = row["entity_id"], row["spelling"], row["counts"]
        if counts not in get_args(Counts):
            allowed = ", ".join(get_args(Counts))
            raise VocabularyError(f"counts is {counts!r}", where=where, remedy=f"use one of {allowed}")
        if (counts == "never") != (identifier == "") or (identifier and identifier not in entities):
            raise VocabularyError(
                f"{text!r} {counts} names {identifier!r}", where=where, remedy="name an entity of entities.csv"
            )
        if text in known or not text:
            raise VocabularyError(
                f"{text!r} stands twice, first in {known.get(text)}", where=where, remedy="give it to one entity"
            )
        known[text] = where
        yield Spelling(identifier or None, text, counts)  # type: ignore[arg-type]


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[dict[str, str], str]]:
    if not path.is_file():
        raise VocabularyError("there is no such file", where=str(path), remedy="restore it from the repository")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if reader.fieldnames != columns:
            raise VocabularyError(
                f"the columns are {reader.fieldnames}", where=f"{path}:1:1", remedy=f"use {','.join(columns)}"
            )
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise VocabularyError("another number of values", where=where, remedy=f"give {len(columns)} values")
            yield row, where
