"""The values of a column, held to the rules of its definition by Arrow's vectorised functions.

Every validator of ours stands on these: a rule means the same in pandas, in Polars and in the command.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from geodigest.tabular.arrow import ARROW_TYPES, arrow_values
from geodigest.tabular.schema import Field

# Texts of CSV in the lexical forms of Table Schema; a date is left to Arrow, which reads ISO 8601 alone.
_LEXICAL = {
    "integer": r"\A-?[0-9]+\z",
    "number": r"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z",
    "boolean": r"\A(true|True|TRUE|1|false|False|FALSE|0)\z",
    "date": r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z",
}


def _is_text(type_: pa.DataType) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_))


# What a value may be before it is read: an integer may come as 3.0 (a column with nulls in pandas), a date as its
# midnight.
_FORMS: Mapping[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (_is_text,),
    "integer": (_is_text, pa.types.is_integer, pa.types.is_floating),
    "number": (_is_text, pa.types.is_integer, pa.types.is_floating),
    "boolean": (_is_text, pa.types.is_boolean),
    "date": (_is_text, pa.types.is_date, pa.types.is_timestamp),
}

# Control characters but the line feed, characters without width that join or part nothing in our scripts (zero width
# space, word joiner, byte order mark), blanks at either end of a line, and empty lines. Blanks are spelt out: `\s`
# differs between the dialects of regular expressions.
_BLANK = "[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_UNCLEAN = f"(?m)[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\u200b\u2060\ufeff]|{_BLANK}$|^{_BLANK}|^$"

# What is ASCII alone in Arrow's dialect (RE2), and Unicode in Python's.
_CLASSES = re.compile(r"\\[sSwWdDbB]")

Values: TypeAlias = pa.Array | pa.ChunkedArray | Sequence[object]

Rule = Callable[[pa.Array], pa.BooleanArray]
"""Whether each value keeps a rule; null where the value is."""


def read(values: Values, kind: str) -> tuple[pa.Array, list[int]]:
    """The values in the Arrow type of a field type, and the indices of those that are not of it, null in the result.

    Text is read in the lexical forms of Table Schema, so that a CSV file read as text and a Parquet file give the same.
    A number is not text: what stands as `007` may have been read as 7. NaN is null; what is infinite is no number, for
    no text of a CSV file is.

    >>> numbers, wrong = read(["3", "x", None, 4.5, 4.0], "integer")
    >>> numbers.to_pylist(), wrong
    ([3, None, None, None, 4], [1, 3])
    """
    try:
        array = _array(values)
    except pa.ArrowException:  # Python values of several types
        return _read_in_parts(values, kind, 0)
    if array.null_count == len(array):
        return pa.nulls(len(array), ARROW_TYPES[kind]), []
    if _is_text(array.type) and kind != "string":
        fits = pc.match_substring_regex(array, _LEXICAL[kind])
        misfits = pc.indices_nonzero(pc.invert(fits)).to_pylist()
        column, wrong = _read_in_parts(_null_unless(fits, array), kind, 0)
        return column, sorted(misfits + wrong)
    if not isinstance(values, pa.Array | pa.ChunkedArray):  # text beside bytes is bytes to Arrow
        return _read_in_parts(values, kind, 0)
    if not any(is_form(array.type) for is_form in _FORMS[kind]):
        return pa.nulls(len(array), ARROW_TYPES[kind]), pc.indices_nonzero(array.is_valid()).to_pylist()
    return _read_in_parts(array, kind, 0)


def rules(field: Field) -> dict[str, Rule]:
    """The rules that each value of a column keeps, by the names of Table Schema's constraints, and `clean`.

    They take values in the Arrow type of the column.
    """
    kept: dict[str, Rule] = {}
    if field.enum:
        kept["enum"] = partial(_is_one_of, allowed=field.enum)
    if field.pattern is not None:
        kept["pattern"] = partial(matches, pattern=field.pattern)
    if field.minimum is not None:
        kept["minimum"] = partial(_is_at_least, minimum=field.minimum)
    if field.type == "string" and not field.verbatim:
        kept["clean"] = is_clean
    return kept


def expected(field: Field, rule: str) -> str:
    """What a rule of a column asks, in a few words.

    >>> expected(Field("kind", "string", *[""] * 4, enum=("study", "review")), "enum")
    'one of study, review'
    """
    return {
        "type": {"integer": "an integer", "string": "text"}.get(field.type, f"a {field.type}"),
        "required": "a value",
        "unique": "a value that no row above has",
        "enum": f"one of {', '.join(field.enum)}",
        "pattern": f"a match of {field.pattern}",
        "minimum": f"≥ {field.minimum or 0:g}",
        "clean": "NFC text without control or zero-width characters, empty lines or blanks at an end of a line",
    }[rule]


def matches(values: pa.Array, pattern: str) -> pa.BooleanArray:
    r"""Whether each value as a whole matches the pattern.

    >>> matches(pa.array(["ab", "abc", "ab\n", None]), "a|ab").to_pylist()
    [True, False, False, None]
    """
    if _CLASSES.search(pattern):
        whole = re.compile(pattern)
        kept = [value is not None and whole.fullmatch(value) is not None for value in values.to_pylist()]
        return _null_unless(pc.is_valid(values), arrow_values("boolean", kept))
    return pc.match_substring_regex(values, rf"\A(?:{pattern})\z")


def is_clean(values: pa.Array) -> pa.BooleanArray:
    r"""Whether each text is fit to publish: NFC, no control character, no empty line, no line with a blank at an end.

    Nor has it a zero width space, a word joiner or a byte order mark: texts that look alike would differ.

    >>> is_clean(pa.array(["慢滑事件\nslow slip event", None])).to_pylist()
    [True, None]
    >>> is_clean(pa.array(["", "深度 ", "\t深度", "深度\n", "e\u0301", "深\u200b度"])).to_pylist()
    [False, False, False, False, False, False]
    """
    normal = pc.equal(pc.utf8_normalize(values, form="NFC"), values)
    return pc.and_(normal, pc.invert(pc.match_substring_regex(values, _UNCLEAN)))


def _is_one_of(values: pa.Array, allowed: tuple[str, ...]) -> pa.BooleanArray:
    return _null_unless(pc.is_valid(values), pc.is_in(values, arrow_values("string", allowed)))


def _is_at_least(values: pa.Array, minimum: float) -> pa.BooleanArray:
    # Arrow compares in the type of both: as floats, whole numbers beyond 2**53 would be refused.
    if pa.types.is_integer(values.type):
        return pc.greater_equal(values, arrow_values("integer", [math.ceil(minimum)])[0])
    return pc.greater_equal(values, arrow_values("number", [minimum])[0])


def _array(values: Values) -> pa.Array:
    """The values as one array, NaN as null; raises an Arrow exception where they are of several types."""
    try:
        array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, from_pandas=True)
    except (OverflowError, UnicodeEncodeError) as error:  # a whole number beyond 64 bits, a lone surrogate
        raise pa.ArrowInvalid(str(error)) from error
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = _plain(array.dictionary).take(array.indices)
    return _plain(array)


def _plain(array: pa.Array) -> pa.Array:
    """The values with text as `string` and NaN as null."""
    if _is_text(array.type):
        return array.cast(pa.string())
    return _null_unless(pc.invert(pc.is_nan(array)), array) if pa.types.is_floating(array.type) else array


def _null_unless(kept: pa.BooleanArray, values: pa.Array) -> pa.Array:
    return pc.if_else(kept, values, pa.nulls(1, values.type)[0])


def _read_in_parts(values: Values, kind: str, start: int) -> tuple[pa.Array, list[int]]:
    """As `read`: where a value is not of the type, each half is read on its own, down to that value."""
    try:
        return _cast(_array(values), kind), []
    except pa.ArrowException:
        if len(values) == 1:
            return pa.nulls(1, ARROW_TYPES[kind]), [start]
    middle = len(values) // 2
    first, wrong = _read_in_parts(values[:middle], kind, start)
    second, wrong_too = _read_in_parts(values[middle:], kind, start + middle)
    return pa.concat_arrays([first, second]), wrong + wrong_too


def _cast(array: pa.Array, kind: str) -> pa.Array:
    """The values in the Arrow type of a field type; raises an Arrow exception where one is not of it."""
    target = ARROW_TYPES[kind]
    if array.type == target:
        return _finite(array)
    if array.null_count == len(array):
        return pa.nulls(len(array), target)
    if not any(is_form(array.type) for is_form in _FORMS[kind]):
        raise pa.ArrowInvalid(f"{array.type} is not {kind}")
    if _is_text(array.type) and not pc.all(pc.match_substring_regex(array, _LEXICAL[kind])).as_py():
        raise pa.ArrowInvalid(f"not every text is a {kind}")
    column = array.cast(target)
    if pa.types.is_timestamp(array.type) and not column.cast(array.type).equals(array):
        raise pa.ArrowInvalid("not every time is a midnight")
    return _finite(column)


def _finite(array: pa.Array) -> pa.Array:
    """The values; raises ArrowInvalid where one is infinite, as `1e999` is read."""
    if pa.types.is_floating(array.type) and pc.any(pc.is_inf(array)).as_py():
        raise pa.ArrowInvalid("not every number is finite")
    return array
