"""Whatever is converted keeps the laws of `tests/conversion_laws.py`, or is refused with the place that is at fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from geodigest.collection import concatenated
from geodigest.corpora.document import converted
from geodigest.corpora.package import convert_files
from geodigest.documents import read_documents
from geodigest.errors import SeedError
from geodigest.passages.blanks import spaced
from geodigest.passages.notation import read, resolved
from geodigest.passages.traced import Traced, each_alone
from geodigest.paths import parquet_path
from geodigest.reconstruct.model import Span
from geodigest.seeds import DocumentKind
from tests.bulletin_printer import printed_bulletin
from tests.conversion_laws import CURATION, lawful_tables
from tests.corpora import KINDS, TABLE, issue
from tests.fuzz.inputs import BEGINNINGS, given_text, kept, words
from tests.printer import LAYOUTS, printed

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
"""Text of Unicode: surrogates are no characters, and no file in UTF-8 has them."""
SIGNS = st.sampled_from(
    [*words(), "e\u0301", "\u1112\u1161\u11ab", "\u0344", "\u2028", "\u3000", "\x00", "=", "\u0338"]
)


@cache
def short_document(kind: DocumentKind) -> str:
    """A page of a document of one study, so that a law is soon tried."""
    if kind == "bulletin":
        return printed_bulletin(issue()[:1], Random(1))[:1200]
    return printed(TABLE[:1], LAYOUTS, Random(1)).text[:1200]


@st.composite
def texts(draw: st.DrawFn, kind: DocumentKind) -> str:
    """Words of both kinds of document and any characters, alone, below a study's beginning, or amid a document."""
    noise = draw(st.lists(SIGNS | ANY, max_size=30).map("".join))
    around = draw(st.sampled_from(["", BEGINNINGS[kind], short_document(kind)]))
    at = draw(st.integers(0, len(around)) | st.just(len(around)))
    return around[:at] + noise + around[at:]


@pytest.mark.parametrize(("kind", "name"), [(kind, path.name) for kind in KINDS for path in kept(kind)])
def test_what_broke_a_law_once_keeps_it(kind: DocumentKind, name: str) -> None:
    (path,) = (each for each in kept(kind) if each.name == name)
    lawful_tables(given_text(path.read_bytes(), kind), kind)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_any_text_is_converted_by_the_laws_or_refused(kind: DocumentKind, data: st.DataObject) -> None:
    lawful_tables(data.draw(texts(kind)), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_beginning_is_a_document(kind: DocumentKind) -> None:
    """Else the laws would be tried on texts that are refused."""
    tables = lawful_tables(f"{BEGINNINGS[kind]}正文 5 km。", kind)
    assert tables is not None
    assert tables["quantities"]["surface"].to_pylist() == ["5 km"]


@pytest.mark.parametrize("kind", KINDS)
@given(order=st.permutations(range(2)), noise=st.lists(SIGNS, max_size=6).map("".join))
@settings(deadline=None, max_examples=4)
def test_documents_together_give_what_each_gives_alone(kind: DocumentKind, order: list[int], noise: str) -> None:
    given_texts = [short_document(kind) + "。", f"{BEGINNINGS[kind]}冲绳海槽 5 km。{noise}"]
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"document-{number}.txt" for number in order]
        for file, number in zip(files, order, strict=True):
            file.write_text(given_texts[number], encoding="utf-8", newline="")
        try:
            alone = concatenated([converted(each, CURATION).tables for each in read_documents(files, kind)])
        except SeedError:  # the law is of documents that can be converted
            reject()
        convert_files(files, kind, Path(folder) / "out")
        together = {name: pq.read_table(Path(folder) / "out" / parquet_path(name)) for name in alone}
    assert {name: table.to_pylist() for name, table in together.items()} == {
        name: table.to_pylist() for name, table in alone.items()
    }


@given(st.lists(SIGNS | ANY, max_size=20).map("".join))
@settings(deadline=None)
def test_clean_text_is_cleaned_to_itself(text: str) -> None:
    """A `$` apart: one that opens nothing stays, and may open something in the clean text."""
    clean = spaced(read(text.replace("$", ""), [Span(0, len(text.replace("$", "")))], ())).text
    again = spaced(resolved(Traced(clean, each_alone(0, len(clean))))).text
    assert again == clean


def test_a_passage_may_hold_a_thousand_quantities() -> None:
    tables = lawful_tables(f"{BEGINNINGS['bulletin']}深度{'为 5 km、' * 1000}。", "bulletin")
    assert tables is not None
    assert tables["quantities"]["quantity_id"].to_pylist()[-1] == "given/study-1/body/0001/q1000"
