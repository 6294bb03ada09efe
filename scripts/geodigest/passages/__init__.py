"""From the pieces of a cell to its passages: text without markup whose every character knows where it came from."""
