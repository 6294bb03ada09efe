"""Text whose every character knows the stretch of the seed it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

Source = tuple[int, int]
"""A stretch of the seed, start inclusive, end exclusive; empty where nothing is printed."""

_BLOCK = 1024
"""Characters whose sources are made at once."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each of its characters, the stretch of the seed that is published as it.

    >>> carbon = Traced("CO₂", ((7, 8), (8, 9), (9, 21)))
    >>> carbon[1:]
    Traced(text='O₂', sources=((8, 9), (9, 21)))
    """

    text: str
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        """Refuse a text that does not have one source a character."""
        if len(self.text) != len(self.sources):
            raise ValueError(f"{len(self.text)} characters with {len(self.sources)} sources")

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.text)

    def __getitem__(self, part: slice) -> "Traced":
        """The characters of a slice, with their sources."""
        return Traced(self.text[part], self.sources[part])

    def stripped(self) -> "Traced":
        """Without blanks at either end."""
        start = len(self.text) - len(self.text.lstrip())
        if not start and not self.text[-1:].isspace():
            return self
        return self[start : max(start, len(self.text.rstrip()))]

    def split(self, mark: str) -> list["Traced"]:
        """The parts between the occurrences of a mark of one character."""
        parts, start = [], 0
        while (end := self.text.find(mark, start)) >= 0:
            parts.append(self[start:end])
            start = end + 1
        return [*parts, self[start:]]


def each_alone(start: int, end: int) -> tuple[Source, ...]:
    """The source of each character of a stretch that is published as it stands.

    >>> each_alone(7, 9), each_alone(7, 7)
    (((7, 8), (8, 9)), ())
    """
    if end <= start:
        return ()
    first = start - start % _BLOCK
    blocks = [_alone_in_block(block) for block in range(first, end, _BLOCK)]
    return (blocks[0] if len(blocks) == 1 else tuple(chain.from_iterable(blocks)))[start - first : end - first]


@lru_cache(maxsize=256)
def _alone_in_block(start: int) -> tuple[Source, ...]:
    """Those of a block of characters: the same in every cell and every document, so they are kept."""
    return tuple(zip(range(start, start + _BLOCK), range(start + 1, start + 1 + _BLOCK), strict=True))


def concatenated(parts: Iterable[Traced]) -> Traced:
    """The parts, one after the other."""
    listed = list(parts)
    return Traced("".join(part.text for part in listed), tuple(chain.from_iterable(part.sources for part in listed)))


def joined(sources: Sequence[Source]) -> list[Source]:
    """The stretches of characters in reading order, neighbours joined."""
    stretches: list[Source] = []
    begin = reached = -1
    for start, end in chain(sources, [(-1, -1)]):
        if start == reached:
            reached = end
            continue
        if begin < reached:
            if stretches and stretches[-1][0] <= begin <= stretches[-1][1]:
                begin, before = stretches.pop()
                reached = max(before, reached)
            stretches.append((begin, reached))
        begin, reached = start, end
    return stretches


def retold(told: Traced, characters: Sequence[tuple[str, int]]) -> Traced:
    """Other characters in place of a text: each with the index of the character of the text that it stands for.

    The indices rise. What stands for nothing (a bracket, a tag) joins the source of the character before it, or of
    the first after it: the sources of the result cover those of the text.

    >>> markup = Traced("<sub>2</sub>", tuple((at, at + 1) for at in range(20, 32)))
    >>> retold(markup, [("₂", 5)])
    Traced(text='₂', sources=((20, 32),))
    """
    sources = []
    free = 0
    for order, (char, index) in enumerate(characters):
        start, end = told.sources[index]
        for earlier in range(index - 1, free - 1, -1):
            if told.sources[earlier][1] not in (start, end):
                break
            start = told.sources[earlier][0]
        following = characters[order + 1][1] if order + 1 < len(characters) else len(told)
        free = max(free, characters[order][1] + 1)
        while not char.isspace() and free < following and told.sources[free][0] in (start, end):
            end = told.sources[free][1]
            free += 1
        sources.append((start, end))
    return Traced("".join(char for char, _ in characters), tuple(sources))
