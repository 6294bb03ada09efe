"""`python -m geodigest`: the command, from a checkout that is not installed."""

from geodigest.command import app

app(prog_name="geodigest")
