"""The card's questions: what it prints is what its queries return, and the answers agree with the texts themselves."""

import re
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from geodigest.paths import parquet_path
from geodigest.questions.answers import QUESTIONS, Answer, Question, answers, markdown, read_questions
from geodigest.questions.charts import CHARTS
from geodigest.tabular.arrow import arrow_table
from geodigest.tabular.schema import TableSchema


class Shown(NamedTuple):
    """A question as the card shows it; without rows where a chart answers it."""

    title: str
    query: str
    header: list[str]
    rows: list[list[str]]
    more: int


@pytest.fixture(scope="module")
def shown(built: Path) -> dict[str, Shown]:
    """The questions of the built card, by name."""
    section = (built / "README.md").read_text(encoding="utf-8").split("\n## Questions\n")[1].split("\n## ")[0]
    read = []
    for part in section.split("\n### ")[1:]:
        (query,) = re.findall(r"```sql\n(.*?)```", part, re.DOTALL)
        table = [
            [cell.strip().replace("&#124;", "|") for cell in line[1:-1].split(" | ")]
            for line in part.splitlines()
            if line.startswith("| ")
        ]
        more = re.search(r"… and (\d+) more", part)
        header, rows = (table[0], table[2:]) if table else ([], [])
        read.append(Shown(part.splitlines()[0], query, header, rows, int(more[1]) if more else 0))
    return dict(zip(QUESTIONS, read, strict=True))


def test_the_card_shows_every_question(shown: dict[str, Shown]) -> None:
    for question in read_questions():
        assert (shown[question.name].title, shown[question.name].query) == (question.title, f"{question.query}\n")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_copied_query_returns_what_the_card_prints(
    name: str, shown: dict[str, Shown], built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    with duckdb.connect() as connection:
        found = connection.sql(shown[name].query)
        columns, rows = found.columns, found.fetchall()
    assert rows
    if name in CHARTS:
        assert not shown[name].rows
        return
    assert shown[name].header == columns
    assert len(shown[name].rows) == min(len(rows), 15)
    assert len(shown[name].rows) + shown[name].more == len(rows)
    for printed, row in zip(shown[name].rows, rows, strict=False):
        for cell, value in zip(printed, row, strict=True):
            assert value == (type(value)(cell) if value is not None else cell or None)


def test_the_studies_that_use_era5_are_those_whose_text_names_it(shown: dict[str, Shown], built: Path) -> None:
    passages, studies = (pl.read_parquet(built / parquet_path(name)) for name in ("passages", "studies"))
    named = passages.filter(pl.col("text").str.contains(r"ERA5(?:[^-]|$|-[^L])"))["study_id"].unique()
    titles = studies.filter(pl.col("study_id").is_in(named.implode())).select(pl.coalesce("title_en", "title_zh"))
    assert sorted(row[0] for row in shown["era5"].rows) == sorted(titles.to_series().to_list())


def test_the_findings_are_headings_of_the_study(shown: dict[str, Shown], built: Path) -> None:
    studies = pl.read_parquet(built / parquet_path("studies")).to_dicts()
    conclusions = {row["title_en"] or row["title_zh"]: row["conclusions"] or row["body"] for row in studies}
    for study, findings in shown["era5"].rows:
        for finding in findings.split("; "):
            assert finding in conclusions[study]


def test_depths_are_given_in_kilometres(shown: dict[str, Shown]) -> None:
    """Read in the documents: the focus of the Chignik earthquake, olivine under cratonic margins, the Semidi slip."""
    rows = {printed: (float(lower), float(upper)) for lower, upper, printed, _ in shown["depths"].rows}
    assert rows["32.2 km"] == (32.2, 32.2)
    assert rows["160–190 km"] == (160, 190)
    assert rows["13~20 km"] == (13, 20)


def test_no_resolution_or_distance_counts_as_a_depth(built: Path) -> None:
    tables = {path.stem: pq.read_table(path) for path in (built / "dataset" / "parquet").iterdir()}
    (answer,) = answers([question for question in read_questions() if question.name == "depths"], tables)
    printed = {row[2] for row in answer.rows}
    assert "100-400 米" in printed
    assert not {"0.25°", "5m", "1 cm", "约30公里", "207 km", "约 25 km"} & printed


def test_accuracies_come_with_their_method(shown: dict[str, Shown]) -> None:
    methods = {printed: method for _, printed, method, *_ in shown["accuracies"].rows}
    assert methods["97.25%"] == "XGBoost"
    assert methods["66.66%"] == methods["75%"] == "Artificial neural network"
    assert {"0.821", "0.98", "85.2%"} <= methods.keys()


def test_the_glossary_entry_of_sse(shown: dict[str, Shown]) -> None:
    assert shown["sse"].rows[0][:3] == ["SSE", "慢滑事件", "slow slip event"]


def test_tables_without_rows_have_answers_without_rows(schemas: tuple[TableSchema, ...]) -> None:
    empty = {schema.name: arrow_table(schema, ()) for schema in schemas}
    assert [answer.rows for answer in answers(read_questions(), empty)] == [()] * len(QUESTIONS)


def test_a_long_answer_says_how_many_rows_it_leaves_out() -> None:
    question = Question("numbers", "Which numbers?", "", "SELECT n, 'a|b' AS text FROM range(17) t(n) ORDER BY n")
    (answer,) = answers([question], {})
    lines = markdown(answer).splitlines()
    assert lines[:3] == ["| n | text |", "| ---: | --- |", "| 0 | a&#124;b |"]
    assert lines[-3:] == ["| 14 | a&#124;b |", "", "… and 2 more."]


def test_an_answer_without_rows_keeps_its_header() -> None:
    assert markdown(Answer(Question("none", "", "", ""), ("a", "b"), ())) == "| a | b |\n| --- | --- |"
