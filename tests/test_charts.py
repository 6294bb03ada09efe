"""The charts: the same bytes for the same rows, and every row in them."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from geodigest.loading import load_arrow, table_schemas
from geodigest.paths import image_path
from geodigest.questions.answers import Answer, Question, answers, read_questions
from geodigest.questions.charts import BLUE, CHARTS, ORANGE, draw
from tests.clones import REPOSITORY

SVG = "{http://www.w3.org/2000/svg}"


def answer(name: str, *rows: tuple[str | int | float | bool, ...]) -> Answer:
    """An answer of these rows to the question of this name."""
    return Answer(Question(name, "", "", ""), (), rows)


def labels(svg: bytes) -> list[str]:
    """What is written in a chart: Matplotlib states it beside the outlines of the letters."""
    return [label.strip() for label in re.findall(r"<!--(.*?)-->", svg.decode("utf-8"), re.DOTALL)]


MENTIONS = answer("most-mentioned", ("Random forest", "method", 19, 6), ("ERA5", "dataset", 10, 1))
AGES = answer(
    "ages",
    ("Young volcanoes", 0.01, 0.2, True),
    ("Old crust", 4400.0, 4400.0, True),
    ("Old crust", 100.0, 100.0, False),
    ("Rising plateau", 0.0, 50.0, True),
)


def test_bars_are_as_long_as_their_numbers_and_coloured_by_type() -> None:
    svg = draw(MENTIONS)
    bars = {colour: _widths(svg, colour)[0] for colour in (BLUE, ORANGE)}
    assert bars[BLUE] / bars[ORANGE] == pytest.approx(19 / 10, rel=1e-4)
    written = labels(svg)
    assert written.index("Random forest") < written.index("ERA5")
    assert {"19", "in 6 studies", "10", "in 1 study"} <= set(written)


def test_studies_stand_in_the_order_of_their_oldest_age() -> None:
    written = labels(draw(AGES))
    places = [written.index(study) for study in ("Old crust", "Rising plateau", "Young volcanoes")]
    assert places == sorted(places)
    assert {"10 kyr", "1 Myr", "10 Gyr"} <= set(written)


@pytest.mark.parametrize("drawn", [MENTIONS, AGES], ids=lambda each: each.question.name)
def test_the_same_rows_give_the_same_bytes_without_a_date(drawn: Answer) -> None:
    svg = draw(drawn)
    assert svg == draw(drawn)
    assert b"dc:date" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_nothing_is_drawn(name: str) -> None:
    assert ET.fromstring(draw(answer(name))).tag == f"{SVG}svg"


@pytest.mark.filterwarnings("error:Glyph")  # a letter that the font lacks
@pytest.mark.parametrize("name", CHARTS)
def test_the_published_chart_shows_the_published_tables(name: str) -> None:
    tables = {schema.name: load_arrow(schema.name) for schema in table_schemas()}
    (answered,) = answers([each for each in read_questions() if each.name == name], tables)
    svg = (REPOSITORY / image_path(name)).read_bytes()
    assert svg == draw(answered)
    starts = {str(row[0])[:20] for row in answered.rows}
    assert starts <= {label[:20] for label in labels(svg)}


@pytest.mark.parametrize("name", CHARTS)
def test_the_card_shows_the_chart(name: str, built: Path) -> None:
    assert f"]({image_path(name).as_posix()})" in (built / "README.md").read_text(encoding="utf-8")


def _widths(svg: bytes, colour: str) -> list[float]:
    """Widths of the filled shapes of a colour, in points."""
    found = []
    for path in ET.fromstring(svg).iter(f"{SVG}path"):
        if f"fill: {colour}" in path.get("style", ""):
            across = [float(number) for number in re.findall(r"[ML] ([\d.]+) ", path.get("d", ""))]
            found.append(max(across) - min(across))
    return found
