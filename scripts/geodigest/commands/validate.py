"""`geodigest validate`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated, Literal

import typer

from geodigest.commands.choice import choice
from geodigest.commands.given_path import given_path
from geodigest.commands.output import ERR, ending, note, put

_Format = Literal["text", "json", "github", "sarif"]

_PATIENCE = 2.0
"""Seconds after which a progress bar is shown."""


def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            show_default=False,
            parser=given_path,
            help="CSV or Parquet files, folders, or datapackage.json.",
        ),
    ],
    table: Annotated[
        str | None,
        typer.Option(metavar="TABLE", help="The table that the files are of, where their names do not tell."),
    ] = None,
    format_: Annotated[
        _Format,
        choice(_Format, "Lines for people, one JSON object, commands for GitHub Actions, or SARIF 2.1.0.", "--format"),
    ] = "text",
) -> None:
    """Check CSV and Parquet files against the contract: columns, types, rules and keys of every published table.

    Every failure is printed with its file, line, column, row, rule and value.

    - **A file** is of the table that it is named for (`studies.csv`), or that has its columns. One file alone is not
      held to the keys of tables in other files; files of one folder that are given together are. A folder that is named
      for a table (`studies.parquet/`) is a file in parts.
    - **A folder** with `datapackage.json` is checked as that file says, Parquet files beside the CSV files too; in
      another folder, and in the folders below it, each file that is named for a table is. The CSV and the Parquet file
      of a table must hold the same rows, and files have the digests that `SHA256SUMS` lists.
    - **`datapackage.json`** and the files that it names: their sizes and digests, and its schemas against the contract.

    Exit status: 0 all is good; 1 something fails; 2 wrong use: there is no such path or table, or the table of a file
    cannot be told.
    """
    with ending(2):
        from geodigest.validation.check import check
        from geodigest.validation.reports import FORMATS

        with _shown_progress() as on_file:
            report = check(paths, table, on_file)
    for path in report.passed_over:
        note(f"not checked, for no table has this name: {path}")
    put(FORMATS[format_](report))
    if not report.is_valid:
        raise typer.Exit(1)


@contextmanager
def _shown_progress() -> Iterator[Callable[[int, int], None]]:
    """What takes the number of files that are done and of all; a bar shows them once the user has waited."""
    if not ERR.is_terminal:
        yield lambda *_: None
        return
    from rich.progress import Progress

    progress = Progress(console=ERR, transient=True)
    task = progress.add_task("files", total=None)
    begun = monotonic()

    def on_file(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)
        if monotonic() - begun > _PATIENCE:
            progress.start()

    try:
        yield on_file
    finally:
        progress.stop()
