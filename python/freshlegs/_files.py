"""Single files: their digests, and their seconds."""

from __future__ import annotations

import datetime
import os

from . import _freshlegs
from ._freshlegs import FreshlegsError, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def digest(name: str, data: bytes) -> bytes:
    """All that is ever needed of a file, in some kB: stage 1 of the analysis.

    It depends on the file alone, and on no athlete, day or setting: make it once, anywhere, keep it, and give it to
    :func:`analyse`. There are no positions in it. A file that cannot be read is no error: its digest says why
    (:func:`describe`).

    Parameters
    ----------
    name
        The name of the file. Only its last part matters.
    data
        The bytes of a FIT, GPX, TCX or KML file, packed or not, or of a whole archive as a service gives it.

    >>> run = samples / "2026-03-02-0645.fit.gz"
    >>> packed = freshlegs.digest(run.name, run.read_bytes())
    >>> len(packed) < len(run.read_bytes())
    True
    """
    return _freshlegs.digest(name, bytes(data))


def describe(digest: bytes) -> list[dict[str, Any]]:
    """What a digest holds, file by file.

    Each is a ``dict`` with ``file``, ``status`` (``read``, ``salvaged``, ``skipped``, ``other`` or ``failed``), ``activities``
    (how many), ``note`` (what was mended, or why it was not used) and ``starts_ms`` (Unix time of each activity, ms).

    Raises
    ------
    FreshlegsError
        For what is no digest, a damaged one, or one of another version.

    >>> freshlegs.describe(freshlegs.digest("empty.fit", b""))[0]["status"]
    'failed'
    >>> freshlegs.describe(b"something else")
    Traceback (most recent call last):
    ...
    freshlegs.FreshlegsError: this is no digest by freshlegs; `freshlegs digest` and `freshlegs.digest` make them
    """
    return _freshlegs.describe(bytes(digest))


class Series:
    """One activity, cleaned, second by second.

    >>> series = freshlegs.read(samples / "2026-03-02-0645.fit.gz")
    >>> series.seconds.columns["gap_mps"]
    'Grade-adjusted speed: what the same effort would be on the flat, m/s.'
    >>> series
    <freshlegs.Series of 2026-03-02 05:45:52+00:00: running, 2882 s>
    """

    #: One row for every second with the timer on; see ``seconds.columns``.
    seconds: Table
    #: When it started.
    start: datetime.datetime
    #: ``running``, ``cycling`` and so on, as the file says.
    sport: str
    #: Its title.
    name: str | None
    #: From the first to the last second, pauses included, s.
    elapsed_s: float
    #: With the timer on, s: as many as ``seconds`` has rows.
    timer_s: int
    #: Metres.
    distance_m: float
    #: Metres climbed, where known.
    ascent_m: float | None
    #: Metres descended, where known.
    descent_m: float | None
    #: What was mended or is in doubt, a sentence each.
    mended: list[str]

    def __init__(self, about: dict[str, Any], seconds: Table):
        self.seconds = seconds
        self.start = _EPOCH + datetime.timedelta(milliseconds=about["start_ms"])
        self.sport, self.name = about["sport"], about["name"]
        self.elapsed_s, self.timer_s = about["elapsed_s"], about["timer_s"]
        self.distance_m = about["distance_m"]
        self.ascent_m, self.descent_m = about["ascent_m"], about["descent_m"]
        self.mended = about["mended"]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.seconds.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.seconds)

    def __repr__(self) -> str:
        return f"<freshlegs.Series of {self.start.isoformat(' ', 'seconds')}: {self.sport}, {self.timer_s} s>"


def read(source: str | os.PathLike[str] | bytes, *, activity: int | None = None) -> Series:
    """The cleaned seconds of a file's activity, and what was mended in it.

    Parameters
    ----------
    source
        A path, or the bytes of a file.
    activity
        Which one, from 0, where the file holds several.

    Raises
    ------
    FreshlegsError
        Where nothing can be read, and why; or where the file holds several activities and none was chosen.

    >>> freshlegs.read(samples / "2026-03-02-0645.fit.gz").distance_m > 8_000
    True
    >>> freshlegs.read(b"not a recording")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    freshlegs.FreshlegsError: ...
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        name, data = "these bytes", bytes(source)
    else:
        name = os.path.basename(os.fspath(source))
        with open(source, "rb") as file:
            data = file.read()
    found = [Series(about, seconds) for about, seconds in _freshlegs.read(name, data)]
    if activity is None and len(found) > 1:
        raise FreshlegsError(f"{name}: holds {len(found)} activities; choose one with activity=0 to {len(found) - 1}")
    if activity is not None and not 0 <= activity < len(found):
        raise FreshlegsError(f"{name}: has no activity {activity}; it holds {len(found)}")
    return found[activity or 0]
