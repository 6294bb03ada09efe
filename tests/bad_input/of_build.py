"""What `geodigest build` is given: the manifest, the seeds and the schema; what is curated is in `of_curation`."""

import re
import shutil

from geodigest.wording import place
from tests.bad_input.case import (
    Case,
    Make,
    Taken,
    both,
    folder_instead,
    link_to_nothing,
    nothing,
    pipe_instead,
    redone,
    remove,
    replaced,
    restated,
    write,
)
from tests.bad_input.group import Group
from tests.bad_input.of_curation import BUILD, CORRECTIONS, CURATION, DECISIONS, ENTITIES, GAPS, WORDS
from tests.bad_input.places import BULLETIN, LITERATURE, columns, digest, seed, sources

MANIFEST = "clone/seeds/manifest.toml"
SEED = "clone/seeds/bulletin.txt"
TABLE = "clone/seeds/table.txt"
STUDIES = "clone/schema/studies.json"

_FIELDS = "document_id, issue, kind, language, path, publisher, sha256, title_en, title_zh"
_LISTED = "[" + ", ".join(repr(name) for name in _FIELDS.split(", ")) + "]"


def _undecided(content: str | bytes) -> Make:
    """The seed with this content, and nothing decided about it."""
    return both(seed(content), remove(DECISIONS), remove(CORRECTIONS), remove(GAPS))


_FOLDER = (
    Case(
        "`--root` names no folder",
        nothing,
        "build --root nowhere",
        "error: nowhere: there is no such folder; give the folder with seeds/ and schema/",
    ),
    Case(
        "`--root` names a file",
        nothing,
        f"build --root {MANIFEST}",
        f"error: {MANIFEST}: this is not a folder; give the folder with seeds/ and schema/",
    ),
    Case(
        "`--root` is empty, as an unset variable of a shell is",
        nothing,
        "build --root ''",
        "Invalid value for '--root': a path is empty; give \".\" for this folder",
        2,
    ),
)

_MANIFEST = tuple(
    Case(given, make, BUILD, f"error: {told}")
    for given, make, told in (
        (
            "no manifest",
            remove(MANIFEST),
            f"{MANIFEST}: there is no such file; write a manifest, with a [[seed]] for each document",
        ),
        (
            "a folder in the manifest's place",
            folder_instead(MANIFEST),
            f"{MANIFEST}: this is a folder, not a file; give a file",
        ),
        ("an empty manifest", write(MANIFEST, ""), f"{MANIFEST}: no seed is listed; add a [[seed]] to it"),
        (
            "a manifest in UTF-16",
            redone(MANIFEST, lambda content: content.decode().encode("utf-16")),
            f"{MANIFEST}:1:1: byte 0 is not UTF-8; the file is UTF-16, save it as UTF-8",
        ),
        (
            "a manifest in GB 18030",
            redone(MANIFEST, lambda content: content.decode().encode("gb18030")),
            f"{MANIFEST}:4:13: byte 64 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
        ),
        (
            "a manifest that is not TOML",
            replaced(MANIFEST, '"快报"', "快报"),
            f"{MANIFEST}:4:12: this is not TOML: Invalid value; mend it there",
        ),
        (
            "`[seed]` in place of `[[seed]]`",
            write(MANIFEST, '[seed]\ndocument_id = "bulletin"\n'),
            f"{MANIFEST}: seed is no list of entries; begin each with [[seed]]",
        ),
        (
            "an unknown field",
            replaced(MANIFEST, "language", 'colour = "red"\nlanguage'),
            f"{MANIFEST}:1: seed 1: unknown ['colour']; the fields are {_LISTED}",
        ),
        (
            "a field that is missing",
            replaced(MANIFEST, 'language = "zh"\n', ""),
            f"{MANIFEST}:1: seed 1: missing ['language']; state each as the document prints it",
        ),
        (
            "a field of another type",
            replaced(MANIFEST, 'language = "zh"', "language = 1"),
            f"{MANIFEST}:1: seed 1: not a text: ['language']; put the value in quotes",
        ),
        (
            "an unknown kind of document",
            replaced(MANIFEST, 'kind = "bulletin"', 'kind = "book"'),
            f"{MANIFEST}:1: seed 1: unknown kind 'book'; the kinds are ['bulletin', 'literature_table']",
        ),
        (
            "two documents of one identifier",
            replaced(MANIFEST, 'document_id = "table"', 'document_id = "bulletin"'),
            f"{MANIFEST}:9: seed 2: the document_id bulletin stands twice; give each seed its own",
        ),
        (
            "an identifier that leaves the folder",
            replaced(MANIFEST, 'document_id = "bulletin"', 'document_id = "../../bulletin"'),
            f"{MANIFEST}:1: seed 1: the document_id is '../../bulletin'; use the letters a to z, digits and hyphens",
        ),
        (
            "a path that leaves the folder",
            replaced(MANIFEST, "seeds/bulletin.txt", "../bulletin.txt"),
            f"{MANIFEST}:1: seed 1: the path is '../bulletin.txt'; name the file after its seed, seeds/bulletin.txt",
        ),
    )
)

_STATED, _CRLF = digest(BULLETIN), BULLETIN.replace("\n", "\r\n")
_SEED = tuple(
    Case(given, make, BUILD, f"error: {told}")
    for given, make, told in (
        (
            "a seed that is missing",
            remove(SEED),
            f"{SEED}: there is no such file; restore the seed, or take its entry out of the manifest",
        ),
        ("a folder in a seed's place", folder_instead(SEED), f"{SEED}: this is a folder, not a file; give a file"),
        (
            "a named pipe in a seed's place",
            pipe_instead(SEED),
            f"{SEED}: this is a pipe or a device, not a file; give a file",
        ),
        (
            "a link to nothing in a seed's place",
            link_to_nothing(SEED),
            f"{SEED}: this links to a file that is not there; mend the link",
        ),
        ("an empty seed", _undecided(""), f"{SEED}: the file is empty; give a document with text"),
        (
            "a seed in UTF-16",
            seed(BULLETIN.encode("utf-16")),
            f"{SEED}:1:1: byte 0 is not UTF-8; the file is UTF-16, save it as UTF-8",
        ),
        (
            "a seed in GB 18030",
            seed(BULLETIN.encode("gb18030")),
            f"{SEED}:1:1: byte 0 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
        ),
        (
            "a byte that is not UTF-8",
            seed("快报\n\n概要".encode() + b"\xff"),
            f"{SEED}:3:3: byte 14 is not UTF-8; save it as UTF-8",
        ),
        (
            "a lone surrogate in three bytes",
            seed("快报 ".encode() + b"\xed\xa0\x80"),
            f"{SEED}:1:4: byte 7 is not UTF-8; save it as UTF-8",
        ),
        (
            "a null character",
            seed("快报\n\0"),
            f"{SEED}:2:1: this is not text: it has a null character; restore the file",
        ),
        (
            "line ends that Git made CR LF",
            redone(SEED, lambda content: content.replace(b"\n", b"\r\n")),
            (
                f"{SEED}: the SHA-256 is {digest(_CRLF)}, the manifest "
                f"states {_STATED}; restore its line ends: LF was made CR LF (in Git, set core.autocrlf to false)"
            ),
        ),
        (
            "a seed changed by one character",
            redone(SEED, lambda content: content.replace("快".encode(), "块".encode(), 1)),
            (
                f"{SEED}: the SHA-256 is {digest(BULLETIN.replace('快', '块', 1))}, the manifest "
                f"states {_STATED}; restore the file, or state the new digest and check every decision about the seed anew"
            ),
        ),
        (
            "a document of neither kind",
            _undecided("地震\n\n冰川\n"),
            f"{SEED}:1:1: there is no 本期概要; give an issue with its overview",
        ),
        (
            "a document of the other kind",
            _undecided(LITERATURE),
            f'{SEED}: this is a literature_table, not a bulletin; state kind = "literature_table" in the manifest',
        ),
        (
            "a digest that is missing",
            _undecided(BULLETIN.replace("\n深源地震的余震为何稀少\n", "\n别的题目\n")),
            (
                f"{SEED}:9:1: no digest bears the title '深源地震的余震为何稀少'; "
                "give the whole issue, each digest with its title as announced"
            ),
        ),
        (
            "a digest that stands twice",
            _undecided(BULLETIN + "\n" + BULLETIN[BULLETIN.rindex("深源地震的余震为何稀少") :]),
            f"{SEED}:27:1: the digest '深源地震的余震为何稀少' stands twice, first in line 21; keep one of them",
        ),
        (
            "a table with four columns",
            seed(columns(LITERATURE, 4), "table"),
            (
                f"{TABLE}:1:1: the table has 4 columns: 文章, 核心问题, 数据来源, 数据挖掘及分析方法; "
                "give one of six: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结"
            ),
        ),
        (
            "a table with seven columns",
            seed(columns(LITERATURE, 7), "table"),
            (
                f"{TABLE}:1:1: the table has 7 columns: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结, 其他; "
                "give one of six: 文章, 核心问题, 数据来源, 数据挖掘及分析方法, 结论, 总结"
            ),
        ),
        (
            "a table with a study twice",
            seed(LITERATURE + LITERATURE.split("\n\n", 1)[1], "table"),
            (
                f"{TABLE}:{LITERATURE.count(chr(10)) + 1}:1: the study '2006 年屏东近海地震双联体揭示的岩板内应力"
                "非均质性与大陆地幔断裂' stands twice, first in line 3; keep one of them"
            ),
        ),
        (
            "a table with a date of no calendar",
            seed(re.sub(r"\(20\d{6}\)", "(20250230)", LITERATURE, count=1), "table"),
            (
                f"{TABLE}:{place(LITERATURE, LITERATURE.index('(20'))}: the date (20250230) is no day of the calendar; "
                "give the day as (YYYYMMDD)"
            ),
        ),
    )
)

_SCHEMA = tuple(
    Case(given, make, BUILD, f"error: {told}")
    for given, make, told in (
        (
            "no schema",
            lambda folder: shutil.rmtree(folder / "clone" / "schema"),
            "clone/schema/package.json: there is no such file; restore the definition",
        ),
        (
            "a definition that is not JSON",
            replaced(STUDIES, "{", "{,"),
            f"{STUDIES}:1:2: this is not JSON: Expecting property name enclosed in double quotes; mend the definition",
        ),
        (
            "a definition without columns",
            restated(STUDIES, lambda stated: stated.pop("fields")),
            f"{STUDIES}: missing ['fields']; state each",
        ),
        (
            "a property of another type",
            restated(STUDIES, lambda stated: stated.update(order="second")),
            f'{STUDIES}: order is "second"; give a whole number',
        ),
        (
            "a column that is no object",
            restated(STUDIES, lambda stated: stated["fields"].insert(0, None)),
            f"{STUDIES}: field 1: this is null; give a JSON object",
        ),
        (
            "a pattern that is no regular expression",
            restated(STUDIES, lambda stated: stated["fields"][0]["constraints"].update(pattern="(")),
            (
                f"{STUDIES}: field 1: constraints: the pattern '(' is none: missing ), unterminated subpattern at "
                "position 0; mend the regular expression"
            ),
        ),
        (
            "a key of a column that there is not",
            restated(STUDIES, lambda stated: stated.update(primaryKey=["study"])),
            f"{STUDIES}: a key names studies(study); name columns that are defined",
        ),
        (
            "a changelog with a day that there is not",
            replaced("clone/CHANGELOG.md", "2026-03-01", "2026-03-41"),
            "clone/CHANGELOG.md:3: 2026-03-41 is not a date; write the date as YYYY-MM-DD",
        ),
        (
            "a folder in the changelog's place",
            folder_instead("clone/CHANGELOG.md"),
            "clone/CHANGELOG.md: this is a folder, not a file; give a file",
        ),
    )
)

_UNREADABLE = Case(
    "a seed that its user may not read",
    nothing,
    BUILD,
    f"error: {SEED}: Permission denied; give a file that can be read",
    unreadable=SEED,
)

GROUP = Group(
    "geodigest build",
    "`clone/` holds the seeds and the schema.",
    sources,
    (*_FOLDER, *_MANIFEST, *_SEED, _UNREADABLE, *CURATION, *_SCHEMA),
    (
        Taken(
            "a manifest, decisions and vocabulary as Windows saves them, with a byte order mark",
            both(
                *(
                    redone(name, lambda content: b"\xef\xbb\xbf" + content)
                    for name in (MANIFEST, DECISIONS, CORRECTIONS, GAPS, ENTITIES, WORDS)
                )
            ),
            BUILD,
            "the same tables",
            "clone/dataset/**/*.parquet",
        ),
        Taken(
            "a folder with brackets in its name",
            lambda folder: (folder / "clone").rename(folder / "clone [1]"),
            "build --root 'clone [1]'",
            "the same tables",
            "clone*/dataset/**/*.parquet",
        ),
    ),
)
