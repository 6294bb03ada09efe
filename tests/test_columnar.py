"""Columnar pages: blocks back to the columns and rows they stood in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from geodigest.reconstruct.blocks import blocks
from geodigest.reconstruct.model import Reconstruction
from geodigest.reconstruct.search import Placement
from geodigest.reconstruct.table import BEAM, learnt, placements, read_table

ROWS = [
    {
        "title_en": "Drivers of global glacial erosion rates | Nature Geoscience",
        "title_zh": "### 全球冰川侵蚀速率的 驱动因素",
        "date": "(20250807)",
        "teaser": "根据基于机器学习的 全球分析,除了冰川 速度之外,还考虑冰 川地形,可改进预测。",
        2: ["冰川侵蚀速率的主要 驱动因素是什么?"],
        3: [
            "- 1. 冰川侵蚀速率数据\n- 1) 来源: 全球文献汇编\n- 2) 用途:作为模型训练 与验证的目标变量。",
            "- 2. 气候数据\n- 1) 来源: ERA5 再分析\n- 2) 用途:作为侵蚀模型 的输入变量。",
        ],
        4: [
            "- 1. 随机森林回归\n- 1) 方法: 随机森林与梯度提升回归\n- 2) 输入: 气候与冰川变量",
            "- 2. 交叉验证\n- 1) 方法: 十折交叉验证\n- 2) 输出: 误差与不确定性",
        ],
        5: ["- 1. 降水控制侵蚀\n- 1) 发现: 降水是最强的预测变量\n- 2) 机制: 基底滑动随降水加快"],
        6: ["核心数据: 全球冰川侵蚀速率数据库", "分析方法: 随机森林回归与交叉验证", "结论价值: 改进冰川侵蚀的全球预测"],
    },
    {
        "title_en": "Formation of sulfide-rich cratonic roots by carbonated melts | Nature",
        "title_zh": "#### 由碳酸熔体形成的克 拉通边缘的大陆根",
        "date": "(20250108)",
        "teaser": "结合新的高压实验, 对全球克拉通橄榄岩 的硫含量的检查表明 碳酸盐熔体的迁移。",
        2: ["克拉通边缘为何富含 硫化物?"],
        3: [
            "- 1. 橄榄岩成分数据\n- 1) 来源: GEOROC 数据库\n- 2) 用途:约束克拉通的 硫与铜含量。",
            "- 2. 高压实验数据\n- 1) 来源: 多面砧压机实验\n- 2) 用途:测定硫在熔体 中的溶解度。",
        ],
        4: ["- 1. 高压实验\n- 1) 方法: 多面砧高压熔融实验\n- 2) 输出: 硫化物溶解度"],
        5: ["- 1. 熔体迁移硫\n- 1) 发现: 碳酸盐熔体携带硫与铜\n- 2) 机制: 熔体在边缘冷却并沉淀硫化物"],
        6: ["核心数据: 克拉通橄榄岩与高压实验", "结论价值: 解释硫化物矿床的分布"],
    },
]


def _page(row: dict[object, object]) -> str:
    parts = [str(row[name]) for name in ("title_en", "title_zh", "date", "teaser")]
    for column in range(2, 7):
        listed = row[column]
        assert isinstance(listed, list)
        parts += listed
    return "\n\n".join(parts) + "\n\n"


TABLE = "".join(_page(dict(row)) for row in ROWS)


def _placements(text: str, beam: int = BEAM) -> list[Placement]:
    found = blocks(text)
    return placements(text, found, learnt(text, found), beam)


def _cells(text: str, read: Reconstruction) -> dict[tuple[int, str], str]:
    return {
        (cell.position, cell.facet): "".join(text[piece.start : piece.end] for piece in cell.pieces)
        for cell in read.cells
    }


def test_each_row_gets_back_its_title_date_and_teaser() -> None:
    cells = _cells(TABLE, read_table(TABLE))
    for position, row in enumerate(ROWS, 1):
        english, journal = str(row["title_en"]).split(" | ")
        assert cells[position, "title_en"].strip() == english
        assert cells[position, "journal"].strip() == journal
        assert cells[position, "date"] == row["date"]
        assert cells[position, "teaser"].strip() == row["teaser"]


def test_each_block_gets_back_its_column_and_row() -> None:
    found = {(one.column, one.row): "" for one in _placements(TABLE)}
    for one in _placements(TABLE):
        found[one.column, one.row] += TABLE[one.start : one.end]
    for place, row in enumerate(ROWS):
        for column in range(2, 7):
            listed = row[column]
            assert found[column, place] == "".join(listed).replace("\n", "")


def test_the_items_of_one_list_stand_in_one_column() -> None:
    text = TABLE.replace("- 2) 机制: 基底滑动", "- 2) 来源: 基底滑动")
    where = {text[one.start : one.end]: one.column for one in _placements(text)}
    assert where["- 2) 来源: 基底滑动随降水加快"] == 5


def test_an_outline_goes_on_over_a_page_end_in_its_column() -> None:
    first, second = _page(dict(ROWS[0])), _page(dict(ROWS[1]))
    rest = "- 2) 用途:作为侵蚀模型 的输入变量。"
    text = first.replace("\n" + rest, "") + rest + "\n\n" + second
    cells = _cells(text, read_table(text))
    assert cells[1, "data_sources"].endswith("ERA5 再分析" + rest)


@settings(max_examples=8, deadline=None)
@given(st.permutations([0, 1]), st.integers(3, 20))
def test_every_character_is_placed_once_whatever_the_beam(order: list[int], beam: int) -> None:
    text = "".join(_page(dict(ROWS[i])) for i in order)
    placed = [offset for one in _placements(text, beam) for offset in range(one.start, one.end)]
    assert len(placed) == len(set(placed))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(placed)


def test_reading_twice_gives_the_same() -> None:
    assert read_table(TABLE) == read_table(TABLE)
