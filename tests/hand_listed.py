"""Facts of three studies as readers listed them before any rule was written (`tests/facts/`)."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from geodigest.facts.text import PassageText
from geodigest.paths import parquet_path

POSITIONS = (19, 29, 46)
TABLE = "earth-science-literature-table"

Key = Callable[[Mapping[str, str | None]], Hashable]


def listed(position: int, kind: str, key: Key) -> tuple[Counter[Hashable], Counter[Hashable]]:
    """The facts of a kind that the readers listed in a study of the literature table, and those they doubted."""
    sample = json.loads((Path(__file__).parent / "facts" / f"facts-{position}.json").read_text(encoding="utf-8"))
    doubtful = sample.get("doubtful", {}).get(kind, [])
    return Counter(map(key, sample[kind])), Counter(map(key, doubtful))


def published(built: Path) -> tuple[tuple[PassageText, ...], Mapping[str, tuple[int, str]]]:
    """The passages of the literature table, and the study's position and the facet of each."""
    studies = {row["study_id"]: row for row in pq.read_table(built / parquet_path("studies")).to_pylist()}
    rows = [
        row
        for row in pq.read_table(built / parquet_path("passages")).to_pylist()
        if studies[row["study_id"]]["document_id"] == TABLE
    ]
    places = {row["passage_id"]: (studies[row["study_id"]]["position"], row["facet"]) for row in rows}
    return tuple(PassageText(row["passage_id"], row["study_id"], row["text"]) for row in rows), places


def precision_and_recall(
    found: Counter[Hashable], right: Counter[Hashable], doubtful: Counter[Hashable]
) -> tuple[float, float]:
    """The shares of the found facts that are listed, doubted ones left aside, and of the listed ones that are found."""
    hits = (found & right).total()
    return hits / (hits + (found - right - doubtful).total()), hits / right.total()
