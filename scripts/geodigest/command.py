"""The command `geodigest`.

Exit status: 0 done; 1 something is not what it should be, said in one line; 2 wrong use.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from geodigest import __version__
from geodigest.errors import GeoDigestError
from geodigest.paths import package_root

if TYPE_CHECKING:
    import pyarrow as pa

    from geodigest.build import BuildSummary, Convert
    from geodigest.seeds import Seed

app = typer.Typer(help="Chinese digests of Earth-science papers as structured, validated tables.", add_completion=False)

_OUT = Console()
_ERR = Console(stderr=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        _OUT.print(__version__)
        raise typer.Exit


@app.callback()
def geodigest(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Chinese digests of Earth-science papers as structured, validated tables."""


@app.command()
def build(
    root: Annotated[
        Path | None, typer.Option(help="Folder with seeds/ and schema/; the repository where left out.")
    ] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions/--no-decisions", help="Use what people decided about the seeds.")
    ] = True,
) -> None:
    """Build dataset/, datapackage.json and README.md from seeds/ and schema/.

    Exit status: 0 built; 1 a seed, a definition, a table or the written package is not what it should be, and the last
    good dataset stands untouched; 2 wrong use.
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from geodigest.build import STEPS, build

    columns = (SpinnerColumn(), TextColumn("{task.completed}/{task.total} {task.description}"), TimeElapsedColumn())
    try:
        place = root or package_root()
        with Progress(*columns, console=_ERR, transient=True) as progress:
            task = progress.add_task("", total=len(STEPS))
            begun = -1

            def on_step(step: str) -> None:
                nonlocal begun
                begun += 1
                progress.update(task, description=step, completed=begun)

            summary = build(place, converter(decisions=decisions), on_step)
    except GeoDigestError as error:
        _ERR.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    _show(summary)


def converter(*, decisions: bool) -> "Convert":
    """The conversion core with what people decided about each seed; or with all of it but where characters belong."""
    from dataclasses import replace

    from geodigest.convert import convert
    from geodigest.curation import read_curation

    def converted(text: str, seed: "Seed") -> dict[str, "pa.Table"]:
        curation = read_curation(seed, text)
        return convert(text, seed, curation if decisions else replace(curation, decisions=()))

    return converted


def _show(summary: "BuildSummary") -> None:
    from rich.table import Table

    shown = Table("table", box=None, pad_edge=False)
    for column in ("rows", "Parquet, bytes", "CSV, bytes"):
        shown.add_column(column, justify="right")
    for files in summary.tables:
        shown.add_row(files.table, f"{files.rows:,}", f"{files.parquet_bytes:,}", f"{files.csv_bytes:,}")
    _OUT.print(shown)
    _OUT.print(f"in {summary.root / 'dataset'}: parquet/, csv/, SHA256SUMS", soft_wrap=True, highlight=False)
    left_out = ", ".join(f"{count:,} {role}" for role, count in summary.characters.items() if role not in _KEPT)
    gaps = ", ".join(f"{count} {kind}" for kind, count in summary.gaps.items())
    _OUT.print(f"left out, in characters: {left_out or 'none'}")
    _OUT.print(f"missing in the seeds: {gaps or 'nothing'}")


_KEPT = ("text", "title")
