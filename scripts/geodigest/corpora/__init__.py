"""Conversion of anyone's documents: some files as a package, or a folder of any number in parts.

A folder is converted by many processes or a cluster, and taken up again where its conversion ended.
"""
