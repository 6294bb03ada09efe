"""The figures of a bulletin: number and caption as printed; the images themselves are not in the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodigest.passages.blanks import spaced
from geodigest.passages.notation import read
from geodigest.reconstruct.digests import Digest, Paragraph
from geodigest.reconstruct.model import Correction, Span
from geodigest.reconstruct.paragraphs import caption_number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a study, given by its position in the document; the caption goes without `图` and number."""

    study: int
    number: str
    caption: str


def read_figures(text: str, digests: Sequence[Digest], corrections: Sequence[Correction]) -> tuple[Figure, ...]:
    """The figures of all digests in printed order.

    Args:
        text: the seed.
        digests: what was read of it.
        corrections: those of the seed, sorted by start.
    """
    return tuple(
        _figure(text, digest.position, caption, corrections) for digest in digests for caption in digest.captions
    )


def _figure(text: str, study: int, caption: Paragraph, corrections: Sequence[Correction]) -> Figure:
    number, (title, *rest) = _numbered(text, caption)
    # A title alone keeps its line; a sentence goes on in the next.
    lines = [(title, *rest)] if "。" in text[title.start : title.end] else [(title,), tuple(rest)]
    return Figure(study, number, "\n".join(spaced(read(text, line, corrections)).text for line in lines if line))


def caption_stretches(text: str, digests: Sequence[Digest]) -> Iterator[Span]:
    """The stretches of the seed that captions are read from: all but `图` and the number."""
    for digest in digests:
        for caption in digest.captions:
            yield from _numbered(text, caption)[1]


def _numbered(text: str, caption: Paragraph) -> tuple[str, Paragraph]:
    first, *rest = caption
    label = caption_number(text[first.start : first.end])
    if label is None:
        raise ValueError(f"no caption stands at {first.start}")
    number, begins = label
    return number, (Span(first.start + begins, first.end), *rest)
