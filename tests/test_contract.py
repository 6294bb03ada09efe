"""The rule of version numbers: each prepared change called as `docs/versions.md` says, and the version held to it."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from geodigest.commands import app
from geodigest.releases.contract import Verdict, contract
from geodigest.releases.release import Release, ReleaseError, read_release
from geodigest.releases.rules import Level, Rule
from tests.prepared_changes import PREPARED, Prepared
from tests.small_release import package

RUNNER = CliRunner()
NAMED = {change.name: change for change in PREPARED}
DOCUMENT = Path(__file__).parents[1] / "docs" / "versions.md"

VERSIONS = {
    # From 1.4.2: enough, not enough.
    "none": (("1.4.2", "1.4.3", "2.0.0"), ("1.4.1", "1.3.9", "0.9.9")),
    "patch": (("1.4.3", "1.4.10", "1.5.0", "2.0.0"), ("1.4.2", "1.4.1", "1.3.9", "0.9.9")),
    "minor": (("1.5.0", "1.12.7", "2.0.0"), ("1.4.2", "1.4.3", "1.4.10", "1.3.9", "0.9.9")),
    "major": (("2.0.0", "3.1.4", "10.0.0"), ("1.4.2", "1.4.3", "1.5.0", "1.99.0", "0.9.9")),
}


def documented() -> dict[str, tuple[str, str]]:
    """Level and sentence of each change in the document's table."""
    rows = [line.split("|")[1:-1] for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    return {name.strip(): (level.strip(), sentence.strip()) for name, level, sentence in rows[2:]}


def changed(folder: Path, changes: Iterable[Prepared], version: str = "1.4.2") -> Release:
    """The small package with these changes, as a release that was written and read."""
    changed_ = package(version)
    for change in changes:
        change.mutate(changed_)
    return read_release(changed_.write(folder))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return changed(tmp_path_factory.mktemp("old"), ())


def test_the_document_lists_each_prepared_change_once_and_no_other() -> None:
    assert sorted(documented()) == sorted(change.name for change in PREPARED)


@pytest.mark.parametrize("change", PREPARED, ids=lambda change: change.name)
def test_each_change_asks_for_what_the_document_says(change: Prepared, old: Release, tmp_path: Path) -> None:
    level, sentence = documented()[change.name]
    verdict = contract(old, changed(tmp_path, [change]))
    assert str(verdict.needed) == level, verdict.as_text()
    greatest = [found for found in verdict.changes if found.rule.level == verdict.needed]
    assert sentence in {found.rule.sentence for found in greatest} or (change.name, greatest) == ("Nothing changes", [])


@pytest.mark.parametrize("change", PREPARED, ids=lambda change: change.name)
def test_each_change_passes_where_the_version_rose_enough_and_fails_where_not(
    change: Prepared, old: Release, tmp_path: Path
) -> None:
    changes = contract(old, changed(tmp_path, [change])).changes
    enough, too_little = VERSIONS[documented()[change.name][0]]
    assert [version for version in (*enough, *too_little) if Verdict("1.4.2", version, changes).ok] == list(enough)
    assert Verdict("1.4.2", Verdict("1.4.2", "1.4.2", changes).least, changes).ok


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(PREPARED), max_size=5, unique_by=lambda change: change.part))
def test_changes_together_ask_for_what_the_greatest_asks_for(
    changes: list[Prepared], old: Release, tmp_path_factory: pytest.TempPathFactory
) -> None:
    levels = [Level[documented()[change.name][0].upper()] for change in changes]
    assert contract(old, changed(tmp_path_factory.mktemp("new"), changes)).needed == max(levels, default=Level.NONE)


def test_below_1_0_0_the_rule_is_the_same(old: Release, tmp_path: Path) -> None:
    changes = contract(old, changed(tmp_path, [NAMED["A column is removed"]])).changes
    assert [after for after in ("0.1.1", "0.2.0", "1.0.0") if Verdict("0.1.0", after, changes).ok] == ["1.0.0"]


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc.1", "01.0.0"])
def test_a_version_of_another_form_cannot_be_compared(version: str, old: Release, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"write it as MAJOR\.MINOR\.PATCH"):
        contract(old, changed(tmp_path, (), version))


def test_a_default_that_is_written_out_changes_nothing(old: Release, tmp_path: Path) -> None:
    stated = package("1.4.2")
    stated.schema("studies")["fieldsMatch"] = "exact"
    stated.field("studies", "title")["format"] = "default"
    stated.constraints("studies", "title")["required"] = False
    assert contract(old, read_release(stated.write(tmp_path))).changes == ()


@pytest.mark.parametrize(("bound", "needed"), [("2000-01-01", Level.MINOR), ("2020-01-01", Level.MAJOR)])
def test_a_minimum_of_dates_is_lowered_and_raised_as_one_of_numbers(
    bound: str, needed: Level, tmp_path_factory: pytest.TempPathFactory
) -> None:
    releases = []
    for minimum in ("2010-01-01", bound):
        bounded = package("1.4.2")
        bounded.constraints("studies", "date")["minimum"] = minimum
        releases.append(read_release(bounded.write(tmp_path_factory.mktemp("release"))))
    assert contract(*releases).needed == needed


def test_a_renamed_column_is_told_as_renamed_and_nothing_else(old: Release, tmp_path: Path) -> None:
    verdict = contract(old, changed(tmp_path, [NAMED["A column is renamed"]]))
    told = [(found.place, found.what) for found in verdict.changes]
    assert told == [("table figures, column caption", "renamed to legend, all values the same")]


def test_of_a_long_description_the_changed_stretch_is_told(tmp_path: Path) -> None:
    before, after = package(), package()
    before.resource("spans")["description"] = "A stretch of a document and where it went, " * 5 + "by offset."
    after.resource("spans")["description"] = "A stretch of a document and where it went, " * 5 + "by offsets."
    verdict = contract(read_release(before.write(tmp_path / "a")), read_release(after.write(tmp_path / "b")))
    assert [change.what for change in verdict.changes] == [
        "description changed: …ere it went, by [-offset-]{+offsets+}."
    ]


def test_what_another_table_refers_to_is_kept_whatever_the_primary_key(tmp_path: Path) -> None:
    """Spans refer to passages by a column that is not their key."""
    before, without, other = package(), package(), package()
    for each in (before, without, other):
        each.schema("passages")["primaryKey"] = ["study_id", "position"]
    without.rows["passages"].pop()
    other.rows["passages"][0]["passage_id"] = "slow-slip/a"
    old = read_release(before.write(tmp_path / "old"))
    for name, changed_ in {"without": without, "other": other}.items():
        verdict = contract(old, read_release(changed_.write(tmp_path / name)))
        assert (verdict.needed, verdict.changes[0].rule) == (Level.MAJOR, Rule.DELETE)


def test_the_command_lists_each_change_with_its_rule_and_ends_by_the_verdict(tmp_path: Path) -> None:
    before = package("0.1.0").write(tmp_path / "before")
    grown = package("0.1.1")
    grown.rows["figures"].append({"figure_id": "slow-slip/2", "study_id": "slow-slip", "caption": "图", "width": None})
    grown.rows["passages"][0]["text"] = "深度 12 km"
    after = grown.write(tmp_path / "after")

    result = RUNNER.invoke(app, ["contract", str(before), str(after)])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "minor: Add new data to an existing data resource",
        "  table figures: 1 row added: slow-slip/2",
        "",
        "patch: Correct errors in existing data",
        "  table passages, column text: 1 value changed: slow-slip/1",
        "",
        "needed: minor, given: patch (0.1.0 → 0.1.1): not enough, the version has to be 0.2.0 or higher",
    ]
    result = RUNNER.invoke(app, ["contract", str(before), str(after), "--format", "json"])
    stated = json.loads(result.stdout)
    assert (result.exit_code, stated["needed"], stated["given"], stated["least"]) == (1, "minor", "patch", "0.2.0")
    assert stated["changes"][0] == {
        "level": "minor",
        "place": "table figures",
        "what": "1 row added: slow-slip/2",
        "rule": "Add new data to an existing data resource",
    }
    assert stated["ok"] is False

    grown.descriptor["version"] = "0.2.0"
    assert RUNNER.invoke(app, ["contract", str(before), str(grown.write(tmp_path / "after"))]).exit_code == 0


def test_a_release_that_cannot_be_read_ends_the_command_with_2(tmp_path: Path) -> None:
    before = package().write(tmp_path / "before")
    result = RUNNER.invoke(app, ["contract", str(before), str(tmp_path / "nowhere")])
    said = f"error: {tmp_path}/nowhere: there is no such file or folder; give a folder with datapackage.json or a .zip"
    assert (result.exit_code, result.stderr.strip(), result.stdout) == (2, said, "")
