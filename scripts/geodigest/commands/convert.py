"""`geodigest convert`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from geodigest.commands.build import show
from geodigest.commands.given_path import given_path
from geodigest.commands.output import ending, progress
from geodigest.extras import extra


def convert(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", parser=given_path, help="Text or Markdown in UTF-8, one document per file."),
    ],
    kind: Annotated[
        Literal["bulletin", "literature_table"],
        typer.Option(help="How all of them are laid out: an issue with digests, or a table with one row per paper."),
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", parser=given_path, help="Folder to write: a new one, or that of an earlier conversion."
        ),
    ],
) -> None:
    """Convert documents of your own to the same tables.

    DIR gets `dataset/parquet/`, `dataset/csv/` and `dataset/SHA256SUMS`, `datapackage.json`, a `README.md` by which
    `load_dataset("DIR", "studies")` loads, and `seeds/`: the text of each document, in which all offsets count. Several
    files become one package. A document is called after its file: `Frontiers 2023-11.md` is `frontiers-2023-11`.
    A table without rows has its files but no config: `load_dataset` does not offer it, `pyarrow.parquet.read_table`
    reads it.

    What you decided about a document is read from `<document_id>.decisions.csv`, `.corrections.csv` and `.gaps.csv`
    beside its file, if they are there. Entities are those of the vocabulary that comes with GeoDigest.

    Exit status: 0 converted; 1 a document, what was decided about it or a table is not what it should be, DIR holds
    something else, another run writes there, the disk is full or the like, or a library that converts is not installed,
    and nothing was written; 2 wrong use; 130 stopped by Ctrl-C or SIGTERM, and nothing was written, too.
    """
    with ending():
        with extra("convert", where="geodigest convert"):
            from geodigest.corpus import convert_corpus

        with progress([str(file) for file in files]) as on_step:
            summary = convert_corpus(files, kind, out, lambda document: on_step(str(document.given)))
    show(summary)
