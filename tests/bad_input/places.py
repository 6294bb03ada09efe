"""The folders that the cases begin with, each with what an earlier run wrote; nothing in them is bad."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from random import Random

from geodigest.corpora.package import convert_files
from geodigest.paths import csv_path, parquet_path
from tests.bad_input.case import Make
from tests.clones import BY_HAND, REPOSITORY
from tests.corpora import TABLE
from tests.printer import printed
from tests.seed_folder import write_manifest
from tests.small_release import package

BULLETIN = """\
快报

本期概要

1、光纤传感在海底地震监测中的进展

海底光纤可以测量地震动。

2、深源地震的余震为何稀少

深源地震的余震很少，原因不明。

光纤传感在海底地震监测中的进展

光纤沿海底铺设，长 120 km。

一、标定

标定用 3 次爆破，误差为 5%。

深源地震的余震为何稀少

深源地震发生在 300 km 以下。

来源: Li A. Few aftershocks of deep earthquakes. *Geology*, 2030, 5(2): 1-4.
"""

LITERATURE = printed(TABLE[:2], ["grid"], Random(3)).text
"""A literature table of two studies, each of its lines with six cells."""

CURATION = {
    "decisions": (
        "start,end,quote,position,facet,after,reason\n"
        f"{BULLETIN.index('误差')},{BULLETIN.index('误差') + 7},误差为 5%。,,noise,,a copy\n"
    ),
    "corrections": (
        "start,end,original,corrected,kind,note\n"
        f"{BULLETIN.index('3 次')},{BULLETIN.index('3 次') + 3},3 次,3次,spacing,\n"
    ),
    "gaps": "position,facet,kind,offset,quote,note\n2,body,broken_off,,,the digest stops early\n",
}
ENTITIES = "entity_id,name,type,name_zh,description\nera5,ERA5,dataset,,\ngnss,GNSS,method,,\n"
SPELLINGS = "entity_id,spelling,counts\nera5,ERA5,always\ngnss,GNSS,always\n"


def sources(folder: Path) -> None:
    """`clone/`: seeds, schema and changelog of a repository, and what an earlier build wrote there, in short."""
    seeds = folder / "clone" / "seeds"
    shutil.copytree(REPOSITORY / "schema", folder / "clone" / "schema")
    seeds.mkdir()
    files = {
        "bulletin.txt": BULLETIN,
        "table.txt": LITERATURE,
        "entities.csv": ENTITIES,
        "spellings.csv": SPELLINGS,
        **{f"bulletin.{kind}.csv": content for kind, content in CURATION.items()},
        "../CHANGELOG.md": "# Changelog\n\n## [0.1.0] - 2026-03-01\n\n- Tables.\n",
        "../datapackage.json": "{}\n",
        "../README.md": "# Digests\n",
    }
    for name, content in files.items():
        (seeds / name).write_text(content, encoding="utf-8", newline="")
    write_manifest(seeds, {"bulletin": ("bulletin", "快报"), "table": ("literature_table", "文章 核心问题")})
    (folder / "clone" / "dataset").mkdir()
    (folder / "clone" / "dataset" / "SHA256SUMS").write_text("of the last build\n", encoding="utf-8")


def seed(content: str | bytes, name: str = "bulletin") -> Make:
    """The seed with this content, its digest stated anew."""

    def make(folder: Path) -> None:
        seeds = folder / "clone" / "seeds"
        encoded = content if isinstance(content, bytes) else content.encode("utf-8")
        old = digest((seeds / f"{name}.txt").read_bytes())
        (seeds / f"{name}.txt").write_bytes(encoded)
        manifest = (seeds / "manifest.toml").read_text(encoding="utf-8")
        (seeds / "manifest.toml").write_text(manifest.replace(old, digest(encoded)), encoding="utf-8")

    return make


def documents(folder: Path) -> None:
    """`bulletin.md` and `table.md`, what was decided about the first, and `out/`, in short as an earlier conversion."""
    files = {
        "bulletin.md": BULLETIN,
        "table.md": LITERATURE,
        **{f"bulletin.{kind}.csv": content for kind, content in CURATION.items()},
        "out/datapackage.json": '{"generator": "geodigest convert 0.1.0"}\n',
        "out/README.md": "# Bulletins\n",
    }
    (folder / "out").mkdir()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")


def digest(content: str | bytes) -> str:
    """The SHA-256 digest of a text or of bytes."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode("utf-8")).hexdigest()


def columns(text: str, number: int) -> str:
    """A table whose lines of cells have as many cells as given: the first ones, or more that are empty."""

    def line(each: str) -> str:
        cells = each.split("\t")
        return each if len(cells) == 1 else "\t".join([*cells, *["其他"] * number][:number])

    return "\n".join(map(line, text.split("\n")))


def tables(folder: Path) -> None:
    """`data/`: two tables as CSV and one as Parquet; `package/`: a small conversion with its descriptor."""
    (folder / "data").mkdir()
    for path in (csv_path("figures"), csv_path("gaps"), parquet_path("figures")):
        shutil.copy(REPOSITORY / path, folder / "data")
    shutil.copytree(_conversion(), folder / "package")


def releases(folder: Path) -> None:
    """`old/` and `new/`: the same release; `old.zip`: the first of them packed."""
    for name in ("old", "new"):
        package().write(folder / name)
    with zipfile.ZipFile(folder / "old.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((folder / "old").rglob("*")):
            archive.write(path, Path("digests", path.relative_to(folder / "old")))


def installed(folder: Path) -> None:
    """`package/`: the schema and two tables, as the installed package has them."""
    shutil.copytree(REPOSITORY / "schema", folder / "package" / "schema")
    for table in ("figures", "studies"):
        path = folder / "package" / parquet_path(table)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / parquet_path(table), path)


def built(folder: Path) -> None:
    """`clone/`: the repository, built; `dist/` with a file of an earlier release."""
    for name in ("dataset", "docs", "schema", "seeds", "scripts/geodigest"):
        shutil.copytree(REPOSITORY / name, folder / "clone" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*BY_HAND, "README.md", "croissant.json", "datapackage.json"):
        if (REPOSITORY / name).is_file():
            shutil.copy(REPOSITORY / name, folder / "clone")
    (folder / "dist").mkdir()
    (folder / "dist" / "SHA256SUMS").write_text("of the last release\n", encoding="utf-8")


@cache
def _conversion() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="geodigest-"))
    atexit.register(shutil.rmtree, folder)
    documents(folder)
    convert_files([folder / "bulletin.md"], "bulletin", folder / "out")
    return folder / "out"
