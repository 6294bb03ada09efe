"""What changed in a text, in a few words: the changed stretches, with a little of what stands around them."""

import re
from difflib import SequenceMatcher
from itertools import groupby

from geodigest.releases.matching import Key, Value
from geodigest.wording import printable

_AROUND = 16
"""Characters of unchanged text that are shown on either side."""
_WHOLE = 40
"""Values up to this length are shown whole, old and new."""
_LONG = 160
"""A changed stretch or a text of more characters is shown by its ends."""
_TOKENS = 1500
"""Sentences of more words are not searched for smaller changes: the search takes quadratic time."""
_ALIKE = 0.5
"""Sentences that have less in common are shown as replaced as a whole, not shredded."""

# A Latin word or number, a run of blanks, or one character: Chinese is compared character by character.
_TOKEN = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")


def changed(old: Value, new: Value) -> str:
    r"""A cell's change in one line: the values whole where they are short; else what changed, in its context.

    Marks are those of wdiff: `[-what the old has-]{+what the new has+}`.

    >>> changed(12, None)
    '12 → null'
    >>> changed("慢滑事件", "慢滑 事件")
    '"慢滑事件" → "慢滑 事件"'
    >>> text = "GNSS 台站连续观测到慢滑事件，持续了约 48 小时，深度为 10 km，共有 12 个台站记录到。"
    >>> changed(text, text.replace("10", "15"))
    '…，持续了约 48 小时，深度为 [-10-]{+15+} km，共有 12 个台站记录到…'
    """
    if not isinstance(old, str) or not isinstance(new, str) or max(len(old), len(new)) <= _WHOLE:
        return f"{shown(old)} → {shown(new)}"
    return _marked(old, new)


def shown(value: Value) -> str:
    r"""A value in one line; a long text by its ends, what cannot be printed by its escape.

    >>> shown("深度\n10 km"), shown(True), shown(None)
    ('"深度\\n10 km"', 'true', 'null')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{_short(value)}"' if isinstance(value, str) else str(value)


def key_shown(key: Key) -> str:
    """A row's key in one line.

    >>> key_shown(("bulletin", 391))
    'bulletin 391'
    """
    return " ".join(value if isinstance(value, str) else shown(value) for value in key)


def _marked(old: str, new: str) -> str:
    """The stretches that differ, marked, with what stands around them: first sentences are compared, then words."""
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
    head = _shared(first, second)
    tail = _shared(first[head:][::-1], second[head:][::-1])
    gone, come = "".join(first[head : len(first) - tail]), "".join(second[head : len(second) - tail])
    stretches = [
        stretch
        for pair in _aligned(_SENTENCE.findall(gone), _SENTENCE.findall(come))
        for stretch in ([pair] if pair[0] == pair[1] else _words(*pair))
    ]
    told = []
    for is_shared, group in groupby(stretches, lambda pair: pair[0] == pair[1]):
        pairs = list(group)
        told += [_between("".join(text for text, _ in pairs))] if is_shared else [_replaced(*pair) for pair in pairs]
    return _end("".join(first[:head])) + "".join(told) + _begin("".join(first[len(first) - tail :]))


def _words(gone: str, come: str) -> list[tuple[str, str]]:
    """The stretches of words, shared and not, of two passages; one stretch where they have little in common."""
    first, second = _TOKEN.findall(gone), _TOKEN.findall(come)
    if max(len(first), len(second)) > _TOKENS:
        return [(gone, come)]
    pairs = _aligned(first, second)
    shared = sum(len(text) for text, other in pairs if text == other)
    return pairs if 2 * shared >= _ALIKE * (len(gone) + len(come)) else [(gone, come)]


def _aligned(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    opcodes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [("".join(first[i:j]), "".join(second[k:m])) for _, i, j, k, m in opcodes]


def _shared(first: list[str], second: list[str]) -> int:
    """How many tokens both begin with."""
    return next(
        (count for count, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
        min(len(first), len(second)),
    )


def _replaced(gone: str, come: str) -> str:
    return (f"[-{_short(gone)}-]" if gone else "") + (f"{{+{_short(come)}+}}" if come else "")


def _end(text: str) -> str:
    return printable(text) if len(text) <= _AROUND else f"…{printable(text[-_AROUND:])}"


def _begin(text: str) -> str:
    return printable(text) if len(text) <= _AROUND else f"{printable(text[:_AROUND])}…"


def _between(text: str) -> str:
    return printable(text) if len(text) <= 2 * _AROUND else f"{_begin(text)}{printable(text[-_AROUND:])}"


def _short(text: str) -> str:
    half = _LONG // 2
    return printable(text) if len(text) <= _LONG else f"{printable(text[:half])}…{printable(text[-half:])}"
