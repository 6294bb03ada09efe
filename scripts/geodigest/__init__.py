"""GeoDigest: Chinese digests of Earth-science papers as structured, validated tables."""

__version__ = "0.1.0"
