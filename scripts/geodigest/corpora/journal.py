"""The journal of a conversion: an entry a part that is finished, written when all its files are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodigest import __version__
from geodigest.corpora.failures import FailedDocument
from geodigest.corpora.listing import Source
from geodigest.corpora.parts import Part
from geodigest.corpora.places import read, write
from geodigest.corpus_marks import JOURNAL_FOLDER
from geodigest.paths import package_root
from geodigest.seeds import DocumentKind


@dataclass(frozen=True)
class PartFile:
    """A table's rows of a part; `arrow_bytes` is their size in memory."""

    table: str
    path: str
    rows: int
    arrow_bytes: int
    size: int
    sha256: str


@dataclass(frozen=True)
class JournalEntry:
    """What was made of a part: by which converter, of which documents, and what became of their characters."""

    part: str
    converter: str
    kind: DocumentKind
    sources: tuple[Source, ...]
    files: tuple[PartFile, ...] = ()
    texts: tuple[tuple[str, int], ...] = ()
    """The files that keep the documents' texts, with their sizes."""
    failures: tuple[FailedDocument, ...] = ()
    entities: tuple[str, ...] = ()
    """The entities that the documents mention."""
    characters: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    by_rule: int = 0
    by_decision: int = 0

    @property
    def written(self) -> dict[str, int]:
        """The names of the part's files, with their sizes."""
        return {each.path: each.size for each in self.files} | dict(self.texts)


@cache
def converter() -> str:
    """What a part's bytes depend on beside its documents: the code, definitions and vocabulary, and pyarrow."""
    package, root = Path(__file__).parents[1], package_root()
    code = [path for path in package.rglob("*") if path.suffix in {".py", ".txt"} and "_package" not in path.parts]
    digest = hashlib.sha256()
    for path in [*sorted(code), *sorted((root / "schema").glob("*.json")), *sorted((root / "seeds").glob("[es]*.csv"))]:
        digest.update(path.read_bytes())
    return f"geodigest {__version__} {digest.hexdigest()[:16]}, pyarrow {pa.__version__}"


def entry_name(part: str) -> str:
    """The name of a part's entry.

    >>> entry_name("part-issue-1")
    'journal/part-issue-1.json'
    """
    return f"{JOURNAL_FOLDER}{part}.json"


def write_entry(out: str, entry: JournalEntry) -> None:
    """Write the entry of a part that is finished."""
    content = json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n"
    write(out, entry_name(entry.part), content.encode("utf-8"))


def finished(out: str, part: Part, kind: DocumentKind, present: Mapping[str, int]) -> JournalEntry | None:
    """The entry of a part, where it was finished by this converter for these very documents and all files are there.

    Args:
        out: the conversion.
        part: the part as it is to be.
        kind: the kind of the documents.
        present: the sizes of all files that are there.
    """
    if entry_name(part.name) not in present:
        return None
    try:
        entry = _entry(json.loads(read(out, entry_name(part.name))))
    except (ValueError, KeyError, TypeError):
        return None
    is_same = (entry.converter, entry.kind, entry.sources) == (converter(), kind, part.sources)
    are_there = all(present.get(name) == size for name, size in entry.written.items())
    return entry if is_same and are_there and all(each.is_final for each in entry.failures) else None


def _entry(stated: Any) -> JournalEntry:
    """The entry that its JSON states, whose lists are tuples."""
    return JournalEntry(
        **stated
        | {
            "sources": tuple(
                Source(**each | {"curation": tuple(map(tuple, each["curation"]))}) for each in stated["sources"]
            ),
            "files": tuple(PartFile(**each) for each in stated["files"]),
            "texts": tuple(map(tuple, stated["texts"])),
            "failures": tuple(FailedDocument(**each) for each in stated["failures"]),
            "entities": tuple(stated["entities"]),
        }
    )
