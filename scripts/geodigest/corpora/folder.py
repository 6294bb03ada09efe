"""The conversion of a folder of documents of any size, which goes on where an earlier one was ended.

The folder that is written holds `dataset/parquet/TABLE.parquet/`, a file a part, `seeds/` with the texts, and
`journal/` with an entry a part. A part counts once its entry is there, and its entry goes before its files change.
`README.md` and `dataset/SHA256SUMS` are written at the end: where they are, all is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from geodigest import __version__
from geodigest.collection import Summary
from geodigest.corpora.batch import Task
from geodigest.corpora.engines import Died, Engine
from geodigest.corpora.failures import FailedDocument, as_csv
from geodigest.corpora.journal import JournalEntry, converter, entry_name, finished
from geodigest.corpora.listing import Listing, listing
from geodigest.corpora.pages import corpus_card
from geodigest.corpora.parts import Part, parted
from geodigest.corpora.places import UNFINISHED, is_folder, is_unfinished, is_url, place_of, remove, sizes, write
from geodigest.corpora.whole import checksums, shared_files, summary_of, table_files
from geodigest.corpus_marks import FAILURES, JOURNAL_FOLDER, LAST, MARK, PAGE
from geodigest.errors import GeoDigestError
from geodigest.loading import table_schemas
from geodigest.seeds import DocumentKind
from geodigest.staging import held

_OWNED = ("dataset/", "seeds/", JOURNAL_FOLDER, UNFINISHED)
"""How the names begin of what a conversion writes and removes."""


@dataclass(frozen=True)
class Progress:
    """How far a conversion is, in documents."""

    done: int
    total: int
    failures: int
    skipped: int
    """Those of the documents that are done which an earlier conversion had finished."""


@dataclass(frozen=True)
class Corpus:
    """What was written of a folder of documents."""

    summary: Summary
    parts: int
    documents: int
    """Those that were converted, now or before."""
    skipped: int
    """Those that an earlier conversion had finished."""
    failures: tuple[FailedDocument, ...]


def convert_folder(
    given: str,
    kind: DocumentKind,
    given_out: str,
    engine: Engine,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_death: Callable[[str], None] = lambda _: None,
) -> Corpus:
    """Convert the documents of a folder, but for those that an earlier conversion into the same folder has finished.

    What people decided about a document is read from the files beside it, as of single files. A document that cannot
    be converted is among the failures, and the others are converted.

    Args:
        given: the folder of documents, a path or a URL.
        kind: how all of them are laid out.
        given_out: a folder that is new, empty or holds an earlier conversion of a folder, a path or a URL.
        engine: what converts.
        on_progress: called at the beginning and with each part.
        on_death: called with a line where a process died.

    Raises:
        GeoDigestError: there are no documents, two have one name, a place cannot be used, another run writes to it, or
            the engine cannot go on.
    """
    folder, out = place_of(given), place_of(given_out)
    _check_places(folder, out, given, given_out)
    found = listing(folder, given)
    present = sizes(out)
    if MARK not in present and not all(map(is_unfinished, present)):
        raise GeoDigestError(
            "the folder holds something other than an earlier conversion of a folder",
            where=given_out,
            remedy="give a new folder",
        )
    # Of two runs that write to a URL nobody can tell the other.
    with nullcontext() if is_url(out) else held(Path(out)):
        try:
            return _converted(folder, kind, out, found, engine, on_progress, on_death)
        finally:
            if not is_url(out):  # a process that was ended leaves what it was writing
                with suppress(OSError):
                    remove(out, [name for name in sizes(out) if name.rpartition("/")[2].startswith(UNFINISHED)])


def _converted(
    folder: str,
    kind: DocumentKind,
    out: str,
    found: Listing,
    engine: Engine,
    on_progress: Callable[[Progress], None],
    on_death: Callable[[str], None],
) -> Corpus:
    present, parts = sizes(out), parted(found.sources)
    entries = {part.name: entry for part in parts if (entry := finished(out, part, kind, present))}
    _prepare(out, present, entries)

    total, failures = len(found.sources) + len(found.failures), list(found.failures)
    skipped = 0
    for entry in entries.values():
        skipped += len(entry.sources)
        failures += entry.failures
    done = skipped + len(found.failures)
    on_progress(Progress(done, total, len(failures), skipped))
    tasks = (Task(folder, out, kind, part, converter()) for part in parts if part.name not in entries)
    with closing(_entries(engine, tasks, on_death)) as ended:
        for entry in ended:
            entries[entry.part] = entry
            failures += entry.failures
            done += len(entry.sources)
            on_progress(Progress(done, total, len(failures), skipped))
    ordered = [entries[part.name] for part in parts]
    documents = sum(len(entry.texts) for entry in ordered)
    failures.sort(key=lambda each: each.name)
    return Corpus(
        summary=_finish(out, PurePath(folder).name, ordered, documents, failures),
        parts=len(parts),
        documents=documents,
        skipped=skipped,
        failures=tuple(failures),
    )


def _check_places(folder: str, out: str, given: str, given_out: str) -> None:
    if not is_folder(folder):
        raise GeoDigestError("there is no such folder", where=given, remedy="give a folder of documents")
    if not is_url(out) and Path(out).exists() and not Path(out).is_dir():
        raise GeoDigestError("this is not a folder", where=given_out, remedy="give --out a folder")
    inside = (f"{folder}/".replace("\\", "/"), f"{out}/".replace("\\", "/"))
    if inside[0].startswith(inside[1]) or inside[1].startswith(inside[0]):
        raise GeoDigestError(
            f"the folder of documents, {given}, and this one lie in each other",
            where=given_out,
            remedy="keep documents outside of --out",
        )


def _prepare(out: str, present: Mapping[str, int], entries: Mapping[str, JournalEntry]) -> None:
    """Remove what is left of parts that are not finished, or are no longer there, and what tells that all is."""
    write(out, MARK, (json.dumps({"generator": f"geodigest convert {__version__}"}) + "\n").encode())
    kept = {MARK, *map(entry_name, entries), *(name for entry in entries.values() for name in entry.written)}
    stale = [name for name in present if name in LAST or (name.startswith(_OWNED) and name not in kept)]
    # What says that files are good goes before they do.
    remove(out, sorted(stale, key=lambda name: (name not in LAST, not name.startswith(JOURNAL_FOLDER))))


def _entries(
    engine: Engine, tasks: Iterable[Task], on_death: Callable[[str], None]
) -> Generator[JournalEntry, None, None]:
    """The entries of all tasks; of those whose process died once the documents that it died of are known."""
    died = []
    with closing(engine(tasks)) as ends:  # whoever stops the work ends those that do it
        for task, ended in ends:
            if isinstance(ended, Died):
                on_death(f"a worker {ended.how}; the documents of {task.part.name} are tried again, one by one")
                died.append(task)
            else:
                yield ended
    for task in died:
        trials = [replace(task, part=Part(task.part.name, (source,)), is_trial=True) for source in task.part.sources]
        given_up = []
        for trial, ended in engine(trials, one_by_one=True):
            if isinstance(ended, Died):
                (source,) = trial.part.sources
                given_up.append(_given_up(source.name, ended))
        for _, ended in engine([replace(task, given_up=tuple(given_up))], one_by_one=True):
            if isinstance(ended, Died):
                raise GeoDigestError(
                    f"a worker {ended.how} though it could convert each document by itself",
                    where=task.part.name,
                    remedy="give the machine more memory, and convert again: what is finished is kept",
                )
            yield ended


def _given_up(name: str, died: Died) -> FailedDocument:
    remedy = "give the machine more memory, or part the document, and convert again"
    return FailedDocument(
        name, name, f"the worker that converted it {died.how}, and again alone", remedy, is_final=False
    )


def _finish(
    out: str, title: str, entries: Sequence[JournalEntry], documents: int, failures: Sequence[FailedDocument]
) -> Summary:
    """Write what is of all parts together, last the page that says that all is there."""
    schemas = table_schemas()
    files = [file for entry in entries for file in entry.files]
    for file, content in shared_files(schemas, entries):
        write(out, file.path, content)
        files.append(file)
    written = table_files(schemas, files)
    if failures:
        write(out, FAILURES, as_csv(failures).encode("utf-8"))
    write(out, "dataset/SHA256SUMS", checksums(files).encode("utf-8"))
    write(out, PAGE, corpus_card(title, documents, schemas, written).encode("utf-8"))
    return summary_of(written, entries)
