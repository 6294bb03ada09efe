"""`python -m tests.benchmarks.growth --largest 1000`: how time and memory grow; writes `docs/growth.md`.

`--only lengths` measures one section and leaves the others on the page as they are: all of them take hours. Each
conversion is a process of its own. What it takes is its processor time, which other programs disturb little.
"""

from __future__ import annotations

import argparse
import json
import math
import re
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
from tests.dask_cluster import running_dask
from tests.hostile import DOCUMENTS, STRETCHES
from tests.printer import LAYOUTS

CORPORA, LENGTHS = (1, 10, 100, 1000), (1, 10, 30, 100)
"""Times the seed: documents of a corpus, and studies of a document."""
HOSTILE = (20_000, 80_000)
"""Characters."""
HUGE: tuple[tuple[str, DocumentKind, str, int], ...] = (
    ("a line of 50 MB", "bulletin", "one line of prose", 50_000_000 // 3),
    ("a line of 50 MB", "literature_table", "one line of prose", 50_000_000 // 3),
    ("a million tabs", "bulletin", "tabs", 1_000_000),
    ("a million tabs", "literature_table", "tabs", 1_000_000),
    ("ten thousand studies", "literature_table", "studies in a grid", 90 * 10_000),
    ("ten thousand digests", "bulletin", "digests", 40 * 10_000),
    ("ten thousand levels", "bulletin", "an outline by its numbers", 30 * 10_000),
    ("ten thousand levels", "literature_table", "an outline by its numbers", 30 * 10_000),
)
"""What it is, in which kind of document, which of `tests.hostile` makes it, and its characters."""
WORKERS = 100
"""Times the seed at which one worker, two and a Dask cluster are compared."""
PAGE = Path(__file__).parents[2] / "docs" / "growth.md"
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
        points: list[Point] = []
        workers: list[float] = []
        for times in _up_to(CORPORA, largest):
            place = folder / f"{kind}-{times}"
            files = write_corpus(place, kind, times)
            characters = sum(len(file.read_text(encoding="utf-8")) for file in files)
            spent = _convert(place / kind, kind, folder / "out")
            points.append(Point(times, characters, {"all": spent.seconds}, spent.memory))
            if times == min(largest, WORKERS):
                workers = [_convert(place / kind, kind, folder / "out", "--workers", n).wall for n in ("1", "2")]
                with running_dask([sys.executable, "-m", "dask"], {}) as dask:
                    dask.start(2)
                    cluster = ("--engine", "dask", "--scheduler", dask.address)
                    workers.append(_convert(place / kind, kind, folder / "out", *cluster).wall)
            rmtree(place)
        yield f"### {kind}\n\n{_table(points, ['all'])}"
        base = _base(points)
        memory = (
            f"Peak memory at {points[-1].times} × is {points[-1].memory / base.memory:.2f} × that at {base.times} ×"
        )
        one, two, dask_two = workers
        yield (
            f"{memory}. At {min(largest, WORKERS)} × one worker takes {one / two:.2f} × the time of two, and two of a "
            f"Dask cluster {dask_two / two:.2f} ×.\n"
        )


def _convert(documents: Path, kind: DocumentKind, out: Path, *options: str) -> Used:
    rmtree(out, ignore_errors=True)
    return used("-m", "geodigest", "convert", str(documents), "--kind", kind, "--out", str(out), *options)


def lengths(largest: int) -> Iterator[str]:
    """The section on long documents, by stage."""
    yield (
        "## One long document\n\nOne document of so many times the seed's studies, by stage of its conversion; none "
        f"that would take more than {MOST_SECONDS} s.\n"
    )
    documents: list[tuple[DocumentKind, str]] = [("bulletin", "mixed")]
    documents += [("literature_table", layout) for layout in (*LAYOUTS, "mixed")]
    for kind, layout in documents:
        points: list[Point] = []
        for times in _up_to(LENGTHS, largest):
            if points and sum(points[-1].seconds.values()) * times / points[-1].times > MOST_SECONDS:
                break
            points.append(_point(kind, layout, times))
            if points[-1].ended != "converted":
                raise SystemExit(f"{kind}, {layout}, {times} ×: {points[-1].ended}")
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
    yield "\n| huge | | characters | ends | seconds | peak memory, MB |\n| --- | --- | ---: | --- | ---: | ---: |"
    for what, kind, name, size in HUGE:
        point = _whole(_point(kind, name, size))
        took = point.seconds["all"]
        spent = f"more than {MOST_SECONDS}" if math.isinf(took) else f"{took:.1f}"
        used_most = f"{point.memory / 1e6:.0f}" if point.memory else ""
        yield f"| {what} | {kind} | {point.characters:,} | {_cell(point.ended)} | {spent} | {used_most} |"
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


def _renewed(page: str, section: str) -> str:
    r"""The page with a section in the place of the one of its heading, or else at the end.

    >>> _renewed("# A\n\n## B\n\n1\n\n## C\n\n2\n", "## B\n\n3\n")
    '# A\n\n## B\n\n3\n\n## C\n\n2\n'
    """
    heading = section.partition("\n")[0]
    parts = [part.rstrip() for part in re.split(r"(?m)^(?=## )", page)]
    found = [part for part in parts if part.startswith(f"{heading}\n")]
    kept = [section.rstrip() if part in found else part for part in parts]
    return "\n\n".join(kept if found else [*kept, section.rstrip()]) + "\n"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.growth", description=__doc__, allow_abbrev=False)
    parser.add_argument("--largest", type=int, default=CORPORA[-1], help="times the seed, at the most")
    parser.add_argument("--only", choices=("corpora", "lengths", "hostile"), help="measure one section alone")
    told = parser.parse_args()
    with TemporaryDirectory() as folder:
        sections = {
            "corpora": corpora(told.largest, Path(folder)),
            "lengths": lengths(told.largest),
            "hostile": hostile(),
        }
        page = TEXT if told.only is None or not PAGE.exists() else PAGE.read_text(encoding="utf-8")
        for section in sections.values() if told.only is None else [sections[told.only]]:
            lines = []
            for line in section:
                lines.append(line)
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
            page = _renewed(page, "\n".join(lines))
            PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
