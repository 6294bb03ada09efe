"""The reports: lines for people, JSON, commands for GitHub Actions, SARIF."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from geodigest import __version__
from geodigest.validation import Failure
from geodigest.validation.failure import CheckedFile, Report
from geodigest.validation.reports import as_github, as_json, as_sarif, as_text
from geodigest.validation.rules import RULES

CELL = Failure("data/研 究.csv", "studies", 3, 5, "kind", "enum", "survey", "one of study, review")
NULL = Failure("data/研 究.csv", "studies", 4, 9, "title_zh", "required", None, "a value")
WHOLE = Failure("data/a,b:c.csv", "studies", None, 1, None, "encoding", "a byte order mark", "UTF-8 without one")
PARQUET = Failure("studies.parquet", "studies", 7, None, "doi", "pattern", "100%\nsure", "a match of 10\\..*")
RAGGED = Failure("terms.csv", "terms", 2, 3, None, "csv", "6 cells", "7 as in the header")
LACKING = Failure("datapackage.json", "gaps", None, None, None, "missing", None, "a resource gaps")

REPORT = Report(
    files=(CheckedFile("data/研 究.csv", "studies", 54), CheckedFile("studies.parquet", "studies", 1200)),
    failures=(CELL, NULL, WHOLE, PARQUET, RAGGED, LACKING),
    passed_over=(),
)
GOOD = Report(files=REPORT.files, failures=(), passed_over=())

# What the specification (SARIF 2.1.0, sections 3.13 to 3.30) asks of the properties that are written here.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string", "minLength": 1},
                                    "version": {"type": "string"},
                                    "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}, "uniqueItems": True},
                                },
                                "additionalProperties": False,
                            }
                        },
                    },
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}},
            "additionalProperties": False,
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "fullDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
            },
            "additionalProperties": False,
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}, "minItems": 1},
                "properties": {"type": "object"},
            },
            "additionalProperties": False,
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {
                                # RFC 3986: no blank, no backslash, no character beyond ASCII.
                                "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$"}
                            },
                            "additionalProperties": False,
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "properties": {"startLine": {"type": "integer", "minimum": 1}},
                            "additionalProperties": False,
                        },
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
    },
}

TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
FAILURES = st.builds(
    Failure,
    file=st.sampled_from(["studies.csv", "a/研究.csv", "../b c.parquet", "/x/y%20z.csv", "a:b,c.csv", ""]),
    table=st.none() | st.just("studies"),
    row=st.none() | st.integers(1, 99),
    line=st.none() | st.integers(1, 99),
    column=st.none() | st.just("document_id, start") | TEXT,
    rule=st.sampled_from(sorted(RULES)),
    value=st.none() | TEXT,
    expected=TEXT,
)


def test_text_is_a_line_a_failure_with_its_place_and_a_summary() -> None:
    assert as_text(REPORT).splitlines() == [
        "data/研 究.csv:5: studies.kind row 3: enum: 'survey'; expected one of study, review",
        "data/研 究.csv:9: studies.title_zh row 4: required: null; expected a value",
        "data/a,b:c.csv:1: studies: encoding: a byte order mark; expected UTF-8 without one",
        "studies.parquet: studies.doi row 7: pattern: '100%\\nsure'; expected a match of 10\\..*",
        "terms.csv:3: terms row 2: csv: 6 cells; expected 7 as in the header",
        "datapackage.json: gaps: missing: expected a resource gaps",
        "data/a,b:c.csv: 1 failure",
        "data/研 究.csv: 2 failures in 54 rows",
        "datapackage.json: 1 failure",
        "studies.parquet: 1 failure in 1,200 rows",
        "terms.csv: 1 failure",
        "2 files, 1,254 rows: 6 failures",
    ]
    assert as_text(GOOD) == "2 files, 1,254 rows: valid\n"
    alone = Report(files=REPORT.files[:1], failures=(CELL,), passed_over=())
    assert as_text(alone).splitlines()[1:] == ["data/研 究.csv: 1 failure in 54 rows"]


def test_a_long_value_is_shortened_for_people_and_whole_for_programs() -> None:
    long = Failure("studies.csv", "studies", 1, 2, "body", "clean", "深" * 5000, "NFC text")
    report = Report((), (long,), ())
    assert f"row 1: clean: '{'深' * 79}…'; expected NFC text" in as_text(report)
    assert json.loads(as_json(report))["failures"][0]["value"] == "深" * 5000


@given(st.lists(FAILURES, max_size=4))
def test_whatever_a_value_or_column_holds_a_failure_is_one_line(failures: list[Failure]) -> None:
    lines = as_text(Report((), tuple(failures), ())).splitlines()
    for line, failure in zip(lines, failures, strict=False):
        assert line.isprintable()
        assert f"{failure.rule}: " in line


def test_json_is_one_object_whose_keys_stand_in_order() -> None:
    stated = json.loads(as_json(REPORT))
    assert list(stated) == ["version", "valid", "files", "failures"]
    assert (stated["version"], stated["valid"]) == (__version__, False)
    assert stated["files"][0] == {"path": "data/研 究.csv", "table": "studies", "rows": 54, "valid": False}
    assert list(stated["failures"][0].items()) == [
        ("file", "data/研 究.csv"),
        ("table", "studies"),
        ("row", 3),
        ("line", 5),
        ("column", "kind"),
        ("rule", "enum"),
        ("value", "survey"),
        ("expected", "one of study, review"),
        ("message", "'survey'; expected one of study, review"),
    ]
    good = json.loads(as_json(GOOD))
    assert (good["valid"], good["failures"], [file["valid"] for file in good["files"]]) == (True, [], [True, True])


def test_github_commands_are_escaped_as_the_runner_reads_them() -> None:
    lines = as_github(REPORT).splitlines()
    assert lines[0] == (
        "::error file=data/研 究.csv,line=5,title=studies.kind enum::row 3: 'survey'; expected one of study, review"
    )
    assert lines[2].startswith("::error file=data/a%2Cb%3Ac.csv,line=1,title=studies encoding::a byte order mark;")
    assert lines[3].startswith("::error file=studies.parquet,title=studies.doi pattern::row 7: '100%25\\nsure'; ")
    assert lines[6] == "2 files, 1,254 rows: 6 failures"


def _run_by_github(line: str) -> tuple[dict[str, str], str]:
    """A workflow command as the runner reads it: properties and message, unescaped."""
    command = re.fullmatch(r"::error (.*?)::(.*)", line)
    assert command is not None

    def unescaped(text: str) -> str:
        for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            text = text.replace(code, character)
        return text

    properties = dict(each.split("=", 1) for each in command[1].split(","))
    return {name: unescaped(value) for name, value in properties.items()}, unescaped(command[2])


@given(FAILURES)
def test_a_github_command_gives_back_the_place_and_the_message(failure: Failure) -> None:
    first, *rest = as_github(Report((), (failure,), ())).split("\n")
    assert rest == ["0 files, 0 rows: 1 failure", ""]
    properties, message = _run_by_github(first)
    assert properties.get("line") == (None if failure.line is None else str(failure.line))
    assert properties["title"].endswith(failure.rule)
    assert message.endswith(failure.message)


@given(st.lists(FAILURES, max_size=4))
def test_sarif_keeps_to_the_specification(failures: list[Failure]) -> None:
    log = json.loads(as_sarif(Report((), tuple(failures), ())))
    Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for result, failure in zip(run["results"], failures, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == failure.rule
        assert result["properties"]["value"] == failure.value


def _location(log: dict[str, Any], number: int) -> dict[str, Any]:
    location: dict[str, Any] = log["runs"][0]["results"][number]["locations"][0]["physicalLocation"]
    return location


def test_sarif_names_files_below_the_working_folder_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    absolute = Failure(f"{tmp_path}/data/a b.csv", "studies", None, None, None, "csv", None, "text")
    outside = Failure("/elsewhere/a b.csv", "studies", None, 3, None, "csv", None, "text")
    log = json.loads(as_sarif(Report((), (CELL, absolute, outside, PARQUET), ())))
    assert unquote(_location(log, 0)["artifactLocation"]["uri"]) == "data/研 究.csv"
    assert _location(log, 0)["region"] == {"startLine": 5}
    assert _location(log, 1) == {"artifactLocation": {"uri": "data/a%20b.csv"}, "region": {"startLine": 1}}
    assert _location(log, 2)["artifactLocation"]["uri"] == "file:///elsewhere/a%20b.csv"
    assert _location(log, 3) == {"artifactLocation": {"uri": "studies.parquet"}}
    assert log["runs"][0]["results"][0]["message"]["text"] == f"studies.kind row 3: {CELL.message}"
    assert as_github(Report((), (absolute,), ())).startswith("::error file=data/a b.csv,")
