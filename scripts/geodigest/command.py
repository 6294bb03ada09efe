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
    from geodigest.build import BuildSummary

app = typer.Typer(help="Chinese digests of Earth-science papers as structured, validated tables.", add_completion=False)

_OUT = Console()
_ERR = Console(stderr=True)

_KEPT = ("text", "title")
"""Roles of the spans whose characters are published."""


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

    Exit status: 0 built; 1 a seed, a definition, a table or the written package is not what it should be, or a library
    that builds is not installed, and the last good dataset stands untouched; 2 wrong use.
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    try:
        from geodigest.build import STEPS, build
        from geodigest.convert import convert
    except ModuleNotFoundError as error:
        raise _failed(
            GeoDigestError(
                f"{error.name} is not installed", where="geodigest build", remedy='pip install "geodigest[build]"'
            )
        ) from error

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

            summary = build(place, convert, on_step, with_decisions=decisions)
    except GeoDigestError as error:
        raise _failed(error) from error
    _show(summary)


def _failed(error: GeoDigestError) -> typer.Exit:
    """Exit status 1, once the error is shown."""
    _ERR.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(1)


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
    placed = max(1, summary.by_rule + summary.by_decision)
    share = 100 * summary.by_decision / placed
    by_hand = f"{summary.by_decision:,} by decision ({share:.1f} %)"
    _OUT.print(f"placed, in characters: {summary.by_rule:,} by rule, {by_hand}", soft_wrap=True, highlight=False)
    _OUT.print(f"left out, in characters: {left_out or 'none'}")
    _OUT.print(f"missing in the seeds: {gaps or 'nothing'}")
