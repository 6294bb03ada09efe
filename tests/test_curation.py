"""What people decided about a seed, read from the files beside it; a file that does not fit is refused in its line."""

from pathlib import Path

import pytest

from geodigest.curation import Curation, read_curation
from geodigest.errors import CurationError
from geodigest.reconstruct.model import Correction, Gap
from geodigest.seeds import Seed

TEXT = "慢滑事件\n来源: GNSS\n深度 10 k m\n"
HEADS = {
    "decisions": "start,end,quote,position,facet,after,reason",
    "corrections": "start,end,original,corrected,kind,note",
    "gaps": "position,facet,kind,offset,quote,note",
}


@pytest.fixture
def seed(tmp_path: Path) -> Seed:
    """A seed without anything decided about it."""
    return Seed("slow-slip", "bulletin", "慢滑事件", "zh", tmp_path / "slow-slip.txt", "")


def _write(seed: Seed, kind: str, *rows: str) -> None:
    path = seed.path.with_name(f"{seed.document_id}.{kind}.csv")
    path.write_text("\n".join([HEADS[kind], *rows]) + "\n", encoding="utf-8")


def test_files_that_are_missing_say_nothing(seed: Seed) -> None:
    assert read_curation(seed, TEXT) == Curation()


def test_every_file_is_read(seed: Seed) -> None:
    _write(seed, "decisions", '5,13,来源: GNSS,1,body,,"the cell begins here"', "0,4,慢滑事件,,noise,,scrap")
    _write(seed, "corrections", "20,23,k m,km,spacing,")
    _write(seed, "gaps", "1,body,broken_off,23,m,the sentence stops", "1,abstract,missing_facet,,,nothing there")
    read = read_curation(seed, TEXT)
    assert [(one.start, one.position, one.facet, one.after) for one in read.decisions] == [
        (5, 1, "body", None),
        (0, None, "noise", None),
    ]
    assert read.decisions[1].where.endswith("slow-slip.decisions.csv:3")
    assert read.corrections == (Correction(20, 23, "k m", "km", "spacing", ""),)
    assert read.gaps == (
        Gap(1, "body", "broken_off", 23, "the sentence stops"),
        Gap(1, "abstract", "missing_facet", None, "nothing there"),
    )


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        ("decisions", "5,13,来源:GNSS,1,body,,x", r"decisions\.csv:2: the document has '来源: GNSS' at 5 to 13, not"),
        ("decisions", "five,13,来源: GNSS,1,body,,x", r"decisions\.csv:2: start is 'five'; give a whole number"),
        ("decisions", "20,99,k m,1,body,,x", r"decisions\.csv:2: 20 to 99 is no stretch of the document, which"),
        ("corrections", "20,23,k m,km,blanks,", r"corrections\.csv:2: kind is 'blanks'; use one of glyph, break"),
        ("corrections", "20,23,k m,km", r"corrections\.csv:2: the row has 4 values; give 6, in quotes where"),
        ("gaps", "1,body,lost,23,m,x", r"gaps\.csv:2: kind is 'lost'; use one of missing_facet"),
        ("gaps", "1,body,broken_off,23,k,x", r"gaps\.csv:2: the document has 'm' at 22 to 23, not .* at 20 to 21"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(kind: str, row: str, said: str, seed: Seed) -> None:
    _write(seed, kind, row)
    with pytest.raises(CurationError, match=said):
        read_curation(seed, TEXT)


def test_other_columns_are_refused(seed: Seed) -> None:
    path = seed.path.with_name("slow-slip.gaps.csv")
    path.write_text("position,facet\n", encoding="utf-8")
    with pytest.raises(CurationError, match=r"gaps\.csv:1:1: the columns are position,facet; use position,facet,kind"):
        read_curation(seed, TEXT)


def test_the_line_of_a_row_is_where_it_begins(seed: Seed) -> None:
    _write(seed, "gaps", '1,body,broken_off,,,"two\nlines"', "1,body,lost,,,x")
    with pytest.raises(CurationError, match=r"gaps\.csv:4: kind is 'lost'"):
        read_curation(seed, TEXT)


def test_a_file_in_another_encoding_is_refused_with_its_line(seed: Seed) -> None:
    path = seed.path.with_name("slow-slip.gaps.csv")
    path.write_bytes(b"position,facet,kind,offset,quote,note\n1,body,lost_lines,,,caf\xe9\n")
    with pytest.raises(CurationError, match=r"gaps\.csv:2:24: byte 61 is not UTF-8; save it as UTF-8"):
        read_curation(seed, TEXT)
