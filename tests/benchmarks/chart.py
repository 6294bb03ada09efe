"""The picture of `docs/benchmarks.md`: how long some ways to do one thing take, as points on logarithmic axes."""

import io
from collections.abc import Mapping, Sequence

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodigest.questions.charts import BLUE, FAINT, INK, STYLE

Ratios = Sequence[tuple[str, float]]
"""What takes how long, as a multiple of what the others are compared with, shortest first."""


def chart(groups: Mapping[str, Ratios]) -> bytes:
    """An SVG file with the points of each group under its name: GeoDigest's in blue, of a part of its work hollow."""
    with style.context(STYLE, after_reset=True):
        figure = Figure(layout="constrained", figsize=(10, sum(0.9 + 0.24 * len(each) for each in groups.values())))
        every = figure.subplots(len(groups), squeeze=False, height_ratios=[3 + len(each) for each in groups.values()])
        for axes, (name, ratios) in zip(every.flat, groups.items(), strict=True):
            _draw(axes, name, ratios)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Creator": None, "Date": None, "Format": None, "Type": None})
    return file.getvalue()


def _draw(axes: Axes, name: str, ratios: Ratios) -> None:
    axes.set_title(name)
    axes.set_xscale("log")
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_yticks(range(len(ratios)), [what for what, _ in ratios])
    axes.set_ylim(len(ratios) - 0.4, -0.6)
    axes.set_xlim(min(ratio for _, ratio in ratios) / 1.5, max(ratio for _, ratio in ratios) * 2)
    axes.grid(axis="y")
    axes.axvline(1, color=FAINT, lw=0.8)
    for place, (what, ratio) in enumerate(ratios):
        is_part = what.startswith(("of that", "after it"))
        colour = BLUE if is_part or "geodigest" in what else INK
        axes.plot(ratio, place, marker="o", ms=6, mec=colour, mfc="white" if is_part else colour)
        axes.annotate(f"{ratio:.2g}", (ratio, place), (7, 0), textcoords="offset points", va="center")
