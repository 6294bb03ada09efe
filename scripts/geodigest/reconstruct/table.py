"""The reader of literature tables: from a converter's shredded pages back to rows and cells.

The table has six columns: 文章 (title, journal, date, teaser), 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from geodigest.errors import SeedError
from geodigest.reconstruct import columnar, grid, woven
from geodigest.reconstruct.blocks import Block, blocks, growing_copies, scrap_lines
from geodigest.reconstruct.chains import in_reading_order
from geodigest.reconstruct.decisions import PAPER, CellKey, Decision, apply
from geodigest.reconstruct.evidence import Links, Topics, column_widths, line_slack
from geodigest.reconstruct.language import Language, Sample
from geodigest.reconstruct.model import Aside, Cell, Piece, Reconstruction
from geodigest.reconstruct.printed import plain
from geodigest.reconstruct.rows import header, row_starts
from geodigest.reconstruct.search import START, Hypothesis, Knowledge, Placement
from geodigest.wording import place

BEAM = 17

FACETS = {1: PAPER, 2: "core_question", 3: "data_sources", 4: "methods", 5: "conclusions", 6: "summary"}
_MARKS = " #*-|_│"
_BAR = "bar between title and journal"
_COLUMNS = {facet: column for column, facet in FACETS.items()}
HEADING = "文章"
"""The first word of the table's line of column heads."""


def read_table(text: str, decisions: Sequence[Decision] = ()) -> Reconstruction:
    """The cells of a literature table and what of it no cell publishes, by rule and then by decision.

    Raises:
        SeedError: there are not six columns, no row begins anywhere, one cannot be told from the last, or text stands
            before the first.
        DecisionError: decisions overlap, or do not fit the cells.
    """
    _check_heads(text)
    found, asides = parse(text)
    known = learnt(text, found)
    if not known.starts:
        raise SeedError(
            "no row begins with the title, journal and date of a paper",
            where="1:1",
            remedy="give a table whose first column reads `English title | Journal`, Chinese title, `(YYYYMMDD)`",
        )
    widths = {facet: known.widths[column] for column, facet in FACETS.items()}
    decided, set_aside = apply(_ruled(text, found, known), decisions, widths)
    bars = _bars(text, decided)
    cells: list[Cell] = []
    for (position, facet), pieces in sorted(decided.items(), key=lambda item: (item[0][0], _COLUMNS[item[0][1]])):
        worded = _worded(text, pieces)
        if facet == PAPER:
            head, separators = header(text, position, worded)
            cells += head
            bars += [Aside(each.start, each.end, "noise", _BAR, position) for each in separators]
        elif worded:
            cells.append(Cell(position, facet, worded))
    taken: list[Piece | Aside] = [piece for pieces in decided.values() for piece in pieces]
    placed = sorted((each.start, each.end) for each in (*taken, *set_aside, *bars))
    _check_placed(text, found, placed)
    asides += _second_readings(text, found)
    kept = [rest for aside in asides for rest in _outside(aside, placed)]
    return Reconstruction(tuple(cells), (*kept, *bars, *set_aside))


def _check_placed(text: str, found: Sequence[Block], placed: Sequence[tuple[int, int]]) -> None:
    """Refuse text that is read before any row begins: the search finds no cell for it, nor does a decision name one."""
    for block in found:
        at = bisect_left(placed, block.end, key=itemgetter(0))
        if block.kind != "table" and not (at and placed[at - 1][1] > block.start):
            raise SeedError(
                "no row begins before this text, so it stands in no cell",
                where=place(text, block.start),
                remedy="take it out, or set it aside in <document_id>.decisions.csv",
            )


def _check_heads(text: str) -> None:
    """Refuse a table whose line of column heads, parted by tabs or bars, has more or fewer than six."""
    for line in text.split("\n"):
        heads = [head for cell in re.split(r"[\t|]", line) if (head := plain(cell).strip(_MARKS))]
        if heads:
            break
    if heads[:1] == [HEADING] and len(heads) not in (1, len(FACETS)):
        raise SeedError(
            f"the table has {len(heads)} columns: {', '.join(heads)}",
            where=place(text, text.index(line)),
            remedy="give one of six: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结",
        )


def _ruled(text: str, found: Sequence[Block], known: Knowledge) -> dict[CellKey, list[Piece]]:
    """The pieces of every cell in reading order, as the rules place them."""
    cells: defaultdict[CellKey, list[Piece]] = defaultdict(list)
    for one in placements(text, found, known):
        cells[one.row + 1, FACETS[one.column]].append(Piece(one.start, one.end, "rule", known.widths[one.column]))
    return {
        key: pieces if key[1] == PAPER else in_reading_order(text, pieces, _COLUMNS[key[1]], known.links)
        for key, pieces in cells.items()
    }


def _bars(text: str, cells: Mapping[CellKey, Sequence[Piece]]) -> list[Aside]:
    """Pieces that hold a bar and no words: what is left where decisions took the words around it."""
    return [
        Aside(piece.start, piece.end, "noise", _BAR, position)
        for (position, _), pieces in cells.items()
        for piece in pieces
        if text[piece.start : piece.end].strip(" #*-\n") and not plain(text[piece.start : piece.end]).strip(_MARKS)
    ]


def _worded(text: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces that hold more than blanks and marks; pieces with nothing but blanks between them are one."""
    kept: list[Piece] = []
    for piece in pieces:
        if not plain(text[piece.start : piece.end]).strip(_MARKS):
            continue
        last = kept[-1] if kept else None
        if last and last.end <= piece.start and not text[last.end : piece.start].strip(" "):
            kept[-1] = replace(last, end=piece.end)
        else:
            kept.append(piece)
    return tuple(kept)


def _second_readings(text: str, found: Sequence[Block]) -> list[Aside]:
    """Every cell of a table, to be set aside where nothing of it was placed: a table may hold a page's text twice."""
    return [
        Aside(span.start, span.end, "noise", "second reading of the page", None)
        for block in found
        for line in block.lines
        for span in line
        if plain(text[span.start : span.end])
    ]


def _outside(aside: Aside, placed: Sequence[tuple[int, int]]) -> list[Aside]:
    """What is left of an aside outside the placed stretches (sorted): a decision may claim part of it for a cell."""
    left, start = [], aside.start
    for index in range(max(0, bisect_left(placed, (aside.start, 0)) - 1), len(placed)):
        low, high = placed[index]
        if low >= aside.end:
            break
        if high > start:
            if low > start:
                left.append(replace(aside, start=start, end=low))
            start = high
    return [*left, replace(aside, start=start)] if start < aside.end else left


def learnt(text: str, found: Sequence[Block]) -> Knowledge:
    """What the document tells before it is searched: its grid pages say how columns speak and how wide they are."""
    cells = _grid_cells(text, found)
    texts = _texts(cells)
    widths = column_widths(texts)
    return Knowledge(Language(cells), Links(text), widths, line_slack(texts, widths), None, row_starts(text, found))


def placements(text: str, found: Sequence[Block], known: Knowledge, beam: int = BEAM) -> list[Placement]:
    """Where each stretch of a literature table stood, in reading order, given what was learnt of it."""
    units = columnar.Units(text)
    # The second pass knows the language and the topics that the first one, with half the beam, found.
    placed = _search(units, found, known, beam // 2)
    samples = [Sample(one.start, one.text, one.column, one.row) for one in placed]
    return _search(units, found, replace(known, language=Language(samples), topics=Topics(samples)), beam)


def _texts(cells: Sequence[Sample]) -> dict[int, list[str]]:
    texts = defaultdict(list)
    for cell in cells:
        texts[cell.column].append(cell.text)
    return texts


def _grid_cells(text: str, found: Sequence[Block]) -> list[Sample]:
    samples = []
    for block in found:
        for line in block.lines:
            if len(line) == 6:
                for column, span in enumerate(line, 1):
                    shown = plain(text[span.start : span.end])
                    if shown:
                        samples.append(Sample(span.start, shown, column, -1))
    return samples


def _search(units: columnar.Units, found: Sequence[Block], known: Knowledge, size: int) -> list[Placement]:
    beam: list[Hypothesis] = [START]
    before: Block | None = None
    text, text_blocks = units.text, columnar.prepared(units, found, known)
    for index, block in enumerate(found):
        # Where no row has begun a block has no cell to stand in, and the beam stays as it is.
        unit_index = index << 10
        if block.kind == "table":
            beam = grid.step(text, block, beam, known, unit_index)
        elif block.is_woven:
            beam = woven.step(text, block, beam, known, unit_index, size) or beam
        else:
            beam = columnar.step(text, next(text_blocks), beam, known, unit_index, size, before) or beam
        before = block
    return beam[0].placements()


def parse(text: str) -> tuple[list[Block], list[Aside]]:
    """The blocks of a literature table that hold its cells, and what is none: the line of heads, scraps, copies."""
    kept: list[Block] = []
    asides: list[Aside] = []
    for block in blocks(text):
        if block.kind != "table":
            copies = growing_copies(text, block)
            reason = "printed again, longer, on the next line"
            asides += [Aside(copy.start, copy.end, "duplicate", reason, None) for copy in copies]
            bounds = [block.start, *(bound for copy in copies for bound in (copy.start, copy.end)), block.end]
            kept += [
                Block(block.kind, start, end)
                for start, end in zip(bounds[::2], bounds[1::2], strict=True)
                if plain(text[start:end])
            ]
            continue
        scraps = scrap_lines(text, block)
        lines = []
        for index, line in enumerate(block.lines):
            start, end = line[0].start, line[-1].end
            if not kept and index == 0 and plain(text[start:end]).startswith(HEADING):
                asides.append(Aside(start, end, "title", "heads of the columns", None))
            elif index in scraps:
                asides.append(Aside(start, end, "noise", "scrap or misreading at a page edge", None))
            else:
                lines.append(line)
        if lines:
            kept.append(Block("table", lines[0][0].start, lines[-1][-1].end, tuple(lines)))
    return kept, asides
