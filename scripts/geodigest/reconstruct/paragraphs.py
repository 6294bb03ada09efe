"""Running text: its printed paragraphs, and what shows that one ends, is a heading or is a figure's caption."""

import re
from itertools import pairwise

from geodigest.reconstruct.model import Span

_BLOCK = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*")
_LIST_ITEM = re.compile(r"^[^\S\n]*- ", re.MULTILINE)
_CAPTION = re.compile(r"图\s*(?P<number>\d{1,3})(?![\d.)）])\s*(?P<caption>\w)")
_HEADINGS = tuple(
    re.compile(pattern + r"\s*\S.*")
    for pattern in (
        r"([一二三四五六七八九十])、",
        r"[(（]([一二三四五六七八九十])[)）]",
        r"(\d{1,2})[.．、](?!\d)",
        r"[(（](\d{1,2})[)）]",
    )
)
"""The four ranks of headings in Chinese reports, from the highest to the lowest."""
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)}
_END = re.compile(r"(?:[。！？!?…:：]|(?<=[\u4e00-\u9fff])\.)[”’」』）)]*(?:\s*[(（][^()（）]*[)）])?$")
_LONGEST_HEADING = 50


def printed_paragraphs(text: str) -> tuple[Span, ...]:
    r"""The runs of lines between blank lines, without blanks at their ends; an item of a list is one of its own.

    >>> text = "概要\n\n一段\n又一行\n \n- 甲\n- 乙\n"
    >>> [text[each.start : each.end] for each in printed_paragraphs(text)]
    ['概要', '一段\n又一行', '- 甲', '- 乙']
    """
    found = []
    for block in _BLOCK.finditer(text):
        cuts = [item.start() for item in _LIST_ITEM.finditer(text, block.start(), block.end())]
        starts = sorted({block.start(), *cuts})
        ends = [start + len(text[start:after].rstrip()) for start, after in pairwise(starts)] + [block.end()]
        found += [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    return tuple(found)


def ends_sentence(paragraph: str) -> bool:
    """Whether a paragraph stops where a sentence does: at its mark, or at a note in brackets after it.

    One that does not goes on in the next paragraph: a page ended between the two.

    >>> [ends_sentence(each) for each in ("效果。", "效果。（本文由某某综述）", "研究发现 (Mignan, 2019)", "地震空")]
    [True, True, False, False]
    """
    return _END.search(paragraph) is not None


def caption_number(paragraph: str) -> tuple[str, int] | None:
    """The number of a figure and where its caption begins, if the paragraph reads like a caption.

    >>> caption_number("图4 每日的地震活动"), caption_number("在图 4 中")
    (('4', 3), None)
    """
    caption = _CAPTION.match(paragraph)
    return (caption["number"], caption.start("caption")) if caption else None


def stands_below_image(text: str, start: int) -> bool:
    r"""Whether the paragraph at `start` stands below the trace of an image: a line with nothing but a blank.

    >>> stands_below_image("前文\n\n \n\n\n图 1 台站", 8), stands_below_image("前文\n\n图 1 台站", 4)
    (True, False)
    """
    end = start
    while end and text[end - 1].isspace():
        end -= 1
    return any(text[end:start].split("\n"))


class Headings:
    """The numbered headings of a text, told from other paragraphs by their form and by the number that comes next."""

    def __init__(self) -> None:
        self._last = [0] * len(_HEADINGS)

    def take(self, paragraph: str) -> bool:
        """Whether the paragraph is a heading; if so, the next one is to follow its number.

        >>> headings = Headings()
        >>> [headings.take(each) for each in ("1. 方法", "(1) 经典方法", "4. 之后", "2. 结果", "(1) 精度")]
        [True, True, False, True, True]
        """
        if len(paragraph) > _LONGEST_HEADING or "。" in paragraph:
            return False
        for rank, pattern in enumerate(_HEADINGS):
            heading = pattern.fullmatch(paragraph)
            if heading and (_NUMERALS.get(heading[1]) or int(heading[1])) == self._last[rank] + 1:
                self._last[rank:] = [self._last[rank] + 1] + [0] * (len(_HEADINGS) - rank - 1)
                return True
        return False
