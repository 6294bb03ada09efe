r"""From stretches of a seed to clean text: markup gone, sub- and superscripts, formulas and escapes resolved.

Two steps. `unmarked` takes away the markup that says nothing to a reader: `**bold**`, `<b>`, heading and list marks,
the backslash of an escape. `resolved` turns what is left and means something into Unicode: `<sub>2</sub>` and `_{2}`
into `₂`, `$\Delta T$` into `ΔT`, `∶` into `:`. The text spans of a document are what `unmarked` keeps of it, so
`resolved` alone gives the published characters back from them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import Protocol

from geodigest.errors import CurationError
from geodigest.passages.blanks import spaced
from geodigest.passages.composed import composed, is_seen
from geodigest.passages.formula import readable
from geodigest.passages.scripts import in_unicode
from geodigest.passages.traced import Source, Traced, concatenated, each_alone, retold
from geodigest.reconstruct.model import Correction
from geodigest.wording import place

LINE_END = "\n"

_LINE_HEAD = re.compile(r"^[ \t]*(?:(?:#{1,6}|-)[ \t]+)+", re.MULTILINE)
_FORMULA = re.compile(r"(?<!\\)(\$)(?=\S)([^$\n]{1,400}?)(?<=[^\s\\])(\$)|(\\\$)(?=\S)([^$]{1,400}?)(\\\$)")
"""What a converter took for a formula, in one line; or one that the document spells out in LaTeX, over lines."""
_AROUND = 4
"""Characters on either side that tell which blanks of a formula are published."""
_MEANS_FORMULA = re.compile(r"[\\^_=]")
_SCRIPT_TAG = re.compile(r"<(su[bp])>([^<\n]{0,60})</\1>")
_SCRIPT_BRACES = re.compile(r"[_^]\{([^{}]{1,60})\}")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ESCAPED_BOLD = re.compile(r"\\\*\\\*")
_TAG_NAME = r"</?(?:b|i|u|s|del|em|strong|sub|sup|ul|ol|li|br|p)"
_TAG = re.compile(rf"{_TAG_NAME}\s*/?>")
_AUTOLINK = re.compile(r"<https?://[^\s<>]+>")
_MARKS = re.compile(r"[\s#*>|\\`-]+")
_MARKUP_IN_LINE = re.compile(rf"(?:{_TAG_NAME}[^\S\n]*/?>|[^\S\n]|[#*>|\\`-])*+")
_START = attrgetter("start")
_BLANK = re.compile(r"[^\S ]")
_CONTROL = re.compile(r"[\r\v\f\x1c-\x1f\x85]")
"""Control characters that part words, as a form feed does."""
_STAR = re.compile(r"\*+")
_EDGE = re.compile(r"[*_|│]+")


class Stretch(Protocol):
    """Anything with a start and an end in the seed."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


def read(text: str, pieces: Sequence[Stretch], corrections: Sequence[Correction]) -> Traced:
    """The printed lines of pieces of a seed, in their order, without markup; a `LINE_END` between any two.

    A piece ends a printed line, and so does a line end or a tab inside one. Other blanks stand as they do in the seed,
    control characters among them as plain ones.

    Args:
        text: the seed.
        pieces: what to read.
        corrections: those of the seed, sorted by start.

    Raises:
        CurationError: a correction does not quote the seed's characters, or reaches over the end of a piece.
    """
    return resolved(unmarked(text, pieces, corrections))


def unmarked(text: str, pieces: Sequence[Stretch], corrections: Sequence[Correction]) -> Traced:
    """The pieces with their corrections made, without the markup that says nothing to a reader (see `read`)."""
    parts: list[str] = []
    sources: list[Source] = []
    corrected = bytearray()
    end = 0
    for piece in pieces:
        if parts:
            parts.append(LINE_END)
            sources.append(_blank_after(text, end))
            corrected.append(1)
        start, end = without_blanks(text, piece)
        for part, told, is_corrected in _corrected(text, start, end, corrections):
            parts.append(part if is_corrected else _CONTROL.sub(" ", part.replace("\t", LINE_END)))
            sources += told
            corrected += bytes([is_corrected]) * len(told)
    return _without_markup(text, Traced("".join(parts), tuple(sources)), corrected)


def with_corrections(text: str, stretches: Iterable[Source], corrections: Sequence[Correction]) -> Traced:
    """Stretches of a seed, one after the other, with their corrections made; markup stands as it does in the seed."""
    parts: list[str] = []
    sources: list[Source] = []
    for start, end in stretches:
        for part, told, is_corrected in _corrected(text, start, end, corrections):
            if is_corrected:
                kept = [not char.isspace() or char == " " for char in part]
                parts += compress(part, kept)
                sources += compress(told, kept)
            else:
                parts.append(_BLANK.sub(" ", part))
                sources += told
    return Traced("".join(parts), tuple(sources))


def leftover(stretch: str) -> str:
    r"""What of a stretch of a seed is more than markup and blanks.

    >>> leftover("\n\n- **"), leftover("</b> # 3")
    ('', '3')
    """
    return _MARKS.sub("", _TAG.sub("", stretch))


def is_markup_to_line_end(text: str, at: int) -> bool:
    r"""Whether nothing but markup and blanks stands between an offset and the end of its line.

    >>> is_markup_to_line_end("数据** </b>\n类型", 2), is_markup_to_line_end("数据** 类型", 2)
    (True, False)
    """
    run = _MARKUP_IN_LINE.match(text, at)
    end = run.end() if run else at
    return end == len(text) or text[end] == "\n"


def resolved(marked: Traced) -> Traced:
    """The characters to publish: sub- and superscripts, formulas and look-alike signs in Unicode (NFC).

    What is resolved stays as it is when it is resolved again, a lone `$` apart.
    """
    told = marked
    for sign, pattern, replacement in _RESOLVED:
        if sign in told.text:
            told = _replaced(told, pattern, replacement)
    return composed(Traced(told.text.replace("∶", ":"), told.sources) if "∶" in told.text else told)


def without_blanks(text: str, piece: Stretch) -> tuple[int, int]:
    """Start and end of a stretch of a seed without the blanks at its ends, which are not read."""
    start, end = piece.start, piece.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _corrected(
    text: str, start: int, end: int, corrections: Sequence[Correction]
) -> Iterator[tuple[str, tuple[Source, ...], bool]]:
    """The parts of a stretch, with a source for each character: as they stand, and corrected."""
    at = start
    first = bisect_left(corrections, start, key=_START)
    for correction in corrections[first : bisect_left(corrections, end, first, key=_START)]:
        if text[correction.start : correction.end] != correction.original:
            raise _misquoted(text, correction)
        if correction.end > end:
            raise CurationError(
                f"the correction of {correction.original!r} reaches over the end of a piece of text",
                where=correction.where or place(text, correction.start),
                remedy="correct each piece by itself",
            )
        yield text[at : correction.start], each_alone(at, correction.start), False
        yield correction.corrected, ((correction.start, correction.end),) * len(correction.corrected), True
        at = correction.end
    yield text[at:end], each_alone(at, end), False


def _blank_after(text: str, end: int) -> Source:
    """The blank between a stretch and what follows, past markup and a table's rules: what its line end may become."""
    while end < len(text):
        if text[end].isspace():
            return end, end + 1
        markup = _TAG.match(text, end) or _EDGE.match(text, end)
        if not markup:
            break
        end = markup.end()
    return end, end


def _without_markup(text: str, raw: Traced, corrected: bytearray) -> Traced:
    """Drop tags, stars, escapes and the marks at the head of a line; formulas and script tags stay."""
    kept = bytearray(b"\1") * len(raw)
    formulas = bytearray(len(raw))
    for formula in _FORMULA.finditer(raw.text) if "$" in raw.text else ():
        if _MEANS_FORMULA.search(formula[2] or formula[5]):
            formulas[formula.start() : formula.end()] = b"\1" * len(formula[0])
    for sign, pattern in (("<", _TAG), ("\\", _ESCAPED_BOLD), ("\\", _ESCAPE)):
        for markup in pattern.finditer(raw.text) if sign in raw.text else ():
            if not corrected[markup.start()] and not formulas[markup.start()]:
                kept[markup.start() : markup.end()] = b"\0" * len(markup[0])
    if "<" in raw.text:
        for link in _AUTOLINK.finditer(raw.text):
            kept[link.start()] = kept[link.end() - 1] = 0
        for script in _SCRIPT_TAG.finditer(raw.text):
            kept[script.start() : script.end()] = b"\1" * len(script[0])
    for head in _LINE_HEAD.finditer(raw.text):
        if not corrected[head.start()] and _begins_line(text, raw.sources[head.start()][0]):
            kept[head.start() : head.end()] = b"\0" * len(head[0])
    at = 0
    for line in raw.text.split(LINE_END) if "*" in raw.text else ():
        if "*" in line:
            _drop_stars(line, at, kept, corrected, formulas)
        at += len(line) + 1
    return _selected(raw, kept)


def _drop_stars(line: str, at: int, kept: bytearray, corrected: bytearray, formulas: bytearray) -> None:
    """Drop the stars of bold, and of italics where one that opens (`*R`) has one that closes (`R*`)."""
    opening = None
    for stars in _STAR.finditer(line):
        start, end = stars.span()
        if start > 0 and line[start - 1] == "\\":
            start += 1
        if start == end or corrected[at + start] or formulas[at + start] or not kept[at + start]:
            continue
        bold = (end - start) // 2 * 2
        kept[at + start : at + start + bold] = b"\0" * bold
        if bold == end - start:
            continue
        star = at + end - 1
        if opening is not None and not line[start - 1].isspace():
            kept[opening] = kept[star] = 0
            opening = None
        elif end < len(line) and not line[end].isspace():
            opening = star


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _selected(raw: Traced, kept: bytearray) -> Traced:
    return Traced("".join(compress(raw.text, kept)), tuple(compress(raw.sources, kept))) if 0 in kept else raw


def _replaced(told: Traced, pattern: re.Pattern[str], replacement: "Replacement") -> Traced:
    parts = []
    at = 0
    for found in pattern.finditer(told.text):
        parts += [told[at : found.start()], replacement(found, told[found.start() : found.end()])]
        at = found.end()
    return concatenated([*parts, told[at:]]) if parts else told


class Replacement(Protocol):
    """What stands for a match: given the match and its characters."""

    def __call__(self, found: re.Match[str], told: Traced, /) -> Traced:
        """The characters that stand for the match."""


def _script_tag(found: re.Match[str], told: Traced) -> Traced:
    mark = "_" if found[1] == "sub" else "^"
    first = len("<sub>")
    content = [(char, first + at) for at, char in enumerate(found[2]) if not char.isspace() and is_seen(char)]
    if not content:
        return told[:0]
    mapped = in_unicode(mark, "".join(char for char, _ in content))
    if mapped is not None:
        return retold(told, [(char, index) for char, (_, index) in zip(mapped, content, strict=True)])
    return retold(told, [(mark, 0), ("{", 1), *content, ("}", len(told) - 1)])


def _script_braces(found: re.Match[str], told: Traced) -> Traced:
    seen = [at for at, char in enumerate(found[1], len("_{")) if is_seen(char)]
    content = spaced(Traced("".join(told.text[at] for at in seen), tuple((at, at + 1) for at in seen)))
    mapped = in_unicode(told.text[0], content.text)
    if not mapped:
        return told
    return retold(told, [(char, at) for char, (at, _) in zip(mapped, content.sources, strict=True)])


def _formula(found: re.Match[str], told: Traced) -> Traced:
    if not _MEANS_FORMULA.search(found[2] or found[5]):
        return told
    mark = len(found[1] or found[4])
    before, after = (
        found.string[max(0, found.start() - _AROUND) : found.start()],
        found.string[found.end() : found.end() + _AROUND],
    )
    return readable(told, mark, len(told) - mark, before, after)


_RESOLVED: tuple[tuple[str, re.Pattern[str], Replacement], ...] = (
    ("<", _SCRIPT_TAG, _script_tag),
    ("$", _FORMULA, _formula),
    ("{", _SCRIPT_BRACES, _script_braces),
)
"""What means something, by a sign that it always has."""


def _misquoted(text: str, correction: Correction) -> CurationError:
    return CurationError(
        f"{text[correction.start : correction.end]!r} stands where the correction quotes {correction.original!r}",
        where=correction.where or place(text, correction.start),
        remedy="quote the seed's characters, or mend the offsets",
    )
