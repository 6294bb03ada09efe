"""References: the lists and source notes of the seed, and entries of the two styles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.facts.references import Reference, read_references
from geodigest.reconstruct.citations import join_entries, read_citation
from geodigest.reconstruct.digests import read_digests
from geodigest.reconstruct.model import Span
from geodigest.reconstruct.paragraphs import printed_paragraphs

ISSUE = (Path(__file__).parents[1] / "seeds" / "earthquake-frontiers-2023-10.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def references() -> tuple[Reference, ...]:
    return read_references(ISSUE, read_digests(ISSUE), ())


def test_every_entry_and_source_note_is_read(references: tuple[Reference, ...]) -> None:
    assert [(each.study, each.position, each.year) for each in references] == [
        (1, 1, "2020"),
        (1, 2, "2018"),
        (1, 3, "2019"),
        (2, 1, "2015"),
        (2, 2, "2023"),
        (2, 3, "2010"),
        (2, 4, "2020"),
        (2, 5, "2023"),
        (3, 1, "2023"),
        (4, 1, "2023"),
        (5, 1, "2023"),
    ]


def test_dois_are_those_printed(references: tuple[Reference, ...]) -> None:
    assert [each.doi for each in references] == [
        "10.1109/ACCESS.2020.3029859",
        "10.1038/s41586-018-0438-y",
        "10.1038/s41586-019-1582-8",
        "10.1038/nature14956",
        "10.1038/s41586-023-06185-3",
        "10.1175/2010BAMS2853.1",
        "10.1002/qj.3803",
        "10.1038/s41586-023-06184-4",
        None,
        None,
        None,
    ]
    assert all(each.url == f"https://doi.org/{each.doi}" for each in references if each.doi)


def test_volumes_issues_and_pages(references: tuple[Reference, ...]) -> None:
    assert [(each.container, each.volume, each.issue, each.pages) for each in references] == [
        ("IEEE Access", "8", None, "192880–192923"),
        ("Nature", "560", "7720", "632–634"),
        ("Nature", "574", "7776", "E1–E3"),
        ("Nature", "525", "7567", "47–55"),
        ("Nature", "619", "7970", "533–538"),
        ("Bulletin of the American Meteorological Society", "91", "8", "1059–1072"),
        ("Quarterly Journal of the Royal Meteorological Society", "146", "730", "1999–2049"),
        ("Nature", "619", "7970", "526–532"),
        ("Earth and Planetary Science Letters", "612", None, "118154"),
        ("Nature Geoscience", None, None, "1-8"),
        ("Geophysical Journal International", "234", "2", "1282-1306"),
    ]


def test_an_entry_broken_by_a_page_end_is_one(references: tuple[Reference, ...]) -> None:
    assert references[5] == Reference(
        study=2,
        position=3,
        citation="Bougeault, P., Toth, Z., Bishop, C., Brown, B., Burridge, D., Chen, D. H., et al. (2010). The "
        "THORPEX Interactive Grand Global Ensemble. Bulletin of the American Meteorological Society, 91(8), 1059–1072. "
        "https://doi.org/10.1175/2010BAMS2853.1",
        authors="Bougeault, P., Toth, Z., Bishop, C., Brown, B., Burridge, D., Chen, D. H., et al.",
        year="2010",
        title="The THORPEX Interactive Grand Global Ensemble",
        container="Bulletin of the American Meteorological Society",
        volume="91",
        issue="8",
        pages="1059–1072",
        doi="10.1175/2010BAMS2853.1",
        url="https://doi.org/10.1175/2010BAMS2853.1",
    )


def test_a_source_note_is_read_without_its_label(references: tuple[Reference, ...]) -> None:
    note = references[8]
    assert note.citation == (
        "He B, Wei X Z, Wei M, et al. A shallow slow slip event in 2018 in the Semidi segment of the Alaska subduction "
        "zone detected by machine learning. Earth and Planetary Science Letters, 2023, 612: 118154."
    )
    assert note.authors == "He B, Wei X Z, Wei M, et al."
    assert references[10].authors == "Bryan J, Frank W B, Audet P"


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        (
            "[3] 王某, 李某, 等. 海底光纤地震监测[J]. 地震学报, 2029, 41(3): 12-20.",
            ("王某, 李某, 等", "2029", "海底光纤地震监测", "地震学报", "41", "3", "12-20"),
        ),
        (
            "Li, A., & Wang, B. (2030). Why so few? *Geology*, 5, e12.",
            ("Li, A., & Wang, B.", "2030", "Why so few?", "Geology", "5", None, "e12"),
        ),
        (
            "- Li, A. (2030a). Fibres. Part 2. Nature, 12(3), 4–5.",
            ("Li, A.", "2030", "Fibres. Part 2", "Nature", "12", "3", "4–5"),
        ),
        (
            "Li A, Wang B. Strain at 0.5 Hz from a fibre[J/OL]. Tectonics, 2030.",
            ("Li A, Wang B", "2030", "Strain at 0.5 Hz from a fibre", "Tectonics", None, None, None),
        ),
        ("某某研究所内部资料", (None,) * 7),
    ],
)
def test_two_styles_are_read(entry: str, parts: tuple[str | None, ...]) -> None:
    citation = read_citation(entry, Span(0, len(entry)))
    names = ("authors", "year", "title", "container", "volume", "issue", "pages")
    found = [getattr(citation, name) for name in names]
    assert tuple(part and entry[part.start : part.end] for part in found) == parts


ENTRIES: list[str] = [
    ISSUE[citation.span.start : citation.span.end]
    for digest in read_digests(ISSUE)[:2]
    for citation in digest.citations
]


@given(marks=st.lists(st.booleans(), min_size=len(ENTRIES), max_size=len(ENTRIES)), data=st.data())
def test_a_page_end_inside_an_entry_does_not_part_it(marks: list[bool], data: st.DataObject) -> None:
    entries = [
        f"- {each.removeprefix('- ')}" if mark else each.removeprefix("- ")
        for each, mark in zip(ENTRIES, marks, strict=True)
    ]
    broken = data.draw(st.integers(0, len(entries) - 1))
    words = entries[broken].split(" ")
    at = data.draw(st.integers(2, len(words) - 1))
    entries[broken] = " ".join(words[:at]) + "\n\n" + " ".join(words[at:])
    text = "\n\n".join(entries)
    joined = [text[entry.start : entry.end] for entry in join_entries(text, printed_paragraphs(text))]
    assert joined == entries
