"""The published dataset: made from these seeds by this code, the same rows in every form, every key closed."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from geodigest.build import WRITTEN
from geodigest.facts.units import registry
from geodigest.loading import load_arrow
from geodigest.paths import csv_path, parquet_path
from geodigest.reconstruct.model import Correction
from geodigest.seeds import read_manifest, read_seed
from geodigest.tabular.arrow import arrow_schema
from geodigest.tabular.checks import check_spans, check_tables
from geodigest.tabular.schema import TableSchema, read_table_schemas
from geodigest.verify import check_descriptor
from tests.clones import REPOSITORY
from tests.csv_tables import read_csv_table
from tests.rebuilding import rebuild

SCHEMAS = read_table_schemas(REPOSITORY / "schema")


def test_every_artefact_equals_a_fresh_generation(built: Path) -> None:
    """A Parquet file names the pyarrow that wrote it: with another one its rows are compared, not its bytes."""
    assert _files(REPOSITORY) == _files(built)
    sums = _sums_of_another_arrow(built)
    for path in _files(built):
        if not (sums and path.endswith(".parquet")):
            expected = (REPOSITORY / path).read_bytes()
            for old, new in sums.items():
                expected = expected.replace(old, new)
            assert expected == (built / path).read_bytes(), path


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_csv_and_parquet_hold_the_same_rows(schema: TableSchema) -> None:
    parquet = pq.read_table(REPOSITORY / parquet_path(schema.name))
    assert parquet.schema.equals(arrow_schema(schema), check_metadata=True)
    assert read_csv_table(schema, REPOSITORY / csv_path(schema.name)).equals(parquet)


def test_every_rule_and_key_holds() -> None:
    tables = {schema.name: load_arrow(schema.name) for schema in SCHEMAS}
    check_tables(SCHEMAS, tables)
    check_spans(tables["documents"], tables["spans"])


def test_the_descriptor_validates() -> None:
    check_descriptor(REPOSITORY)


def test_two_documents_and_fifty_four_studies() -> None:
    documents = load_arrow("studies").group_by("document_id").aggregate([("study_id", "count")]).to_pylist()
    assert {row["document_id"]: row["study_id_count"] for row in documents} == {
        "earthquake-frontiers-2023-10": 5,
        "earth-science-literature-table": 49,
    }
    lengths = load_arrow("documents").select(["seed_path", "n_characters"]).to_pylist()
    for row in lengths:
        assert row["n_characters"] == len((REPOSITORY / row["seed_path"]).read_text(encoding="utf-8"))


def test_positions_count_from_one() -> None:
    studies = load_arrow("studies")
    for document in pc.unique(studies["document_id"]).to_pylist():
        positions = studies.filter(pc.equal(studies["document_id"], document))["position"].to_pylist()
        assert positions == list(range(1, len(positions) + 1))


def test_passages_are_counted_and_named_by_study_and_facet() -> None:
    last: tuple[str, str] | None = None
    position = 0
    for row in load_arrow("passages").to_pylist():
        place = (row["study_id"], row["facet"])
        position = position + 1 if place == last else 1
        last = place
        assert row["position"] == position
        assert row["passage_id"] == f"{row['study_id']}/{row['facet'].replace('_', '-')}/{position:04d}"


def test_a_facet_is_its_passages_one_a_line() -> None:
    passages: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in load_arrow("passages").to_pylist():
        passages.setdefault((row["study_id"], row["facet"]), []).append(row)
    facets = {row["facet"] for row in load_arrow("passages").select(["facet"]).to_pylist()}
    for study in load_arrow("studies").to_pylist():
        for facet in facets:
            text = study["teaser_zh" if facet == "teaser" else facet]
            own = passages.get((study["study_id"], facet), [])
            assert (text is None) == (not own)
            for line, passage in zip((text or "").splitlines(), own, strict=True):
                assert line.startswith(passage["number"] or passage["label"] or passage["text"])
                assert line.endswith(passage["text"])


def test_corrections_state_what_the_seed_has() -> None:
    texts = {
        row["document_id"]: (REPOSITORY / row["seed_path"]).read_text(encoding="utf-8")
        for row in load_arrow("documents").to_pylist()
    }
    for row in load_arrow("corrections").to_pylist():
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["original"]
        assert row["original"] != row["corrected"]


def test_a_missing_facet_is_null() -> None:
    studies = {row["study_id"]: row for row in load_arrow("studies").to_pylist()}
    for gap in load_arrow("gaps").to_pylist():
        if gap["kind"] == "missing_facet":
            assert studies[gap["study_id"]]["teaser_zh" if gap["facet"] == "teaser" else gap["facet"]] is None


def test_sources_are_the_seeds() -> None:
    described = json.loads((REPOSITORY / "datapackage.json").read_text(encoding="utf-8"))
    assert [source["path"] for source in described["sources"]] == load_arrow("documents")["seed_path"].to_pylist()


def _sums_of_another_arrow(built: Path) -> dict[bytes, bytes]:
    """Sums of the published Parquet files with those of the fresh ones; none where one pyarrow wrote both."""
    sums = {}
    for schema in SCHEMAS:
        paths = [root / parquet_path(schema.name) for root in (REPOSITORY, built)]
        published, fresh = (pq.read_metadata(path).created_by for path in paths)
        if published != fresh:
            tables = [pq.read_table(path) for path in paths]
            assert tables[0].equals(tables[1], check_metadata=True), schema.name
            old, new = (sha256(path.read_bytes()).hexdigest().encode() for path in paths)
            sums[old] = new
    return sums


def _files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix()
        for name in WRITTEN
        for path in [root / name, *(root / name).rglob("*")]
        if path.is_file()
    )


def test_every_passage_is_rebuilt_from_its_text_spans_and_the_corrections() -> None:
    seeds = {seed.document_id: read_seed(seed) for seed in read_manifest(REPOSITORY)}
    passages = load_arrow("passages").to_pylist()
    facets = {row["study_id"]: row for row in load_arrow("studies").to_pylist()}
    rebuilt: dict[str, str] = {}
    for document, text in seeds.items():
        spans = [
            row
            for row in load_arrow("spans").to_pylist()
            if row["document_id"] == document and row["role"] == "text" and row["passage_id"] is not None
        ]
        spans.sort(key=lambda row: (row["passage_id"], row["position"]))
        stretches = [(row["passage_id"], row["start"], row["end"]) for row in spans]
        rebuilt |= rebuild(text, stretches, _corrections(document))
    for study_id, facet in sorted({(row["study_id"], row["facet"]) for row in passages}):
        column = "teaser_zh" if facet == "teaser" else facet
        names = [row["passage_id"] for row in passages if (row["study_id"], row["facet"]) == (study_id, facet)]
        assert "\n".join(rebuilt[name] for name in names) == facets[study_id][column]


def test_the_spans_say_why_they_leave_something_out() -> None:
    for row in load_arrow("spans").to_pylist():
        assert bool(row["reason"]) == (row["role"] in ("noise", "duplicate")), row


def _corrections(document: str) -> list[Correction]:
    return [
        Correction(row["start"], row["end"], row["original"], row["corrected"], row["kind"], row["note"] or "")
        for row in load_arrow("corrections").to_pylist()
        if row["document_id"] == document
    ]


def test_every_fact_stands_in_its_passage() -> None:
    texts = {row["passage_id"]: row["text"] for row in load_arrow("passages").to_pylist()}
    for name in ("quantities", "equations", "mentions"):
        for row in load_arrow(name).to_pylist():
            assert texts[row["passage_id"]][row["start"] : row["end"]] == row["surface"], row
    for row in load_arrow("terms").to_pylist():
        printed = texts[row["passage_id"]][row["start"] : row["end"]]
        for part in (row["zh"], row["en"], row["abbreviation"]):
            assert part is None or part.replace(" ", "") in printed.replace(" ", ""), row


def test_every_unit_parses_and_a_dimension_has_si_values() -> None:
    for row in load_arrow("quantities").to_pylist():
        if row["unit"] is not None:
            registry().parse_units(row["unit"])
        if row["dimension"] not in (None, "", "dimensionless"):
            assert row["unit_si"], row
            for value in ("value", "lower", "upper", "uncertainty"):
                assert (row[value] is None) == (row[f"{value}_si"] is None), row
