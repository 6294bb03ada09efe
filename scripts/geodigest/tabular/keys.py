"""Keys of rows, held as digests of 16 bytes each while a table passes in batches: names may be long, and are many.

The digests are BLAKE2b of 128 bits (https://www.rfc-editor.org/rfc/rfc7693): no two texts of one digest are known, and
to find a text that has the digest of a given one takes some 2**128 trials.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Digests: TypeAlias = "NDArray[np.uint64]"
"""Of each value a row of two numbers."""


def distinct(values: pa.Array) -> pa.Array:
    """The values of a batch's column, each once, without null."""
    if pa.types.is_dictionary(values.type):
        return values.dictionary
    return values.unique().drop_null()


def digests(values: pa.Array) -> Digests:
    """The digests of values, none of them null, each as text.

    >>> digests(pa.array([7, 8])).shape
    (2, 2)
    """
    import numpy as np

    texts = values.cast(pa.string()).to_pylist()
    joined = b"".join([blake2b(text.encode("utf-8"), digest_size=16).digest() for text in texts])
    return np.frombuffer(joined, np.uint64).reshape(-1, 2)


def ordered(parts: Sequence[Digests]) -> Digests:
    """Digests of several batches as one, in ascending order of their first numbers: what `hold` takes."""
    import numpy as np

    whole = np.concatenate([np.empty((0, 2), np.uint64), *parts])
    return whole[whole[:, 0].argsort()]


def are_unique(known: Digests) -> bool:
    """Whether no two of ordered digests are equal; False, too, where two have the same first number alone."""
    return bool((known[1:, 0] != known[:-1, 0]).all())


def hold(known: Digests, named: Digests) -> bool:
    """Whether each of the digests is among the known ones, which are ordered.

    >>> known = ordered([digests(pa.array(["a", "b"])), digests(pa.array(["c"]))])
    >>> hold(known, digests(pa.array(["c", "a"]))), hold(known, digests(pa.array(["d"])))
    (True, False)
    """
    if not len(named) or not len(known):
        return not len(named)
    places = known[:, 0].searchsorted(named[:, 0]).clip(max=len(known) - 1)
    return bool((known[places] == named).all())
