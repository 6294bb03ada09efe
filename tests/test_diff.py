"""What differs between two releases, as it is told."""

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.releases.diff import Difference, diff
from geodigest.releases.excerpts import changed
from geodigest.releases.listing import as_json, as_markdown, as_text
from geodigest.releases.matching import Value
from geodigest.releases.release import read_release
from tests.small_release import Package, package

RUNNER = CliRunner()


def test_the_text_lists_rows_and_cells_under_their_tables(tmp_path: Path) -> None:
    new = package("1.4.3")
    new.rows["studies"][0] |= {"date": None, "rank": "7"}
    new.rows["figures"] = [new.rows["figures"][2], new.rows["figures"][0]]
    new.rows["spans"].append({"document": "bulletin", "start": "40", "end": "41", "original": "\n", "passage_id": None})
    assert as_text(_difference(package(), new, tmp_path)).splitlines() == [
        "1.4.2 → 1.4.3: 3 tables differ",
        "",
        "studies: 1 row changed",
        "  ~ slow-slip",
        "      date: 2023-10-01 → null",
        "      rank: 1 → 7",
        "",
        "figures: 1 row removed",
        "  the rows stand in another order",
        '  - glaciers/1  study_id: "glaciers", caption: "图 2", width: 2.5',
        "",
        "spans: 1 row added",
        r'  + bulletin 40  end: 41, original: "\n"',
    ]


def test_columns_are_told_apart_from_the_rows(tmp_path: Path) -> None:
    new = package("2.0.0")
    fields = new.schema("figures")["fields"]
    fields.append({"name": "height", "type": "integer"})
    new.field("figures", "caption")["name"] = "legend"
    new.field("figures", "width")["type"] = "string"
    fields[1], fields[2] = fields[2], fields[1]
    for number, row in enumerate(new.rows["figures"]):
        row |= {"legend": row.pop("caption"), "height": str(number) if number else None}
    new.rows["figures"][0]["width"] = "1.50"
    assert as_text(_difference(package(), new, tmp_path)).splitlines()[2:] == [
        "figures: 3 rows changed",
        "  column added: height, 2 values in the rows of both",
        "  column renamed: caption to legend, all values the same",
        "  column retyped: width from number to string",
        "  the columns stand in another order",
        "  ~ slow-slip/1",
        '      width: 1.5 → "1.50"',
    ]


def test_a_renamed_table_is_not_listed_row_by_row(tmp_path: Path) -> None:
    new = package("2.0.0")
    new.resource("figures")["name"] = "images"
    new.rows["images"] = new.rows.pop("figures")
    difference = _difference(package(), new, tmp_path)
    assert (difference.tables_renamed, difference.tables) == ({"figures": "images"}, ())
    assert as_text(difference).splitlines() == [
        "1.4.2 → 2.0.0: 1 table differs",
        "",
        "figures: renamed to images, all rows the same",
    ]


def test_rows_without_a_key_are_told_apart_by_all_their_values(tmp_path: Path) -> None:
    old, new = package(), package("1.5.0")
    for each in (old, new):
        del each.schema("figures")["primaryKey"]
        each.rows["figures"] = [*each.rows["figures"], each.rows["figures"][0]]
    new.rows["figures"] = [*new.rows["figures"][1:], new.rows["figures"][1]]
    (table,) = _difference(old, new, tmp_path).tables
    assert [row.values["figure_id"] for row in table.rows_removed] == ["slow-slip/1"]
    assert [row.values["figure_id"] for row in table.rows_added] == ["glaciers/1"]
    assert table.rows_kept == 3
    old.rows["figures"], new.rows["figures"] = new.rows["figures"], new.rows["figures"] * 2
    (table,) = _difference(old, new, tmp_path).tables
    assert (len(table.rows_added), table.rows_reordered) == (4, False)


def test_rows_are_told_apart_by_the_key_of_the_release_that_has_one(tmp_path: Path) -> None:
    new = package("2.0.0")
    del new.schema("figures")["primaryKey"]
    new.rows["figures"][1]["caption"] = "冰川"
    (table,) = _difference(package(), new, tmp_path).tables
    assert [(row.key, len(row.cells)) for row in table.rows_changed] == [(("glaciers/1",), 1)]
    assert (table.rows_added, table.rows_removed) == ((), ())


def test_a_column_without_values_is_not_told_as_renamed(tmp_path: Path) -> None:
    old, new = package(), package("2.0.0")
    for each, name in ((old, "height"), (new, "depth")):
        each.schema("figures")["fields"].append({"name": name, "type": "number"})
        for row in each.rows["figures"]:
            row[name] = None
    (table,) = _difference(old, new, tmp_path).tables
    assert (table.columns_added, table.columns_removed, table.columns_renamed) == (("depth",), ("height",), {})


def test_json_has_whole_values_and_keys(tmp_path: Path) -> None:
    text = "慢滑事件 " * 500
    old, new = package(), package("1.4.3")
    old.rows["passages"][0]["text"] = text
    new.rows["passages"][0]["text"] = text + "完"
    new.rows["studies"][0]["date"] = "2024-02-29"
    stated = {table["table"]: table for table in json.loads(as_json(_difference(old, new, tmp_path)))["tables"]}
    assert stated["passages"]["rows_changed"] == [
        {"key": ["slow-slip/1"], "cells": [{"column": "text", "old": text, "new": text + "完"}]}
    ]
    assert stated["studies"]["rows_changed"][0]["cells"] == [
        {"column": "date", "old": "2023-10-01", "new": "2024-02-29"}
    ]


def test_markdown_counts_all_rows_and_lists_the_first(tmp_path: Path) -> None:
    new = package("1.5.0")
    for number in range(30):
        new.rows["figures"].append(
            {"figure_id": f"glaciers/{number + 2}", "study_id": "glaciers", "caption": "`|`", "width": None}
        )
    old = package()
    old.rows["studies"][0]["title"], new.rows["studies"][0]["title"] = "慢" * 40 + "`", "慢" * 40 + "滑`"
    lines = as_markdown(_difference(old, new, tmp_path)).splitlines()
    assert f"- `slow-slip` `title`: `` …{'慢' * 16}{{+滑+}}` ``" in lines
    assert "| `figures` | 30 | 0 | 0 | 0 |" in lines
    listed = [line for line in lines if line.startswith("- added")]
    assert len(listed) == 20
    assert listed[0] == '- added ``glaciers/2  study_id: "glaciers", caption: "`|`"``'
    assert lines[-1] == "- … and 10 more"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("深度 ", "深度", '"深度 " → "深度"'),
        ("深度\u00a010", "深度 10", r'"深度\xa010" → "深度 10"'),
        (None, "GNSS", 'null → "GNSS"'),
        (True, False, "true → false"),
        (
            "水" * 50 + "冰雪" + "水" * 50,
            "水" * 50 + "冰 雪" + "水" * 50,
            "…" + "水" * 15 + "冰{+ +}雪" + "水" * 15 + "…",
        ),
        ("水" * 60, "水" * 60 + "\n", "…" + "水" * 16 + r"{+\n+}"),
    ],
)
def test_a_changed_cell_is_told_by_what_changed(old: Value, new: Value, told: str) -> None:
    assert changed(old, new) == told


def test_far_changes_of_a_long_text_are_each_told_in_their_context() -> None:
    text = "".join(random.Random(5).choices("慢滑事件深度观测台站连续，。", k=3000))
    told = changed(text, f"{text[:100]}始{text[100:2900]}终{text[2900:]}")
    assert told == f"…{text[84:100]}{{+始+}}{text[100:116]}…{text[2884:2900]}{{+终+}}{text[2900:2916]}…"


def test_a_sentence_that_is_written_anew_is_told_as_a_whole() -> None:
    before, after = "研究了慢滑事件。" * 9, "台站记录到震颤。" * 9
    old, new = f"{before}深度为十公里以下。{after}", f"{before}作者为海域以外的数据下了十个定义。{after}"
    assert "[-深度为十公里以下-]{+作者为海域以外的数据下了十个定义+}" in changed(old, new)


def test_the_command_ends_like_diff_itself(tmp_path: Path) -> None:
    old, same = package().write(tmp_path / "old"), package("1.4.3").write(tmp_path / "same")
    new = package("1.4.3")
    new.rows["studies"].pop()
    other = new.write(tmp_path / "new")
    result = RUNNER.invoke(app, ["diff", str(old), str(same)])
    assert (result.exit_code, result.stdout) == (0, "1.4.2 → 1.4.3: the tables are the same\n")
    result = RUNNER.invoke(app, ["diff", str(old), str(other)])
    assert (result.exit_code, result.stdout.splitlines()[2]) == (1, "studies: 1 row removed")
    result = RUNNER.invoke(app, ["diff", str(old), str(other), "--format", "json"])
    assert (result.exit_code, len(json.loads(result.stdout)["tables"])) == (1, 1)
    result = RUNNER.invoke(app, ["diff", str(old), str(tmp_path)])
    said = f"error: {tmp_path}/datapackage.json: the descriptor is missing; give the folder of a release"
    assert (result.exit_code, result.stderr.strip(), result.stdout) == (2, said, "")
    assert RUNNER.invoke(app, ["diff", str(old)]).exit_code == 2


def _difference(old: Package, new: Package, folder: Path) -> Difference:
    return diff(read_release(old.write(folder / "old")), read_release(new.write(folder / "new")))
