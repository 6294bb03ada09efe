"""Corpora: documents of both kinds and of any size, printed from known tables, so that what is to be read is known.

`python -m tests.corpora OUT --documents 10` writes ten of each kind, as long as the seeds, to `OUT/<kind>/`. The same
arguments give the same documents; a document does not depend on how many there are.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TypeVar, get_args

from geodigest.loading import load_arrow
from geodigest.seeds import DocumentKind
from tests.bulletin_printer import KnownDigest, printed_bulletin
from tests.printer import FACETS, LAYOUTS, Layout, Study, printed

KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
STUDIES: dict[DocumentKind, int] = {"bulletin": 5, "literature_table": 49}
"""How many studies the seed of each kind holds."""
MIXED: tuple[Layout, ...] = ("grid",) * 9 + ("columnar",) * 10 + ("woven",)
"""Layouts in the proportions of the seed, of whose characters 44 % are in grids, 51 % columnar and 5 % woven."""
TABLE = [
    Study(**{**row, "facets": {facet: tuple(row["facets"][facet]) for facet in FACETS}})
    for row in json.loads(Path(__file__).with_name("known_table.json").read_text(encoding="utf-8"))
]
_BULLETIN = "earthquake-frontiers-2023-10"
_LATER_DIGIT = re.compile(r"(?<=\d)\d|(?<=\d\.)\d")
_OPENING = 5
"""Characters of a paragraph that may be its outline number."""
Known = TypeVar("Known", Study, KnownDigest)


def known_studies(random: Random) -> Iterator[Study]:
    """The rows of the known table in any order, over and over; later rounds have other numbers, dates and titles."""
    for turn in count(1):
        for study in random.sample(TABLE, len(TABLE)):
            yield study if turn == 1 else _reprinted(study, turn, random)


def _reprinted(study: Study, turn: int, random: Random) -> Study:
    facets = {facet: tuple(_other_numbers(line, random) for line in lines) for facet, lines in study.facets.items()}
    date = f"({random.randint(2001, 2030)}{random.randint(1, 12):02}{random.randint(1, 28):02})"
    return replace(study, title_zh=f"{study.title_zh}（之{turn}）", date=date, facets=facets)


def _other_numbers(paragraph: str, random: Random) -> str:
    """The paragraph with other numbers of as many digits; a text repeated as it is would be learnt too well."""
    opening, rest = paragraph[:_OPENING], paragraph[_OPENING:]
    return opening + _LATER_DIGIT.sub(lambda _: str(random.randrange(10)), rest)


@cache
def issue() -> tuple[KnownDigest, ...]:
    """The digests of the published bulletin."""

    def rows(table: str, study: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = load_arrow(table, where=[("study_id", "=", study)]).to_pylist()
        return found

    return tuple(
        KnownDigest(
            title=study["title_zh"],
            abstract=tuple(study["abstract"].split("\n")),
            body=tuple(study["body"].split("\n")),
            captions=tuple(tuple(each["caption"].split("\n")) for each in rows("figures", study["study_id"])),
            references=tuple(map(_as_printed, rows("references", study["study_id"]))),
            is_review=study["kind"] == "review",
        )
        for study in load_arrow("studies", where=[("document_id", "=", _BULLETIN)]).to_pylist()
    )


def _as_printed(reference: dict[str, str]) -> str:
    """A reference with its journal in italics and its link in brackets."""
    container = f". {reference['container']},"
    italic = reference["citation"].replace(container, f". *{reference['container']}*,")
    return re.sub(r"https?://\S*[^\s.]", r"<\g<0>>", italic)


def known_digests(random: Random) -> Iterator[KnownDigest]:
    """The digests of the published bulletin in any order, over and over; later rounds have other numbers and titles."""
    for turn in count(1):
        for digest in random.sample(issue(), len(issue())):
            yield (
                digest
                if turn == 1
                else replace(
                    digest,
                    title=f"{digest.title}（之{turn}）",
                    abstract=tuple(_other_numbers(each, random) for each in digest.abstract),
                    body=tuple(_other_numbers(each, random) for each in digest.body),
                )
            )


def up_to(characters: int, known: Iterator[Known]) -> list[Known]:
    """The first ones that hold so many characters together, at least one."""
    taken: list[Known] = []
    while characters > 0 or not taken:
        taken.append(next(known))
        characters -= _characters(taken[-1])
    return taken


def _characters(known: Study | KnownDigest) -> int:
    if isinstance(known, KnownDigest):
        return sum(map(len, (*known.abstract, *known.body, *known.references, *sum(known.captions, ()))))
    paper = (known.title_en, known.journal, known.title_zh, known.date, known.teaser)
    return sum(map(len, paper)) + sum(len(line) for lines in known.facets.values() for line in lines)


def document(
    kind: DocumentKind,
    random: Random,
    *,
    studies: int | None = None,
    characters: int | None = None,
    layouts: Sequence[Layout] = MIXED,
) -> str:
    """A document of so many studies, or of about so many characters; of neither, as long as the seed."""
    number = STUDIES[kind] if studies is None else studies
    if kind == "bulletin":
        digests = known_digests(random)
        known = list(islice(digests, number)) if characters is None else up_to(characters, digests)
        return printed_bulletin(known, random)
    rows = known_studies(random)
    table = list(islice(rows, number)) if characters is None else up_to(characters, rows)
    return printed(table, layouts, random).text


def write_corpus(
    out: Path,
    kind: DocumentKind,
    documents: int,
    seed: int = 0,
    *,
    studies: int | None = None,
    characters: int | None = None,
    layouts: Sequence[Layout] = MIXED,
) -> list[Path]:
    """Write so many documents of a kind to `out/<kind>/`, each drawn by the seed and its own number."""
    folder = out / kind
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(1, documents + 1):
        random = Random(f"{seed} {kind} {number}")
        files.append(folder / f"{kind.replace('_', '-')}-{number:05}.txt")
        text = document(kind, random, studies=studies, characters=characters, layouts=layouts)
        files[-1].write_text(text, encoding="utf-8")
    return files


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser("python -m tests.corpora", description=__doc__, allow_abbrev=False)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--documents", type=int, default=1, help="how many of each kind")
    parser.add_argument("--kind", choices=KINDS, action="append", help="both, if none is named")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--studies", type=int, help="in each document; as many as in the seed, if not told")
    size.add_argument("--characters", type=int, help="in each document, about")
    parser.add_argument("--layout", choices=LAYOUTS, help="of all pages; mixed as in the seed, if not told")
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args(arguments)
    layouts = (told.layout,) if told.layout else MIXED
    for kind in told.kind or KINDS:
        size_told = {"studies": told.studies, "characters": told.characters}
        files = write_corpus(told.out, kind, told.documents, told.seed, **size_told, layouts=layouts)
        sys.stdout.write(f"{len(files)} in {told.out / kind}, {sum(file.stat().st_size for file in files):,} bytes\n")


if __name__ == "__main__":
    main()
