"""What the notation rules make of the markup and the page ends of a bulletin."""

from collections.abc import Sequence

import pytest

from geodigest.passages.blanks import spaced
from geodigest.passages.notation import read
from geodigest.reconstruct.model import Span


def published(*lines: str) -> str:
    """Printed lines of a seed, each a piece of its own, as one text."""
    text = "\n\n".join(lines)
    starts = [sum(len(line) + 2 for line in lines[:index]) for index in range(len(lines))]
    pieces = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    return spaced(read(text, pieces, ())).text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (r"每个 $5\text{ km} \times 5\text{ km} \times 5\text{ km}$ 单元格", "每个 5 km × 5 km × 5 km 单元格"),
        (r"($9 \text{ km} \times 9 \text{ km}$) 天气预报", "(9 km × 9 km) 天气预报"),
        (r"在 $2048 \text{ km} \times 2048 \text{ km}$ 区域上", "在 2048 km × 2048 km 区域上"),
        (r"边缘 $15 \times 60 \text{ km}^2$ 的区域", "边缘 15 × 60 km² 的区域"),
        (r"($30^{\circ} E \sim 42^{\circ} E$, $108^{\circ} N$)", "(30° E ~ 42° E, 108° N)"),
        ("年度最大震级 M_{max} ，预测率达 75%", "年度最大震级 Mₘₐₓ，预测率达 75%"),
        ("累积能量、 b 值、地震次数", "累积能量、b 值、地震次数"),
        ("映射（**optimal transport map**）作为", "映射（optimal transport map）作为"),
        ("即 **Pāpaku** 海山", "即 Pāpaku 海山"),
        ("Wei M, *et al.* A shallow event", "Wei M, et al. A shallow event"),
        ("- Bauer, P. *Nature*, *619*(7970), 47–55.", "Bauer, P. Nature, 619(7970), 47–55."),
        ("47–55. <https://doi.org/10.1038/nature14956>.", "47–55. https://doi.org/10.1038/nature14956."),
        ("使用 -1 来表示海底沉降", "使用 -1 来表示海底沉降"),
        ("在 5 ~ 7 天时, 深度 8~20 km", "在 5 ~ 7 天时, 深度 8~20 km"),
        ("3300 in³ (立方英寸) 的地震源", "3300 in³ (立方英寸) 的地震源"),
    ],
)
def test_markup(printed: str, expected: str) -> None:
    assert published(printed) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("包括 b 值、地震空", "区、地震带"), "包括 b 值、地震空区、地震带"),
        (("(Aminzadeh et al.,", "1994) 收集"), "(Aminzadeh et al., 1994) 收集"),
        (("俯冲带 Semidi 段", "2018 年发生的慢滑事件"), "俯冲带 Semidi 段 2018 年发生的慢滑事件"),
        (("随着预报时效的增加，", "Pangu-Weather 的优势"), "随着预报时效的增加，Pangu-Weather 的优势"),
        (("执行 6 小时预测", "模型 1 次"), "执行 6 小时预测模型 1 次"),
        (("533–538.", "<https://doi.org/10.1038/x>"), "533–538. https://doi.org/10.1038/x"),
    ],
)
def test_page_ends(lines: Sequence[str], expected: str) -> None:
    assert published(*lines) == expected
