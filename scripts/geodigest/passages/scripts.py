"""Sub- and superscripts: the Unicode characters of those that Unicode has (blocks 2070, 1D2C, 2C60, Latin-1)."""

_SUBSCRIPTS = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−–=()abcdefghijklmnoprstuvwxyz*°′'",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*°′'",
        strict=True,
    )
)
RAISED = frozenset(_SUPERSCRIPTS.values()) - {"*", "°", "′", "'"}
LOWERED = frozenset(_SUBSCRIPTS.values())


def in_unicode(mark: str, content: str) -> str | None:
    """The content of a subscript (mark `_`) or superscript (`^`) in Unicode; None where a character has no such form.

    >>> in_unicode("_", "2"), in_unicode("^", "-1"), in_unicode("_", "Fe")
    ('₂', '⁻¹', None)
    """
    table = _SUBSCRIPTS if mark == "_" else _SUPERSCRIPTS
    mapped = [table.get(char) for char in content]
    return None if None in mapped else "".join(char for char in mapped if char)
