"""`python -m geodigest`: the command, from a checkout that is not installed."""

from geodigest.commands import app

app(prog_name="geodigest")
