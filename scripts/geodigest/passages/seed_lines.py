"""What the lines of a seed say of the places in them; made once a document, asked for each printed line."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

_BOLD = "**"


@dataclass(frozen=True)
class SeedLines:
    """A seed and where its lines begin."""

    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\n", self.text))]

    @cached_property
    def _bold(self) -> list[int]:
        """Where each mark of bold ends."""
        return [mark.end() for mark in re.finditer(re.escape(_BOLD), self.text)]

    @cached_property
    def _has_tab(self) -> dict[int, bool]:
        return {}

    def is_cell(self, at: int) -> bool:
        """Whether an offset stands in a line of tab-separated cells, each of which is a printed line by itself."""
        line = bisect_right(self._starts, at) - 1
        if line not in self._has_tab:
            end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
            self._has_tab[line] = self.text.find("\t", self._starts[line], end) >= 0
        return self._has_tab[line]

    def begins_bold(self, at: int) -> bool:
        """Whether a bold run begins at an offset: a tag, or an odd mark of its line, ends there."""
        if not self.text.endswith(_BOLD, 0, at):
            return self.text.endswith("<b>", 0, at)
        start = self._starts[bisect_right(self._starts, at) - 1]
        return (bisect_right(self._bold, at) - bisect_right(self._bold, start)) % 2 == 1


@lru_cache(maxsize=1)
def seed_lines(text: str) -> SeedLines:
    """The lines of a seed; those of the last one are kept for its other cells."""
    return SeedLines(text)
