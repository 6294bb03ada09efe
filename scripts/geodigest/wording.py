"""Words that several reports share: numbers of things, places in a text, any text in one line, an unknown name."""

from collections.abc import Iterable


def counted(count: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "row"), counted(21393, "row")
    ('1 row', '21,393 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def place(text: str, offset: int) -> str:
    r"""Where an offset stands: `line:column`, both from 1.

    >>> place("研究\nstudies", 3)
    '2:1'
    """
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def printable(text: str) -> str:
    r"""The text in one line: what cannot be printed is written as an escape.

    >>> printable("研究\nstudies\t")
    '研究\\nstudies\\t'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def suggestion(name: str, known: Iterable[str]) -> str:
    """What to write in the place of a name that is not known: those that come near it, or else all that are known.

    >>> suggestion("study", ["documents", "studies"])
    "did you mean 'studies'?"
    >>> suggestion("papers", ["documents", "studies"])
    "use one of 'documents', 'studies'"
    """
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(name.lower(), names, n=2, cutoff=0.65)
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"use one of {', '.join(map(repr, names))}"
