"""What is printed from known tables is given back, and a corpus is what its arguments say."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.documents import kind_of
from geodigest.reconstruct.blocks import blocks
from geodigest.reconstruct.bulletin import read_bulletin
from geodigest.reconstruct.digests import read_digests
from geodigest.reconstruct.model import Reconstruction, Span
from geodigest.reconstruct.rows import row_starts
from geodigest.seeds import DocumentKind
from tests.bulletin_printer import KnownDigest, printed_bulletin
from tests.clones import REPOSITORY
from tests.corpora import KINDS, MIXED, TABLE, document, issue, known_digests, known_studies, main, write_corpus

SEED = (REPOSITORY / "seeds" / "earth-science-literature-table.txt").read_text(encoding="utf-8")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _known(digest: KnownDigest) -> dict[str, object]:
    captions = [[f"图{number}", *caption] for number, caption in enumerate(digest.captions, 1)]
    return {
        "kind": "review" if digest.is_review else "study",
        "title": _bare(digest.title),
        "abstract": [*map(_bare, digest.abstract)],
        "body": [*map(_bare, digest.body)],
        "captions": [_bare("".join(caption)) for caption in captions],
        "references": [*map(_bare, digest.references)],
    }


def _read(text: str) -> list[dict[str, object]]:
    def words(parts: tuple[Span, ...]) -> str:
        return _bare("".join(text[part.start : part.end] for part in parts))

    return [
        {
            "kind": digest.kind,
            "title": words(digest.title),
            "abstract": [*map(words, digest.abstract)],
            "body": [*map(words, digest.body)],
            "captions": [*map(words, digest.captions)],
            "references": [words((citation.span,)).removeprefix("-") for citation in digest.citations],
        }
        for digest in read_digests(text)
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    digests=st.lists(st.sampled_from(issue()), min_size=1, max_size=5, unique=True),
    seed=st.integers(0, 1_000_000),
)
def test_a_known_bulletin_is_given_back(digests: list[KnownDigest], seed: int) -> None:
    text = printed_bulletin(digests, Random(seed))
    assert _read(text) == [_known(digest) for digest in digests]


def test_a_long_bulletin_is_given_back() -> None:
    random = Random(7)
    digests = [next(known) for known in [known_digests(random)] for _ in range(60)]
    assert _read(printed_bulletin(digests, random)) == [_known(digest) for digest in digests]


def _facet(text: str, read: Reconstruction, facet: str) -> list[str]:
    return [
        "".join(text[piece.start : piece.end] for piece in cell.pieces) for cell in read.cells if cell.facet == facet
    ]


def test_the_paper_of_a_known_digest_is_given_back() -> None:
    random = Random(1)
    text = printed_bulletin([digest for digest in issue() if not digest.is_review], random)
    assert _facet(text, read_bulletin(text), "journal") == [
        "Earth and Planetary Science Letters",
        "Nature Geoscience",
        "Geophysical Journal International",
    ]
    assert [title.split()[0] for title in _facet(text, read_bulletin(text), "title_en")] == ["A", "Slow", "Capturing"]


def _shares(text: str) -> dict[str, float]:
    """Share of the characters of a literature table by the layout of their blocks."""
    found: Counter[str] = Counter()
    for block in blocks(text):
        layout = "grid" if block.kind == "table" else "woven" if block.is_woven else "columnar"
        found[layout] += block.end - block.start
    return {layout: number / found.total() for layout, number in found.items()}


def test_layouts_are_mixed_as_in_the_seed() -> None:
    mixed = _shares("".join(document("literature_table", Random(number), layouts=MIXED) for number in range(2)))
    assert mixed == pytest.approx(_shares(SEED), abs=0.05)


@pytest.mark.parametrize("number", [1, 20])
def test_a_table_has_as_many_studies_as_asked_for(number: int) -> None:
    text = document("literature_table", Random(2), studies=number, layouts=["grid", "columnar"])
    assert len(row_starts(text, blocks(text))) == number


def test_no_study_of_a_long_table_stands_twice() -> None:
    titles = [study.title_zh for study in islice(known_studies(Random(3)), 5 * len(TABLE))]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("characters", [20_000, 200_000])
def test_a_document_is_about_as_long_as_asked_for(kind: DocumentKind, characters: int) -> None:
    text = document(kind, Random(4), characters=characters)
    assert kind_of(text) == kind
    assert characters <= len(text) <= 1.5 * characters + 5_000


def test_a_document_does_not_depend_on_how_many_there_are(tmp_path: Path) -> None:
    one = write_corpus(tmp_path / "one", "bulletin", 1, studies=2)
    three = write_corpus(tmp_path / "three", "bulletin", 3, studies=2)
    assert one[0].read_bytes() == three[0].read_bytes()
    assert len({file.read_bytes() for file in three}) == 3
    other = write_corpus(tmp_path / "other", "bulletin", 1, 1, studies=2)
    assert other[0].read_bytes() != one[0].read_bytes()


def test_a_corpus_is_written_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path), "--documents", "2", "--studies", "1", "--layout", "grid"])
    files = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.txt"))
    assert files == [
        "bulletin/bulletin-00001.txt",
        "bulletin/bulletin-00002.txt",
        "literature_table/literature-table-00001.txt",
        "literature_table/literature-table-00002.txt",
    ]
    for file in files:
        assert kind_of((tmp_path / file).read_text(encoding="utf-8")) == file.split("/", maxsplit=1)[0]
    assert capsys.readouterr().out.count("2 in ") == 2
