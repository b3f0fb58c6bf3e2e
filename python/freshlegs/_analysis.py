"""A season: all runs of one athlete, judged, and the days ahead."""

from __future__ import annotations

import datetime
import os
import warnings
from collections.abc import Mapping
from functools import cached_property

from . import _freshlegs
from ._freshlegs import Table

# What is not needed at once is imported where it is used: scripts start often.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any, Union

    #: A file, an archive, a folder, a Parquet file by ``freshlegs digest``; or a digest.
    Source = Union[str, os.PathLike[str], bytes]


def analyse(
    source: Source | Iterable[Source],
    profile: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    today: str | datetime.date | None = None,
    rule: str | None = None,
    *,
    athlete: str | None = None,
    store: bool = True,
) -> Analysis:
    """Analyses the season of one athlete, as the command ``freshlegs analyse`` does.

    Parameters
    ----------
    source
        Files, archives or folders of them; Parquet files by ``freshlegs digest``; digests by :func:`freshlegs.digest`, as bytes.
        One of these or several.
    profile
        What is known of the runner: a ``profile.toml``, or its values as a dictionary. Without one, the profile in one of the
        folders is used, as in the program.
    today
        The day to stand on: later runs are ignored. Without one it is today, or the day after the last activity if that was
        more than six weeks ago.
    rule
        Whose idea of a recovery run counts: ``balanced``, ``pfitzinger``, ``friel``, ``daniels`` or ``maf``. Without one it is what
        the profile says, and ``balanced`` where it says nothing.
    athlete
        Whose runs, where a Parquet file holds those of several.
    store
        Whether what is read is remembered in the cache folder that the program uses, so that no file is read twice. The
        outcome is the same.

    Raises
    ------
    FreshlegsError
        Where nothing is usable or the profile has a mistake, in the words of the program. What could not be used besides is
        a warning, and stands in ``Analysis.warnings``.

    >>> season = freshlegs.analyse(samples, today="2026-06-22")
    >>> season = freshlegs.analyse(samples, profile={"athlete": {"heart_rate_max_bpm": 189}}, today="2026-06-22")
    >>> freshlegs.analyse(samples, profile={"athlete": {"heart_rate_max_bpm": "high"}})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    freshlegs.FreshlegsError: the profile `profile` has a mistake: ...
    """
    paths, digests = [], _freshlegs.Digests()
    for one in [source] if isinstance(source, (str, os.PathLike, bytes)) else source:
        if isinstance(one, bytes):
            digests.add(one)
        else:
            paths.append(os.fspath(one))
    file, table = (None, profile) if profile is None or isinstance(profile, Mapping) else (os.fspath(profile), None)
    found = _freshlegs.analyse(
        paths,
        digests,
        profile_file=file,
        profile_json=None if table is None else _json(table),
        today=None if today is None else str(today),
        rule=rule,
        athlete=athlete,
        remember=store and bool(paths),
        keep=True,
    )
    for message in found.warnings:
        warnings.warn(message, stacklevel=2)
    return Analysis(found)


class Analysis:
    """A season, judged. In a notebook it shows the days ahead; ``print`` shows what the program shows.

    All tables are Arrow tables (see :class:`freshlegs.Table`) with the columns of the files that the program writes.
    """

    #: The tables, by the names of their attributes.
    TABLES = ("runs", "activities", "days", "weeks", "plan", "athlete", "evidence")

    def __init__(self, season: _freshlegs.Season):
        self._season = season

    @cached_property
    def runs(self) -> Table:
        """Every run with its load (points; 100 is one hour at threshold), label, confidence and reasons.

        >>> season.runs.columns["load"]
        'Training load in points: 100 is one hour at threshold.'
        """
        return self._season.runs

    @cached_property
    def activities(self) -> Table:
        """Every activity that counts, other sports too."""
        return self._season.activities

    @cached_property
    def days(self) -> Table:
        """Load, fitness, fatigue, form, ramp, monotony and strain of every day, in points."""
        return self._season.days

    @cached_property
    def weeks(self) -> Table:
        """Time by kind of run and week."""
        return self._season.weeks

    @cached_property
    def plan(self) -> Table:
        """The next days: kind, minutes, ceilings of heart rate (bpm) and pace (s/km), exercises, reasons."""
        return self._season.plan

    @cached_property
    def athlete(self) -> Table:
        """The thresholds of every week (bpm, m/s), how sure they are and what they rest on."""
        return self._season.athlete

    @cached_property
    def evidence(self) -> Table:
        """Every criterion of a recovery run, held against every session."""
        return self._season.evidence

    @cached_property
    def today(self) -> datetime.date:
        """The day it stands on."""
        return datetime.date.fromisoformat(self._season.today)

    @property
    def warnings(self) -> list[str]:
        """What could not be used."""
        return self._season.warnings

    @cached_property
    def made_with(self) -> dict[str, Any]:
        """Version, day, time zone and profile: everything besides the recordings that the numbers depend on."""
        return dict(_parsed(self._season.made_with()))

    def report(self, folder: str | os.PathLike[str], *, share: bool = False) -> Path:
        """Writes the report to a folder, as ``freshlegs analyse -o`` does, and returns the path of its page.

        An earlier report there is replaced; a folder with anything else in it is an error. With ``share`` it leaves out what
        tells who and where.
        """
        from pathlib import Path

        return Path(self._season.report(os.fspath(folder), share))

    def explain(self, run: str | datetime.date = "last") -> Explanation:
        """One run in full: why it got its label, and what would have made it a recovery run.

        ``run`` is a ``run_id``, a day, a day and start (``2026-04-21T06:50``), or ``last``. Of a day with several sessions it is the
        first; its start or ``run_id`` chooses another.

        >>> run = season.explain("2026-04-15")
        >>> run["label"]
        'recovery_too_hard'
        >>> season.explain("1999-01-01")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        freshlegs.FreshlegsError: no run on 1999-01-01; the last ones are of ...
        """
        row, text = self._season.explain(str(run))[0]
        return Explanation(_parsed(row), text)

    def __str__(self) -> str:
        return self._season.summary()

    def __repr__(self) -> str:
        return f"<freshlegs.Analysis as of {self.today}: {len(self.runs)} runs, {len(self.plan)} days ahead>"

    def _repr_html_(self) -> str:
        titles = "".join(f"<th style='text-align:left'>{title}</th>" for title in ("day", "what", "minutes", "at most", "why"))
        days = "".join(_html_row(day) for day in _parsed(self._season.plan_json()))
        return (
            f"<p><b>freshlegs</b>: {len(self.runs)} runs, as of {self.today:%a %d %b %Y}</p>"
            f"<table><thead><tr>{titles}</tr></thead><tbody>{days}</tbody></table>"
        )


def _json(value: Mapping[str, Any]) -> str:
    import json

    return json.dumps(dict(value), default=str)


def _parsed(text: str) -> Any:
    import json

    return json.loads(text)


def _html_row(day: dict[str, Any]) -> str:
    from html import escape

    ceiling = day["heart_rate_ceiling_bpm"]
    cells = (
        f"{datetime.date.fromisoformat(day['date']):%a %d %b}",
        day["kind"].replace("_", " "),
        f"{day['minutes']:.0f}" if day["minutes"] else "",
        f"{ceiling:.0f} bpm" if ceiling else "",
        day["reasons"],
    )
    return f"<tr>{''.join(f'<td style=text-align:left>{escape(cell)}</td>' for cell in cells)}</tr>"


class Explanation(dict):  # type: ignore[type-arg]
    """One run in full. ``print`` shows what ``freshlegs explain`` shows; the values are those of its JSON."""

    def __init__(self, values: dict[str, Any], text: str):
        super().__init__(values)
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<freshlegs.Explanation of {self['session_id']}: {self['label']}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self._text)}</pre>"
