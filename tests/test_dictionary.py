"""The data dictionary: every column in both languages, and what it tells of the rows holds."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from geodigest.descriptors.dictionary import LONGEST, PAGES, Language
from geodigest.paths import parquet_path
from geodigest.tabular.schema import Field, TableSchema

LANGUAGES: list[Language] = ["en", "zh"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_column_is_told_of_in_order(
    language: Language, built: Path, schemas: tuple[TableSchema, ...]
) -> None:
    page = _page(built, language)
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE)[-len(schemas) :] == [schema.name for schema in schemas]
    for schema in schemas:
        section = _section(page, schema)
        assert _titled(schema, language) in section
        assert _described(schema, language) in section
        cells = list(_cells(section))
        assert [cell[0] for cell in cells] == [f"`{field.name}`" for field in schema.fields]
        for field, cell in zip(schema.fields, cells, strict=True):
            assert cell[2].startswith(f"**{_titled(field, language)}")
            assert cell[2].endswith(_described(field, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_told_in_words(language: Language, built: Path, schemas: tuple[TableSchema, ...]) -> None:
    required, unique = {"en": ("required", "unique"), "zh": ("必填", "唯一")}[language]
    for schema in schemas:
        targets = {column: key.table for key in schema.foreign_keys for column in key.fields}
        for field, cell in zip(schema.fields, _cells(_section(_page(built, language), schema)), strict=True):
            rule = cell[3]
            assert (required in rule) == field.required
            assert (unique in rule) == field.unique
            assert all(f"`{value}`" in rule for value in field.enum)
            assert (f"`{field.pattern}`" in rule) == (field.pattern is not None)
            assert ("≥" in rule.replace("`≥`", "")) == (field.minimum is not None)
            assert re.findall(r"\(#(\w+)\)", rule) == ([targets[field.name]] if field.name in targets else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_empty_shares_and_examples_are_those_of_the_files(
    language: Language, built: Path, schemas: tuple[TableSchema, ...]
) -> None:
    page = _page(built, language)
    for schema in schemas:
        table = pq.read_table(built / parquet_path(schema.name))
        section = _section(page, schema)
        assert re.search(rf"[:：] ?{table.num_rows:,}$", section, re.MULTILINE)
        for field, cell in zip(schema.fields, _cells(section), strict=True):
            values = table[field.name].to_pylist()
            nulls = values.count(None) / len(values)
            empty, example = cell[4].removesuffix(" %"), cell[5].strip("` ").replace("\\|", "|")
            if empty.isdigit():
                assert abs(100 * nulls - int(empty)) <= 0.5
            elif empty:
                assert nulls < 0.01 if empty[0] == "<" else 0.99 < nulls < 1
            else:
                assert nulls == 0
            assert len(example) <= LONGEST
            if field.type == "string" and example:
                start = example.removesuffix("…").split("`")[0]
                assert any(value is not None and start in " ".join(value.split()) for value in values), field


def test_the_chinese_page_is_wholly_chinese(built: Path) -> None:
    page = re.sub(r"```mermaid.*?```", "", _page(built, "zh"), flags=re.DOTALL)
    page = re.sub(r"`` .+? ``|`[^`]+`|\(#?[\w./]+\)|^## \w+$", "", page, flags=re.MULTILINE)
    names = "GeoDigest|English|Parquet|CSV|Unicode|UTF-8|ISO|SHA-256|DOI|LaTeX|Pint|SI|Pg C yr|m w.e.|seeds/|false"
    assert re.findall("[A-Za-z]{2,}", re.sub(names, "", page)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere_and_tables_are_whole(language: Language, built: Path) -> None:
    page = _page(built, language)
    anchors = {heading.lower() for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE)}
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert len(targets) > 50
    for target in targets:
        assert (target.removeprefix("#") in anchors) if target[0] == "#" else (built / "dataset" / target).is_file()
    for above, line in pairwise(page.splitlines()):
        if above.startswith("|") and line.startswith("|"):
            assert len(_bars(above)) == len(_bars(line)), line


def _page(root: Path, language: Language) -> str:
    return (root / "dataset" / PAGES[language]).read_text(encoding="utf-8")


def _section(page: str, schema: TableSchema) -> str:
    return page.split(f"\n## {schema.name}\n")[1].split("\n## ", maxsplit=1)[0]


def _cells(section: str) -> Iterator[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        bars = _bars(line)
        yield [line[start + 1 : end].strip() for start, end in pairwise(bars)]


def _bars(line: str) -> list[int]:
    return [match.start() for match in re.finditer(r"(?<!\\)\|", line)]


def _titled(each: Field | TableSchema, language: Language) -> str:
    return each.title_zh if language == "zh" else each.title


def _described(each: Field | TableSchema, language: Language) -> str:
    return each.description_zh if language == "zh" else each.description
