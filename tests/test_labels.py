"""Labels: what the vocabulary of a literature table's columns says of one."""

from geodigest.reconstruct.labels import begins_listed, summary_rank


def test_a_label_begins_with_a_character_that_some_label_begins_with() -> None:
    assert begins_listed("数")  # as in 数据类型
    assert not begins_listed("的")


def test_the_labels_of_a_summary_come_in_their_usual_order() -> None:
    labels = ["核心数据", "数据挖掘挑战", "关键技术", "数据分析方法", "建模亮点", "结论价值"]
    assert [summary_rank(label) for label in labels] == [0, 1, 2, 3, 4, 5]
    assert summary_rank("来源") is None
