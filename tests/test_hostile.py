"""Documents that nobody writes are converted, or refused in one line, and never end in an error of Python's."""

from __future__ import annotations

import pyarrow as pa
import pytest

from geodigest.convert import convert
from geodigest.errors import SeedError
from geodigest.seeds import DocumentKind
from geodigest.tabular.checks import check_spans, check_tables
from tests.conversion_laws import CURATION, SCHEMAS, document
from tests.corpora import KINDS, TABLE, issue
from tests.hostile import DOCUMENTS, STRETCHES, amid

LENGTH = 2_200
"""Enough for more levels, brackets and cells than Python's stack has room for."""
TITLES = {
    "bulletin": [digest.title for digest in issue()[:2]],
    "literature_table": [study.title_zh for study in TABLE[:2]],
}
REFUSED = {"a title that never comes": "no digest bears the title '慢滑'"}


def _converted(kind: DocumentKind, text: str) -> dict[str, pa.Table]:
    """The tables of the text; its spans cover it without gap or overlap."""
    tables = convert(text, document(text, kind).seed, CURATION)
    check_spans(tables["documents"], tables["spans"])
    return tables


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STRETCHES)
def test_the_studies_around_a_stretch_are_read(name: str, kind: DocumentKind) -> None:
    tables = _converted(kind, amid(kind, STRETCHES[name](LENGTH)))
    check_tables(SCHEMAS, tables)
    titles = tables["studies"]["title_zh"].to_pylist()
    assert [title.replace(" ", "") for title in titles] == [title.replace(" ", "") for title in TITLES[kind]]


@pytest.mark.parametrize("name", ["studies in a grid", "digests", "an overview without an end"])
def test_short_studies_are_told_apart(name: str) -> None:
    kind, text = DOCUMENTS[name]
    given = text(LENGTH)
    titles = _converted(kind, given)["studies"]["title_zh"].to_pylist()
    assert len(titles) == given.count("(20250101)" if kind == "literature_table" else "、慢滑")
    assert {title[:2] for title in titles} == {"慢滑"}


def test_studies_in_one_line_are_told_apart() -> None:
    kind, text = DOCUMENTS["studies in one line"]
    assert _converted(kind, text(LENGTH))["studies"].num_rows == text(LENGTH).count("(20250101)")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why(name: str) -> None:
    kind, text = DOCUMENTS[name]
    with pytest.raises(SeedError, match=REFUSED[name]):
        _converted(kind, text(LENGTH))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STRETCHES)
def test_a_stretch_alone_is_refused(name: str, kind: DocumentKind) -> None:
    with pytest.raises(SeedError):
        _converted(kind, STRETCHES[name](LENGTH))
