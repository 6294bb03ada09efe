"""The build: seeds in; validated tables, their files, descriptor and card out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from geodigest.curation import Curation, read_curation
from geodigest.paths import image_path
from geodigest.quality import qualities, read_transcriptions, report, unexplained_words
from geodigest.questions.answers import answers, read_questions
from geodigest.questions.charts import CHARTS, draw
from geodigest.seeds import Seed, read_manifest, read_seed
from geodigest.staging import staged
from geodigest.tabular.card import card
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.descriptor import as_json, data_package
from geodigest.tabular.files import TableFiles, checksums, write_table
from geodigest.tabular.schema import read_package, read_table_schemas
from geodigest.verify import check_descriptor, check_loading

Convert = Callable[[str, Seed, Curation], Mapping[str, pa.Table]]
"""From a seed's text, what the manifest says of it and what people decided about it to its rows of every table."""

STEPS = (
    "read the seeds",
    "convert",
    "check every rule",
    "write",
    "validate with frictionless",
    "load with datasets",
    "put in place",
)

WRITTEN = ("dataset", "datapackage.json", "README.md")
"""What the build owns at the root; everything else there is kept by hand."""


@dataclass(frozen=True)
class BuildSummary:
    """What a build wrote, and what of the seeds went into no passage."""

    root: Path
    tables: tuple[TableFiles, ...]
    characters: Mapping[str, int]
    """Characters of the seeds by the role of their span."""
    gaps: Mapping[str, int]
    """Places where the seeds lack text, by kind."""
    by_rule: int
    """Characters that the rules placed, blanks left out."""
    by_decision: int
    """Characters that a reader's decision placed."""


def build(
    root: Path, convert: Convert, on_step: Callable[[str], None] = lambda _: None, *, with_decisions: bool = True
) -> BuildSummary:
    """Build the dataset of `root/seeds` by the definitions of `root/schema` and put it in place of the last one.

    Nothing is written before every rule is checked, and nothing in `root` changes before the written package has
    validated and loaded.

    Args:
        root: the folder with `seeds/` and `schema/`; `dataset/`, `datapackage.json` and `README.md` are written there.
        convert: the conversion core.
        on_step: called with each of `STEPS` as it begins.
        with_decisions: whether stretches go where people decided that they belong, or where the rules alone put them.

    Raises:
        GeoDigestError: a seed, a definition, a table or the written package is not what it should be.
    """
    on_step("read the seeds")
    package, schemas = read_package(root / "schema"), read_table_schemas(root / "schema")
    seeds = read_manifest(root)
    texts = {seed.document_id: read_seed(seed) for seed in seeds}
    curations = {seed.document_id: read_curation(seed, texts[seed.document_id]) for seed in seeds}
    if not with_decisions:
        curations = {name: replace(curation, decisions=()) for name, curation in curations.items()}

    on_step("convert")
    tables = _concatenated([convert(texts[seed.document_id], seed, curations[seed.document_id]) for seed in seeds])

    on_step("check every rule")
    check_tables(schemas, tables)
    check_spans(tables["documents"], tables["spans"])

    with staged(root, WRITTEN) as stage:
        on_step("write")
        written = [write_table(schema.name, tables[schema.name], stage) for schema in schemas]
        (stage / "dataset" / "SHA256SUMS").write_text(checksums(written), encoding="utf-8")
        descriptor = as_json(data_package(package, seeds, schemas, written))
        (stage / "datapackage.json").write_text(descriptor, encoding="utf-8")
        quality = qualities(
            texts,
            {name: curation.decisions for name, curation in curations.items()},
            tables,
            read_transcriptions(root / "tests" / "transcriptions"),
        )
        quality_report = report(quality, unexplained_words(tables))
        (stage / "dataset" / "QUALITY.md").write_text(quality_report, encoding="utf-8")
        answered = answers(read_questions(), tables)
        for answer in answered:
            if answer.question.name in CHARTS:
                image = stage / image_path(answer.question.name)
                image.parent.mkdir(exist_ok=True)
                image.write_bytes(draw(answer))
        (stage / "README.md").write_text(card(package, seeds, schemas, written, answered), encoding="utf-8")

        on_step("validate with frictionless")
        check_descriptor(stage)

        on_step("load with datasets")
        check_loading(stage, schemas, tables)

        on_step("put in place")
    return BuildSummary(
        root,
        tuple(written),
        _characters(tables["spans"]),
        _gaps(tables["gaps"]),
        sum(study.by_rule for study in quality),
        sum(study.by_decision for study in quality),
    )


def _concatenated(converted: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """The tables of all documents, one after the other; a single chunk each, so that equal rows give equal bytes.

    An entity that several documents mention stands once.
    """
    names = list(dict.fromkeys(name for tables in converted for name in tables))
    joined = {
        name: pa.concat_tables([tables[name] for tables in converted if name in tables]).combine_chunks()
        for name in names
    }
    if "entities" in joined:
        rows = {row["entity_id"]: row for row in joined["entities"].to_pylist()}
        joined["entities"] = pa.Table.from_pylist([rows[key] for key in sorted(rows)], joined["entities"].schema)
    return joined


def _characters(spans: pa.Table) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for span in spans.select(["role", "start", "end"]).to_pylist():
        counted[span["role"]] += span["end"] - span["start"]
    return counted


def _gaps(gaps: pa.Table) -> Mapping[str, int]:
    return Counter(gaps["kind"].to_pylist())
