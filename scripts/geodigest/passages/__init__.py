"""From the pieces of a cell to its passages: text without markup whose every character knows where it came from.

The ledger of a document says it of every character, also of those that no passage has.
"""
