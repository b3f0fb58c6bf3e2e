"""Many athletes, on Apache Spark: stage 1 is a map over files, stage 2 a reduce by athlete.

    from freshlegs import spark as freshlegs_spark

    digests = freshlegs_spark.digests(spark, "s3a://bucket/athletes", freshlegs_spark.folder(1))
    seasons = freshlegs_spark.analyse(digests, today="2026-06-22")
    freshlegs_spark.write(seasons, "s3a://bucket/seasons")
    runs = freshlegs_spark.table(seasons, "runs")

What fails fails alone: a file that cannot be read is a row with ``status`` "failed" and a ``note``; an athlete without a season is
a row with a ``reason``. ``docs/scale.md`` says what it costs, and what leaves a worker.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from . import _freshlegs
from ._files import describe, digest

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Settings that belong to these jobs: few files at a time in memory, and one thread for each task, since Spark counts the cores.
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    "spark.executorEnv.RAYON_NUM_THREADS": "1",
}

_DIGESTS = pa.schema(
    [
        ("athlete", pa.string()),
        ("file", pa.string()),
        ("status", pa.string()),
        ("activities", pa.int32()),
        ("note", pa.string()),
        ("digest", pa.binary()),
    ]
)

#: Notes of an archive's entries before the others are only counted.
_NOTES = 5


def folder(up: int = 1) -> Callable[[str], str | None]:
    """Takes for the athlete the name of the folder that many levels above the file.

    >>> folder(1)("s3a://bucket/athletes/anna/run.fit"), folder(2)("s3a://bucket/anna/2026/run.fit")
    ('anna', 'anna')
    """

    def athlete(path: str) -> str | None:
        parts = path.split("/")
        return parts[-1 - up] if len(parts) > up else None

    return athlete


def matching(pattern: str) -> Callable[[str], str | None]:
    """Takes for the athlete the first group of a regular expression; what does not match is passed over.

    >>> matching(r"/user-(\\d+)/")("hdfs:/data/user-17/a.fit.gz")
    '17'
    """
    compiled = re.compile(pattern)

    def athlete(path: str) -> str | None:
        found = compiled.search(path)
        return found.group(1) if found else None

    return athlete


def digests(spark: SparkSession, path: str | list[str], athlete_from_path: Callable[[str], str | None]) -> DataFrame:
    """Stage 1: a row for every file below ``path``, with its digest; archives are looked into.

    The columns are those of ``freshlegs digest``: ``athlete``, ``file``, ``status``, ``activities``, ``note``, ``digest``. Keep it
    as Parquet: it is a few kB a run, and all that :func:`analyse` needs. Files for which ``athlete_from_path`` gives ``None`` are
    passed over.
    """
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)

    def digested(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = []
            for name, data in zip(batch.column("path"), batch.column("content")):
                athlete = athlete_from_path(name.as_py())
                if athlete is not None:
                    rows.append(_digest_row(athlete, name.as_py(), data.as_py()))
            if rows:
                yield pa.RecordBatch.from_pylist(rows, schema=_DIGESTS)

    return files.select("path", "content").mapInArrow(digested, _ddl(_DIGESTS))


def _digest_row(athlete: str, path: str, data: bytes) -> dict[str, Any]:
    name = path.rsplit("/", 1)[-1]
    packed = digest(name, data)
    entries = describe(packed)
    kinds = {entry["status"] for entry in entries}
    status = next((kind for kind in ("read", "salvaged", "failed", "skipped") if kind in kinds), "other")
    notes = [entry["note"] if len(entries) == 1 else f"{entry['file']}: {entry['note']}" for entry in entries if entry["note"]]
    if len(notes) > _NOTES:
        notes = [*notes[:_NOTES], f"and {len(notes) - _NOTES} more"]
    activities = sum(entry["activities"] for entry in entries)
    return {
        "athlete": athlete,
        "file": path,
        "status": status,
        "activities": activities,
        "note": "; ".join(notes) or None,
        "digest": packed,
    }


def analyse(
    digests: DataFrame,
    profiles: Mapping[str, Mapping[str, Any]] | DataFrame | None = None,
    today: str | datetime.date | None = None,
    rule: str | None = None,
    tables: Sequence[str] = ("runs", "weeks", "plan"),
) -> DataFrame:
    """Stage 2: a row for every athlete, with that athlete's tables in it (:func:`table` takes them apart).

    Parameters
    ----------
    digests
        What :func:`digests` or ``freshlegs digest`` made; only ``athlete`` and ``digest`` are looked at.
    profiles
        What is known of the athletes: a dictionary of dictionaries, or a data frame with ``athlete`` and ``profile`` (JSON).
    today
        The day to stand on, the same for all. Without one it is the day on which this is called.
    rule
        Whose idea of a recovery run counts; see :func:`freshlegs.analyse`.
    tables
        Any of ``freshlegs.Analysis.TABLES``.

    The columns are ``athlete``; ``as_of``; ``reason``: why there is no season, else null; ``warnings``: what could not be used; and
    the tables as arrays of structs, that of the thresholds under the name ``thresholds``.
    """
    for name in tables:
        _freshlegs.empty(name)
    day = str(today or datetime.date.today())
    schema = _seasons(tables)
    known: dict[str, str] = {}
    if profiles is None or isinstance(profiles, Mapping):
        known = {athlete: json.dumps(profile, default=str) for athlete, profile in (profiles or {}).items()}
        named = digests.selectExpr("athlete", "digest", "cast(null as string) as profile")
    else:
        once = profiles.select("athlete", "profile").dropDuplicates(["athlete"])
        named = digests.select("athlete", "digest").join(once, "athlete", "left")

    def seasons(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        one = None
        for batch in batches:
            for athlete, packed, profile in zip(*(batch.column(name) for name in ("athlete", "digest", "profile"))):
                if one is None or one.name != athlete.as_py():
                    if one is not None:
                        yield one.row(day, rule, tables, schema)
                    one = _Athlete(athlete.as_py(), profile.as_py() or known.get(athlete.as_py()))
                one.add(packed.as_py())
        if one is not None:
            yield one.row(day, rule, tables, schema)

    # As `groupBy` and `applyInArrow` would exchange and sort; but those hold all of an athlete's digests beside the season.
    return named.repartition("athlete").sortWithinPartitions("athlete").mapInArrow(seasons, _ddl(schema))


class _Athlete:
    """The digests of one athlete, as they come by; whatever is wrong with them is no other's concern."""

    def __init__(self, name: str | None, profile: str | None):
        self.name = name
        self._profile = profile
        self._digests = _freshlegs.Digests()
        self._reason: str | None = None

    def add(self, packed: bytes | None) -> None:
        if packed is None or self._reason is not None:
            return
        try:
            self._digests.add(packed)
        except Exception as error:  # noqa: BLE001 - a reason for this athlete, and no end of the job
            self._reason = _said(error)

    def row(self, today: str, rule: str | None, tables: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
        """The season, or why there is none."""
        row: dict[str, Any] = {"athlete": self.name, "warnings": [], "reason": self._reason}
        columns: dict[str, pa.Array] = {}
        try:
            if self._reason is None:
                season = self._season(today, rule)
                row |= {"as_of": datetime.date.fromisoformat(season.today), "warnings": season.warnings}
                for name in tables:
                    columns[_column(name)] = _nested(pa.table(getattr(season, name)), schema.field(_column(name)).type)
        except Exception as error:  # noqa: BLE001 - as above
            row, columns = {"athlete": self.name, "warnings": [], "reason": _said(error)}, {}
        arrays = [
            columns[field.name] if field.name in columns else pa.array([row.get(field.name)], type=field.type)
            for field in schema
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _season(self, today: str, rule: str | None) -> _freshlegs.Season:
        return _freshlegs.analyse(
            [],
            self._digests,
            profile_file=None,
            profile_json=self._profile,
            today=today,
            rule=rule,
            athlete=None,
            remember=False,
            keep=False,
        )


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _nested(table: pa.Table, kind: pa.ListType) -> pa.Array:
    """A table as one value: an array of structs."""
    fields = list(kind.value_type)
    flat = [table.column(field.name).cast(field.type).combine_chunks() for field in fields]
    rows = pa.StructArray.from_arrays(flat, fields=fields)
    return pa.ListArray.from_arrays(pa.array([0, table.num_rows], pa.int32()), rows).cast(kind)


def table(seasons: DataFrame, name: str) -> DataFrame:
    """One table of all athletes, flat, with the athlete beside each row.

    The columns are those of the table (``docs/data.md``); athletes without a season have no rows.
    """
    return seasons.selectExpr("athlete", f"inline({_column(name)})")


def _column(table: str) -> str:
    """Where a table stands in a row of seasons."""
    return "thresholds" if table == "athlete" else table


def write(seasons: DataFrame, path: str, buckets: int = 64) -> None:
    """Writes the seasons as Parquet, partitioned by bucket of athletes: an athlete is found in one of so many folders.

    The bucket of an athlete is ``pmod(xxhash64(athlete), buckets)``.
    """
    bucketed = seasons.selectExpr("*", f"cast(pmod(xxhash64(athlete), {int(buckets)}) as int) as bucket")
    bucketed.repartition("bucket").write.mode("overwrite").partitionBy("bucket").parquet(path)


def _seasons(tables: Sequence[str]) -> pa.Schema:
    head = [("athlete", pa.string()), ("as_of", pa.date32()), ("reason", pa.string()), ("warnings", pa.list_(pa.string()))]
    return pa.schema(head + [(_column(name), pa.list_(_struct(name))) for name in tables])


def _struct(name: str) -> pa.StructType:
    schema = pa.table(_freshlegs.empty(name)).schema
    return pa.struct([pa.field(field.name, _known_to_spark(field.type)) for field in schema])


def _known_to_spark(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_large_list(kind):
        return pa.list_(_known_to_spark(kind.value_type))
    if pa.types.is_unsigned_integer(kind):
        return pa.int64()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz=kind.tz)
    return kind


_WORDS = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.float64(): "double",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


def _ddl(schema: pa.Schema) -> str:
    """The schema in the words of Spark."""
    return ", ".join(f"{field.name} {_word(field.type)}" for field in schema)


def _word(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "timestamp"
    if pa.types.is_list(kind):
        return f"array<{_word(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {_word(field.type)}' for field in kind)}>"
    return _WORDS[kind]
