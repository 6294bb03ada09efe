"""`python -m geodigest`: the command, from a checkout that is not installed."""

from geodigest.commands import app

try:
    app(prog_name="geodigest")
finally:
    # Where Ctrl-C came while `exec` ran a text, as it does for each dataclass that is imported, `python -m` ends by
    # SIGINT in place of our exit status, though we told it; unless another text is run.
    exec("")  # noqa: S102
