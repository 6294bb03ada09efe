"""From a seed to its cells: which stretch of the document belongs to which facet of which study."""
