"""Conversion of folders of documents: in parts, by many processes or a cluster, taken up again where it ended."""
