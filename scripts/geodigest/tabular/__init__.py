"""The tables by their definitions in `schema/`: types, values, rules and keys, as frames and as files."""
