"""The curated vocabulary: the entities and how they are spelled, read from `seeds/entities.csv` and `spellings.csv`.

A spelling counts `always`; only where the study introduces it (`introduced`: short forms such as `RF` that mean other
things elsewhere); or `never`: it is an expression without entity that holds a spelling (`印度洋` holds `印度`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodigest.curated_rows import curated_rows
from geodigest.errors import CurationError

EntityType = Literal["dataset", "mission", "instrument", "model", "method", "software", "organisation", "place"]
Counts = Literal["always", "introduced", "never"]

_TYPES: Mapping[str, EntityType] = {each: each for each in get_args(EntityType)}
_COUNTS: Mapping[str, Counts] = {each: each for each in get_args(Counts)}
_ENTITY_COLUMNS = ["entity_id", "name", "type", "name_zh", "description"]
_SPELLING_COLUMNS = ["entity_id", "spelling", "counts"]


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


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Entities by their identifiers, and their spellings; what is made ready for a search is kept with the object."""

    entities: Mapping[str, Entity]
    spellings: tuple[Spelling, ...]


NO_VOCABULARY = Vocabulary({}, ())
"""That of documents that nobody has made one for."""


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of `folder`, the repository's `seeds/`.

    Raises:
        CurationError: a file has other columns, a value is not allowed, an identifier or a spelling stands twice, or
            a spelling names no entity.
    """
    entities: dict[str, Entity] = {}
    for row, where in curated_rows(folder / "entities.csv", _ENTITY_COLUMNS):
        identifier, kind = row["entity_id"], _TYPES.get(row["type"])
        if kind is None:
            raise CurationError(f"type is {row['type']!r}", where=where, remedy=f"use one of {', '.join(_TYPES)}")
        if identifier in entities or not identifier:
            raise CurationError(f"entity_id {identifier!r} is not new", where=where, remedy="give each entity its own")
        entities[identifier] = Entity(
            identifier,
            row["name"],
            kind,
            row["name_zh"] or None,
            row["description"] or None,
        )
    return Vocabulary(entities, tuple(_spellings(folder / "spellings.csv", entities)))


def _spellings(path: Path, entities: Mapping[str, Entity]) -> Iterator[Spelling]:
    known: dict[str, str] = {}
    for row, where in curated_rows(path, _SPELLING_COLUMNS):
        identifier, text, counts = row["entity_id"], row["spelling"], _COUNTS.get(row["counts"])
        if counts is None:
            raise CurationError(f"counts is {row['counts']!r}", where=where, remedy=f"use one of {', '.join(_COUNTS)}")
        if (counts == "never") != (identifier == "") or (identifier and identifier not in entities):
            raise CurationError(
                f"{text!r} {counts} names {identifier!r}", where=where, remedy="name an entity of entities.csv"
            )
        if not text:
            raise CurationError("the spelling is empty", where=where, remedy="give what is printed")
        if text in known:
            said = f"{text!r} stands twice, first in {known[text]}"
            raise CurationError(said, where=where, remedy="give it to one entity")
        known[text] = where
        yield Spelling(identifier or None, text, counts)
