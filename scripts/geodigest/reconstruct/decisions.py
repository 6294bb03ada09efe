"""Decisions: what no rule can know about where a stretch of a seed belongs, decided once by a reader.

A decision moves characters of the seed and never contains text of its own: it names a stretch (offsets and the quoted
characters, so that a shifted seed fails), the cell it belongs to, the offset in the seed after which it is read
(`after`: where the stretch before it in the cell ends; empty: first in the cell), and a reason.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geodigest.errors import GeoDigestError
from geodigest.reconstruct.model import Aside, Piece

PAPER = "paper"
"""The first column of a literature table, before its title, journal, date and teaser are parted."""

CellKey = tuple[int, str]
"""Position of the study (from 1) and facet, or PAPER."""


class DecisionError(GeoDigestError):
    """A decision does not fit the seed or the other decisions."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a reader put a stretch of the seed: a row of `seeds/<document_id>.decisions.csv`."""

    start: int
    end: int
    quote: str
    position: int | None
    """The study, from 1; None for a stretch that belongs to none."""
    facet: str
    """A facet, PAPER, `noise` or `duplicate`."""
    after: int | None
    reason: str
    where: str
    """File and line of the decision, for errors."""


def apply(
    cells: Mapping[CellKey, Sequence[Piece]], decisions: Sequence[Decision], widths: Mapping[str, int]
) -> tuple[dict[CellKey, tuple[Piece, ...]], tuple[Aside, ...]]:
    """The cells after every decided stretch is moved to its place, in the decisions' order; and what is set aside.

    Args:
        cells: the pieces of each cell in reading order, as the rules put them.
        decisions: those of the document.
        widths: width of the printed column of each facet, in half-width units; a facet without is no narrow column.

    Raises:
        DecisionError: two decisions overlap, a facet has no study, or a decision's `after` is not in its cell.
    """
    _check_overlaps(decisions)
    ordered = sorted(decisions, key=lambda one: one.start)
    moved = {key: _without(pieces, ordered) for key, pieces in cells.items()}
    asides = []
    for decision in decisions:
        if decision.facet in ("noise", "duplicate"):
            role: Literal["noise", "duplicate"] = "noise" if decision.facet == "noise" else "duplicate"
            asides.append(Aside(decision.start, decision.end, role, decision.reason, decision.position))
            continue
        if decision.position is None:
            raise DecisionError("a facet without a study", where=decision.where, remedy="state the study's position")
        key = (decision.position, decision.facet)
        piece = Piece(decision.start, decision.end, "decision", widths.get(decision.facet))
        moved[key] = _insert(moved.get(key, []), piece, decision)
    return {key: tuple(pieces) for key, pieces in moved.items() if pieces}, tuple(asides)


def _check_overlaps(decisions: Sequence[Decision]) -> None:
    ordered = sorted(decisions, key=lambda one: one.start)
    for one, other in itertools.pairwise(ordered):
        if other.start < one.end:
            raise DecisionError(
                f"characters {other.start} to {min(one.end, other.end)} are decided twice",
                where=other.where,
                remedy=f"keep one of it and {one.where}",
            )


def _without(pieces: Iterable[Piece], ordered: Sequence[Decision]) -> list[Piece]:
    """The pieces less every decided stretch; the decisions come in the seed's order."""
    left = []
    for piece in pieces:
        start = piece.start
        for index in range(bisect.bisect_right(ordered, start, key=lambda one: one.end), len(ordered)):
            decision = ordered[index]
            if decision.start >= piece.end:
                break
            if start < decision.start:
                left.append(Piece(start, decision.start, piece.by, piece.width))
            start = decision.end
        if start < piece.end:
            left.append(Piece(start, piece.end, piece.by, piece.width))
    return left


def _insert(pieces: list[Piece], piece: Piece, decision: Decision) -> list[Piece]:
    """The pieces with one more, read after the offset that the decision names; a piece is cut there if need be."""
    if decision.after is None:
        return [piece, *pieces]
    for index, found in enumerate(pieces):
        if found.start < decision.after <= found.end:
            head = [Piece(found.start, decision.after, found.by, found.width)]
            rest = [Piece(decision.after, found.end, found.by, found.width)] if decision.after < found.end else []
            return [*pieces[:index], *head, piece, *rest, *pieces[index + 1 :]]
    raise DecisionError(
        f"offset {decision.after} is not in study {decision.position}, {decision.facet}",
        where=decision.where,
        remedy="state where the stretch read before it ends, and decide about that one first",
    )
