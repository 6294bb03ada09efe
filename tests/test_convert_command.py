"""`geodigest convert`: documents of anyone's own become a package of the same tables, or nothing at all is written."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import datasets
import frictionless
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from geodigest.commands import app
from geodigest.convert import convert
from geodigest.curation import Curation
from geodigest.descriptors.features import features
from geodigest.documents import read_documents
from geodigest.errors import SeedError
from geodigest.facts.vocabulary import read_vocabulary
from geodigest.paths import parquet_path
from geodigest.seeds import read_manifest
from geodigest.tabular.schema import TableSchema
from tests.clones import REPOSITORY
from tests.corpora import TABLE
from tests.printer import LAYOUTS, Study, printed
from tests.scratch import scratch_project

BULLETIN = REPOSITORY / "seeds" / "earthquake-frontiers-2023-10.txt"
LITERATURE = REPOSITORY / "seeds" / "earth-science-literature-table.txt"
ISSUE = BULLETIN.read_text(encoding="utf-8")
NAME = "table-2025"
"""The document_id of `Table_2025.md`."""

Rows = dict[str, list[dict[str, Any]]]


def _convert(kind: str, out: Path, *files: Path) -> Result:
    return CliRunner().invoke(app, ["convert", *map(str, files), "--kind", kind, "--out", str(out)])


def _rows(root: Path, schemas: tuple[TableSchema, ...]) -> Rows:
    return {schema.name: pq.read_table(root / parquet_path(schema.name)).to_pylist() for schema in schemas}


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _printed_tables(folder: Path) -> list[Path]:
    """Three literature tables of two studies each, printed in one layout each."""
    folder.mkdir()
    random = Random(3)
    studies = random.sample(TABLE, 6)
    files = []
    for layout in LAYOUTS:
        files.append(folder / f"{layout}.md")
        document = printed([studies.pop(), studies.pop()], [layout], random)
        files[-1].write_text(document.text, encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of three printed literature tables."""
    folder = tmp_path_factory.mktemp("several")
    result = _convert("literature_table", folder / "out", *_printed_tables(folder / "documents"))
    assert (result.exit_code, result.stderr) == (0, "")
    return folder / "out"


def test_a_document_with_what_was_decided_beside_it_gives_the_rows_of_the_dataset(
    built: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    shutil.copy(LITERATURE, tmp_path / "Table_2025.md")
    for kind in ("decisions", "corrections", "gaps"):
        (tmp_path / f"{NAME}.{kind}.csv").write_bytes(LITERATURE.with_suffix(f".{kind}.csv").read_bytes())
    result = _convert("literature_table", tmp_path / "out", tmp_path / "Table_2025.md")
    assert result.exit_code == 0, result.stderr
    rows, published = _rows(tmp_path / "out", schemas), _rows(built, schemas)
    used = {row["entity_id"] for row in rows["mentions"]}
    for name, found in rows.items():
        own = [row for row in published[name] if not any(BULLETIN.stem in str(value) for value in row.values())]
        if name == "entities":
            own = [row for row in own if row["entity_id"] in used]
        assert found == json.loads(json.dumps(own, default=str).replace(LITERATURE.stem, NAME), object_hook=_dated)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"date": datetime.date.fromisoformat(row["date"])} if row.get("date") else row


def test_the_wheel_alone_converts_a_document_and_validates_what_it_wrote(
    wheel: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    scratch = scratch_project(tmp_path, wheel, extras=["convert"])
    shutil.copy(BULLETIN, scratch.folder / "Frontiers 2023-10.md")
    shown = scratch.run("geodigest", "convert", "Frontiers 2023-10.md", "--kind", "bulletin", "--out", "converted")
    scratch.run("geodigest", "validate", "converted")

    rows = _rows(scratch.folder / "converted", schemas)
    assert {line.split()[0]: line.split()[1] for line in shown.stdout.splitlines()[1 : len(schemas) + 1]} == {
        name: f"{len(found):,}" for name, found in rows.items()
    }
    (document,) = read_documents([scratch.folder / "Frontiers 2023-10.md"], "bulletin")
    by_hand = convert(document.text, document.seed, Curation(vocabulary=read_vocabulary(REPOSITORY / "seeds")))
    assert rows == {name: table.to_pylist() for name, table in by_hand.items()}
    assert (document.seed.document_id, document.seed.title_zh) == ("frontiers-2023-10", "地震科技前沿快报")
    assert rows["mentions"]


def test_several_documents_are_one_package_whose_every_character_has_one_place(
    several: Path, schemas: tuple[TableSchema, ...]
) -> None:
    rows = _rows(several, schemas)
    assert [row["document_id"] for row in rows["documents"]] == list(LAYOUTS)
    for document in rows["documents"]:
        text = (several / document["seed_path"]).read_text(encoding="utf-8")
        assert sha256(text.encode("utf-8")).hexdigest() == document["sha256"]
        spans = [row for row in rows["spans"] if row["document_id"] == document["document_id"]]
        assert [row["end"] for row in spans] == [*(row["start"] for row in spans[1:]), len(text)]
        assert len([row for row in rows["studies"] if row["document_id"] == document["document_id"]]) == 2
    entities = [row["entity_id"] for row in rows["entities"]]
    assert entities == sorted({row["entity_id"] for row in rows["mentions"]})
    for schema in schemas:
        keys = [tuple(row[name] for name in schema.primary_key) for row in rows[schema.name]]
        assert len(set(keys)) == len(keys)


def test_a_converted_package_is_valid_and_says_nothing_in_our_name(several: Path) -> None:
    assert frictionless.Package(str(several / "datapackage.json")).validate().valid
    stated = json.loads((several / "datapackage.json").read_text(encoding="utf-8"))
    assert not stated.keys() & {"name", "version", "id", "contributors", "licenses", "keywords", "homepage"}
    assert [source["path"] for source in stated["sources"]] == [f"seeds/{layout}.txt" for layout in LAYOUTS]
    for source in stated["sources"]:
        assert source["hash"] == f"sha256:{sha256((several / source['path']).read_bytes()).hexdigest()}"
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=several / "dataset", check=True)


def test_datasets_loads_every_table_that_has_rows(
    several: Path, schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    datasets.disable_progress_bars()
    rows = _rows(several, schemas)
    assert datasets.get_dataset_config_names(str(several)) == [name for name, found in rows.items() if found]
    for schema in (schema for schema in schemas if schema.name in ("studies", "spans")):
        loaded = datasets.load_dataset(str(several), schema.name, split="train", cache_dir=str(tmp_path))
        assert loaded.features == features(schema)
        assert loaded.to_list() == rows[schema.name]


def test_tables_without_rows_have_files_and_the_pages_say_how_to_read_them(
    several: Path, schemas: tuple[TableSchema, ...]
) -> None:
    empty = [name for name, found in _rows(several, schemas).items() if not found]
    assert empty
    for name in empty:
        with pytest.raises(ValueError, match="not found"):
            datasets.load_dataset(str(several), name)
    said = (
        "A table without rows has its files but no config: `load_dataset` does not offer it, "
        "`pyarrow.parquet.read_table` reads it."
    )
    for page in (several / "README.md", REPOSITORY / "docs" / "converting.md"):
        assert said in page.read_text(encoding="utf-8")


def test_byte_order_mark_and_line_ends_of_windows_change_nothing(
    schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    text = BULLETIN.read_bytes()
    for name, content in {"unix": text, "windows": b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "bulletin.txt").write_bytes(content)
        assert _convert("bulletin", tmp_path / name / "out", tmp_path / name / "bulletin.txt").exit_code == 0
    assert _bytes(tmp_path / "windows" / "out") == _bytes(tmp_path / "unix" / "out")
    assert (tmp_path / "windows" / "out" / "seeds" / "bulletin.txt").read_bytes() == text


def test_corrections_from_a_spreadsheet_are_used(schemas: tuple[TableSchema, ...], tmp_path: Path) -> None:
    (tmp_path / "bulletin.txt").write_bytes(BULLETIN.read_bytes())
    start = ISSUE.index("Pā paku")
    (tmp_path / "bulletin.corrections.csv").write_text(
        f"start,end,original,corrected,kind,note\r\n{start},{start + 7},Pā paku,Pāpaku,spacing,\r\n", "utf-8-sig"
    )
    assert _convert("bulletin", tmp_path / "out", tmp_path / "bulletin.txt").exit_code == 0
    rows = _rows(tmp_path / "out", schemas)
    assert [(row["document_id"], row["start"]) for row in rows["corrections"]] == [("bulletin", start)]
    texts = "".join(row["text"] for row in rows["passages"])
    assert texts.count("Pā paku") == ISSUE.count("Pā paku") - 1


def test_a_title_that_is_not_whole_is_a_gap_and_no_other_title_is(
    schemas: tuple[TableSchema, ...], tmp_path: Path
) -> None:
    text = _printed_with(replace(TABLE[1], title_zh="区域尺度智能优化的应"))
    (tmp_path / "table.txt").write_text(text, encoding="utf-8")
    end = text.index("优化的应") + len("优化的应")
    (tmp_path / "table.gaps.csv").write_text(
        f"position,facet,kind,offset,quote,note\n2,title_zh,broken_off,{end},的应,it stops inside the word 应用\n",
        encoding="utf-8",
    )
    assert _convert("literature_table", tmp_path / "out", tmp_path / "table.txt").exit_code == 0
    rows = _rows(tmp_path / "out", schemas)
    (found,) = (row for row in rows["gaps"] if row["offset"] is not None)
    assert found["gap_id"] == f"{rows['studies'][1]['study_id']}/title-zh/gap-1"
    assert (found["facet"], found["kind"], found["offset"]) == ("title_zh", "broken_off", end)
    assert all(row["is_complete"] for row in rows["passages"])


def _document(name: str, content: str | bytes) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return [path]

    return write


def _printed_with(second: Study) -> str:
    """A printed table of two studies."""
    return printed([TABLE[0], second], ["grid"], Random(1)).text


def _line_of(text: str, words: str) -> int:
    return text.count("\n", 0, text.index(words)) + 1


UNTITLED = _printed_with(replace(TABLE[1], title_zh=""))
OTHER_JOURNAL = _printed_with(replace(TABLE[1], journal="Geophysical Research Letters"))
AS_TEXT = "give the document as text or Markdown in UTF-8; a PDF or a Word file goes through a converter first"

REFUSED = {
    "empty": ("bulletin", _document("a.md", ""), "a.md: the file is empty; give a document with text"),
    "blank": ("bulletin", _document("a.md", " \n\n"), "a.md: the file is empty; give a document with text"),
    "missing": (
        "bulletin",
        lambda folder: [folder / "a.md"],
        "a.md: there is no such file; check the path",
    ),
    "an empty folder": (
        "bulletin",
        lambda folder: [folder],
        (
            "no document is in this folder, no file in .txt or .md; "
            "give a folder with text or Markdown in UTF-8, one document per file"
        ),
    ),
    "binary": (
        "bulletin",
        _document("a.md", b"text\n\x00\x01"),
        f"a.md:2:1: this is not text: it has a null character; {AS_TEXT}",
    ),
    "GB 18030": (
        "bulletin",
        _document("a.md", b"\n\n" + "地震".encode("gb18030")),
        "a.md:3:1: byte 2 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
    ),
    "PDF": (
        "bulletin",
        _document("a.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\xff\n"),
        f"a.md:2:2: byte 10 is not UTF-8; {AS_TEXT}",
    ),
    "corrections in GB 18030": (
        "bulletin",
        lambda folder: (
            _document("a.corrections.csv", "start,end,original,corrected,kind,note\n2,4,冰川,".encode("gb18030"))(
                folder
            )
            and _document("a.md", ISSUE)(folder)
        ),
        "a.corrections.csv:2:5: byte 43 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
    ),
    "a name without letters": (
        "bulletin",
        _document("快报.md", ISSUE),
        (
            "快报.md: the file's name gives no document_id: it has no Latin letter and no digit; "
            "rename it, such as bulletin-2023-11.md"
        ),
    ),
    "names that are alike": (
        "bulletin",
        lambda folder: _document("Issue_1.md", ISSUE)(folder) + _document("issue 1.txt", ISSUE + "\n")(folder),
        "issue 1.txt: the name gives the document_id issue-1, as {folder}/Issue_1.md does; rename one of the files",
    ),
    "the same text twice": (
        "bulletin",
        lambda folder: _document("a.md", ISSUE)(folder) + _document("b.md", ISSUE.replace("\n", "\r\n"))(folder),
        "b.md: the text is that of {folder}/a.md; give each document once",
    ),
    "a bulletin as a table": (
        "literature_table",
        _document("a.md", ISSUE),
        "a.md: this is a bulletin, not a literature_table; convert it with --kind bulletin",
    ),
    "a table as a bulletin": (
        "bulletin",
        _document("a.md", UNTITLED),
        "a.md: this is a literature_table, not a bulletin; convert it with --kind literature_table",
    ),
    "prose as a bulletin": (
        "bulletin",
        _document("a.md", "冰川\n\n冰量损失。\n"),
        "a.md:1:1: there is no 本期概要; give an issue with its overview",
    ),
    "prose as a table": (
        "literature_table",
        _document("a.md", "冰川\n\n冰量损失。\n"),
        (
            "a.md:1:1: no row begins with the title, journal and date of a paper; "
            "give a table whose first column reads `English title | Journal`, Chinese title, `(YYYYMMDD)`"
        ),
    ),
    "a row without Chinese title": (
        "literature_table",
        _document("a.md", UNTITLED),
        (
            f"a.md:{_line_of(UNTITLED, TABLE[1].title_en.split()[0])}: "
            "the study that begins here has no Chinese title where one is looked for; "
            "complete it there, or place its title in a.decisions.csv"
        ),
    ),
    "a row of another journal": (
        "literature_table",
        _document("a.md", OTHER_JOURNAL),
        (
            f"a.md:{_line_of(OTHER_JOURNAL, TABLE[1].date)}:1: "
            f"no journal that is known stands before the date {TABLE[1].date}, so its row cannot be told from the last"
            "; known are Communications Earth & Environment, Nature, Nature Geoscience and Science"
        ),
    ),
    "a correction of other characters": (
        "bulletin",
        lambda folder: (
            _document("a.corrections.csv", "start,end,original,corrected,kind,note\n2,4,冰川,冰河,glyph,\n")(folder)
            and _document("a.md", ISSUE)(folder)
        ),
        (
            "a.corrections.csv:2: the document has '地震' at 2 to 4, not the quoted '冰川'; "
            "read it there and state the offsets and characters anew"
        ),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_is_not_what_it_should_be_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    kind, write, said = REFUSED[case]
    folder = tmp_path / "documents"
    folder.mkdir()
    result = _convert(kind, tmp_path / "out", *write(folder))
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if line.strip()]
    assert line.startswith(f"error: {folder}")
    assert line.endswith(said.format(folder=folder))
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_new_conversion_takes_the_place_of_the_last_and_of_nothing_else(several: Path, tmp_path: Path) -> None:
    out = shutil.copytree(several, tmp_path / "out")
    (out / "notes.txt").write_text("mine")
    assert _convert("bulletin", out, BULLETIN).exit_code == 0
    assert [path.name for path in (out / "seeds").iterdir()] == [BULLETIN.name]
    assert {path.name for path in out.iterdir()} == {
        "README.md", "datapackage.json", "dataset", "notes.txt", "seeds"
    }  # fmt: skip


def test_a_conversion_that_fails_leaves_the_last_one_as_it_was(several: Path, tmp_path: Path) -> None:
    out = shutil.copytree(several, tmp_path / "out")
    (tmp_path / "no-issue.md").write_text("冰川\n", encoding="utf-8")
    assert _convert("bulletin", out, BULLETIN, tmp_path / "no-issue.md").exit_code == 1
    assert _bytes(out) == _bytes(several)


def test_a_folder_that_is_no_conversion_is_not_written_to(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    shutil.copy(REPOSITORY / "datapackage.json", ours)
    before = _bytes(ours)
    refused = _convert("bulletin", ours, BULLETIN)
    said = f"error: {ours}: the folder holds something other than an earlier conversion; give a new folder"
    assert (refused.exit_code, refused.stderr.strip(), _bytes(ours)) == (1, said, before)


def test_a_document_inside_the_folder_is_not_replaced_by_its_conversion(several: Path, tmp_path: Path) -> None:
    out = shutil.copytree(several, tmp_path / "out")
    refused = _convert("literature_table", out, out / "seeds" / "grid.txt")
    assert refused.exit_code == 1
    assert "keep documents outside of --out" in refused.stderr
    assert _bytes(out) == _bytes(several)


def test_a_rule_that_is_broken_names_the_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unclean(*arguments: Any) -> Any:
        tables = convert(*arguments)
        table = tables["figures"]
        column = table.schema.get_field_index("caption")
        captions = ["图 \t1", *table["caption"].to_pylist()[1:]]
        return tables | {"figures": table.set_column(column, table.schema.field(column), [captions])}

    monkeypatch.setattr("geodigest.corpora.document.convert", unclean)
    result = _convert("bulletin", tmp_path / "out", BULLETIN)
    assert result.exit_code == 1
    assert result.stderr.strip().startswith(f"error: {BULLETIN}, table figures")
    assert f"{BULLETIN.stem}.corrections.csv" in result.stderr
    assert not (tmp_path / "out").exists()


def test_without_the_libraries_that_convert_the_command_says_what_to_install(tmp_path: Path) -> None:
    arguments = ["convert", str(BULLETIN), "--kind", "bulletin", "--out", str(tmp_path / "out")]
    code = f"import sys; sys.modules['pint'] = None; from geodigest.commands import app; app({arguments})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    said = 'error: geodigest convert: pint is not installed; pip install "geodigest[convert]"'
    assert (run.returncode, run.stderr.strip(), run.stdout) == (1, said, "")


@pytest.mark.parametrize("missing", ["--kind", "--out", "FILE"])
def test_a_missing_argument_is_wrong_use(missing: str, tmp_path: Path) -> None:
    given = {"FILE": [str(BULLETIN)], "--kind": ["--kind", "bulletin"], "--out": ["--out", str(tmp_path / "out")]}
    arguments = [word for name, words in given.items() if name != missing for word in words]
    assert CliRunner().invoke(app, ["convert", *arguments]).exit_code == 2


def test_a_seed_of_the_manifest_is_called_after_its_document(small: Path) -> None:
    manifest = small / "seeds" / "manifest.toml"
    stated = manifest.read_text(encoding="utf-8")
    manifest.write_text(stated.replace('path = "seeds/glaciers.txt"', 'path = "seeds/ice.txt"'), encoding="utf-8")
    with pytest.raises(SeedError, match=r"name the file after its seed, seeds/glaciers\.txt"):
        read_manifest(small)
