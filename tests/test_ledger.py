"""The ledger: every character of a document accounted for, every passage rebuilt from it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.curation import read_curation
from geodigest.passages.ledger import Entry, LedgerError, ledger
from geodigest.passages.passage import Passage, line, outline
from geodigest.reconstruct.bulletin import read_bulletin
from geodigest.reconstruct.model import Aside, Cell, Correction, Piece, Reconstruction
from geodigest.seeds import read_manifest, read_seed
from tests.rebuilding import rebuild, text_stretches

REPOSITORY = Path(__file__).parents[1]
TITLES = ("title_en", "title_zh", "journal", "date")

PAGE = "- **数据**: SiO <sub>2</sub> 为\t波速\n| 0 50 |\n$\\Delta T$ 的\t(Vs)\n"
FIRST, SECOND = PAGE.index("\t"), PAGE.index("波速")
CELLS = (
    Cell(
        1,
        "data_sources",
        (Piece(0, FIRST, "rule", 30), Piece(PAGE.index("$"), PAGE.index("\t("), "rule", 30)),
    ),
    Cell(
        1,
        "methods",
        (Piece(SECOND, SECOND + 2, "rule", 30), Piece(PAGE.index("(Vs"), len(PAGE) - 1, "rule", 30)),
    ),
)
SCRAP = Aside(PAGE.index("|"), PAGE.index("$") - 1, "noise", "page-edge scrap", None)

Outlines = dict[tuple[int, str], tuple[Passage, ...]]


def outlines(text: str, reconstruction: Reconstruction, corrections: tuple[Correction, ...]) -> Outlines:
    cells = (cell for cell in reconstruction.cells if cell.facet not in TITLES)
    return {(cell.position, cell.facet): outline(text, cell, corrections) for cell in cells}


def accounts(text: str, entries: tuple[Entry, ...]) -> bool:
    """Whether the entries cover the text from 0 to its length, none over another."""
    ends = [0, *(entry.end for entry in entries)]
    return [entry.start for entry in entries] == ends[:-1] and ends[-1] == len(text)


def test_every_stretch_has_its_role() -> None:
    reconstruction = Reconstruction(CELLS, (SCRAP,))
    entries = ledger(PAGE, reconstruction, outlines(PAGE, reconstruction, ()))
    assert accounts(PAGE, entries)
    assert [(entry.role, PAGE[entry.start : entry.end]) for entry in entries] == [
        ("markup", "-"),
        ("whitespace", " "),
        ("markup", "**"),
        ("text", "数据"),
        ("markup", "**"),
        ("text", ": SiO"),
        ("whitespace", " "),
        ("text", "<sub>2</sub> 为\t"),
        ("text", "波速"),
        ("whitespace", "\n"),
        ("noise", "| 0 50 |"),
        ("whitespace", "\n"),
        ("text", "$\\Delta T$ 的"),
        ("whitespace", "\t"),
        ("text", "(Vs)"),
        ("whitespace", "\n"),
    ]
    assert [entry.position for entry in entries if entry.facet == "methods" and entry.role == "text"] == [1, 2]


# Role, characters, study, facet, passage, position and reason of each stretch of a document, one after the other.
ACCOUNT: tuple[tuple[str, str, int | None, str | None, int | None, int | None, str | None], ...] = (
    ("markup", "#", 2, None, None, None, None),
    ("whitespace", " ", 2, None, None, None, None),
    ("title", "标题", 2, None, None, None, None),
    ("whitespace", "\n", None, None, None, None, None),
    ("markup", "-", 2, "body", None, None, None),
    ("whitespace", " ", 2, "body", None, None, None),
    ("markup", "**", 2, "body", None, None, None),
    ("text", "甲", 2, "body", 0, 1, None),
    ("markup", "**", 2, "body", None, None, None),
    ("whitespace", " ", 2, "body", None, None, None),
    ("text", "乙", 2, "body", 0, 2, None),
    ("whitespace", " ", 2, "body", None, None, None),
    ("text", "丙", 2, "body", 0, 3, None),
    ("whitespace", "\n\n", None, None, None, None, None),
    ("noise", "噪声嘈", None, None, None, None, "a scrap"),
    ("noise", "杂", None, None, None, None, "another scrap"),
    ("whitespace", " ", None, None, None, None, None),
    ("markup", "<b>", None, None, None, None, None),
    ("whitespace", "\n", None, None, None, None, None),
    ("duplicate", "重复", 2, None, None, None, "printed again"),
    ("whitespace", "\t", None, None, None, None, None),
    ("text", "图注", 2, None, None, None, None),
    ("whitespace", "\t", None, None, None, None, None),
    ("text", "文献", 2, None, None, None, None),
    ("whitespace", "\t", None, None, None, None, None),
    ("title", "列名", None, None, None, None, None),
)


def test_a_stretch_says_where_it_went_and_what_is_published_nowhere_says_why() -> None:
    text = "".join(row[1] for row in ACCOUNT)

    def stretch(of: str) -> tuple[int, int]:
        return text.index(of), text.index(of) + len(of)

    cells = (
        Cell(2, "title_zh", (Piece(*stretch("# 标题"), "rule", None),)),
        Cell(2, "body", (Piece(*stretch("- **甲** 乙 丙"), "rule", None),)),
    )
    asides = (
        *(Aside(*stretch(char), "noise", "a scrap", None) for char in "噪声嘈"),
        Aside(*stretch("杂"), "noise", "another scrap", None),
        Aside(*stretch("重复"), "duplicate", "printed again", 2),
        Aside(*stretch("图注"), "caption", "below a figure", 2),
        Aside(*stretch("文献"), "reference", "at the end", 2),
        Aside(*stretch("列名"), "title", "heads of the columns", None),
        Aside(text.index("甲"), text.index("甲"), "noise", "no character", None),
    )
    reconstruction = Reconstruction(cells, asides)
    entries = ledger(text, reconstruction, outlines(text, reconstruction, ()))
    assert accounts(text, entries)
    assert tuple((each.role, text[each.start : each.end], *each[3:]) for each in entries) == ACCOUNT


def test_blanks_alone_are_whitespace() -> None:
    assert ledger(" \n", Reconstruction((), ()), {}) == (Entry(0, 2, "whitespace"),)


def test_passages_are_rebuilt_from_text_and_corrections_alone() -> None:
    start = PAGE.index("波速")
    mended = (Correction(start, start + 2, "波速", "波速值", "glyph", ""),)
    reconstruction = Reconstruction(CELLS, (SCRAP,))
    entries = ledger(PAGE, reconstruction, outlines(PAGE, reconstruction, mended))
    assert rebuild(PAGE, text_stretches(entries), mended) == {
        (1, "data_sources", 0): "数据: SiO₂ 为 ΔT 的",
        (1, "methods", 0): "波速值(Vs)",
    }


def test_two_cells_do_not_share_a_character() -> None:
    both = Reconstruction((CELLS[0], Cell(1, "methods", (Piece(FIRST - 1, SECOND + 2, "decision", 30),))), (SCRAP,))
    with pytest.raises(LedgerError, match=r"^1:28: .*study 1, data_sources.* and in study 1, methods; decide"):
        ledger(PAGE, both, {})


def test_a_passage_takes_nothing_from_an_aside() -> None:
    outlined = outlines(PAGE, Reconstruction(CELLS, ()), ())
    over = Aside(PAGE.index("数据"), PAGE.index("数据") + 1, "noise", "page-edge scrap", None)
    with pytest.raises(LedgerError, match=r"^1:5: '数据.* stands in study 1, data_sources and in a stretch of noise"):
        ledger(PAGE, Reconstruction(CELLS, (SCRAP, over)), outlined)
    apart = (Cell(1, "data_sources", (Piece(0, over.start, "rule", 30), *CELLS[0].pieces[1:])), CELLS[1])
    with pytest.raises(
        LedgerError, match=r"^1:5: '数据.* stands in a stretch of noise and in study 1, data_sources, pass"
    ):
        ledger(PAGE, Reconstruction(apart, (SCRAP, over)), outlined)


def test_a_stretch_is_set_aside_once() -> None:
    twice = [Aside(0, 2, "noise", "a scrap", position) for position in (1, None)]
    with pytest.raises(LedgerError, match=r"^1:1: '噪声' stands in .*noise.* and in .*noise"):
        ledger("噪声", Reconstruction((), tuple(twice)), {})


def test_a_passage_stands_in_one_facet() -> None:
    text = "甲。" * 20
    (passage,) = outline(text, Cell(1, "body", (Piece(0, 40, "rule", None),)), ())
    cells = Cell(1, "body", (Piece(0, 20, "rule", None),)), Cell(1, "abstract", (Piece(20, 40, "rule", None),))
    shared = {(1, "body"): (passage,), (1, "abstract"): (passage,)}
    said = f"^1:1: '{'甲。' * 10}' stands in study 1, body, passage 1 and in study 1, abstract, passage 1; "
    with pytest.raises(LedgerError, match=said):
        ledger(text, Reconstruction(cells, ()), shared)


def test_nothing_printed_is_left_out() -> None:
    reconstruction = Reconstruction(CELLS, ())
    outlined = outlines(PAGE, reconstruction, ())
    with pytest.raises(LedgerError, match=r"^2:3: '0 50 \|' stands in no cell and is not set aside"):
        ledger(PAGE, reconstruction, outlined)
    with pytest.raises(LedgerError, match=f"^1:1: '{'慢' * 20}' stands in no cell"):
        ledger("慢" * 30, Reconstruction((), ()), {})


def test_the_bulletin_is_accounted_for() -> None:
    seed = next(seed for seed in read_manifest(REPOSITORY) if seed.kind == "bulletin")
    text = read_seed(seed)
    corrections = read_curation(seed, text).corrections
    reconstruction = read_bulletin(text)
    outlined = outlines(text, reconstruction, corrections)
    entries = ledger(text, reconstruction, outlined)
    assert accounts(text, entries)
    assert rebuild(text, text_stretches(entries), corrections) == {
        (position, facet, index): line(passage)
        for (position, facet), passages in outlined.items()
        for index, passage in enumerate(passages)
    }


LINES = st.lists(
    st.lists(
        st.sampled_from(
            [
                *"慢滑事件地幔,。:()、",
                *"abCO12$=",
                " ",
                "**",
                "\\frac",
                "_{",
                "2}",
                "\\$",
                "<b>",
                "</b>",
                "<sub>2</sub>",
                "$\\delta$",
                "\\_",
            ]
        ),
        min_size=1,
        max_size=12,
    ).map("".join),
    min_size=1,
    max_size=8,
)


@given(LINES, st.permutations(range(8)), st.integers(1, 3))
def test_any_document_is_rebuilt(lines: list[str], order: list[int], columns: int) -> None:
    """Lines dealt out to columns and read in any order: the ledger covers them, and gives every passage back."""
    text = "\n".join(lines)
    starts = [sum(len(each) + 1 for each in lines[:at]) for at in range(len(lines))]
    pieces = [Piece(start, start + len(each), "rule", 23) for start, each in zip(starts, lines, strict=True)]
    dealt = [
        tuple(pieces[at] for at in order if at < len(lines) and at % columns == column) for column in range(columns)
    ]
    facets = ("data_sources", "methods", "summary")
    cells = tuple(Cell(1, facet, each) for facet, each in zip(facets, dealt, strict=False) if each)
    reconstruction = Reconstruction(cells, ())
    outlined = outlines(text, reconstruction, ())
    entries = ledger(text, reconstruction, outlined)
    assert accounts(text, entries)
    rebuilt = rebuild(text, text_stretches(entries), ())
    assert {key: line(outlined[key[:2]][key[2]]) for key in rebuilt} == rebuilt
    assert len(rebuilt) == sum(map(len, outlined.values()))
