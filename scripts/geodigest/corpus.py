"""The conversion of anyone's documents: their files in, a data package of the same tables out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from os.path import realpath
from pathlib import Path

import pyarrow as pa

from geodigest import __version__
from geodigest.collection import Summary, concatenated, summary
from geodigest.convert import convert
from geodigest.curation import Curation, read_curation
from geodigest.documents import Document, read_documents
from geodigest.errors import GeoDigestError, SeedError, TableError
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.loading import table_schemas
from geodigest.paths import package_root
from geodigest.seeds import DocumentKind
from geodigest.staging import is_own, settle, staged
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.descriptor import as_json, data_package
from geodigest.tabular.features import config, dataset_info
from geodigest.tabular.files import TableFiles, checksums, write_table
from geodigest.tabular.schema import TableSchema, read_package
from geodigest.wording import printable

WRITTEN = ("dataset", "datapackage.json", "README.md", "seeds")
"""What a conversion owns of its folder; other files there are left alone."""

_GENERATOR = "geodigest convert"


def convert_corpus(
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
    converted = []
    for document in documents:
        on_document(document)
        converted.append(_converted(document, curations[document.seed.document_id], schemas))
    tables = concatenated(converted)
    check_tables(schemas, tables)
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


def _converted(document: Document, curation: Curation, schemas: Sequence[TableSchema]) -> Mapping[str, pa.Table]:
    """The document's rows of every table, once they keep every rule; errors name its file."""
    tables = convert(document.text, document.seed, curation)
    _check_titles(document, tables)
    try:
        check_tables(schemas, tables)
        check_spans(tables["documents"], tables["spans"])
    except TableError as error:
        raise TableError(
            error.what,
            where=f"{document.given}, {error.where}",
            remedy=f"mend the document there, or state a correction in {document.seed.document_id}.corrections.csv",
        ) from error
    return tables


def _check_titles(document: Document, tables: Mapping[str, pa.Table]) -> None:
    """Refuse a document of whose studies the rules found no title, which every study needs; names their lines."""
    untitled = [row["study_id"] for row in tables["studies"].to_pylist() if row["title_zh"] is None]
    if not untitled:
        return
    starts: dict[str, int] = {}
    for span in tables["spans"].select(["study_id", "start"]).to_pylist():
        starts.setdefault(span["study_id"], span["start"])
    lines = [document.text.count("\n", 0, starts[study]) + 1 for study in untitled]
    raise SeedError(
        f"the study that begins here has no Chinese title where one is looked for{_others(lines[1:])}",
        where=f"{document.given}:{lines[0]}",
        remedy=f"complete it there, or place its title in {document.seed.document_id}.decisions.csv",
    )


def _others(lines: Sequence[int]) -> str:
    return f" (nor those of lines {', '.join(map(str, lines))})" if lines else ""


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
        "description": _description(),
        "generator": f"{_GENERATOR} {__version__}",
        "sources": ours["sources"],
        "resources": ours["resources"],
    }


def _title(documents: Sequence[Document]) -> str:
    return "; ".join(dict.fromkeys(document.seed.title_zh for document in documents))


def _description() -> str:
    return (
        f"The documents in seeds/ as tables, converted by GeoDigest {__version__}. "
        "Their texts, which the tables repeat, belong to their authors and publishers; no licence is known here."
    )


def _card(documents: Sequence[Document], schemas: Sequence[TableSchema], written: Sequence[TableFiles]) -> str:
    """A README.md by which `datasets` loads every table that has rows; each entry of its YAML is one line of JSON."""
    files = {each.table: each for each in written if each.rows}
    loadable = [schema for schema in schemas if schema.name in files]
    lines = [
        "---",
        f"pretty_name: {_line(_title(documents))}",
        "language: [zh, en]",
        "license: unknown",
        "configs:",
        *(f"- {_line(config(schema, files[schema.name]))}" for schema in loadable),
        "dataset_info:",
        *(f"- {_line(dataset_info(schema, files[schema.name]))}" for schema in loadable),
        "---",
        "",
        f"# {_title(documents)}",
        "",
        _description(),
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
        "A table without rows has its files but no config: `load_dataset` does not offer it, "
        "`pyarrow.parquet.read_table` reads it.",
        "",
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A text of somebody's own in a cell of a Markdown table: a bar would part it."""
    return text.replace("|", "\\|")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
