"""Input that is not what it should be: each case with what a user is told. `page.py` makes docs/errors.md of them."""
