"""The build: seeds in; validated tables, their files, and the metadata and pages that describe them out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from geodigest import __version__
from geodigest.collection import Summary, concatenated, summary
from geodigest.curation import Curation, read_curation, vocabulary_beside
from geodigest.descriptors.card import card
from geodigest.descriptors.citation import as_cff, citation
from geodigest.descriptors.croissant import croissant
from geodigest.descriptors.descriptor import as_json, data_package
from geodigest.descriptors.dictionary import PAGES, dictionary
from geodigest.documents import check_kind
from geodigest.errors import GeoDigestError
from geodigest.paths import image_path
from geodigest.quality import qualities, read_transcriptions, report, unexplained_words
from geodigest.questions.answers import answers, read_questions
from geodigest.questions.charts import CHARTS, draw
from geodigest.releases.changelog import day_of
from geodigest.seeds import Seed, read_manifest, read_seed
from geodigest.staging import staged
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.files import checksums, write_table
from geodigest.tabular.schema import read_package, read_table_schemas
from geodigest.text_files import read_text
from geodigest.verify import check_croissant, check_descriptor, check_loading

Convert = Callable[[str, Seed, Curation], Mapping[str, pa.Table]]
"""From a seed's text, what the manifest says of it and what people decided about it to its rows of every table."""

STEPS = (
    "read the seeds",
    "convert",
    "check every rule",
    "write",
    "validate with frictionless",
    "load with datasets",
    "read with mlcroissant",
    "put in place",
)

WRITTEN = ("dataset", "datapackage.json", "croissant.json", "CITATION.cff", "README.md")
"""What the build owns at the root; everything else there is kept by hand."""


def build(
    root: Path, convert: Convert, on_step: Callable[[str], None] = lambda _: None, *, with_decisions: bool = True
) -> Summary:
    """Build the dataset of `root/seeds` by the definitions of `root/schema` and put it in place of the last one.

    Nothing is written before every rule is checked, and nothing in `root` changes before the written package has
    validated and loaded.

    Args:
        root: the folder with `seeds/` and `schema/`; what `WRITTEN` names is written there. The metadata state the day
            that `CHANGELOG.md` gives the version, where it is there.
        convert: the conversion core.
        on_step: called with each of `STEPS` as it begins.
        with_decisions: whether stretches go where people decided that they belong, or where the rules alone put them.

    Raises:
        GeoDigestError: a seed, a definition, a table or the written package is not what it should be.
    """
    on_step("read the seeds")
    if not root.is_dir():
        what = "this is not a folder" if root.exists() else "there is no such folder"
        raise GeoDigestError(what, where=str(root), remedy="give the folder with seeds/ and schema/")
    package, schemas = read_package(root / "schema"), read_table_schemas(root / "schema")
    seeds = read_manifest(root)
    changelog = root / "CHANGELOG.md"
    told = read_text(changelog, GeoDigestError) if changelog.exists() else ""
    released = day_of(__version__, told, str(changelog))
    texts = {seed.document_id: read_seed(seed) for seed in seeds}
    for seed in seeds:
        check_kind(texts[seed.document_id], seed.kind, seed.path, remedy='state kind = "{found}" in the manifest')
    vocabulary = vocabulary_beside(root / "seeds")
    curations = {seed.document_id: read_curation(seed, texts[seed.document_id], vocabulary) for seed in seeds}
    if not with_decisions:
        curations = {name: curation.without_decisions() for name, curation in curations.items()}

    on_step("convert")
    tables = concatenated([convert(texts[seed.document_id], seed, curations[seed.document_id]) for seed in seeds])

    on_step("check every rule")
    check_tables(schemas, tables)
    check_spans(tables["documents"], tables["spans"])

    with staged(root, WRITTEN) as stage:
        on_step("write")
        written = [write_table(schema.name, tables[schema.name], stage) for schema in schemas]
        quality = qualities(
            texts,
            {name: curation.decisions for name, curation in curations.items()},
            tables,
            read_transcriptions(root / "tests" / "transcriptions"),
        )
        answered = answers(read_questions(), tables)
        for answer in answered:
            if answer.question.name in CHARTS:
                image = stage / image_path(answer.question.name)
                image.parent.mkdir(exist_ok=True)
                image.write_bytes(draw(answer))
        pages = {
            "dataset/SHA256SUMS": checksums(written),
            "dataset/QUALITY.md": report(quality, unexplained_words(tables)),
            **{f"dataset/{page}": dictionary(package, schemas, tables, language) for language, page in PAGES.items()},
            "datapackage.json": as_json(data_package(package, seeds, schemas, written)),
            "croissant.json": as_json(croissant(package, seeds, schemas, written, released)),
            "CITATION.cff": as_cff(citation(package, seeds, released)),
            "README.md": card(package, seeds, schemas, written, answered, released),
        }
        for name, text in pages.items():
            (stage / name).write_text(text, encoding="utf-8")

        on_step("validate with frictionless")
        check_descriptor(stage)

        on_step("load with datasets")
        check_loading(stage, schemas, tables)

        on_step("read with mlcroissant")
        check_croissant(stage, tables)

        on_step("put in place")
    return summary(root, written, texts, curations, tables)
