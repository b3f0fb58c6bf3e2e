"""Recorded runs: how hard each was, which were true recovery runs and why, and what to do on the days ahead.

The same numbers and words as the program ``freshlegs``, for Python. Nothing is sent anywhere.

>>> import freshlegs
>>> season = freshlegs.analyse(samples, today="2026-06-22")
>>> len(season.runs)
73
>>> import pyarrow
>>> plan = pyarrow.table(season.plan)
>>> plan.column("kind").to_pylist()[:7]
['recovery', 'hard', 'recovery', 'easy', 'rest', 'rest', 'long']

Tables are handed over by the Arrow PyCapsule interface: ``pyarrow.table``, ``polars.DataFrame``, DuckDB and, from 2.2 or 3.0 on,
pandas take them as they are. What a column means, with unit and range, stands in ``table.columns``.
"""

from ._analysis import Analysis, Explanation, analyse
from ._files import Series, describe, digest, read
from ._freshlegs import DIGEST_VERSION, FreshlegsError, Table, __version__

__all__ = [
    "Analysis",
    "DIGEST_VERSION",
    "Explanation",
    "FreshlegsError",
    "Series",
    "Table",
    "__version__",
    "analyse",
    "describe",
    "digest",
    "read",
]
