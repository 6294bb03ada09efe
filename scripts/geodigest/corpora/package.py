"""The conversion of some documents: their files in, a data package of the same tables out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from os.path import realpath
from pathlib import Path

import pyarrow as pa

from geodigest import __version__
from geodigest.collection import Summary, concatenated, summary
from geodigest.corpora.document import check, check_rules, converted
from geodigest.corpora.pages import EMPTY, description, front_matter
from geodigest.curation import read_curation
from geodigest.descriptors.descriptor import as_json, data_package
from geodigest.documents import Document, read_documents
from geodigest.errors import GeoDigestError, TableError
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.loading import table_schemas
from geodigest.paths import package_root
from geodigest.seeds import DocumentKind
from geodigest.staging import is_own, settle, staged
from geodigest.tabular.files import TableFiles, checksums, write_table
from geodigest.tabular.schema import TableSchema, read_package
from geodigest.wording import printable

WRITTEN = ("dataset", "datapackage.json", "README.md", "seeds")
"""What a conversion owns of its folder; other files there are left alone."""

_GENERATOR = "geodigest convert"


def convert_files(
    files: Sequence[Path], kind: DocumentKind, out: Path, on_document: Callable[[Document], None] = lambda _: None
) -> Summary:
    """Convert the documents of the files and put their data package into `out`, in place of an earlier one there.

    What people decided about a document is read from `<document_id>.{decisions,corrections,gaps}.csv` beside its file;
    entities are those of the vocabulary that comes with GeoDigest. Every rule is checked before anything is written.
    `out/seeds/` keeps the text of each document: all offsets count in it.

    Args:
        files: text or Markdown in UTF-8, a document each.
        kind: how all of them are laid out.
        out: a folder that is new, empty or holds an earlier conversion.
        on_document: called with each document before it is converted.

    Raises:
        GeoDigestError: a document, what people decided about it or a table is not what it should be, or `out` holds
            something else.
    """
    settle(out)
    _check_place(out, files)
    documents = read_documents(files, kind)
    schemas, vocabulary = table_schemas(), read_vocabulary(package_root() / "seeds")
    curations = {each.seed.document_id: read_curation(each.seed, each.text, vocabulary) for each in documents}
    made = []
    for document in documents:
        on_document(document)
        made.append(converted(document, curations[document.seed.document_id]))
    tables = concatenated([each.tables for each in made])
    try:
        check_rules(schemas, tables)
    except TableError:
        for each in made:
            check(each, schemas)  # raises: names the document
        raise
    try:
        out.mkdir(parents=True, exist_ok=True)
        with staged(out, WRITTEN) as stage:
            written = _write(stage, documents, schemas, tables)
    except OSError as error:
        raise GeoDigestError(
            f"{error.strerror}", where=str(error.filename or out), remedy="give --out a folder that can be written"
        ) from error
    texts = {each.seed.document_id: each.text for each in documents}
    return summary(out, written, texts, curations, tables)


def _check_place(out: Path, files: Sequence[Path]) -> None:
    """Refuse a folder whose files the conversion would replace though they are not its own, or are its documents."""
    if out.exists() and not out.is_dir():
        raise GeoDigestError("this is not a folder", where=str(out), remedy="give --out a folder")
    if out.is_dir() and not all(map(is_own, out.iterdir())) and not _is_conversion(out / "datapackage.json"):
        raise GeoDigestError(
            "the folder holds something other than an earlier conversion", where=str(out), remedy="give a new folder"
        )
    replaced = [realpath(out / name) for name in WRITTEN]
    for file in files:
        if any(Path(realpath(file)).is_relative_to(place) for place in replaced):
            raise GeoDigestError(
                "this is a file that the conversion replaces", where=str(file), remedy="keep documents outside of --out"
            )


def _is_conversion(descriptor: Path) -> bool:
    try:
        stated = json.loads(descriptor.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(stated, dict) and str(stated.get("generator")).startswith(_GENERATOR)


def _write(
    stage: Path, documents: Sequence[Document], schemas: Sequence[TableSchema], tables: Mapping[str, pa.Table]
) -> list[TableFiles]:
    written = [write_table(schema.name, tables[schema.name], stage) for schema in schemas]
    (stage / "dataset" / "SHA256SUMS").write_text(checksums(written), encoding="utf-8")
    (stage / "datapackage.json").write_text(as_json(_descriptor(documents, schemas, written)), encoding="utf-8")
    (stage / "README.md").write_text(_card(documents, schemas, written), encoding="utf-8")
    (stage / "seeds").mkdir()
    for document in documents:
        (stage / document.seed.seed_path).write_bytes(document.text.encode("utf-8"))
    return written


def _descriptor(
    documents: Sequence[Document], schemas: Sequence[TableSchema], written: Sequence[TableFiles]
) -> dict[str, object]:
    """The descriptor: of ours only how tables and sources are described.

    It has no name, version, contributor or licence: those are for the people to state whose documents these are.
    """
    ours = data_package(
        read_package(package_root() / "schema"), [document.seed for document in documents], schemas, written
    )
    return {
        "$schema": ours["$schema"],
        "title": _title(documents),
        "description": description(),
        "generator": f"{_GENERATOR} {__version__}",
        "sources": ours["sources"],
        "resources": ours["resources"],
    }


def _title(documents: Sequence[Document]) -> str:
    return "; ".join(dict.fromkeys(document.seed.title_zh for document in documents))


def _card(documents: Sequence[Document], schemas: Sequence[TableSchema], written: Sequence[TableFiles]) -> str:
    """A README.md by which `datasets` loads every table that has rows."""
    lines = [
        *front_matter(_title(documents), schemas, written),
        f"# {_title(documents)}",
        "",
        description(),
        "",
        "| document | title | converted from | studies in it |",
        "| --- | --- | --- | --- |",
        *(
            f"| `{each.seed.seed_path}` | {_cell(each.seed.title_zh)} | `{_cell(printable(each.given.name))}` "
            f"| `{each.seed.document_id}/…` |"
            for each in documents
        ),
        "",
        "Offsets count in the files of `seeds/`. `datapackage.json` describes every table and column.",
        "",
        EMPTY,
        "",
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A text of somebody's own in a cell of a Markdown table: a bar would part it."""
    return text.replace("|", "\\|")
