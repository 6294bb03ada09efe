"""Words that several reports share: numbers of things, and any text in one line."""


def counted(count: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "row"), counted(21393, "row")
    ('1 row', '21,393 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def printable(text: str) -> str:
    r"""The text in one line: what cannot be printed is written as an escape.

    >>> printable("研究\nstudies\t")
    '研究\\nstudies\\t'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)
