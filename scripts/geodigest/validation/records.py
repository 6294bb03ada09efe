"""CSV text parted into records by the grammar of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180, section 2).

The readers of CSV at hand either do not tell nothing between the commas (null) from an empty pair of quotes (an empty
text), or do not tell on which line a record begins, or read past an error of the grammar in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CELL = re.compile(r'(?:"((?:[^"]|"")*+)"|([^",\r\n]*))(,|\r?\n|\Z)')
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_BARE = re.compile(r'[^",\r\n]*')
_LINE_END = re.compile(r"\r?\n|\Z")

_BEGINNING = 20
"""So many characters of a cell are shown where it breaks the grammar."""


class GrammarError(NamedTuple):
    """What stands in a text, and what the grammar asks there."""

    value: str
    expected: str


class Record(NamedTuple):
    """A record of a CSV text."""

    line: int
    """The line that it begins on, counted from 1."""
    cells: list[str | None]
    """Nothing is None, an empty pair of quotes the empty text; where there is an error, the cells before it."""
    ending: str
    """What ends it: a line feed, a carriage return and a line feed, or nothing."""
    error: GrammarError | None = None


def records(text: str) -> Iterator[Record]:
    r"""The records of a CSV text, the header among them.

    After an error the next record begins on the next line; after a quote that is never closed there is none.

    >>> [(record.line, record.cells) for record in records('a,b\n1,"x\n""y"" z"\n,""\n')]
    [(1, ['a', 'b']), (2, ['1', 'x\n"y" z']), (4, [None, ''])]
    >>> [record.error.value for record in records('a,b\n1,x"y\n2,z\n') if record.error]
    ['a quote inside x"']
    """
    position, line, length = 0, 1, len(text)
    while position < length:
        begin, error = position, None
        cells: list[str | None] = []
        end = ","
        while end == ",":
            cell = _CELL.match(text, position)
            if cell is None:
                error, position = _error(text, position)
                end = ""
            else:
                quoted, bare, end = cell.groups()
                cells.append(bare or None if quoted is None else quoted.replace('""', '"'))
                position = cell.end()
        yield Record(line, cells, end, error)
        line += text.count("\n", begin, position)


def _error(text: str, position: int) -> tuple[GrammarError, int]:
    """What breaks the grammar in the cell that begins here, and where the next record begins."""
    if text[position] == '"':
        cell = _QUOTED.match(text, position)
        if cell is None:
            beginning = text[position + 1 : position + 1 + _BEGINNING].partition("\n")[0].rstrip("\r")
            return GrammarError(f"a quote that nothing closes before {beginning}", "a closing quote"), len(text)
        error = GrammarError(
            f"{text[cell.end()]!r} after the closing quote of {cell[0][:_BEGINNING]}",
            "a comma or a line's end there, or the quote doubled",
        )
    else:
        cell = _BARE.match(text, position)
        assert cell is not None  # noqa: S101 -- for mypy: an empty one matches
        error = GrammarError(
            f"a quote inside {text[position : cell.end() + 1][-_BEGINNING:]}",
            "the whole cell in quotes, and each quote in it doubled",
        )
    if text[cell.end()] == "\r":
        error = GrammarError("a carriage return alone", "lines that end with LF")
    line_end = _LINE_END.search(text, cell.end())
    return error, len(text) if line_end is None else line_end.end()
