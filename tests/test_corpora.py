"""`geodigest convert` of a folder: in parts, the same bytes whatever converts and however often it was ended."""

from __future__ import annotations

import csv
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePath
from random import Random
from typing import Any

import datasets
import duckdb
import fsspec
import psutil
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from geodigest.commands import app
from geodigest.corpora import parts as corpora_parts
from geodigest.corpora.batch import Task
from geodigest.corpora.folder import Corpus, Progress, convert_folder
from geodigest.corpora.journal import converter
from geodigest.corpora.listing import Source
from geodigest.corpora.package import convert_files
from geodigest.corpora.parts import Part, parted
from geodigest.corpora.places import sizes
from geodigest.corpora.processes import Processes
from geodigest.descriptors.features import features
from geodigest.errors import GeoDigestError
from geodigest.paths import parquet_path
from geodigest.tabular.schema import TableSchema
from geodigest.validation import validate
from tests.corpora import TABLE
from tests.corpora_workers import idle, mortal, poisoned, refused
from tests.corpus_folder import BEGINNING, inline, put_documents, text, tree
from tests.printer import printed
from tests.unfinished import faults_of

DOCUMENTS = 10


def _entries(out: Path) -> set[Path]:
    return set(out.glob("journal/part-*.json"))


def _convert(folder: Path | str, out: Path | str, *options: str) -> Result:
    arguments = [str(folder), "--kind", "literature_table", "--out", str(out), *options]
    return CliRunner().invoke(app, ["convert", *arguments])


def _convert_inline(folder: Path, out: Path, patch: pytest.MonkeyPatch) -> Result:
    patch.setattr(sys.modules["geodigest.commands.convert"], "_engine", lambda *_: inline)
    return _convert(folder, out)


def _inline(folder: Path | str, out: Path | str) -> Corpus:
    return convert_folder(str(folder), "literature_table", str(out), inline)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_documents(tmp_path_factory.mktemp("corpus") / "documents", range(DOCUMENTS))


@pytest.fixture(scope="module")
def out(documents: Path) -> Path:
    """The conversion of the documents, made in one go without other processes."""
    corpus = _inline(documents, documents.with_name("out"))
    assert (corpus.documents, corpus.parts, corpus.skipped, corpus.failures) == (DOCUMENTS, DOCUMENTS // 2, 0, ())
    return documents.with_name("out")


def test_the_rows_are_those_of_the_package_of_the_files(
    documents: Path, out: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    files = sorted((path for path in documents.rglob("*") if path.is_file()), key=lambda path: path.stem)
    together = convert_files(files, "literature_table", tmp_path / "together")
    for schema in schemas:
        path = parquet_path(schema.name)
        found, expected = pq.read_table(out / path), pq.read_table(tmp_path / "together" / path)
        assert found.schema.equals(expected.schema, check_metadata=True)
        key = [(name, "ascending") for name in schema.primary_key]
        assert found.sort_by(key).to_pylist() == expected.sort_by(key).to_pylist()
    assert {path.name: path.read_bytes() for path in (out / "seeds").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "together" / "seeds").iterdir()
    }
    again = _inline(documents, out).summary
    assert (again.characters, again.gaps) == (together.characters, together.gaps)
    assert (again.by_rule, again.by_decision) == (together.by_rule, together.by_decision)


def test_everything_that_reads_parquet_takes_a_folder_for_a_table(
    out: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    datasets.disable_progress_bars()
    assert validate([out]) == ()
    assert validate([out / parquet_path("spans")]) == ()
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out / "dataset", check=True)
    for schema in schemas:
        folder = out / parquet_path(schema.name)
        rows = pyarrow.dataset.dataset(folder).to_table().to_pylist()
        assert duckdb.read_parquet(f"{folder}/*.parquet").count("*").fetchall() == [(len(rows),)]
        if not rows:
            assert schema.name not in datasets.get_dataset_config_names(str(out))
            continue
        loaded = datasets.load_dataset(str(out), schema.name, split="train", cache_dir=str(tmp_path))
        assert (loaded.to_list(), loaded.features) == (rows, features(schema))


def test_a_part_has_a_file_in_each_table_that_it_has_rows_of(out: Path) -> None:
    names = [f"part-{name}.parquet" for name in BEGINNING[: DOCUMENTS // 2]]
    assert sorted(path.name for path in (out / parquet_path("spans")).iterdir()) == names
    assert [path.name for path in (out / parquet_path("entities")).iterdir()] == ["part.parquet"]
    assert pq.read_table(out / parquet_path("figures")).num_rows == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_writes_the_same_bytes(workers: int, documents: Path, out: Path, tmp_path: Path) -> None:
    result = _convert(documents, tmp_path / "out", "--workers", str(workers))
    assert (result.exit_code, result.stderr) == (0, "")
    assert tree(tmp_path / "out") == tree(out)


def test_a_conversion_that_is_killed_again_and_again_ends_with_the_same_bytes(
    documents: Path, out: Path, tmp_path: Path
) -> None:
    other = tmp_path / "out"
    moments: list[Callable[[], bool]] = [
        (other / "journal").exists,
        lambda: any(other.glob("dataset/parquet/*/*")),
        lambda: len(_entries(other)) >= 2,
        lambda: len(_entries(other)) >= 4,
    ]
    command = [sys.executable, "-m", "geodigest", "convert", str(documents), "--kind", "literature_table"]
    command += ["--out", str(other), "--workers", "2"]
    for is_reached in moments:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not is_reached():
            assert process.poll() is None, "it ended before the moment"
            time.sleep(0.001)
        workers = psutil.Process(process.pid).children()
        process.kill()
        process.wait()
        assert psutil.wait_procs(workers, timeout=20)[1] == []  # none of them goes on
        assert not (other / "README.md").exists()
        for path in other.rglob("[!.]*.parquet"):
            if path.is_file():
                pq.read_table(path)
    finished = {path: path.stat().st_mtime_ns for path in other.rglob("part-*") if path.is_file()}
    kept = {path.stem for path in _entries(other)}
    assert len(kept) >= 4
    corpus = _inline(documents, other)
    assert corpus.skipped == 2 * len(kept)
    assert tree(other) == tree(out)
    for path, time_written in finished.items():
        assert path.stem not in kept or path.stat().st_mtime_ns == time_written


def test_what_changed_or_went_or_came_is_converted_anew_and_nothing_else(documents: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(documents, tmp_path / "documents")
    _inline(folder, tmp_path / "out")
    files = {path.stem: path for path in folder.rglob("*") if path.is_file()}
    files[BEGINNING[0]].write_text(text(99), encoding="utf-8")
    files[f"{BEGINNING[1]}-more"].unlink()
    put_documents(folder, [DOCUMENTS])
    decided = files[f"{BEGINNING[2]}-more"].with_name(f"{BEGINNING[2]}-more.gaps.csv")
    decided.write_text("position,facet,kind,offset,quote,note\n1,summary,broken_off,,,at the end\n", encoding="utf-8")
    corpus = _inline(folder, tmp_path / "out")
    assert corpus.failures == ()
    assert (corpus.documents, corpus.skipped) == (DOCUMENTS, 4)
    _inline(folder, tmp_path / "afresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "afresh")
    gaps = pq.read_table(tmp_path / "out" / parquet_path("gaps")).to_pylist()
    assert [(row["document_id"], row["kind"]) for row in gaps] == [(f"{BEGINNING[2]}-more", "broken_off")]


def test_a_part_is_made_again_where_its_files_or_its_converter_are_not_those_of_its_entry(
    documents: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shutil.copytree(out, tmp_path / "out")
    first, third = (f"part-{BEGINNING[number]}" for number in (0, 2))
    (other / parquet_path("terms") / f"{first}.parquet").write_bytes(b"PAR1")
    (other / "seeds" / f"{BEGINNING[1]}.txt").unlink()
    (other / "journal" / f"{third}.json").write_text("{", encoding="utf-8")
    (other / parquet_path("terms") / ".unfinished-1").write_bytes(b"")
    assert _inline(documents, other).skipped == DOCUMENTS - 6
    assert tree(other) == tree(out)
    monkeypatch.setattr("geodigest.corpora.journal.converter", lambda: "geodigest 0.0.1")
    assert _inline(documents, other).skipped == 0


BAD = {
    "gb.txt": ("地震\n地震".encode("gb18030"), "gb.txt:1:1: byte 0 is not UTF-8; the file reads as GB 18030"),
    "other.md": (
        "快报\n\n本期概要\n\n1、冰川\n".encode(),
        "other.md: this is a bulletin, not a literature_table; convert",
    ),
    "sub/prose.md": ("冰川\n".encode(), "sub/prose.md:1:1: no row begins with the title"),
    "快报.md": (text(0).encode(), "快报.md: the file's name gives no document_id"),
    "same.md": (text(1).encode(), "same.md: the text is that of good.md; give it once"),
    "decided.md": (
        text(2).encode(),
        "decided.decisions.csv:2: the document has '文章' at 0 to 2, not the quoted '地震'",
    ),
    "untitled.md": (
        printed([replace(TABLE[3], title_zh="")], ["grid"], Random(1)).text.encode(),
        "untitled.md:3: the study that begins here has no Chinese title",
    ),
}


def test_documents_that_cannot_be_converted_are_told_and_the_others_are_converted(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.md").write_text(text(1), encoding="utf-8")
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    decisions = "start,end,quote,position,facet,after,reason\n0,2,地震,1,summary,,\n"
    (folder / "decided.decisions.csv").write_text(decisions, encoding="utf-8")
    result = _convert(folder, tmp_path / "out")
    assert result.exit_code == 1
    *lines, last = result.stderr.splitlines()
    assert last == f"error: {len(BAD)} documents could not be converted: {tmp_path}/out/failures.csv"
    assert len(lines) == len(BAD)
    for name in BAD:
        assert [line for line in lines if line.startswith(f"{folder}/{BAD[name][1]}")], name
    with (tmp_path / "out" / "failures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["document"] for row in rows} == set(BAD)
    assert {f"{folder}/{row['where']}: {row['what']}; {row['remedy']}" for row in rows} == set(lines)
    assert validate([tmp_path / "out"]) == ()
    assert pq.read_table(tmp_path / "out" / parquet_path("documents"))["document_id"].to_pylist() == ["good"]
    again = _convert(folder, tmp_path / "out")
    assert (again.exit_code, again.stderr) == (1, result.stderr)
    for name in BAD:
        (folder / name).unlink()
    assert _convert(folder, tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "failures.csv").exists()


def test_a_document_whose_tables_break_a_rule_is_left_out(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geodigest.convert import convert

    def unclean(*arguments: Any) -> Any:
        tables = convert(*arguments)
        terms = tables["passages"]
        if tables["documents"]["document_id"][0].as_py() != BEGINNING[0]:
            return tables
        texts = ["冰 \t川", *terms["text"].to_pylist()[1:]]
        column = terms.schema.get_field_index("text")
        return tables | {"passages": terms.set_column(column, terms.schema.field(column), [texts])}

    monkeypatch.setattr("geodigest.corpora.document.convert", unclean)
    corpus = _inline(documents, tmp_path / "out")
    (failure,) = corpus.failures
    assert failure.where.startswith(f"{failure.name}, table passages, column text, row 0")
    assert f"{BEGINNING[0]}.corrections.csv" in failure.remedy
    assert corpus.documents == DOCUMENTS - 1
    assert validate([tmp_path / "out"]) == ()


def test_a_fault_of_ours_in_one_document_does_not_end_the_work_on_others(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geodigest.corpora.document import converted

    def faulty(document: Any, curation: Any) -> Any:
        if document.seed.document_id == BEGINNING[0]:
            raise KeyError("facet")
        return converted(document, curation)

    monkeypatch.setattr("geodigest.corpora.batch.converted", faulty)
    (failure,) = _inline(documents, tmp_path / "out").failures
    assert failure.what == "a fault of GeoDigest's: KeyError: 'facet'"


def test_two_files_of_one_name_are_an_error_before_anything_is_converted(tmp_path: Path) -> None:
    put_documents(tmp_path / "documents", [0, 1])
    for name in ("Issue 1.md", "issue_1.txt"):
        (tmp_path / "documents" / name).write_text(text(5), encoding="utf-8")
    result = _convert(tmp_path / "documents", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr == (
        f"error: {tmp_path}/documents/issue_1.txt: the name gives the document_id issue-1, "
        f"as {tmp_path}/documents/Issue 1.md does; rename one of the files\n"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("inside", ["documents", "documents/out", "."])
def test_documents_and_conversion_are_not_in_one_folder(inside: str, documents: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(documents, tmp_path / "documents")
    before = tree(tmp_path)
    result = _convert(folder, tmp_path / inside)
    assert result.exit_code == 1
    assert "keep documents outside of --out" in result.stderr
    assert tree(tmp_path) == before


def test_a_folder_that_is_no_conversion_of_a_folder_is_not_written_to(documents: Path, tmp_path: Path) -> None:
    file = next(path for path in documents.rglob("*") if path.is_file())
    convert_files([file], "literature_table", tmp_path / "package")
    before = tree(tmp_path)
    result = _convert(documents, tmp_path / "package")
    assert (result.exit_code, tree(tmp_path)) == (1, before)
    assert "something other than an earlier conversion of a folder" in result.stderr


def test_a_conversion_that_was_ended_as_it_made_the_folder_goes_on(documents: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "journal").mkdir(parents=True)
    (tmp_path / "out" / "journal" / ".unfinished-1").write_bytes(b"{")
    _inline(documents, tmp_path / "out")
    assert tree(tmp_path / "out") == tree(out)


def test_other_files_in_the_folder_are_left_alone(documents: Path, out: Path, tmp_path: Path) -> None:
    other = shutil.copytree(out, tmp_path / "out")
    (other / "notes.txt").write_text("mine")
    _inline(documents, other)
    assert tree(other) == tree(out) | {"notes.txt": b"mine"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{folder}", "{folder}"], "give files, or one folder alone"),
        (["{folder}", "--engine", "dask"], "--engine dask needs --scheduler tcp://host:port"),
        (["{folder}", "--scheduler", "tcp://127.0.0.1:1"], "--scheduler is given without --engine dask"),
        (["{file}", "--workers", "2"], "are for a folder"),
        (["{file}", "--out", "memory://out"], "files are converted into a folder of this machine"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, tmp_path: Path) -> None:
    given = [each.format(folder=tmp_path, file=tmp_path / "a.md") for each in arguments]
    out = str(tmp_path / "out")
    result = CliRunner().invoke(app, ["convert", "--kind", "bulletin", "--out", out, *given], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_document_of_which_workers_die_is_named_and_the_others_are_converted(tmp_path: Path) -> None:
    folder = put_documents(tmp_path / "documents", [0, 1])
    (folder / f"{BEGINNING[0]}-poison.md").write_text(text(7), encoding="utf-8")
    told: list[str] = []
    engine = Processes(1, poisoned)
    corpus = convert_folder(str(folder), "literature_table", str(tmp_path / "out"), engine, on_death=told.append)
    assert told == [
        f"a worker ended by the signal SIGKILL; the documents of part-{BEGINNING[0]} are tried again, one by one"
    ]
    (failure,) = corpus.failures
    assert (failure.name, corpus.documents) == (f"{BEGINNING[0]}-poison.md", 2)
    assert "SIGKILL" in failure.what
    assert validate([tmp_path / "out"]) == ()
    # It is no fault of the document alone: it is tried again.
    assert _inline(folder, tmp_path / "out").documents == 3


def test_a_part_whose_worker_dies_once_is_whole(documents: Path, out: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(documents, tmp_path / "documents")
    corpus = convert_folder(str(folder), "literature_table", str(tmp_path / "out"), Processes(2, mortal))
    assert corpus.failures == ()
    assert tree(tmp_path / "out") == tree(out)


def _children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return children


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("has_begun", [False, True])
def test_who_stops_it_is_told_once_and_no_process_stays(
    number: signal.Signals, has_begun: bool, documents: Path, out: Path, tmp_path: Path
) -> None:
    """As a terminal does with Ctrl-C, all processes get the signal: as they start, and as they convert."""
    other = tmp_path / "out"
    command = [sys.executable, "-m", "geodigest", "convert", str(documents), "--kind", "literature_table"]
    command += ["--out", str(other), "--workers", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not any(other.glob("dataset/parquet/*/*")) if has_begun else not _children(process):
        assert process.poll() is None, "it ended before the moment"
        time.sleep(0.001)
    processes = _children(process)
    os.killpg(process.pid, number)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, "error: geodigest: stopped before its end; run it again\n")
    assert psutil.wait_procs(processes, timeout=20)[1] == []
    assert list(faults_of(other, {}, {name: sha256(each).hexdigest() for name, each in tree(out).items()})) == []
    assert not [name for name in tree(other) if PurePath(name).name.startswith(".")]
    _inline(documents, other)
    assert tree(other) == tree(out)


def test_of_a_conversion_that_is_not_finished_validate_says_that_alone(
    documents: Path, out: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(out, tmp_path / "out")
    for name in ("README.md", "dataset/parquet/entities.parquet/part.parquet"):
        (other / name).unlink()
    result = CliRunner().invoke(app, ["validate", str(other)])
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"{other}: unfinished: expected README.md, which ends a conversion of a folder: "
        "run the same `geodigest convert` again, or wait for its end"
    )
    _inline(documents, other)
    assert validate([other]) == ()


def test_a_run_removes_what_another_was_writing_and_no_other_file(documents: Path, out: Path, tmp_path: Path) -> None:
    other = shutil.copytree(out, tmp_path / "out")
    (other / "mine").mkdir()
    for folder in (".", "dataset", "dataset/parquet/spans.parquet", "seeds", "journal"):
        (other / folder / ".unfinished-1").write_bytes(b"#")
    (other / "mine" / "notes.txt").write_bytes(b"mine")
    _inline(documents, other)
    assert tree(other) == tree(out) | {"mine/notes.txt": b"mine"}


def test_files_that_another_run_moves_as_they_are_listed_are_no_error(tmp_path: Path) -> None:
    """They are there as the folder is read, and gone when they are asked for their size."""
    gone = tmp_path / ".unfinished-1"
    gone.symlink_to(tmp_path / "nothing")
    (tmp_path / "README.md").write_bytes(b"#")
    assert sizes(str(tmp_path)) == {"README.md": 1}


def test_a_full_disk_is_told_once_with_its_path(documents: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from geodigest.corpora.processes import Processes\n"
        "from tests.corpora_workers import refused\n"
        "from geodigest.commands import app\n"
        "if __name__ == '__main__':\n"
        "    sys.modules['geodigest.commands.convert']._engine = lambda *_: Processes(2, refused)\n"
        f"    app(['convert', {str(documents)!r}, '--kind', 'literature_table', '--out', {str(tmp_path / 'out')!r}])"
    )
    (tmp_path / "script.py").write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    run = subprocess.run(
        [sys.executable, tmp_path / "script.py"], check=False, capture_output=True, text=True, env=environment
    )
    said = f"error: {tmp_path}/out/dataset: No space left on device; free some space there, or write elsewhere\n"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", said)


def test_where_no_file_can_be_as_long_no_document_is_blamed(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full as a document is read, and as tables are put beside others to be checked."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    for place in ("read_document", "write_parquet"):
        with monkeypatch.context() as patch:
            patch.setattr(f"geodigest.corpora.batch.{place}", full)
            result = _convert_inline(documents, tmp_path / place, patch)
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert "No space left on device; free some space there, or write elsewhere" in line
        assert not list(tmp_path.glob("*/failures.csv"))
    assert line.startswith(f"error: {tempfile.gettempdir()}: ")


def test_a_full_disk_ends_the_conversion(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left on device"):
        convert_folder(str(documents), "literature_table", str(tmp_path / "out"), Processes(1, refused))
    assert not (tmp_path / "out" / "README.md").exists()


def test_no_more_tasks_are_handed_out_than_there_are_workers() -> None:
    handed_out = 0

    def tasks() -> Iterator[Task]:
        nonlocal handed_out
        for number in range(20):
            handed_out += 1
            yield Task("", "", "bulletin", Part(f"part-{number}", ()), converter())

    for ended, _ in enumerate(Processes(2, idle)(tasks())):
        assert handed_out <= ended + 2
    assert handed_out == 20


def test_progress_counts_documents(documents: Path, out: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    (folder := shutil.copytree(documents, tmp_path / "documents") / "bad.md").write_bytes(b"\xff")
    convert_folder(str(folder.parent), "literature_table", str(tmp_path / "out"), inline, told.append)
    assert told[0] == Progress(0, DOCUMENTS + 1, 0, 0)
    assert told[-1] == Progress(DOCUMENTS + 1, DOCUMENTS + 1, 1, 0)
    assert [each.done for each in told] == sorted(each.done for each in told)


def test_urls_are_read_and_written(documents: Path, out: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.put(str(documents), "/corpus", recursive=True)
    corpus = _inline("memory://corpus", "memory://out")
    assert (corpus.documents, corpus.failures) == (DOCUMENTS, ())
    written = {path.removeprefix("/out/"): memory.cat_file(path) for path in memory.find("/out")}
    expected = tree(out)
    title = expected.pop("README.md").replace(b"documents", b"corpus", 1)
    assert written.pop("README.md").count(b"\n") == title.count(b"\n")
    assert written == expected
    assert _inline("memory://corpus", "memory://out").skipped == DOCUMENTS
    memory.rm("/out", recursive=True)
    memory.rm("/corpus", recursive=True)


def test_the_local_engine_needs_no_dask_and_no_fsspec(documents: Path, out: Path, tmp_path: Path) -> None:
    arguments = ["convert", str(documents), "--kind", "literature_table", "--out", str(tmp_path / "out")]
    code = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(('dask', 'distributed', 'fsspec')))\n"
        f"if __name__ == '__main__':\n    from geodigest.commands import app; app({[*arguments, '--workers', '1']})"
    )
    (tmp_path / "script.py").write_text(code)
    subprocess.run([sys.executable, tmp_path / "script.py"], check=True, capture_output=True)
    assert tree(tmp_path / "out") == tree(out)
    (tmp_path / "script.py").write_text(code.replace(repr(str(documents)), "'memory://corpus'"))
    done = subprocess.run([sys.executable, tmp_path / "script.py"], check=False, capture_output=True, text=True)
    said = 'error: memory://corpus: fsspec is not installed; pip install "geodigest[dask]"\n'
    assert (done.returncode, done.stderr) == (1, said)


def _source(name: str, size: int) -> Source:
    return Source(name, f"{name}.md", "", size, ())


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=6), st.integers(0, 2**21)), unique_by=lambda e: e[0]))
@settings(max_examples=50, deadline=None)
def test_parts_are_bounded_and_keep_every_document_in_order(documents: list[tuple[str, int]]) -> None:
    sources = [_source(*each) for each in sorted(documents)]
    parts = parted(sources)
    assert [source for part in parts for source in part.sources] == sources
    assert len({part.name for part in parts}) == len(parts)
    for part in parts:
        assert 1 <= len(part.sources) <= corpora_parts.DOCUMENTS
        assert len(part.sources) == 1 or sum(source.size for source in part.sources) <= corpora_parts.SIZE


@pytest.mark.parametrize("size", [100, 300_000])
def test_a_document_that_comes_changes_the_parts_around_it_alone(size: int) -> None:
    sources = [_source(f"issue-{number:04}", size) for number in range(0, 2000, 2)]
    before = set(parted(sources))
    assert len(before) >= len(sources) / corpora_parts.DOCUMENTS
    for number in range(1, 2000, 200):
        after = set(parted(sorted([*sources, _source(f"issue-{number:04}", size)], key=lambda each: each.name)))
        changed = sum(len(part.sources) for part in before - after)
        assert changed <= 8 * 32


def test_names_of_any_length_give_files(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / f"{'a' * 230}.md").write_text(text(1), encoding="utf-8")
    assert _inline(tmp_path / "documents", tmp_path / "out").documents == 1
    assert validate([tmp_path / "out"]) == ()


def test_an_error_of_a_worker_is_the_same_error_here() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(GeoDigestError("w", where="x", remedy="r")))
    assert (type(error), str(error), error.where) == (GeoDigestError, "x: w; r", "x")
