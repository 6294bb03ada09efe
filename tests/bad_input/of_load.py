"""What `geodigest.load` is given, and the files of the package that it reads."""

import shutil
from pathlib import Path

from geodigest.paths import parquet_path
from tests.bad_input.case import Case, folder_instead, nothing, pipe_instead, redone, remove, write
from tests.bad_input.group import Group
from tests.bad_input.places import installed

LOAD = 'geodigest.load("figures")'
FILE = f"package/{parquet_path('figures').as_posix()}"
_BROKEN = f"{FILE}: this is no whole Parquet file of the table; run `geodigest build`, or install geodigest again"
_UNBUILT = f"{FILE}: the table figures is not built; run `geodigest build`"


def _other_table(folder: Path) -> None:
    shutil.copy(folder / "package" / parquet_path("studies"), folder / FILE)


def _as(form: str, *rest: str) -> str:
    return f"geodigest.load({', '.join([chr(34) + 'figures' + chr(34), f'as_={chr(34)}{form}{chr(34)}', *rest])})"


_CASES = (
    (
        "a table that there is not",
        nothing,
        'geodigest.load("figure")',
        "geodigest: there is no table 'figure'; did you mean 'figures'?",
    ),
    (
        "a number in place of a table's name",
        nothing,
        "geodigest.load(3)",
        (
            "geodigest: there is no table 3; use one of 'documents', 'studies', 'passages', 'figures', 'references', "
            "'equations', 'quantities', 'terms', 'entities', 'mentions', 'corrections', 'gaps', 'spans'"
        ),
    ),
    (
        "a form that there is not",
        nothing,
        _as("panda"),
        "geodigest.load: there is no form 'panda'; did you mean 'pandas'?",
    ),
    (
        "a column that there is not",
        nothing,
        'geodigest.load("figures", columns=["captoin"])',
        "geodigest.load: the table figures has no column 'captoin'; did you mean 'caption'?",
    ),
    (
        "a condition on a value of another type",
        nothing,
        'geodigest.load("figures", where=[("caption", "=", 3)])',
        "geodigest.load: caption = 3: the column is of type string; give a str",
    ),
    *(
        (
            "a condition on a text with a lone surrogate",
            nothing,
            _as(form, rf'where=[("caption", "{compared}", {value})]'),
            rf"geodigest.load: caption {compared} '\ud800': a lone surrogate is no character; leave it out",
        )
        for form in ("arrow", "polars", "duckdb")
        for compared, value in (("=", r'"\ud800"'), ("in", r'["a", "\ud800"]'))
    ),
    ("a table that was not built", remove(FILE), LOAD, _UNBUILT),
    ("a folder in the file's place", folder_instead(FILE), LOAD, _UNBUILT),
    ("a named pipe in the file's place", pipe_instead(FILE), LOAD, _UNBUILT),
    *(("an empty file", write(FILE, ""), _as(form), _BROKEN) for form in ("arrow", "pandas", "polars", "duckdb")),
    *(
        ("a file that is cut off", redone(FILE, lambda content: content[:-9]), _as(form), _BROKEN)
        for form in ("arrow", "polars", "duckdb")
    ),
    *(
        ("a file of another table", _other_table, _as(form, 'columns=["caption"]'), _BROKEN)
        for form in ("arrow", "polars", "duckdb")
    ),
)

GROUP = Group(
    "geodigest.load",
    "In Python: a `GeoDigestError`. `package/` is where the installed package lies.",
    installed,
    tuple(Case(given, make, command, told) for given, make, command, told in _CASES),
)
