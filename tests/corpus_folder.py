"""A folder of small documents that are converted in parts of two, and an engine that does it in this process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

from geodigest.corpora.batch import Task, convert_part
from geodigest.corpora.engines import Ends
from tests.corpora import TABLE
from tests.printer import FACETS, printed


def inline(tasks: Iterable[Task], *, one_by_one: bool = False) -> Ends:
    """An engine without processes."""
    for task in tasks:
        yield task, convert_part(task)


def _begins(name: str) -> bool:
    """Whether a document of this identifier begins a part, by what `parts` says of it."""
    return int.from_bytes(sha256(name.encode()).digest()[:4]) % 32 == 0


BEGINNING = [name for name in (f"issue-{number:05}" for number in range(1000)) if _begins(name)]
"""Identifiers of documents that begin a part."""


def text(number: int) -> str:
    """A literature table of one short study, another for each number."""
    study = TABLE[number % len(TABLE)]
    short = replace(study, facets={facet: study.facets[facet][:2] for facet in FACETS})
    return printed([replace(short, teaser=f"第{number}号。{study.teaser}")], ["grid"], Random(number)).text


def put_documents(folder: Path, numbers: Iterable[int]) -> Path:
    """A folder of documents in parts of two, some of them in a folder below."""
    for number in numbers:
        name = BEGINNING[number // 2] + ("-more" if number % 2 else "")
        path = folder / ("below" if number % 3 == 0 else ".") / f"{name}.{'md' if number % 4 else 'TXT'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(number), encoding="utf-8")
    return folder


def tree(out: Path) -> dict[str, bytes]:
    """The content of each file in a folder by its path."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
