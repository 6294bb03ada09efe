"""Conversion of each seed, whole and stage by stage, beside what Markdown parsers take for the same text.

They only parse: none of them finds a table in the literature table.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import cmarkgfm
import markdown_it
import mistune
import pyromark
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from geodigest.convert import convert
from geodigest.curation import read_curation
from geodigest.facts.rows import fact_rows
from geodigest.loading import table_schemas
from geodigest.passages.passage import outline
from geodigest.paths import package_root
from geodigest.reconstruct.blocks import blocks
from geodigest.reconstruct.bulletin import read_bulletin
from geodigest.reconstruct.model import TITLES, Reconstruction
from geodigest.reconstruct.table import read_table
from geodigest.seeds import Seed, read_manifest, read_seed
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.files import write_table
from tests.benchmarks.row import row

SEEDS = {seed.document_id: seed for seed in read_manifest(package_root())}

PARSERS: Mapping[str, Callable[[str], object]] = {
    "mistune parses it (pure Python)": mistune.create_markdown(renderer=None),
    "markdown-it-py parses it (pure Python)": markdown_it.MarkdownIt().parse,
    "cmarkgfm makes HTML of it (C)": cmarkgfm.markdown_to_html,
    "pyromark makes HTML of it (Rust)": pyromark.html,
}
UNIT = next(iter(PARSERS))

each_seed = pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)


def reconstructed(text: str, seed: Seed) -> Reconstruction:
    return read_bulletin(text) if seed.kind == "bulletin" else read_table(text, read_curation(seed, text).decisions)


@each_seed
@pytest.mark.parametrize("parser", PARSERS)
def test_parse(parser: str, seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", parser, unit=parser == UNIT)
    assert benchmark(PARSERS[parser], read_seed(seed))


@each_seed
def test_convert(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "geodigest makes every table of it")
    text = read_seed(seed)
    assert benchmark(convert, text, seed, read_curation(seed, text))["passages"].num_rows


@each_seed
def test_read(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "of that: read the file and check its digest")
    assert benchmark(read_seed, seed)


@each_seed
def test_segment(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "of that: part the text into blocks")
    assert benchmark(blocks, read_seed(seed))


@each_seed
def test_reconstruct(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "of that: from the text to cells (blocks among it)")
    text = read_seed(seed)
    decisions = read_curation(seed, text).decisions
    read = (lambda: read_bulletin(text)) if seed.kind == "bulletin" else (lambda: read_table(text, decisions))
    assert benchmark(read).cells


@each_seed
def test_outline(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "of that: from cells to passages")
    text = read_seed(seed)
    curation = read_curation(seed, text)
    cells = [cell for cell in reconstructed(text, seed).cells if cell.facet not in TITLES]
    assert benchmark(lambda: [outline(text, cell, curation.corrections, curation.gaps) for cell in cells])


@each_seed
def test_facts(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "of that: from passages to facts")
    text = read_seed(seed)
    curation = read_curation(seed, text)
    passages = convert(text, seed, curation)["passages"].to_pylist()
    assert benchmark(fact_rows, passages, curation.vocabulary)


@each_seed
def test_check(seed: Seed, benchmark: BenchmarkFixture) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "after it: hold the tables to every rule")
    text = read_seed(seed)
    tables = convert(text, seed, read_curation(seed, text))
    schemas = table_schemas()

    def check() -> None:
        check_tables(schemas, tables)
        check_spans(tables["documents"], tables["spans"])

    benchmark(check)


@each_seed
def test_write(seed: Seed, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    row(benchmark, f"Conversion: {seed.document_id}", "after it: write the tables as CSV and Parquet")
    text = read_seed(seed)
    tables = convert(text, seed, read_curation(seed, text))
    assert benchmark(lambda: [write_table(name, table, tmp_path) for name, table in tables.items()])
