"""The outline as a tree: how deep a passage stands, and under which one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geodigest.passages.blanks import is_wide
from geodigest.passages.heads import Style

_SENTENCE_END = re.compile(r"[。！？!?；;.][”’\")）]*$")
_COUNTED = re.compile(r"(\D+)(\d{1,2})")
_LONGEST_HEADING = 44


class Head(NamedTuple):
    """A passage, parted into number, label and text."""

    number: str | None
    style: Style | None
    value: int
    label: str | None
    text: str
    after_loss: bool = False
    """Whether the seed lost text before it: right there, or where the passage before a new list breaks off."""

    @property
    def opens(self) -> bool:
        """Whether what follows stands under it: a colon ends it."""
        return self.text.endswith((":", "："))

    @property
    def is_heading(self) -> bool:
        """Whether it names a topic and says nothing about it: no label, no sentence, short."""
        if self.label is not None or len(self.text) > _LONGEST_HEADING or _SENTENCE_END.search(self.text):
            return False
        return len(self.text) + sum(map(is_wide, self.text)) <= _LONGEST_HEADING


@dataclass(frozen=True, slots=True)
class _Open:
    """A passage that later ones may stand under or beside."""

    index: int
    head: Head
    under_opener: bool
    """Whether it stands in a list that an unnumbered line opened, or whose heading is lost."""


def depths(heads: Sequence[Head]) -> list[tuple[int, int | None]]:
    """Depth (1 is the top) and parent of each passage.

    A number stands beside the last of its style, or opens a list under the passage before. A label or a paragraph
    stands under the heading before it and beside its like; below a list that an unnumbered line opened, beside it.
    What follows a gap that took its heading stands at the top, as it is under none of those that are left.

    >>> heading = Head("1.", "1.", 1, None, "数据")
    >>> heads = [heading, Head(None, None, 0, "来源", "台网"), Head(None, None, 0, None, "类型:")]
    >>> depths([*heads, Head("1)", "1)", 1, None, "波形"), Head(None, None, 0, "用途", "反演")])
    [(1, None), (2, 0), (2, 0), (3, 2), (2, 0)]
    """
    path: list[_Open] = []
    found: list[tuple[int, int | None]] = []
    is_orphaned = False
    next_numbers = _next(heads, lambda head: head.style is not None)
    next_tops = _next(heads, lambda head: head.style == "1.")
    for index, (head, next_number, next_top) in enumerate(zip(heads, next_numbers, next_tops, strict=True)):
        if head.style:
            del path[_under_numbered(path, head) :]
        elif not _list_goes_on(path, next_number):
            del path[_under_plain(path, head) :]
        if head.after_loss and _lost_heading(path, next_top):
            path, is_orphaned = [], True
        is_orphaned = is_orphaned and head.style != "1."
        found.append((len(path) + 1, path[-1].index if path else None))
        in_list = (path[-1].head.style is None or path[-1].under_opener) if path else is_orphaned
        path.append(_Open(index, head, in_list))
    return found


def _next(heads: Sequence[Head], is_sought: Callable[[Head], bool]) -> list[Head | None]:
    """For each passage, the next one after it that is sought."""
    found: list[Head | None] = []
    last: Head | None = None
    for head in reversed(heads):
        found.append(last)
        last = head if is_sought(head) else last
    return found[::-1]


def _list_goes_on(path: Sequence[_Open], after: Head | None) -> bool:
    """Whether the passage before is an item of a list whose next item comes next: what stands between is its own."""
    if not path or path[-1].head.style in (None, "1."):
        return False
    item = path[-1].head
    return after is not None and after.style == item.style and after.value == item.value + 1


def _lost_heading(path: Sequence[_Open], after: Head | None) -> bool:
    """Whether a gap took the heading of what follows it: the next top number is not the one after the last."""
    if not path or path[0].head.style != "1.":
        return False
    return after is not None and after.value > path[0].head.value + 1


def _under_numbered(path: Sequence[_Open], head: Head) -> int:
    """The length of the path to the parent of a numbered passage."""
    beside: int | None = None
    for at in range(len(path) - 1, -1, -1):
        if path[at].head.style == head.style:
            if path[at].head.value + 1 == head.value:
                return at
            beside = at if beside is None else beside
    if beside is not None and head.value != 1:
        return beside
    if head.style == "1.":
        return 0
    last = len(path) - 1
    if path and _stands_beside(path[-1].head, head):
        return last
    return last if beside is not None and beside == last else len(path)


def _stands_beside(before: Head, numbered: Head) -> bool:
    """Whether a list is no part of the line before it: a paragraph, one whose label it goes on from (`步骤 1`).

    Or any line if the list lost its first items.
    """
    if before.style is not None or before.opens or numbered.style == "①":
        return False
    if numbered.value != 1 or _goes_on(before.label, numbered.label):
        return True
    return before.label is None and not before.is_heading


def _goes_on(label: str | None, after: str | None) -> bool:
    """Whether two labels are one word with a number and the next (`步骤 1`, `步骤 2`)."""
    one, other = (_COUNTED.fullmatch(each or "") for each in (label, after))
    return one is not None and other is not None and one[1] == other[1] and int(one[2]) + 1 == int(other[2])


def _under_plain(path: Sequence[_Open], head: Head) -> int:
    """The length of the path to the parent of a passage without a number."""
    for at in range(len(path) - 1, -1, -1):
        last = path[at]
        is_last = at == len(path) - 1
        if last.head.style is None:
            if last.head.opens and is_last:
                return at + 1
            if at and _ends_list(path[at - 1].head, last.head, head):
                continue
            return at
        if last.under_opener and not (is_last and last.head.opens and not (head.opens or head.label)):
            continue
        if last.head.style in ("1.", "(1)") or (is_last and (last.head.is_heading or last.head.opens)):
            return at + 1
    return 0


def _ends_list(opener: Head, item: Head, head: Head) -> bool:
    """Whether a label or an opener stands beside the line that opened a list of plain items, not in the list."""
    return opener.opens and not (item.label or item.opens) and bool(head.label or head.opens)
