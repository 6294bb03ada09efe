"""What `geodigest convert` is given: documents, what people decided about them, and a folder to write."""

from tests.bad_input.case import (
    Case,
    Taken,
    both,
    folder_instead,
    link_to_nothing,
    nothing,
    pipe_instead,
    redone,
    remove,
    write,
)
from tests.bad_input.group import Group
from tests.bad_input.places import BULLETIN, LITERATURE, columns, documents

BULLETINS = "--kind bulletin --out out"
ONE = f"convert bulletin.md {BULLETINS}"
TABLES = "convert table.md --kind literature_table --out out"
_TEXT = "give the document as text or Markdown in UTF-8; a PDF or a Word file goes through a converter first"
_SIX = "give one of six: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结"
_CURATED = tuple(f"bulletin.{kind}.csv" for kind in ("decisions", "corrections", "gaps"))
_UNDECIDED = both(*map(remove, _CURATED))
_LONG = "x" * 300 + ".md"

_CASES = (
    (
        "a file that is missing",
        nothing,
        f"convert nowhere.md {BULLETINS}",
        "nowhere.md: there is no such file; check the path",
    ),
    ("an empty file", write("bulletin.md", ""), ONE, "bulletin.md: the file is empty; give a document with text"),
    (
        "an empty folder",
        folder_instead("bulletin.md"),
        ONE,
        (
            "bulletin.md: no document is in this folder, no file in .txt or .md; "
            "give a folder with text or Markdown in UTF-8, one document per file"
        ),
    ),
    (
        "a named pipe",
        pipe_instead("bulletin.md"),
        ONE,
        "bulletin.md: this is a pipe or a device, not a file; give a file",
    ),
    (
        "`/dev/null`",
        nothing,
        f"convert /dev/null {BULLETINS}",
        "/dev/null: this is a pipe or a device, not a file; give a file",
    ),
    (
        "a link to nothing",
        link_to_nothing("bulletin.md"),
        ONE,
        "bulletin.md: this links to a file that is not there; mend the link",
    ),
    (
        "a name longer than a file can have",
        nothing,
        f"convert {_LONG} {BULLETINS}",
        f"{_LONG}: File name too long; give a file that can be read",
    ),
    (
        "a name that is too long for the files made of it",
        write(f"{'y' * 240}.md", BULLETIN),
        f"convert {'y' * 240}.md {BULLETINS}",
        (
            f"{'y' * 240}.md: the file's name gives a document_id of 240 characters: names of files made from it get too "
            "long; give it a name of at most 230"
        ),
    ),
    (
        "UTF-16",
        write("bulletin.md", BULLETIN.encode("utf-16")),
        ONE,
        "bulletin.md:1:1: byte 0 is not UTF-8; the file is UTF-16, save it as UTF-8",
    ),
    (
        "GB 18030",
        write("bulletin.md", BULLETIN.encode("gb18030")),
        ONE,
        "bulletin.md:1:1: byte 0 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
    ),
    (
        "a PDF",
        write("bulletin.md", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\xff"),
        ONE,
        f"bulletin.md:2:1: byte 9 is not UTF-8; {_TEXT}",
    ),
    (
        "a lone surrogate in three bytes",
        write("bulletin.md", "快报 ".encode() + b"\xed\xa0\x80"),
        ONE,
        f"bulletin.md:1:4: byte 7 is not UTF-8; {_TEXT}",
    ),
    (
        "a null character",
        write("bulletin.md", "快报\n\0"),
        ONE,
        f"bulletin.md:2:1: this is not text: it has a null character; {_TEXT}",
    ),
    (
        "a document of neither kind, as a bulletin",
        both(_UNDECIDED, write("bulletin.md", "地震\n")),
        ONE,
        "bulletin.md:1:1: there is no 本期概要; give an issue with its overview",
    ),
    (
        "a document of neither kind, as a table",
        write("table.md", "地震\n"),
        TABLES,
        (
            "table.md:1:1: no row begins with the title, journal and date of a paper; "
            "give a table whose first column reads `English title | Journal`, Chinese title, `(YYYYMMDD)`"
        ),
    ),
    (
        "a preface before a table",
        write("table.md", f"{'本表汇总近期论文。' * 12}\n\n{LITERATURE}"),
        TABLES,
        (
            "table.md:1:1: no row begins before this text, so it stands in no cell; "
            "take it out, or set it aside in <document_id>.decisions.csv"
        ),
    ),
    (
        "a document of the other kind",
        nothing,
        f"convert table.md {BULLETINS}",
        "table.md: this is a literature_table, not a bulletin; convert it with --kind literature_table",
    ),
    (
        "a table with four columns",
        write("table.md", columns(LITERATURE, 4)),
        TABLES,
        f"table.md:1:1: the table has 4 columns: 文章, 核心问题, 数据来源, 数据挖掘及分析方法; {_SIX}",
    ),
    (
        "a table with seven columns",
        write("table.md", columns(LITERATURE, 7)),
        TABLES,
        f"table.md:1:1: the table has 7 columns: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结, 其他; {_SIX}",
    ),
    (
        "a digest that stands twice",
        both(_UNDECIDED, write("bulletin.md", BULLETIN + "\n" + BULLETIN[BULLETIN.rindex("深源地震的余震为何稀少") :])),
        ONE,
        "bulletin.md:27:1: the digest '深源地震的余震为何稀少' stands twice, first in line 21; keep one of them",
    ),
    (
        "a document given twice",
        nothing,
        f"convert bulletin.md bulletin.md {BULLETINS}",
        "bulletin.md: this is given twice; give each document once",
    ),
    (
        "two files whose names give one identifier",
        write("Bulletin.txt", "别的"),
        f"convert bulletin.md Bulletin.txt {BULLETINS}",
        "Bulletin.txt: the name gives the document_id bulletin, as bulletin.md does; rename one of the files",
    ),
    (
        "two files with the same text",
        write("again.md", BULLETIN),
        f"convert bulletin.md again.md {BULLETINS}",
        "again.md: the text is that of bulletin.md; give each document once",
    ),
    (
        "a name without Latin letter or digit",
        write("快报.md", BULLETIN),
        f"convert 快报.md {BULLETINS}",
        "快报.md: the file's name gives no document_id: it has no Latin letter and no digit; rename it, such as bulletin-2023-11.md",
    ),
    (
        r"a name with a line feed: it is told as `\n`",
        write("a\nb.md", "地震\n"),
        rf"convert 'a\nb.md' {BULLETINS}",
        r"a\nb.md:1:1: there is no 本期概要; give an issue with its overview",
    ),
    (
        "a decision whose quotation differs",
        write("bulletin.decisions.csv", "start,end,quote,position,facet,after,reason\n0,2,快抱,,noise,,a slip\n"),
        ONE,
        "bulletin.decisions.csv:2: the document has '快报' at 0 to 2, not the quoted '快抱'; read it there and state the offsets and characters anew",
    ),
    (
        "`--out` names a file",
        nothing,
        "convert bulletin.md --kind bulletin --out table.md",
        "table.md: this is not a folder; give --out a folder",
    ),
    (
        "`--out` names a folder with other things in it",
        write("out/datapackage.json", "{}"),
        ONE,
        "out: the folder holds something other than an earlier conversion; give a new folder",
    ),
    (
        "a document that the conversion would replace",
        write("out/seeds/bulletin.txt", BULLETIN),
        f"convert out/seeds/bulletin.txt {BULLETINS}",
        "out/seeds/bulletin.txt: this is a file that the conversion replaces; keep documents outside of --out",
    ),
)

GROUP = Group(
    "geodigest convert",
    "`bulletin.md` has decisions, corrections and gaps beside it; `out/` holds an earlier conversion.",
    documents,
    (
        *(Case(given, make, command, f"error: {told}") for given, make, command, told in _CASES),
        Case(
            "a file that its user may not read",
            nothing,
            ONE,
            "error: bulletin.md: Permission denied; give a file that can be read",
            unreadable="bulletin.md",
        ),
        Case(
            "an empty path",
            nothing,
            f"convert '' {BULLETINS}",
            "Invalid value for 'PATH': a path is empty; give \".\" for this folder",
            2,
        ),
        Case(
            "`--out` is empty",
            nothing,
            "convert bulletin.md --kind bulletin --out ''",
            "Invalid value for '--out': a path is empty; give \".\" for this folder",
            2,
        ),
        Case(
            "a kind of documents that there is not",
            nothing,
            "convert bulletin.md --kind journal --out out",
            "Invalid value for '--kind': there is no 'journal'; use one of 'bulletin', 'literature_table'",
            2,
        ),
    ),
    (
        Taken(
            "a byte order mark",
            redone("bulletin.md", lambda content: b"\xef\xbb\xbf" + content),
            ONE,
            "the same tables: offsets count without it",
            "out/dataset/**/*.parquet",
        ),
        Taken(
            "CR LF at the ends of lines",
            redone("bulletin.md", lambda content: content.replace(b"\n", b"\r\n")),
            ONE,
            "the same tables: offsets count in the text with line feeds",
            "out/dataset/**/*.parquet",
        ),
        Taken(
            "decisions, corrections and gaps as a spreadsheet saves them, with a byte order mark and CR LF",
            both(
                *(redone(name, lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")) for name in _CURATED)
            ),
            ONE,
            "the same tables",
            "out/dataset/**/*.parquet",
        ),
        Taken(
            "no line feed at the end",
            redone("bulletin.md", lambda content: content.rstrip()),
            ONE,
            "the same rows, but for the number of characters",
            "out/dataset/**/passages.parquet",
        ),
        Taken(
            "a link to a document",
            both(
                lambda folder: (folder / "bulletin.md").rename(folder / "issue.txt"),
                lambda folder: (folder / "bulletin.md").symlink_to("issue.txt"),
            ),
            ONE,
            "the same tables: links are followed",
            "out/dataset/**/*.parquet",
        ),
    ),
)
