"""A part of a corpus: its documents' files in, the part's files out. Every engine runs `convert_part`, and no more."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from geodigest.collection import Summary, concatenated, summary
from geodigest.corpora.document import Converted, check, check_rules, converted
from geodigest.corpora.failures import FailedDocument, failed_document
from geodigest.corpora.journal import JournalEntry, PartFile, converter, write_entry
from geodigest.corpora.listing import Source
from geodigest.corpora.parts import Part
from geodigest.corpora.places import named, on_disk, write
from geodigest.curation import read_curation
from geodigest.documents import read_document
from geodigest.errors import GeoDigestError, TableError, is_full
from geodigest.facts.vocabulary import Vocabulary, read_vocabulary
from geodigest.loading import table_schemas
from geodigest.paths import package_root, parquet_path
from geodigest.seeds import DocumentKind
from geodigest.tabular.files import write_parquet
from geodigest.tabular.schema import TableSchema
from geodigest.validation.accepting import accepted
from geodigest.validation.sources import TableSet

SHARED = "entities"
"""The table whose rows several documents share: it is written once, for all of them."""


@dataclass(frozen=True)
class Task:
    """A part to convert."""

    folder: str
    out: str
    kind: DocumentKind
    part: Part
    converter: str
    given_up: tuple[FailedDocument, ...] = ()
    """Documents that are not to be tried."""
    is_trial: bool = False
    """Whether nothing is to be written: it is tried whether the documents can be converted at all."""


@dataclass(frozen=True)
class Content:
    """What there is to write of a part: each file's content by its name, and the entry of the journal."""

    files: Mapping[str, bytes]
    entry: JournalEntry


def convert_part(task: Task) -> JournalEntry:
    """Convert a part and write its files, the entry of the journal last; gives the entry.

    Raises:
        GeoDigestError: this is another converter than that of the task, or documents break a rule together.
        OSError: a file cannot be written.
    """
    if task.converter != converter():
        raise GeoDigestError(
            f"a worker has {converter()}, the command has {task.converter}",
            where="geodigest convert",
            remedy="install the same versions for both",
        )
    content = part_content(task)
    if not task.is_trial:
        for name, written in content.files.items():
            write(task.out, name, written)
        write_entry(task.out, content.entry)
    return content.entry


def part_content(task: Task) -> Content:
    """What there is to write of a part: the same for the same documents, wherever they are converted.

    Raises:
        GeoDigestError: documents break a rule together.
    """
    schemas, failures = table_schemas(), list(task.given_up)
    made: dict[str, Converted] = {}
    for source in task.part.sources:
        if all(source.name != each.name for each in task.given_up):
            found = _converted(task, source)
            if isinstance(found, FailedDocument):
                failures.append(found)
            else:
                made[source.name] = found
    tables = concatenated([each.tables for each in made.values()])
    with named(tempfile.gettempdir()), tempfile.TemporaryDirectory() as folder:
        files = _parquet_files(Path(folder), tables)
        if made and accepted(TableSet("parquet", files, None), {schema.name: schema for schema in schemas}) is None:
            failures += _broken(made, schemas)
            made = {name: each for name, each in made.items() if all(name != failure.name for failure in failures)}
            tables = concatenated([each.tables for each in made.values()])
            if made:
                check_rules(schemas, tables)
            files = _parquet_files(Path(folder), tables)
        contents = {name: path.read_bytes() for name, path in files.items()}
    return _content(task, made, tables, contents, failures)


@cache
def _vocabulary() -> Vocabulary:
    return read_vocabulary(package_root() / "seeds")


def _converted(task: Task, source: Source) -> Converted | FailedDocument:
    name, again = source.name, "convert the folder again"
    try:
        with on_disk(task.folder, [name, *(each for each, _ in source.curation)]) as root:
            try:
                document = read_document(root / name, task.kind)
                if document.seed.sha256 != source.sha256:
                    return FailedDocument(name, name, "the file was changed in the meantime", again, is_final=False)
                return converted(document, read_curation(document.seed, document.text, _vocabulary()))
            except GeoDigestError as error:
                return failed_document(name, error, root / name)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and is_full(error):  # no other document fares better
            raise
        said = f"{getattr(error, 'strerror', None) or type(error).__name__}"
        return FailedDocument(name, name, f"it cannot be converted now: {said}", again, is_final=False)
    except Exception as error:  # noqa: BLE001 -- one document that shows a fault of ours does not end the work on all others
        said = f"{type(error).__name__}: {error}".partition("\n")[0]
        return FailedDocument(name, name, f"a fault of GeoDigest's: {said}", "report it with the document")


def _broken(made: Mapping[str, Converted], schemas: Sequence[TableSchema]) -> list[FailedDocument]:
    """The documents whose tables break a rule."""
    failures = []
    for name, each in made.items():
        try:
            check(each, schemas)
        except TableError as error:
            failures.append(failed_document(name, error, each.document.given))
    return failures


def _parquet_files(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, Path]:
    files = {name: folder / f"{name}.parquet" for name in tables}
    for name, path in files.items():
        write_parquet(tables[name], path)
    return files


def _content(
    task: Task,
    made: Mapping[str, Converted],
    tables: Mapping[str, pa.Table],
    contents: Mapping[str, bytes],
    failures: Sequence[FailedDocument],
) -> Content:
    texts = {each.document.seed.seed_path: each.document.text.encode("utf-8") for each in made.values()}
    files = []
    for name, content in contents.items():
        if tables[name].num_rows and name != SHARED:
            path = (parquet_path(name) / f"{task.part.name}.parquet").as_posix()
            digest = sha256(content).hexdigest()
            files.append(PartFile(name, path, tables[name].num_rows, tables[name].nbytes, len(content), digest))
    became = _summary(made, tables)
    entry = JournalEntry(
        part=task.part.name,
        converter=task.converter,
        kind=task.kind,
        sources=task.part.sources,
        files=tuple(files),
        texts=tuple((path, len(text)) for path, text in texts.items()),
        failures=tuple(failures),
        entities=tuple(tables[SHARED]["entity_id"].to_pylist()) if made else (),
        characters=dict(became.characters),
        gaps=dict(became.gaps),
        by_rule=became.by_rule,
        by_decision=became.by_decision,
    )
    return Content(texts | {each.path: contents[each.table] for each in files}, entry)


def _summary(made: Mapping[str, Converted], tables: Mapping[str, pa.Table]) -> Summary:
    if not made:
        return Summary(Path(), (), Counter(), Counter(), 0, 0)
    texts = {each.document.seed.document_id: each.document.text for each in made.values()}
    return summary(Path(), (), texts, {each.document.seed.document_id: each.curation for each in made.values()}, tables)
