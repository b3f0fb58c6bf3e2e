"""Analyses the exports of many athletes with Spark: digests, seasons, or both.

    spark-submit python/spark/submit.py digest  s3a://bucket/athletes s3a://bucket/digests
    spark-submit python/spark/submit.py analyse s3a://bucket/digests s3a://bucket/seasons --today 2026-06-22

``docs/scale.md`` says how to bring the package to the workers, and what it costs.
"""

import argparse

from pyspark.sql import SparkSession

from freshlegs import spark as freshlegs_spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    digest = commands.add_parser("digest", help="stage 1: files to digests, as Parquet")
    digest.add_argument("files", help="folder with all athletes' files")
    digest.add_argument("digests", help="Parquet to write")
    whose = digest.add_mutually_exclusive_group()
    whose.add_argument("--folder", type=int, default=1, help="the athlete is the folder so many levels above the file [default: 1]")
    whose.add_argument("--matching", help="the athlete is the first group of this regular expression, on the path")
    analyse = commands.add_parser("analyse", help="stage 2: digests to seasons, as Parquet by bucket of athletes")
    analyse.add_argument("digests", help="Parquet of stage 1, or of `freshlegs digest`")
    analyse.add_argument("seasons", help="Parquet to write")
    analyse.add_argument("--profiles", help="Parquet with athlete and profile (JSON)")
    analyse.add_argument("--today", help="the day to stand on (YYYY-MM-DD) [default: today]")
    analyse.add_argument("--rule", help="balanced, pfitzinger, friel, daniels or maf")
    analyse.add_argument("--tables", default="runs,weeks,plan", help="which tables [default: runs,weeks,plan]")
    analyse.add_argument("--buckets", type=int, default=64, help="folders of athletes [default: 64]")
    wanted = parser.parse_args()

    builder = SparkSession.builder.appName(f"freshlegs {wanted.command}")
    for name, value in freshlegs_spark.SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    if wanted.command == "digest":
        whose = freshlegs_spark.matching(wanted.matching) if wanted.matching else freshlegs_spark.folder(wanted.folder)
        freshlegs_spark.digests(spark, wanted.files, whose).write.mode("overwrite").parquet(wanted.digests)
        found = spark.read.parquet(wanted.digests).groupBy("status").count().orderBy("status").collect()
        print(", ".join(f"{row['count']} {row['status']}" for row in found) or "no files")
    else:
        profiles = spark.read.parquet(wanted.profiles) if wanted.profiles else None
        seasons = freshlegs_spark.analyse(
            spark.read.parquet(wanted.digests), profiles, wanted.today, wanted.rule, wanted.tables.split(",")
        )
        freshlegs_spark.write(seasons, wanted.seasons, wanted.buckets)
        written = spark.read.parquet(wanted.seasons)
        failed = written.where("reason is not null").select("athlete", "reason")
        print(f"{written.count()} athletes, {failed.count()} of them without a season")
        for row in failed.limit(20).collect():
            print(f"{row['athlete']}: {row['reason'].splitlines()[0]}")
    spark.stop()


if __name__ == "__main__":
    main()
