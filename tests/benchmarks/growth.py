"""`python -m tests.benchmarks.growth --largest 1000`: how time and memory grow; writes `docs/growth.md`.

Each conversion is a process of its own. What it takes is its processor time, which other programs disturb little.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import NamedTuple

from geodigest.seeds import DocumentKind
from tests.benchmarks.row import Used, used
from tests.benchmarks.stages import MOST_SECONDS, STAGES
from tests.corpora import KINDS, write_corpus
from tests.hostile import DOCUMENTS, STRETCHES
from tests.printer import LAYOUTS

CORPORA, LENGTHS = (1, 10, 100, 1000), (1, 3, 10, 30, 100)
"""Times the seed: documents of a corpus, and studies of a document."""
HOSTILE = (20_000, 80_000)
"""Characters."""
WORKERS = 100
"""Times the seed at which one worker and two are compared."""
TEXT = """\
# Growth

`make bench-growth` measures this and writes this page; `make bench-growth LARGEST=10` is a short run. The documents are
printed from known tables (`python -m tests.corpora` prints a corpus for anyone), as long as the seeds and in their
layouts. Times are processor time, of all processes together. A **slope** of 1 is time in proportion to the text, 2 with
its square: it is taken from 10 × to the largest, of a short run from 1 ×.
"""


class Point(NamedTuple):
    """What a conversion of a size took; `seconds` by stage, or of the whole."""

    times: int
    characters: int
    seconds: dict[str, float]
    memory: int
    ended: str = ""


def corpora(largest: int, folder: Path) -> Iterator[str]:
    """The section on corpora: many documents as long as the seed."""
    yield "## Many documents\n\n`geodigest convert DIR` of so many times the seed, on all cores.\n"
    for kind in KINDS:
        points, workers = [], []
        for times in _up_to(CORPORA, largest):
            place = folder / f"{kind}-{times}"
            files = write_corpus(place, kind, times)
            characters = sum(len(file.read_text(encoding="utf-8")) for file in files)
            spent = _convert(place / kind, kind, folder / "out")
            points.append(Point(times, characters, {"all": spent.seconds}, spent.memory))
            if times == min(largest, WORKERS):
                workers = [_convert(place / kind, kind, folder / "out", "--workers", n).wall for n in ("1", "2")]
            rmtree(place)
        yield f"### {kind}\n\n{_table(points, ['all'])}"
        base = _base(points)
        memory = (
            f"Peak memory at {points[-1].times} × is {points[-1].memory / base.memory:.2f} × that at {base.times} ×"
        )
        yield f"{memory}; one worker takes {workers[0] / workers[1]:.2f} × the time of two.\n"


def _convert(documents: Path, kind: DocumentKind, out: Path, *options: str) -> Used:
    rmtree(out, ignore_errors=True)
    return used("-m", "geodigest", "convert", str(documents), "--kind", kind, "--out", str(out), *options)


def lengths(largest: int) -> Iterator[str]:
    """The section on long documents, by stage."""
    yield "## One long document\n\nOne document of so many times the seed's studies, by stage of its conversion.\n"
    documents: list[tuple[DocumentKind, str]] = [("bulletin", "mixed")]
    documents += [("literature_table", layout) for layout in (*LAYOUTS, "mixed")]
    for kind, layout in documents:
        points = [_point(kind, layout, times) for times in _up_to(LENGTHS, largest)]
        name = kind if kind == "bulletin" else f"{kind}, {layout}"
        yield f"### {name}\n\n{_table(points, [stage for stage in STAGES if points[0].seconds.get(stage)])}"


def hostile() -> Iterator[str]:
    """The section on hostile documents."""
    yield f"## Hostile documents\n\nStretches amid two fair studies, and documents, of {HOSTILE[-1]:,} characters.\n"
    yield "| document | | ends | seconds per million characters | slope |\n| --- | --- | --- | ---: | ---: |"
    documents = [(kind, name) for name in STRETCHES for kind in KINDS]
    documents += [(kind, name) for name, (kind, _) in DOCUMENTS.items()]
    for kind, name in documents:
        small, large = (_point(kind, name, length) for length in HOSTILE)
        seconds = sum(large.seconds.values()) / large.characters * 1e6
        rate = f"more than {MOST_SECONDS / large.characters * 1e6:.0f}" if math.isinf(seconds) else f"{seconds:.2g}"
        yield f"| {name} | {kind} | {_cell(large.ended)} | {rate} | {_slope(_whole(small), _whole(large), 'all')} |"
    yield ""


def _point(kind: DocumentKind, name: str, size: int) -> Point:
    """What a conversion of one document took, of a size that `tests.benchmarks.stages` takes."""
    try:
        spent = used("-m", "tests.benchmarks.stages", kind, name, str(size))
    except subprocess.CalledProcessError:
        return Point(size, size, {"all": math.inf}, 0, f"not in {MOST_SECONDS} s, or in an error of Python's")
    told = json.loads(spent.output.splitlines()[-1])
    return Point(size, told["characters"], told["seconds"], spent.memory, told["ended"])


def _whole(point: Point) -> Point:
    return point._replace(seconds={"all": sum(point.seconds.values())})


def _cell(text: str) -> str:
    return text.replace("|", "\\|") if len(text) < 100 else text[:100].replace("|", "\\|") + "…"


def _up_to(sizes: Sequence[int], largest: int) -> list[int]:
    return list(takewhile(lambda size: size <= largest, sizes))


def _base(points: Sequence[Point]) -> Point:
    """What the largest is compared with: 10 ×, or 1 × where that is the largest."""
    return next((point for point in points[:-1] if point.times == 10), points[0])


def _slope(small: Point, large: Point, stage: str) -> str:
    """The slope of a stage's time between two sizes, in logarithms; nothing where there is little to measure.

    >>> _slope(Point(1, 1000, {"all": 1.0}, 0), Point(10, 10000, {"all": 100.0}, 0), "all")
    '2.00'
    """
    before, after = small.seconds.get(stage, 0.0), large.seconds.get(stage, 0.0)
    if min(before, after) < 0.005 or small.characters == large.characters or math.isinf(after):
        return ""
    return f"{math.log(after / before) / math.log(large.characters / small.characters):.2f}"


def _table(points: Sequence[Point], stages: Sequence[str]) -> str:
    head = " | ".join(f"{point.times} ×" for point in points)
    lines = [f"| | {head} | slope |", f"| --- |{' ---: |' * (len(points) + 1)}"]
    lines.append(f"| characters | {' | '.join(f'{point.characters:,}' for point in points)} | |")
    lines.append(_line("seconds", "all", [*map(_whole, points)]))
    if stages != ["all"]:
        lines += [_line(f"of that: {stage}", stage, points) for stage in stages]
    lines.append(f"| peak memory, MB | {' | '.join(f'{point.memory / 1e6:.0f}' for point in points)} | |")
    return "\n".join([*lines, ""])


def _line(name: str, stage: str, points: Sequence[Point]) -> str:
    cells = " | ".join(f"{point.seconds.get(stage, 0.0):.2f}" for point in points)
    return f"| {name} | {cells} | {_slope(_base(points), points[-1], stage)} |"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.growth", description=__doc__, allow_abbrev=False)
    parser.add_argument("--largest", type=int, default=CORPORA[-1], help="times the seed, at the most")
    parser.add_argument("--only", choices=("corpora", "lengths", "hostile"), help="show one section, write nothing")
    told = parser.parse_args()
    with TemporaryDirectory() as folder:
        sections = {
            "corpora": corpora(told.largest, Path(folder)),
            "lengths": lengths(told.largest),
            "hostile": hostile(),
        }
        lines = [TEXT]
        for name, section in sections.items():
            for line in section if told.only in (None, name) else ():
                lines.append(line)
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
    if told.only is None:
        page = Path(__file__).parents[2] / "docs" / "growth.md"
        page.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
