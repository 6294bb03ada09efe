"""The notes that go with the CSV files for Excel, in English and Chinese, with what was counted in the tables."""

import re
from collections.abc import Iterable, Mapping

LONGEST = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds."""

_NUMBER = re.compile(r"[+-]?[0-9.]+(?:e[+-]?[0-9]+)?", re.IGNORECASE)

_NOTES = """\
These files are for reading in Excel: UTF-8 with a byte order mark, a row ends with CR LF.
Data for programs are in the archives -csv, -parquet and in the SQLite file.

What Excel makes of a cell when a CSV file is opened by a double click, and what this file cannot prevent:
- A text that looks like a date or a number becomes one: the pages 1-8 of a reference become a day in January.
  To keep every cell as it is: Data > From Text/CSV > Transform Data, and set the columns to Text.
- A text that begins with = + - or @ is tried as a formula; where it is none, Excel shows the text or #NAME?, and
  leaves a lone sign. {signs:,} cells that are no numbers begin so. Texts that Excel would run (a function, a link to
  a program) have an apostrophe before them: {formulas:,} cells.
- A cell holds {limit:,} characters. The longest here has {longest:,}; longer than that are {cut:,} cells.
- Where the list separator of Windows is a semicolon, open the file by Data > From Text/CSV and choose the comma.

这些文件供在 Excel 中阅读：UTF-8 编码，带字节顺序标记（BOM），行末为 CR LF。
程序请使用 -csv、-parquet 压缩包或 SQLite 文件。

双击打开 CSV 时 Excel 会改动单元格，文件本身无法避免：
- 像日期或数字的文本会被转换：参考文献页码 1-8 会变成 1 月 8 日。
  如需原样保留：数据 > 从文本/CSV > 转换数据，将各列设为“文本”。
- 以 = + - @ 开头的文本会被当作公式尝试；不是公式的，Excel 显示原文或 #NAME?；单独一个符号保留原样。
  共 {signs:,} 个非数字单元格以这些符号开头。
  Excel 会执行的文本（函数、外部程序链接）前加了单引号：{formulas:,} 个单元格。
- 一个单元格最多容纳 {limit:,} 个字符。最长的有 {longest:,} 个；超出的有 {cut:,} 个单元格。
- 若系统的列表分隔符为分号，请用“数据 > 从文本/CSV”打开并选择逗号。
"""


def excel_notes(tables: Mapping[str, Iterable[Iterable[str]]], formulas: int) -> str:
    """The notes, with the counts of these tables.

    Args:
        tables: rows of cells by table.
        formulas: how many cells have an apostrophe before them.
    """
    cells = [cell for rows in tables.values() for row in rows for cell in row]
    lengths = [len(cell.encode("utf-16-le")) // 2 for cell in cells]
    return _NOTES.format(
        signs=sum(cell.startswith(("=", "+", "-", "@")) and not _NUMBER.fullmatch(cell) for cell in cells),
        formulas=formulas,
        limit=LONGEST,
        longest=max(lengths),
        cut=sum(length > LONGEST for length in lengths),
    )
