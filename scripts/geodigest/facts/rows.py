"""Rows of the fact tables: what the passages of a document say, found by rule with the vocabulary at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geodigest.facts.equations import Equation, find_equations
from geodigest.facts.measured import measured_rows
from geodigest.facts.mentions import Mention, find_mentions, naming
from geodigest.facts.properties import is_measure
from geodigest.facts.quantities import Quantity, quantities
from geodigest.facts.terms import Term, find_terms
from geodigest.facts.text import PassageText
from geodigest.facts.vocabulary import Entity, Vocabulary

Row = dict[str, object]
"""A row of a table: its values by column."""


def fact_rows(passages: Sequence[Mapping[str, object]], vocabulary: Vocabulary) -> dict[str, list[Row]]:
    """Rows of `equations`, `quantities`, `terms`, `mentions`, and of `entities`: those that a passage mentions.

    Args:
        passages: rows of `passages`.
        vocabulary: the entities to look for.
    """
    texts = [PassageText(str(row["passage_id"]), str(row["study_id"]), str(row["text"])) for row in passages]
    mentioned = find_mentions(texts, vocabulary)
    return {
        "equations": _numbered("equation_id", "e", map(_row, find_equations(texts))),
        "quantities": _numbered("quantity_id", "q", _quantity_rows(passages, mentioned, vocabulary)),
        "terms": _numbered("term_id", "t", map(_term_row, find_terms(texts, vocabulary))),
        "entities": [
            _row(vocabulary.entities[entity]) for entity in sorted({mention.entity_id for mention in mentioned})
        ],
        "mentions": _numbered("mention_id", "m", map(_row, mentioned)),
    }


def stating(study: Sequence[str], vocabulary: Vocabulary) -> Callable[[str], bool]:
    """What tells whether words before a colon name an entity or hold a quantity or a bracket: no mere label.

    Args:
        study: the texts of all its passages.
        vocabulary: the entities that they may name.
    """
    is_named = naming(study, vocabulary)
    return lambda head: "(" in head or "（" in head or bool(measured_rows(head)) or is_named(head)


def _quantity_rows(
    passages: Iterable[Mapping[str, object]], mentions: Iterable[Mention], vocabulary: Vocabulary
) -> Iterator[Row]:
    named: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.passage_id].append(mention)
    for row in passages:
        label = None if row["label"] is None else str(row["label"])
        beside = named[str(row["passage_id"])]
        starts = {mention.start for mention in beside}
        names = {
            name
            for each in beside
            if vocabulary.entities[each.entity_id].type != "method"
            for name in (each.surface, *each.surface.split())
        }
        for each in quantities(str(row["text"]), label):
            if not (each.start in starts and each.surface.endswith("大")):  # else of a name: 九大清洁能源基地
                yield {"passage_id": row["passage_id"], **_row(_unnamed(each, names, label))}


def _unnamed(each: Quantity, names: set[str], label: str | None) -> Quantity:
    """A quantity whose property is no place and no dataset: those are what the label's measure is given of."""
    if each.property is None or each.property == each.unit_note or not names.issuperset(each.property.split("/")):
        return each
    return replace(each, property=label if label and is_measure(label) else None)


def _row(fact: Equation | Quantity | Term | Mention | Entity) -> Row:
    return {name: getattr(fact, name) for name in fact.__slots__}


def _term_row(term: Term) -> Row:
    row = _row(term)
    del row["spells_out"]
    return row


def _numbered(key: str, letter: str, rows: Iterable[Row]) -> list[Row]:
    """The rows with identifiers: the passage's, a slash, a letter and the row's number in the passage."""
    counts: defaultdict[object, int] = defaultdict(int)
    numbered = []
    for row in rows:
        counts[row["passage_id"]] += 1
        numbered.append({key: f"{row['passage_id']}/{letter}{counts[row['passage_id']]:03}", **row})
    return numbered
