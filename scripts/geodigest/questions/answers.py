"""The questions, asked of the tables: what the card shows of them is what a reader gets who copies the query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from geodigest.paths import parquet_path

QUESTIONS = ("era5", "depths", "accuracies", "sse", "most-mentioned", "ages")
"""Names of the SQL files, in the order of the card."""

SHOWN = 15
"""Rows of an answer that the card shows at most."""

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `query` is DuckDB SQL over the Parquet files, with paths from the root of the package."""

    name: str
    title: str
    note: str
    query: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what its query returns."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def read_questions() -> tuple[Question, ...]:
    """The questions of this folder: of each file the first comment is the title, the others are the note."""
    return tuple(_question(name) for name in QUESTIONS)


def answers(questions: Iterable[Question], tables: Mapping[str, pa.Table]) -> tuple[Answer, ...]:
    """The answer of each question; where a query names a Parquet file, the table that was written to it is read."""
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(parquet_path(name).as_posix(), table)
        return tuple(_answer(question, connection) for question in questions)


def markdown(answer: Answer) -> str:
    """The first `SHOWN` rows as a Markdown table, and how many more there are.

    >>> question = Question("depths", "Which depths?", "", "")
    >>> print(markdown(Answer(question, ("from_km", "printed"), ((8.0, "8~20 km"), (None, "a|b")))))
    | from_km | printed |
    | ---: | --- |
    | 8 | 8~20 km |
    |  | a&#124;b |
    """
    marks = ("---:" if _is_number(column) else "---" for column in zip(*answer.rows, strict=True))
    lines = [_line(answer.columns), _line(tuple(marks) or ("---",) * len(answer.columns))]
    lines += [_line(tuple(map(_cell, row))) for row in answer.rows[:SHOWN]]
    if len(answer.rows) > SHOWN:
        lines += ["", f"… and {len(answer.rows) - SHOWN} more."]
    return "\n".join(lines)


def _question(name: str) -> Question:
    lines = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    title, *note = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    return Question(name, title, " ".join(note), "\n".join(line for line in lines if not line.startswith("-- ")))


def _answer(question: Question, connection: duckdb.DuckDBPyConnection) -> Answer:
    found = connection.sql(question.query)
    return Answer(question, tuple(found.columns), tuple(found.fetchall()))


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value).replace("|", "&#124;").replace("\n", " ")


def _is_number(column: tuple[Value, ...]) -> bool:
    return all(value is None or isinstance(value, int | float) for value in column)
