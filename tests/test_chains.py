"""The reading order of single printed lines that the converter emitted out of order."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.reconstruct.chains import in_reading_order
from geodigest.reconstruct.evidence import Links
from geodigest.reconstruct.labels import DATA
from geodigest.reconstruct.model import Piece

BACKGROUND = "震源参数包括震级、发震时间与三维位置。" * 20
LINES = [
    "2) 微地震数据: 由密集",
    "的井下监测阵列记",
    "录,提供每个事件的",
    "精确时空信息(时",
    "间、三维位置、震",
    "级 Mw)。",
]


def _pieces(lines: list[str]) -> tuple[str, list[Piece]]:
    text = "\n\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 2)
    return text, [Piece(a, b - 2, "rule", 23) for a, b in pairwise(starts)]


def _read(lines: list[str]) -> list[str]:
    text, pieces = _pieces(lines)
    links = Links("\n".join(["".join(LINES), BACKGROUND, text]))
    return [text[piece.start : piece.end] for piece in in_reading_order(text, pieces, DATA, links)]


def test_lines_in_order_stay_in_order() -> None:
    assert _read(LINES) == LINES


@pytest.mark.parametrize("order", [(0, 1, 3, 4, 5, 2), (1, 0, 2, 3, 4, 5), (0, 5, 1, 2, 3, 4)])
def test_a_displaced_line_goes_back_to_where_it_reads_on(order: tuple[int, ...]) -> None:
    assert _read([LINES[i] for i in order]) == LINES


def test_long_blocks_keep_their_place() -> None:
    long = "3) 数据选择:聚焦于第三至第五次激励,因从本次开始使用同一注入口,且产生了丰富的数据"
    assert _read([long, *LINES])[0] == long


@settings(max_examples=25, deadline=None)
@given(st.permutations(LINES))
def test_ordering_neither_loses_nor_makes_lines(lines: list[str]) -> None:
    assert sorted(_read(lines)) == sorted(LINES)
