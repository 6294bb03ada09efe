"""The definitions in schema/: they hold to the public contract, and a wrong one is refused where it is wrong."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodigest.build import Convert, build
from geodigest.curation import Curation
from geodigest.descriptors.features import features
from geodigest.errors import SchemaError
from geodigest.paths import csv_path, parquet_path
from geodigest.seeds import Seed
from geodigest.tabular.arrow import arrow_schema, arrow_table
from geodigest.tabular.pandas_model import pandas_model
from geodigest.tabular.polars_model import polars_model
from geodigest.tabular.schema import Field, TableSchema, read_package, read_table_schemas
from tests.clones import REPOSITORY

# The data model that downstream users pin: columns in order, `?` where a value may be missing.
CONTRACT = {
    "documents": "document_id kind title_zh title_en? issue? publisher? language seed_path sha256 n_characters n_lines",
    "studies": (
        "study_id document_id position kind title_en? title_zh journal? date? doi? teaser_zh? core_question? "
        "data_sources? methods? conclusions? summary? abstract? body?"
    ),
    "passages": "passage_id study_id facet position depth parent_id? number? label? text is_complete",
    "figures": "figure_id study_id number caption",
    "references": (
        "reference_id study_id position citation authors? year? title? container? volume? issue? pages? doi? url?"
    ),
    "equations": "equation_id passage_id start end surface latex",
    "quantities": (
        "quantity_id passage_id start end surface property? comparator value? lower? upper? uncertainty? unit? "
        "unit_note? dimension? value_si? lower_si? upper_si? uncertainty_si? unit_si?"
    ),
    "terms": "term_id passage_id zh? en? abbreviation? start end",
    "entities": "entity_id name type name_zh? description?",
    "mentions": "mention_id entity_id passage_id start end surface",
    "corrections": "correction_id document_id start end original corrected kind note?",
    "gaps": "gap_id study_id facet kind document_id offset? note",
    "spans": "document_id start end role study_id? facet? passage_id? position? reason?",
}


def test_tables_and_columns_are_those_of_the_contract(schemas: tuple[TableSchema, ...]) -> None:
    defined = {
        table.name: " ".join(field.name + ("" if field.required else "?") for field in table.fields)
        for table in schemas
    }
    assert defined == CONTRACT
    assert list(defined) == list(CONTRACT)


def test_every_table_and_column_is_described_in_both_languages(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        described: list[TableSchema | Field] = [table, *table.fields]
        for each in described:
            assert each.title.isascii(), each
            assert re.search(r"[\u4e00-\u9fff]|DOI", each.title_zh), each
            assert each.description.endswith("."), each
            assert re.search(r"[\u4e00-\u9fff].*。$", each.description_zh), each


def test_a_doi_keeps_to_one_rule_in_every_table(schemas: tuple[TableSchema, ...]) -> None:
    (rule,) = {field.pattern for table in schemas for field in table.fields if field.name == "doi"}
    assert rule
    values = {
        "10.1038/s41561-023-01186-w": True,
        "10.1175/2010BAMS2853.1": True,
        "10.1016/0031-9201(74)90080-6": True,
        "10.103/x": False,
        "10.1038/": False,
        "10.1038/a b": False,
        "10.1038/a\u3000b": False,  # a blank to some dialects of regular expressions and none to others
        "10.1038/冰川": False,
        "https://doi.org/10.1038/x": False,
    }
    assert {value: bool(re.fullmatch(rule, value)) for value in values} == values
    assert pl.Series(list(values)).str.contains(f"^(?:{rule})$").to_list() == list(values.values())


def test_both_descriptions_name_the_same_codes(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        described: list[TableSchema | Field] = [table, *table.fields]
        for each in described:
            codes = set(re.findall("`([^`]+)`", each.description))
            # A description in Chinese may name the values of an enumeration, too: they are English words.
            allowed = codes | set(each.enum if isinstance(each, Field) else ())
            assert codes <= set(re.findall("`([^`]+)`", each.description_zh)) <= allowed, each


def test_every_definition_is_a_table_schema(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        schema = frictionless.Schema.from_descriptor(dict(table.descriptor))
        assert schema.field_names == [field.name for field in table.fields]
        assert schema.primary_key == list(table.primary_key)


def test_a_primary_key_is_never_missing(schemas: tuple[TableSchema, ...]) -> None:
    for table in schemas:
        required = {field.name for field in table.fields if field.required}
        assert set(table.primary_key) <= required


def test_a_table_that_refers_to_itself_names_no_resource(schemas: tuple[TableSchema, ...]) -> None:
    passages = next(table for table in schemas if table.name == "passages")
    parent = next(key for key in passages.foreign_keys if key.fields == ("parent_id",))
    assert parent.table == "passages"


def test_a_new_table_needs_its_own_definition_alone(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REPOSITORY / "schema", tmp_path / "schema"))
    _write(folder / "figures.json", {**_definition("gaps"), "name": "figures", "order": 35})
    tables = read_table_schemas(folder)
    assert [table.name for table in tables][:4] == ["documents", "studies", "passages", "figures"]
    names = [field.name for field in tables[3].fields]
    assert arrow_schema(tables[3]).names == names
    assert list(pandas_model(tables[3]).columns) == names
    assert list(features(tables[3])) == names


def test_a_column_added_to_its_definition_arrives_everywhere(small: Path, convert_small: Convert) -> None:
    stated = _definition("studies")
    stated["fields"].append(
        {"name": "region", "type": "string", "title": "Study region", "title_zh": "研究区域"}
        | {"description": "Where on Earth the study looks.", "description_zh": "研究所关注的地球区域。"}
        | {"constraints": {"enum": ["land", "ocean"]}}
    )
    _write(small / "schema" / "studies.json", stated)
    schemas = read_table_schemas(small / "schema")

    def convert(text: str, seed: Seed, curation: Curation) -> dict[str, pa.Table]:
        tables = convert_small(text, seed, curation)
        return {schema.name: arrow_table(schema, tables[schema.name].to_pylist()) for schema in schemas}

    build(small, convert)
    studies = next(schema for schema in schemas if schema.name == "studies")

    field = pq.read_schema(small / parquet_path("studies")).field("region")
    assert field.type == pa.string()
    assert field.metadata[b"title_zh"].decode() == "研究区域"
    assert field.metadata[b"description_zh"].decode() == "研究所关注的地球区域。"
    assert (small / csv_path("studies")).read_text(encoding="utf-8").splitlines()[0].endswith(',"region"')
    assert list(pandas_model(studies).columns)[-1] == "region"
    assert list(polars_model(studies).columns)[-1] == "region"
    assert list(features(studies))[-1] == "region"
    resources = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert resources[1]["schema"]["fields"][-1] == stated["fields"][-1]
    record_sets = json.loads((small / "croissant.json").read_text(encoding="utf-8"))["recordSet"]
    assert record_sets[1]["field"][-1]["@id"] == "studies/region"
    assert record_sets[1]["field"][-1]["name"] == {"en": "Study region", "zh": "研究区域"}
    card = (small / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^\| \[`studies`\].*, `region` \|$", card, re.MULTILINE)
    assert re.search(r"^- name: region$|^  - name: region$", card, re.MULTILINE)
    for page, described in (("DICTIONARY.md", "Study region"), ("DICTIONARY.zh.md", "研究区域")):
        row = re.search(r"^\| `region` .*$", (small / "dataset" / page).read_text(encoding="utf-8"), re.MULTILINE)
        assert row
        assert described in row[0]
        assert "`ocean`" in row[0]


def _rename(stated: dict[str, Any]) -> None:
    stated["name"] = "holes"


def _misspell(stated: dict[str, Any]) -> None:
    stated["fields"][0]["constraints"] = {"requird": True}


def _drop_title(stated: dict[str, Any]) -> None:
    del stated["fields"][1]["title_zh"]


def _drop_description(stated: dict[str, Any]) -> None:
    del stated["fields"][1]["description_zh"]


def _drop_description_of_table(stated: dict[str, Any]) -> None:
    del stated["description_zh"]


def _mistype(stated: dict[str, Any]) -> None:
    stated["fields"][2]["type"] = "text"


def _point_nowhere(stated: dict[str, Any]) -> None:
    stated["foreignKeys"][0]["reference"]["resource"] = "papers"


def _share_order(stated: dict[str, Any]) -> None:
    stated["order"] = 10


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_rename, r"gaps\.json: the table is called 'holes'"),
        (_misspell, r"gaps\.json: field 1: constraints: unknown \['requird'\]"),
        (_drop_title, r"gaps\.json: field 2: missing \['title_zh'\]"),
        (_drop_description, r"gaps\.json: field 2: missing \['description_zh'\]"),
        (_drop_description_of_table, r"gaps\.json: missing \['description_zh'\]"),
        (_mistype, r"gaps\.json: field 3: unknown type 'text'"),
        (_point_nowhere, r"gaps\.json: a key names papers\(study_id\)"),
        (_share_order, r"gaps\.json: the order 10 is that of documents, too"),
    ],
)
def test_a_wrong_definition_is_refused(spoil: Callable[[dict[str, Any]], None], said: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REPOSITORY / "schema", tmp_path / "schema"))
    stated = _definition("gaps")
    spoil(stated)
    _write(folder / "gaps.json", stated)
    with pytest.raises(SchemaError, match=said):
        read_table_schemas(folder)


def test_broken_json_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "gaps.json").write_text('{\n  "name": gaps\n}')
    with pytest.raises(SchemaError, match=r"gaps\.json:2:11: this is not JSON"):
        read_table_schemas(tmp_path)


def test_a_package_without_licences_is_refused(tmp_path: Path) -> None:
    stated = json.loads((REPOSITORY / "schema" / "package.json").read_text(encoding="utf-8"))
    del stated["licenses"]
    _write(tmp_path / "package.json", stated)
    with pytest.raises(SchemaError, match=r"package\.json: missing \['licenses'\]"):
        read_package(tmp_path)


def _definition(name: str) -> dict[str, Any]:
    stated: dict[str, Any] = json.loads((REPOSITORY / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    return stated


def _write(path: Path, stated: dict[str, object]) -> None:
    path.write_text(json.dumps(stated), encoding="utf-8")
