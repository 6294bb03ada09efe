"""What the lines of a seed say of the places in them: against a reading of each line by itself."""

from hypothesis import given
from hypothesis import strategies as st

from geodigest.passages.notation import is_markup_to_line_end, leftover
from geodigest.passages.seed_lines import seed_lines

SEEDS = st.lists(st.sampled_from(["数据", "a", " ", "\t", "\n", "*", "**", "<b>", "</b>", "<br", "/>", "|"])).map(
    "".join
)


def before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


def after(text: str, at: int) -> str:
    return text[at:].split("\n", 1)[0]


@given(SEEDS, st.data())
def test_places_are_told_as_by_their_own_line(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    lines = seed_lines(text)
    head = before(text, at)
    assert lines.is_cell(at) == ("\t" in head + after(text, at))
    assert lines.begins_bold(at) == (head.endswith("<b>") or (head.endswith("**") and head.count("**") % 2 == 1))
    assert is_markup_to_line_end(text, at) == (not leftover(after(text, at)))
