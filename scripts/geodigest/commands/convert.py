"""`geodigest convert`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geodigest.commands.choice import choice
from geodigest.commands.given_path import given_place
from geodigest.commands.output import ERR, ending, note, progress, say
from geodigest.commands.summary import show, show_characters, show_tables
from geodigest.extras import extra

if TYPE_CHECKING:
    from geodigest.corpora.engines import Engine
    from geodigest.corpora.folder import Progress

_WHERE = "geodigest convert"

_Kind = Literal["bulletin", "literature_table"]
_Engine = Literal["local", "dask"]


def convert(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            parser=given_place,
            show_default=False,
            help="Text or Markdown in UTF-8, one document per file; or one folder of such files, as a path or URL.",
        ),
    ],
    kind: Annotated[
        _Kind,
        choice(_Kind, "How all of them are laid out: an issue with digests, or a table with one row per paper."),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="DIR",
            parser=given_place,
            help="Folder to write: a new one, or that of an earlier conversion; of a folder also a URL.",
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(min=1, show_default="one per core", help="Processes that convert a folder on this machine."),
    ] = None,
    engine: Annotated[
        _Engine,
        choice(_Engine, "What converts a folder: processes of this machine, or a Dask cluster."),
    ] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the cluster's scheduler, tcp://host:port.")
    ] = None,
) -> None:
    """Convert documents of your own to the same tables.

    DIR gets `dataset/parquet/`, `dataset/csv/` and `dataset/SHA256SUMS`, `datapackage.json`, a `README.md` by which
    `load_dataset("DIR", "studies")` loads, and `seeds/`: the text of each document, in which all offsets count. Several
    files become one package. A document is called after its file: `Frontiers 2023-11.md` is `frontiers-2023-11`.
    A table without rows has its files but no config: `load_dataset` does not offer it, `pyarrow.parquet.read_table`
    reads it.

    **A folder** is converted on all cores, every `.txt` and `.md` file in it to the bottom. Each table becomes a folder
    of Parquet files, `dataset/parquet/studies.parquet/`, without CSV and `datapackage.json`. A document that cannot be
    converted is told at the end and in `failures.csv`; the others are converted. After an interruption give the same
    command again: what is finished is not converted again, nor are documents that have not changed since.

    What you decided about a document is read from `<document_id>.decisions.csv`, `.corrections.csv` and `.gaps.csv`
    beside its file, if they are there. Entities are those of the vocabulary that comes with GeoDigest.

    Exit status: 0 converted; 1 a document, what was decided about it or a table is not what it should be, DIR holds
    something else, another run writes there, the disk is full or the like, or a library that converts or a cluster is
    not there, and nothing was written; of a folder the documents that can be are converted though; 2 wrong use; 130
    stopped by Ctrl-C or SIGTERM: of files nothing was written, a folder is taken up by the next run.
    """
    _check_use(paths, out, workers, engine, scheduler)
    with ending():
        with extra("convert", where=_WHERE):
            from geodigest.convert import collect_seldom
            from geodigest.corpora.folder import convert_folder
            from geodigest.corpora.package import convert_files

        collect_seldom()
        if not _is_folder(paths[0]):
            files = list(map(Path, paths))
            with progress(paths) as on_step:
                summary = convert_files(files, kind, Path(out), lambda document: on_step(str(document.given)))
            show(summary)
            return
        with _shown_progress() as on_progress:
            corpus = convert_folder(paths[0], kind, out, _engine(workers, scheduler), on_progress, note)
    show_tables(corpus.summary.tables)
    say(f"in {out}/dataset: parquet/, SHA256SUMS")
    show_characters(corpus.summary)
    say(
        f"documents: {corpus.documents:,} converted, {len(corpus.failures):,} not; {corpus.skipped:,} by an earlier run"
    )
    if corpus.failures:
        for failure in corpus.failures:
            note(f"{paths[0].rstrip('/')}/{failure.where}: {failure.what}; {failure.remedy}")
        note(f"error: {len(corpus.failures):,} documents could not be converted: {out}/failures.csv")
        raise typer.Exit(1)


def _check_use(paths: list[str], out: str, workers: int | None, engine: str, scheduler: str | None) -> None:
    folders = [path for path in paths if _is_folder(path)]
    if folders and len(paths) > 1:
        raise typer.BadParameter(f"{folders[0]} is a folder: give files, or one folder alone")
    if engine == "dask" and scheduler is None:
        raise typer.BadParameter(
            "--engine dask needs --scheduler tcp://host:port, the address that `dask scheduler` shows"
        )
    if engine == "local" and scheduler is not None:
        raise typer.BadParameter("--scheduler is given without --engine dask")
    if workers is not None and engine == "dask":
        raise typer.BadParameter("--workers is for this machine: a cluster has workers of its own")
    if not folders and "://" in out:
        raise typer.BadParameter("--out is a URL: files are converted into a folder of this machine")
    if not folders and (workers is not None or engine == "dask"):
        raise typer.BadParameter("--workers and --engine are for a folder: files are converted one after the other")


def _is_folder(given: str) -> bool:
    try:
        return "://" in given or Path(given).is_dir()
    except OSError:  # as of a name longer than any: who reads it says so
        return False


def _engine(workers: int | None, scheduler: str | None) -> "Engine":
    from geodigest.corpora.batch import convert_part

    if scheduler is not None:
        from geodigest.corpora.cluster import Cluster

        return Cluster(scheduler, convert_part)
    from geodigest.corpora.processes import Processes, cores

    return Processes(workers or cores(), convert_part)


@contextmanager
def _shown_progress() -> "Iterator[Callable[[Progress], None]]":
    """What takes how far a conversion is; a bar shows it where standard error is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    failed = TextColumn("documents, {task.fields[failures]} failed")
    columns = (BarColumn(), MofNCompleteColumn(), failed, TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as shown:
        task = shown.add_task("", total=None, failures=0)
        yield lambda now: shown.update(task, completed=now.done, total=now.total, failures=now.failures)
