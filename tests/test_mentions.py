"""Mentions: hand-listed ones of three studies, spellings, short forms, and laws that hold of any text."""

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodigest.errors import CurationError
from geodigest.facts.mentions import find_mentions
from geodigest.facts.rows import stating
from geodigest.facts.text import PassageText
from geodigest.facts.vocabulary import Vocabulary, read_vocabulary
from tests.hand_listed import POSITIONS, listed, precision_and_recall, published

SEEDS = Path(__file__).parents[1] / "seeds"
VOCABULARY = read_vocabulary(SEEDS)


def named(*texts: str, vocabulary: Vocabulary = VOCABULARY) -> list[tuple[str, str]]:
    """Surface and name of each mention in the passages of one study."""
    passages = [PassageText(f"d/s/body/{at:04d}", "d/s", text) for at, text in enumerate(texts, 1)]
    found = find_mentions(passages, vocabulary)
    return [(each.surface, vocabulary.entities[each.entity_id].name) for each in found]


@pytest.mark.parametrize("position", POSITIONS)
def test_precision_and_recall_on_hand_listed_studies(position: int, built: Path) -> None:
    passages, places = published(built)
    found: Counter[Hashable] = Counter()
    for each in find_mentions(passages, VOCABULARY):
        entity = VOCABULARY.entities[each.entity_id]
        study, facet = places[each.passage_id]
        if study == position:
            found[facet, entity.name.casefold(), entity.type] += 1

    def key(row: Mapping[str, str | None]) -> Hashable:
        return row["facet"], (row["name"] or "").casefold(), row["type"]

    right, doubtful = listed(position, "mentions", key)
    precision, recall = precision_and_recall(found, right, doubtful)
    assert precision >= 0.90, f"invented: {dict(found - right - doubtful)}"
    assert recall >= 0.90, f"missed: {dict(right - found)}"


def test_the_longest_spelling_counts() -> None:
    assert named("ERA5-Land、ERA5 与 GRACE-FO") == [
        ("ERA5-Land", "ERA5-Land"),
        ("ERA5", "ERA5"),
        ("GRACE-FO", "GRACE-FO"),
    ]
    assert named("中国地震局地震预测研究所") == [
        ("中国地震局地震预测研究所", "Institute of Earthquake Forecasting, CEA")
    ]


@pytest.mark.parametrize(
    ("head", "study", "is_fact"),
    [
        ("四川盆地", "径流增加", True),
        ("塔里木", "塔里木盆地退出季风区", True),
        ("塔里木", "四川盆地的径流增加", False),
        ("AFT 年龄", "磷灰石裂变径迹 (AFT) 年龄", True),
        ("Mode 2(13.2%方差)", "", True),
        ("上部 1 km", "", True),
        ("三种端元模型", "", True),
        ("大气 CO₂重建数据", "", False),
        ("δ¹³C-DIC 演化", "", False),
        ("步骤 1", "", False),
        ("数据类型", "", False),
    ],
)
def test_words_before_a_colon_state_what_the_study_introduces_and_what_is_counted(
    head: str, study: str, is_fact: bool
) -> None:
    assert stating([f"{head}: 反演", study], VOCABULARY)(head) is is_fact


def test_one_entity_has_many_spellings() -> None:
    found = named("随机森林(Random Forest)", "RF 优于 K 最近邻 (KNN) 与 k 近邻 (k-NN)")
    assert Counter(name for _, name in found) == {"Random forest": 3, "k-nearest neighbours": 4}


@pytest.mark.parametrize("text", ["ERA51", "XERA5", "R²=0.82", "SO₄²⁻", "GC-101", "Adams"])
def test_parts_of_latin_words_are_no_mentions(text: str) -> None:
    assert named(text) == []


def test_blanks_beside_chinese_do_not_matter() -> None:
    assert named("X射线衍射") == [("X射线衍射", "X-ray diffraction")]
    assert named("X 射线 衍射") == [("X 射线 衍射", "X-ray diffraction")]


def test_short_forms_count_only_where_the_study_introduces_them() -> None:
    assert named("SO 与 EP") == []
    assert named("SO (南大洋)", "仅 SO") == [
        ("SO", "Southern Ocean"),
        ("南大洋", "Southern Ocean"),
        ("SO", "Southern Ocean"),
    ]
    passages = [PassageText("d/a/body/0001", "d/a", "南大洋"), PassageText("d/b/body/0001", "d/b", "SO")]
    assert [each.surface for each in find_mentions(passages, VOCABULARY)] == ["南大洋"]


def test_a_list_introduces_its_members() -> None:
    assert ("R", "R") in named("使用 QGIS 和 R 进行空间叠加分析")
    assert ("R", "R") not in named("QGIS 得到的 R 值")
    assert ("CABLE", "CABLE") in named("陆面过程模型 (如 CLM5.0, MATSIRO6, CABLE 等)")


def test_expressions_that_only_hold_a_spelling_are_no_mentions() -> None:
    assert named("印度洋") == []


def test_every_spelling_is_found_as_its_entity() -> None:
    for spelling in VOCABULARY.spellings:
        if spelling.counts == "always":
            assert spelling.entity_id is not None
            assert (spelling.text, VOCABULARY.entities[spelling.entity_id].name) in named(f"用 {spelling.text} 时")


def test_the_vocabulary_is_whole() -> None:
    spelled = {spelling.entity_id for spelling in VOCABULARY.spellings}
    assert set(VOCABULARY.entities) <= spelled
    assert all(entity.description for entity in VOCABULARY.entities.values())


PIECES = st.sampled_from(
    [spelling.text for spelling in VOCABULARY.spellings] + ["的", "、", " ", "(", ")", "和", "R", "x"]
)


@given(st.lists(PIECES, max_size=12))
def test_mentions_are_stretches_of_the_text_without_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for each in find_mentions([PassageText("d/s/body/0001", "d/s", text)], VOCABULARY):
        assert each.start >= end
        assert text[each.start : each.end] == each.surface
        assert each.surface == each.surface.strip()
        end = each.end


@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=8))
def test_studies_do_not_touch_one_another(one: list[str], other: list[str]) -> None:
    first = PassageText("d/a/body/0001", "d/a", "".join(one))
    second = PassageText("d/b/body/0001", "d/b", "".join(other))
    apart = (*find_mentions([first], VOCABULARY), *find_mentions([second], VOCABULARY))
    assert find_mentions([first, second], VOCABULARY) == apart


@pytest.mark.parametrize(
    ("entities", "spellings", "message"),
    [
        ("a,A,planet,,x", "a,A,always", "entities.csv:2: type is 'planet'"),
        ("a,A,model,,x\na,B,model,,x", "a,A,always", "entities.csv:3: entity_id 'a' is not new"),
        ("a,A,model,,x", "b,B,always", "spellings.csv:2: 'B' always names 'b'"),
        ("a,A,model,,x", "a,A,always\na,A,introduced", "spellings.csv:3: 'A' stands twice"),
        ("a,A,model,,x", "a,A,often", "spellings.csv:2: counts is 'often'"),
        ("a,A,model", "a,A,always", "entities.csv:2: the row has 3 values; give 5"),
    ],
)
def test_errors_of_the_vocabulary_say_where(entities: str, spellings: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "entities.csv").write_text(f"entity_id,name,type,name_zh,description\n{entities}\n", encoding="utf-8")
    (tmp_path / "spellings.csv").write_text(f"entity_id,spelling,counts\n{spellings}\n", encoding="utf-8")
    with pytest.raises(CurationError, match=r".") as error:
        read_vocabulary(tmp_path)
    assert message in str(error.value)
