"""Whatever is converted keeps the laws of `tests/conversion_laws.py`, or is refused with the place that is at fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodigest.convert import FACETS, convert
from geodigest.corpora.document import document_tables
