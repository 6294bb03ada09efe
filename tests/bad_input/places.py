"""The folders that the cases begin with, each with what an earlier run wrote; nothing in them is bad."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from random import Random

from tests.bad_input.case import Make
from tests.clones import REPOSITORY
from tests.printer import printed
from tests.test_layouts import TABLE

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
MANIFEST = """\
[[seed]]
document_id = "bulletin"
kind = "bulletin"
title_zh = "快报"
language = "zh"
path = "seeds/bulletin.txt"
sha256 = "BULLETIN"

[[seed]]
document_id = "table"
kind = "literature_table"
title_zh = "文章 核心问题"
language = "zh"
path = "seeds/table.txt"
sha256 = "LITERATURE"
"""


def sources(folder: Path) -> None:
    """`clone/`: seeds, schema and changelog of a repository, and what an earlier build wrote there, in short."""
    seeds = folder / "clone" / "seeds"
    shutil.copytree(REPOSITORY / "schema", folder / "clone" / "schema")
    seeds.mkdir()
    files = {
        "bulletin.txt": BULLETIN,
        "table.txt": LITERATURE,
        "manifest.toml": MANIFEST.replace("BULLETIN", _sha256(BULLETIN)).replace("LITERATURE", _sha256(LITERATURE)),
        "entities.csv": ENTITIES,
        "spellings.csv": SPELLINGS,
        **{f"bulletin.{kind}.csv": content for kind, content in CURATION.items()},
        "../CHANGELOG.md": "# Changelog\n\n## [0.1.0] - 2026-03-01\n\n- Tables.\n",
        "../datapackage.json": "{}\n",
        "../README.md": "# Digests\n",
    }
    for name, content in files.items():
        (seeds / name).write_text(content, encoding="utf-8", newline="")
    (folder / "clone" / "dataset").mkdir()
    (folder / "clone" / "dataset" / "SHA256SUMS").write_text("of the last build\n", encoding="utf-8")


def seed(content: str | bytes, name: str = "bulletin") -> Make:
    """The seed with this content, its digest stated anew."""

    def make(folder: Path) -> None:
        seeds = folder / "clone" / "seeds"
        encoded = content if isinstance(content, bytes) else content.encode("utf-8")
        old = _sha256((seeds / f"{name}.txt").read_bytes())
        (seeds / f"{name}.txt").write_bytes(encoded)
        manifest = (seeds / "manifest.toml").read_text(encoding="utf-8")
        (seeds / "manifest.toml").write_text(manifest.replace(old, _sha256(encoded)), encoding="utf-8")

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


def _sha256(content: str | bytes) -> str:
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode("utf-8")).hexdigest()


def columns(text: str, number: int) -> str:
    """A table whose lines of cells have as many cells as given: the first ones, or more that are empty."""

    def line(each: str) -> str:
        cells = each.split("\t")
        return each if len(cells) == 1 else "\t".join([*cells, *["其他"] * number][:number])

    return "\n".join(map(line, text.split("\n")))


def without_blanks(text: str) -> str:
    """The text without empty lines."""
    return re.sub(r"\n{2,}", "\n", text)
