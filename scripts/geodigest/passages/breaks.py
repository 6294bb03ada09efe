"""Where the passages of a cell begin among its printed lines.

A number or a label at the start of a printed line begins a passage, and so does a plain line below one that ended
short of its column's edge. Widths are estimates: what they say is weighed with how the line before ends.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from geodigest.passages import heads
from geodigest.passages.wraps import INDENT, PrintedLine, printed_width
from geodigest.reconstruct.labels import column_of, is_listed
from geodigest.reconstruct.printed import open_brackets

_SENTENCE_ENDS = tuple("。！？!?;；…")
_CLOSING = '”’")）'
_OPEN = tuple(",，、(（-–—~/=+×≤≥<>和与及的")
_CONTINUES = tuple("(（→←,，.。、;；:：)）=+×/%~")
_LONGEST_HEADING = 50
_LONG_LABEL = 4
"""Characters of a label that is no chance end of a word."""
_BEGINNING = 400
"""Characters of a passage in which its number and its labels stand."""
_LOST_ITEMS = 2
"""Numbers of a list that a seed may have lost between two items."""

# Room beside the next word, in half-width units or as a share of the column.
_SHORT = 3.5
"""What makes a line clearly short in mid-sentence."""
_FULL = -3.0
"""The least that a line of estimated width seems to have."""
_MOST = 0.45
"""Share of the column that the last line of a paragraph leaves where nothing else says that it is the last."""
_REST = 0.8
"""Share of the column that the second line of a heading fills at most."""


@dataclass(frozen=True)
class _Break:
    """The end of a printed line: what stands around it."""

    before: PrintedLine
    so_far: str
    """The passage up to here; of a long one, the beginning."""
    numbered: heads.Number | None
    """Its number."""
    n_lines: int
    """Its printed lines."""
    n_open: int
    """Brackets of its last sentence that nothing closes."""
    line: PrintedLine
    following: str
    """The printed line after that, and the one after it."""
    later: str
    last_numbers: dict[heads.Style, int]
    """The last number of each style in the cell."""

    @cached_property
    def is_labelled(self) -> bool:
        """Whether the passage so far is a labelled line without a number."""
        return self.numbered is None and heads.label(self.so_far) is not None

    @cached_property
    def inner_label(self) -> str | None:
        """The label that the text of the passage so far begins with, after a label of the passage."""
        content = self.so_far[self.numbered.end if self.numbered else 0 :]
        own = heads.label(content)
        text = content[own[1] :].lstrip() if own else ""
        inner = heads.label(text)
        return text[: inner[0]] if inner else None

    @property
    def is_one_line(self) -> bool:
        """Whether the passage so far is one printed line."""
        return self.n_lines == 1

    @cached_property
    def is_heading(self) -> bool:
        """Whether the passage so far is one line with a number and no label."""
        numbered = self.numbered
        is_top = numbered is not None and numbered.style == "1."
        return is_top and self.is_one_line and heads.label(self.so_far[numbered.end if numbered else 0 :]) is None

    @cached_property
    def is_bare(self) -> bool:
        """Whether the passage so far only opens what follows: a label, or a number and a few words."""
        if self.before.text.endswith((":", "：")):
            return True
        numbered = self.numbered
        if numbered is None or numbered.style not in ("1.", "(1)"):
            return False
        return heads.label(self.so_far[numbered.end :]) is None and len(self.so_far) <= _LONGEST_HEADING

    @cached_property
    def room(self) -> float | None:
        """Room beside the next word on the line before, the indent of a numbered passage's later lines left out."""
        room = self.before.room(self.line.text)
        is_indented = self.numbered is not None and self.numbered.style != "1." and not self.is_one_line
        return room - INDENT if room is not None and is_indented else room

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line before ends a sentence."""
        return _ends_sentence(self.before.text)

    @property
    def is_in_brackets(self) -> bool:
        """Whether the last sentence so far has a bracket that nothing closes."""
        return self.n_open > 0

    @cached_property
    def is_open(self) -> bool:
        """Whether the sentence so far must go on."""
        return self.is_in_brackets or self.before.text.endswith(_OPEN)

    @cached_property
    def is_short(self) -> bool:
        """Whether the line before may end a passage by its width, or by its sentence where its width says nothing."""
        if self.is_open:
            return False
        return self.ends_sentence if self.room is None else self.room >= (0 if self.ends_sentence else _SHORT)


def grouped(lines: Sequence[PrintedLine], lost: Collection[int | None]) -> list[list[PrintedLine]]:
    """The printed lines of each passage of a cell; a passage begins as well at each offset where text was lost."""
    groups: list[list[PrintedLine]] = []
    last_numbers: dict[heads.Style, int] = {}
    so_far, n_open = "", 0
    texts = [*(line.text for line in lines), "", ""]
    for at, line in enumerate(lines):
        printed = line.told.text
        if (
            not groups
            or (lost and line.told.stripped().sources[0][0] in lost)
            or _begins(
                _Break(
                    lines[at - 1],
                    so_far,
                    heads.number(so_far),
                    len(groups[-1]),
                    n_open,
                    line,
                    texts[at + 1],
                    texts[at + 2],
                    last_numbers,
                )
            )
        ):
            groups.append([])
            so_far, n_open = "", 0
            if number := heads.number(line.text):
                last_numbers[number.style] = number.value
            if number := heads.number(printed):
                n_open = -open_brackets(printed[: number.end])
        groups[-1].append(line)
        if len(so_far) < _BEGINNING:
            so_far += printed
        sentence_end = printed.rfind("。") + 1
        n_open = open_brackets(printed[sentence_end:]) + (0 if sentence_end else n_open)
    return groups


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _begins(here: _Break) -> bool:
    """Whether a passage begins after a printed line."""
    if here.before.ends_paragraph is not None:
        return here.before.ends_paragraph
    if number := heads.number(here.line.text):
        return _begins_number(here, number)
    if label := heads.label(here.line.text):
        return _begins_label(here, here.line.text[: label[0]])
    return not (here.is_open or here.line.text.startswith(_CONTINUES)) and _begins_plain(here)


def _begins_number(here: _Break, number: heads.Number) -> bool:
    last = here.last_numbers.get(number.style, 0)
    is_next = number.value in (1, last + 1) or (number.style == "1." and last < number.value <= last + 1 + _LOST_ITEMS)
    closes_bracket = number.style == "1)" and here.is_in_brackets
    return not closes_bracket and (is_next or here.is_short)


def _begins_label(here: _Break, label: str) -> bool:
    if column_of(label) is not None:
        if not here.before.text.endswith(_OPEN):
            return True
    elif here.is_one_line and _ends_label(here):
        return False
    if here.is_open or (here.inner_label and heads.is_like(here.inner_label, label)):
        return False
    if here.ends_sentence or here.before.ends_block or here.is_heading or label.isascii():
        return True
    if here.room is not None:
        return here.room >= (_FULL if here.is_labelled else 0)
    return here.before.is_hard or here.line.begins_bold or (here.is_labelled and len(label) >= _LONG_LABEL)


def _begins_plain(here: _Break) -> bool:
    if (here.is_short or here.is_heading) and _wraps_label(here):
        return True
    if here.before.is_hard and not _ends_sentence(here.line.text) and _opens_list(here):
        return True
    if here.is_heading and _ends_heading(here):
        return True
    if here.is_bare or (here.before.is_hard and here.ends_sentence):
        return here.is_short
    is_paragraph = here.numbered is None and not here.is_labelled and here.before.is_hard
    return is_paragraph and here.room is not None and here.room > _MOST * (here.before.column or 0)


def _ends_label(here: _Break) -> bool:
    """Whether the line ends the label that the passage begins with."""
    if here.numbered and here.numbered.style == "1.":
        return False
    least = 0 if here.before.ends_block else _SHORT
    is_short = here.before.ends_block if here.room is None else here.room >= least
    if is_short or here.ends_sentence or ":" in here.so_far or _opens_anew(here):
        return False
    start = here.numbered.end if here.numbered else 0
    return heads.label(here.so_far[start:].strip() + here.line.text) is not None


def _opens_anew(here: _Break) -> bool:
    """Whether the line is an opener after an item, as the next line begins a list of the item's style anew."""
    first = heads.number(here.following)
    if here.numbered is None or first is None or first.value != 1:
        return False
    return here.numbered.style == first.style and here.line.text.endswith((":", "："))


def _wraps_label(here: _Break) -> bool:
    """Whether a full line holds the start of a label that the next line ends."""
    if heads.label(here.line.text + here.following) is None or _is_over(here.line.text, here.following):
        return False
    room = here.line.room(here.following)
    return room is not None and room < _SHORT


def _is_over(line: str, following: str) -> bool:
    """Whether a line that ends with a bracket is followed by a whole label, not by the end of one."""
    own = heads.label(following)
    return line.endswith((")", "）")) and own is not None and is_listed(following[: own[0]])


def _opens_list(here: _Break) -> bool:
    """Whether a list begins below the line, or below it and the end of its label: it opens the list."""
    first = heads.number(here.following)
    ends_label = here.following.endswith((":", "：")) and not is_listed(here.following.rstrip(":： "))
    if first is None and not ends_label:
        return False
    if ends_label and heads.label(here.line.text + here.following):
        first = heads.number(here.later)
    elif (here.line.room(here.following) or 0) < 0:
        return False
    if first is None or first.value != 1 or first.style == "1.":
        return False
    starts_anew = here.numbered is not None and here.numbered.style == first.style
    return here.is_short or starts_anew or is_listed(here.line.text)


def _ends_heading(here: _Break) -> bool:
    """Whether a heading of one line is over: a line of the seed ends with it, and no short rest of it follows."""
    if len(here.so_far) > _LONGEST_HEADING:
        return False
    column = here.before.column
    is_rest = column is not None and printed_width(here.line.text) < _REST * column
    return (here.before.ends_block and not is_rest) or (here.room is None and here.before.is_hard)
