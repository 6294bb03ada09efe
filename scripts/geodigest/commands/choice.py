"""Options of which the values are few."""

from typing import get_args

import typer
from typer.models import OptionInfo

from geodigest.wording import suggestion


def choice(values: object, help_: str, *names: str) -> OptionInfo:
    """The option of a parameter whose type is this `Literal`; another value is wrong use, told with those that it has.

    typer, left alone, begins what it tells with the words of a library that it uses.

    Args:
        values: the `Literal`.
        help_: what the option is for.
        names: how it is called, where not as the parameter is.
    """
    known = get_args(values)

    def chosen(given: str) -> str:
        if given not in known:
            raise typer.BadParameter(f"there is no {given!r}; {suggestion(given, known)}")
        return given

    option: OptionInfo = typer.Option(*names, metavar=f"<{'|'.join(known)}>", parser=chosen, help=help_)
    return option
