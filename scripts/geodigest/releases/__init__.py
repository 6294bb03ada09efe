"""Releases: read, compared, and held to the rule of their version numbers."""
