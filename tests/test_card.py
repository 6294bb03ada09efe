"""README.md: front page and dataset card at once; its examples run, its front matter is what `datasets` needs."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from geodigest.build import Convert, build
from geodigest.paths import parquet_path
from geodigest.tabular.schema import TableSchema
from tests.clones import REPOSITORY


def test_every_table_with_rows_is_a_config_of_one_parquet_file(small: Path, convert_small: Convert) -> None:
    build(small, convert_small)
    front = _front_matter(small)
    names = ["documents", "studies", "passages", "gaps", "spans"]  # the other tables have no row in the small package
    assert [config["config_name"] for config in front["configs"]] == names
    assert [info["config_name"] for info in front["dataset_info"]] == names
    assert [config["config_name"] for config in front["configs"] if config.get("default")] == ["studies"]
    for config in front["configs"]:
        (split,) = config["data_files"]
        assert split["split"] == "train"
        assert (small / split["path"]).suffix == ".parquet"
        assert (small / split["path"]).is_file()


def test_the_table_of_tables_names_every_column(built: Path, schemas: tuple[TableSchema, ...]) -> None:
    section = (built / "README.md").read_text(encoding="utf-8").split("\n## Tables\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if "|" in line][2:]
    dictionary = (built / "dataset" / "DICTIONARY.md").read_text(encoding="utf-8")
    for schema, (table, count, described, columns) in zip(schemas, rows, strict=True):
        assert table == f"[`{schema.name}`](dataset/DICTIONARY.md#{schema.name})"
        assert f"\n## {schema.name}\n" in dictionary
        assert int(count.replace(",", "")) == pq.read_metadata(built / parquet_path(schema.name)).num_rows
        assert described == schema.description
        assert columns == ", ".join(f"`{field.name}`" for field in schema.fields)


def test_markdown_tables_are_whole(built: Path) -> None:
    lines = (built / "README.md").read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if above.startswith("|") and line.startswith("|"):
            assert above.count("|") == line.count("|"), line


def test_commands_of_the_card_exist() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {line.split(":")[0] for line in makefile.splitlines() if re.match(r"[a-z]+:", line)}
    for target in re.findall(r"^\$ make (\w+)", readme, re.MULTILINE):
        assert target in targets


def _front_matter(root: Path) -> dict[str, Any]:
    _, front, _ = (root / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    loaded: dict[str, Any] = yaml.safe_load(front)
    return loaded
