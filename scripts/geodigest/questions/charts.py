"""Charts of answers, as SVG: the same rows give the same bytes. Labels are English, and drawn as outlines."""

import io
import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from geodigest.questions.answers import Answer

INK, FAINT, GRID = "#24303a", "#7b8794", "#e4e9ee"
BLUE, ORANGE = "#2f6d94", "#d9822b"

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 12.0,
    "axes.titleweight": "bold",
    "axes.titlepad": 14.0,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.edgecolor": FAINT,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.left": False,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "geodigest",
}


class Mentioned(NamedTuple):
    """A row of `most-mentioned`."""

    name: str
    type: str
    mentions: int
    studies: int


class Age(NamedTuple):
    """A row of `ages`, in millions of years; `youngest` and `oldest` are the same where it is no range."""

    study: str
    youngest: float
    oldest: float
    is_age: bool


def draw(answer: Answer) -> bytes:
    """The chart of an answer that `CHARTS` names, as an SVG file."""
    with style.context(STYLE, after_reset=True):
        figure = Figure(layout="constrained")
        CHARTS[answer.question.name](answer, figure)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Creator": None, "Date": None, "Format": None, "Type": None})
    return file.getvalue()


def _draw_mentions(answer: Answer, figure: Figure) -> None:
    """A bar for each name, the most mentioned on top."""
    rows = [Mentioned(*row) for row in answer.rows]  # type: ignore[arg-type]
    colours = {"dataset": ORANGE, "method": BLUE}
    axes = _axes(figure, [row.name for row in rows])
    axes.set_title(f"The {len(rows)} most mentioned datasets and methods")
    axes.set_xlabel("mentions in all passages")
    axes.grid(visible=False, axis="y")
    axes.barh(range(len(rows)), [row.mentions for row in rows], 0.7, color=[colours[row.type] for row in rows])
    for place, row in enumerate(rows):
        studies = "1 study" if row.studies == 1 else f"{row.studies} studies"
        axes.annotate(
            f"{row.mentions}", (row.mentions, place), (4, 0), textcoords="offset points", va="center", weight="bold"
        )
        axes.annotate(
            f"in {studies}", (row.mentions, place), (22, 0), textcoords="offset points", va="center", color=FAINT
        )
    axes.set_xlim(0, 1.18 * max((row.mentions for row in rows), default=1))
    axes.legend(handles=[Patch(color=colour, label=kind) for kind, colour in colours.items()], loc="lower right")


def _draw_ages(answer: Answer, figure: Figure) -> None:
    """A line of points for each study, the study with the oldest age on top; ranges are lines."""
    rows = [Age(*row) for row in answer.rows]  # type: ignore[arg-type]
    oldest: dict[str, float] = {}
    for row in rows:
        oldest[row.study] = max(row.oldest, oldest.get(row.study, 0))
    studies = sorted(oldest, key=lambda study: (-oldest[study], study))
    axes = _axes(figure, [textwrap.shorten(study, 64, placeholder=" …") for study in studies])
    axes.set_title("Ages and durations that the studies report")
    axes.set_xscale("log")
    start, end = _decades(age for row in rows for age in (row.youngest, row.oldest))
    axes.set_xlim(start, end)
    ticks = [10.0**power for power in range(round(math.log10(start)), round(math.log10(end)) + 1)]
    axes.set_xticks(ticks, [_years(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    for row in rows:
        # An age keeps to the upper half of its study's row and a duration to the lower one: neither hides the other.
        place = studies.index(row.study) + (-0.13 if row.is_age else 0.13)
        colour = BLUE if row.is_age else ORANGE
        if row.youngest < row.oldest:
            axes.plot([max(row.youngest, start), row.oldest], [place, place], color=colour, lw=1.6, alpha=0.75)
        ends = [age for age in (row.youngest, row.oldest) if age > 0]
        face = colour if row.is_age else "white"
        axes.plot(ends, [place] * len(ends), ls="", marker="o", ms=4.5, mec=colour, mfc=face, clip_on=False)
    axes.legend(
        handles=[
            Line2D([], [], ls="", marker="o", color=BLUE, label="age, printed in Ga, Ma or ka"),
            Line2D([], [], ls="", marker="o", color=ORANGE, mfc="white", label="in Gyr, Myr or kyr: mostly a duration"),
        ],
        loc="upper left",
        bbox_to_anchor=(0, -0.05),
        ncols=2,
    )


def _axes(figure: Figure, labels: Sequence[str]) -> Axes:
    """Axes with a labelled row for each of the labels, the first on top."""
    figure.set_size_inches(10, 1.3 + 0.27 * max(len(labels), 1))
    axes = figure.add_subplot()
    axes.grid()
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    return axes


def _decades(ages: Iterable[float]) -> tuple[float, float]:
    """The powers of ten about all positive ages.

    >>> _decades([0, 0.02, 485])
    (0.01, 1000.0)
    """
    positive = [age for age in ages if age > 0] or [1.0, 10.0]
    return 10.0 ** math.floor(math.log10(min(positive))), 10.0 ** math.ceil(math.log10(max(positive)))


def _years(age: float) -> str:
    """A power of ten of a million years in the unit that keeps it short.

    >>> [_years(age) for age in (1e-5, 0.01, 1, 1000)]
    ['10 yr', '10 kyr', '1 Myr', '1 Gyr']
    """
    for unit, size in (("Gyr", 1e3), ("Myr", 1.0), ("kyr", 1e-3)):
        if age >= size:
            return f"{age / size:.0f} {unit}"
    return f"{age * 1e6:.0f} yr"


CHARTS: dict[str, Callable[[Answer, Figure], None]] = {"most-mentioned": _draw_mentions, "ages": _draw_ages}
"""The questions that a chart answers."""
