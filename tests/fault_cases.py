"""The commands that the fault tests run, on printed tables of two studies.

What writes nothing is computed once, before the first fault, or left out: a command then takes a tenth of a second,
most of it in writing. The commands as they are, on the repository itself, are the business of `tests.fault_run`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from geodigest import __version__, build, convert
from geodigest.corpora import document as corpora_document
from geodigest.corpora import package
from geodigest.corpora.folder import convert_folder
from geodigest.curation import Curation
from geodigest.releases import bundle
from geodigest.seeds import Seed
from tests.clones import REPOSITORY
from tests.corpora import TABLE
from tests.corpus_folder import inline, put_documents
from tests.faults import Case, content
from tests.printer import printed
from tests.seed_folder import write_manifest

COMMANDS = ("build", "convert", "convert (new folder)", "release", "convert of a folder", "convert of a folder (new)")

_convert = convert.convert
_tables: dict[tuple[str, str], Mapping[str, pa.Table]] = {}


def cases(folder: Path, names: Sequence[str] = COMMANDS) -> Iterator[Case]:
    """The cases of these commands, in folders of their own below `folder`, which is new."""
    makers = {
        "build": _build,
        "convert": _again,
        "convert (new folder)": _first,
        "release": _release,
        "convert of a folder": _one_more,
        "convert of a folder (new)": _folder,
        "convert of a folder by processes": _by_processes,
    }
    for name in names:
        with pytest.MonkeyPatch.context() as patch:
            yield makers[name](folder / name, patch)


def _converted_once(text: str, seed: Seed, curation: Curation) -> Mapping[str, pa.Table]:
    of = (text, seed.title_zh)
    if of not in _tables:
        _tables[of] = _convert(text, seed, curation)
    return _tables[of]


def _stand_ins(patch: pytest.MonkeyPatch) -> None:
    """Compute once, and leave the checks out: frictionless, datasets and mlcroissant take seconds."""
    for module in (convert, corpora_document):
        patch.setattr(module, "convert", _converted_once)
    for name in ("descriptor", "loading", "croissant", "tables", "spans"):
        patch.setattr(build, f"check_{name}", lambda *_: None)
    patch.setattr(package, "check_rules", lambda *_: None)
    patch.setattr(sys.modules["geodigest.commands.convert"], "_engine", lambda *_: inline)
    patch.setattr(build, "draw", lambda answer: b"<svg/>")
    patch.setattr(bundle, "_build_wheel", _build_wheel)


def _build_wheel(root: Path, folder: Path, seconds: int) -> None:
    """A wheel of no use: hatchling takes a second to start, and writes one file."""
    (folder / f"geodigest-{__version__}-py3-none-any.whl").write_bytes(bytes(100_000))


def _printed(path: Path, seed: int) -> Path:
    """A literature table of two studies, printed in a grid."""
    path.parent.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    path.write_text(printed(random.sample(TABLE, 2), ["grid"], random).text, encoding="utf-8")
    return path


def _again(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    _stand_ins(patch)
    package.convert_files([_printed(folder / "last" / "table.md", 1)], "literature_table", folder / "old")
    return _first(folder, patch)


def _first(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    _stand_ins(patch)
    document, target = _printed(folder / "next" / "table.md", 2), folder / "target"
    package.convert_files([document], "literature_table", folder / "made")
    arguments = ("convert", str(document), "--kind", "literature_table", "--out", str(target))
    return Case(folder.name, arguments, target, folder / "old", content(folder / "made"), _stand_ins)


_DOCUMENTS = 6
"""In parts of two."""


def _one_more(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    """A folder of which all but the documents in the last part and one in the midst are converted."""
    _stand_ins(patch)
    numbers = [number for number in range(_DOCUMENTS - 2) if number != 3]
    convert_folder(str(put_documents(folder / "documents", numbers)), "literature_table", str(folder / "old"), inline)
    return _folder(folder, patch)


def _folder(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    _stand_ins(patch)
    documents = put_documents(folder / "documents", range(_DOCUMENTS))
    target = folder / "target"
    convert_folder(str(documents), "literature_table", str(folder / "made"), inline)
    arguments = ("convert", str(documents), "--kind", "literature_table", "--out", str(target))
    return Case(folder.name, arguments, target, folder / "old", content(folder / "made"), _stand_ins, is_by_parts=True)


def _by_processes(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    """The conversion of a folder as it is, by two processes of its own."""
    case = _folder(folder, patch)
    arguments = (*case.arguments, "--workers", "2")

    def become(_: pytest.MonkeyPatch) -> None:
        os.execv(sys.executable, [sys.executable, "-m", "geodigest", *arguments])

    return replace(case, arguments=arguments, stand_ins=become)


def _root(root: Path, seed: int) -> None:
    """A repository with one document, not built."""
    _printed(root / "seeds" / "table.txt", seed)
    write_manifest(root / "seeds", {"table": ("literature_table", "文献")})
    for name in ("entities.csv", "spellings.csv"):
        shutil.copy(REPOSITORY / "seeds" / name, root / "seeds")
    shutil.copytree(REPOSITORY / "schema", root / "schema", dirs_exist_ok=True)
    for name in ("CHANGELOG.md", "LICENSE", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, root)
    page = root / "scripts" / "geodigest" / "_explorer" / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("<!doctype html><title>No page is built</title>\n", encoding="utf-8")


def _build(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    _stand_ins(patch)
    old, target = folder / "old", folder / "target"
    _root(old, 1)
    build.build(old, convert.convert)
    _root(old, 2)
    shutil.copytree(old, folder / "made")
    build.build(folder / "made", convert.convert)
    return Case("build", ("build", "--root", str(target)), target, old, content(folder / "made"), _stand_ins)


def _release(folder: Path, patch: pytest.MonkeyPatch) -> Case:
    _stand_ins(patch)
    root, old, target = folder / "root", folder / "old", folder / "target"
    _root(root, 2)
    build.build(root, convert.convert)
    old.mkdir()
    (old / "geodigest-0.0.1-csv.zip").write_bytes(b"the last release")
    (old / "SHA256SUMS").write_bytes(b"digests of the last release")
    shutil.copytree(old, folder / "made")
    bundle.make_release(root, folder / "made")
    arguments = ("release", "--root", str(root), "--out", str(target))
    return Case("release", arguments, target, old, content(folder / "made"), _stand_ins)
