"""Numbers that are no quantities: of outlines, dates, names, figures, references and equations.

The rules are those of the data model's "What counts". They look at the characters beside a number only.
"""

import re

from geodigest.facts.numbers import Number

_YEARS = frozenset(range(1500, 2151))

_STRETCHES = re.compile(
    r"""
    (?=[0-9\[(（A-Zr图表式公方附第步端断波通模阶类情分编航版内大]|.[ ][1-9]\.)  # only here one of these begins
    (?:\[[0-9]+(?:[-–,，][ ]?[0-9]+)*\]                            # references
    | [(（][0-9]{1,3}(?:[ ]?[,，][ ]?[0-9]{1,3})+[)）](?![ ]?[%‰°])
    | (?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9])
    | (?<![0-9.])[0-9]{1,4}[ ]?(?:[-–—~至到、和/][ ]?[0-9]{1,4}[ ]?)?
      (?:月份?|日(?!平均|滑动)|时(?![间长序效滞代期空窗段])|世纪|年代|号)(?![A-Za-z])
      (?:[ ]?(?:[-–—~至][ ]?)?[0-9]{1,2}[ ]?(?:月|日|年代))*
    | (?<![0-9.])[0-9]{4}s(?![A-Za-z])
    | (?<![0-9A-Za-z])[0-9]{1,3}[ ]?[A-Z][a-z]?[ ]?/[ ]?[0-9]{1,3}[ ]?[A-Z][a-z]?  # isotope ratios
    | (?<![0-9])[0-9]{1,6}(?:\.[0-9]{1,6}){2,}                                # versions
    | (?:(?<=^)|(?<=[。;；:：\n][ ])|(?<=[。;；:：\n]))[(（]?[0-9]{1,2}(?:[)）]|[.、](?![0-9]))(?=[ ]?\S)  # outlines
    | (?:(?:图|表|式|公式|方程|附图)[ ]?[(（]?
        |(?:第|步骤|端元|断面|波段|通道|模态|阶段|类型|情景|分类|编号|航次|版本|内线|大模型)[ ]?)
      [0-9]+(?:\.[0-9])?[a-zA-Z]?(?:[ ]?[-–,，、和与~至/][ ]?[0-9]+[a-z]?)*
      (?![0-9.%‰°]|[ ]?(?:[kcmμ]?m|公里|米|天|年|个)(?![A-Za-z]))
    | [\u4e00-\u9fff)）][ ][1-9]\.[ ](?=[\u4e00-\u9fff])              # outlines that a passage runs over
    | (?:refs?)\.?[ ]?[0-9]+
    | \b[A-Z]{3,}[ ][0-9]\.0(?![0-9])(?![ ]?[%a-z])               # versions
    | \b(?:Figs?|Tables?|Tab|Eqs?|Bands?|Level|Mode|Step|Site|Hole|Case|Event|Exp|Stim(?:ulation)?|Landsat|Sentinel
      |No|Vol|Version|Phase|Stage|Type|Zone|Scenario|Experiment|IODP|ODP|DSDP|Leg|Expedition|CMIP|AR|Apollo|GRACE)s?
      [.]?[ -]?[(（]?[A-Z]?[0-9]+[A-Za-z]?(?:[ ]?[-–,，、和与/][ ]?[0-9]+[a-z]?)*(?![0-9.])
    )
    """,
    re.VERBOSE,
)
_NAME_BEFORE = re.compile(r"(?<=[A-Za-zΑ-Ωα-ωΔ_₀-₉ₐ-ₜ⁰-⁹*'’}#@])|(?<=[A-Za-z0-9][-–/_.+])|(?<=[A-Za-z]\{)")
_LOWERED_BEFORE = re.compile(r"(?<=[₀-₉ₐ-ₜ])")
_MAGNITUDE = re.compile(r"(?:^|[^A-Za-z])M_?[wWsSbBlLₗᵥ]?$")
_LATIN_AFTER = re.compile(r"[A-Za-zα-ωΑ-Ω_]|-[A-Za-z]")
_TITLE_BEFORE = re.compile(r"(?:^|[^A-Za-z])[A-Z][a-z]{2,} $")
_IN_CALL = re.compile(r"[A-Za-zα-ωΑ-Ω₀-₉]\($")
_IN_EQUATION_BEFORE = re.compile(
    r"(?:[·*^∝{]|≠ ?|[A-Za-zα-ωΑ-Ω₀-₉)](?: ?[+×] ?| - | ?− ?)|[A-Za-z)]/|√|[A-Za-z₀-₉] ?[=~≈∝] ?\()$"
)
_IN_EQUATION_AFTER = re.compile(
    r" ?(?:[·*^∝]|\)? ?(?:log|ln|exp|sin|cos|tan|sqrt)(?![a-z])|[×+] ?(?![A-Z]+[0-9]{2})[A-Za-zα-ωΑ-Ω(]|σ|-[A-Za-z]"
    r"|/[A-Za-z])"
)
_TERM = re.compile(r" [A-Z](?:[a-z]|[₀-₉])?(?![A-Za-z0-9])")
_RELATION = re.compile(r"[A-Za-z₀-₉] ?[~=≈∝] ?$")
_SPELLED = re.compile(r"(?<=[第数几另同唯统单])|(?<=上)(?<![洋陆海面]上)")
_SPAN = re.compile(r"(?:过去|近|距今|长达|历时|持续)约? ?$")


def uncounted_stretches(text: str) -> list[tuple[int, int]]:
    """Stretches whose digits date, name or number something, sorted."""
    return [match.span() for match in _STRETCHES.finditer(text)]


def is_in_name(text: str, number: Number, *, is_measured: bool) -> bool:
    """Whether digits belong to a name (`CMIP6`, `M1-M16`); `is_measured` says that a unit or classifier follows."""
    if number.form == "han":
        return _SPELLED.match(text, number.start) is not None
    if not _NAME_BEFORE.match(text, number.start) or (is_measured and _LOWERED_BEFORE.match(text, number.start)):
        return False
    return number.is_whole or _MAGNITUDE.search(text[max(0, number.start - 8) : number.start]) is None


def is_date(text: str, number: Number, unit: str | None) -> bool:
    """Whether a number is a year: four digits alone or with 年, none of a duration (`过去 2000 年`)."""
    if number.form != "digits" or number.end - number.start != 4 or number.value not in _YEARS:
        return False
    if unit == "yr" and text.startswith(("年", " 年"), number.end):
        return _SPAN.search(text[max(0, number.start - 4) : number.start]) is None
    return unit is None


def is_in_equation(text: str, number: Number) -> bool:
    """Whether a bare number is a coefficient, an exponent or an argument of a formula."""
    before = text[max(0, number.start - 6) : number.start]
    after = text[number.end : number.end + 8]
    if _IN_EQUATION_BEFORE.search(before) or _IN_EQUATION_AFTER.match(after) or _IN_CALL.search(before):
        return True
    return _RELATION.search(before) is not None and _TERM.match(after) is not None


def is_ordinal(text: str, number: Number) -> bool:
    """Whether a bare whole number numbers what the capitalised word before it names (`Mode 2`)."""
    return number.is_whole and _TITLE_BEFORE.search(text[max(0, number.start - 24) : number.start]) is not None


def runs_on(text: str, number: Number) -> bool:
    """Whether Latin letters follow a number that has no unit (`3D`, `2D-CNN`)."""
    return _LATIN_AFTER.match(text, number.end) is not None
