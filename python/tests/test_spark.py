"""The Spark job on a real local cluster of two workers: the same as athlete by athlete, whatever fails."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import freshlegs
import pytest
from conftest import TODAY

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)

import pyarrow  # noqa: E402
from freshlegs import spark as freshlegs_spark  # noqa: E402

ATHLETES = 4


@pytest.fixture(scope="module")
def athletes(samples, tmp_path_factory) -> Path:
    """A folder for each athlete: the sample season from one run to another, so that each has a season of its own."""
    place = tmp_path_factory.mktemp("athletes")
    files = sorted(path for path in samples.iterdir() if path.suffix == ".gz")
    for athlete in range(ATHLETES):
        folder = place / f"athlete-{athlete}"
        folder.mkdir()
        for path in files[athlete * 6 :]:
            (folder / path.name).write_bytes(path.read_bytes())
    (place / "nobody").mkdir()
    (place / "nobody" / "broken.fit.gz").write_bytes(gzip.compress(b"this is no recording"))
    return place


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    place = tmp_path_factory.mktemp("spark")
    builder = pyspark.sql.SparkSession.builder.master("local-cluster[2,1,1024]").appName("freshlegs tests")
    settings = {
        **freshlegs_spark.SETTINGS,
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(place),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1024m",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def digests(spark, athletes, tmp_path_factory):
    path = str(tmp_path_factory.mktemp("digests") / "digests.parquet")
    freshlegs_spark.digests(spark, str(athletes), freshlegs_spark.folder(1)).write.parquet(path)
    return spark.read.parquet(path)


def flat(rows):
    return [row.asDict(recursive=True) for row in rows]


def test_every_file_is_a_row(digests, athletes):
    rows = flat(digests.select("athlete", "file", "status", "activities", "note").collect())
    assert len(rows) == sum(1 for path in athletes.rglob("*.gz"))
    failed = [row for row in rows if row["athlete"] == "nobody"]
    assert [row["activities"] for row in failed] == [0] and failed[0]["note"]


def compare(seasons, athletes):
    for name in (f"athlete-{athlete}" for athlete in range(ATHLETES)):
        expected = freshlegs.analyse(athletes / name, {}, TODAY, store=False)
        found = next(row for row in seasons if row["athlete"] == name)
        assert found["reason"] is None and str(found["as_of"]) == TODAY
        for table in ("runs", "plan"):
            wanted = pyarrow.table(getattr(expected, table)).to_pylist()
            assert len(wanted) == len(found[table]) > 10
            for one, other in zip(wanted, found[table]):
                for column, value in one.items():
                    if column not in ("started", "file"):
                        assert other[column] == value, (name, table, column)


def test_seasons_are_those_of_the_athletes_one_by_one(digests, athletes):
    seasons = flat(freshlegs_spark.analyse(digests, today=TODAY, tables=("runs", "plan")).collect())
    assert len(seasons) == ATHLETES + 1
    compare(seasons, athletes)
    nobody = next(row for row in seasons if row["athlete"] == "nobody")
    assert nobody["reason"] and nobody["runs"] is None


def test_profiles_come_as_a_dictionary_or_as_a_frame(spark, digests):
    profile = {"athlete": {"heart_rate_max_bpm": 201}}
    frame = spark.createDataFrame([("athlete-1", '{"athlete": {"heart_rate_max_bpm": 201}}')], "athlete string, profile string")
    for profiles in ({"athlete-1": profile}, frame):
        seasons = flat(freshlegs_spark.analyse(digests, profiles, TODAY, tables=("athlete",)).collect())
        highest = {row["athlete"]: row["thresholds"][-1]["maximal_heart_rate_bpm"] for row in seasons if not row["reason"]}
        assert len(highest) == ATHLETES and highest["athlete-1"] == 201 and highest["athlete-2"] != 201


def test_a_digest_of_another_version_is_a_reason_for_that_athlete_alone(spark, digests):
    older = f"freshlegs digest 1 {freshlegs.DIGEST_VERSION - 1} 00\n".encode()
    with_older = digests.select("athlete", "digest").union(spark.createDataFrame([("athlete-2", older)], "athlete string, digest binary"))
    reasons = {row["athlete"]: row["reason"] for row in freshlegs_spark.analyse(with_older, today=TODAY, tables=()).collect()}
    assert "older freshlegs" in reasons["athlete-2"] and reasons["athlete-1"] is None


def test_what_is_written_is_found_by_bucket(spark, digests, tmp_path):
    path = str(tmp_path / "seasons")
    freshlegs_spark.write(freshlegs_spark.analyse(digests, today=TODAY, tables=("runs",)), path, buckets=3)
    written = spark.read.parquet(path)
    assert written.count() == ATHLETES + 1 and {row["bucket"] for row in written.select("bucket").collect()} <= {0, 1, 2}
    runs = freshlegs_spark.table(written, "runs")
    assert runs.select("run_id").count() == written.selectExpr("sum(size(runs)) as n").where("n > 0").collect()[0]["n"]


def executors() -> list[int]:
    """The executors below this process."""
    parents, arguments = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
            arguments[int(place.name)] = (place / "cmdline").read_bytes()
        except OSError:
            continue

    def is_ours(pid: int) -> bool:
        while pid not in (0, os.getpid()):
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return [pid for pid, said in arguments.items() if b"CoarseGrainedExecutorBackend" in said and is_ours(pid)]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="executors are found by /proc")
def test_a_worker_killed_in_the_middle_changes_nothing(digests, athletes):
    # So many athletes that both workers are at work for some seconds.
    many = digests.crossJoin(digests.sparkSession.range(12)).selectExpr(
        "if(id = 0, athlete, concat(athlete, ' ', id)) as athlete", "digest"
    )
    killed = []

    def kill():
        killed.append(executors()[0])
        os.kill(killed[0], signal.SIGKILL)

    timer = threading.Timer(2.0, kill)
    start = time.monotonic()
    timer.start()
    seasons = flat(freshlegs_spark.analyse(many, today=TODAY, tables=("runs", "plan")).collect())
    took = time.monotonic() - start
    timer.cancel()
    assert killed and took > 2.0 and killed[0] not in executors(), took
    assert len(seasons) == 12 * (ATHLETES + 1)
    compare(seasons, athletes)


def test_the_script_does_both_stages(athletes, tmp_path):
    script = Path(__file__).parents[1] / "spark" / "submit.py"
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}

    def submit(*arguments) -> str:
        spark_submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
        command = [str(spark_submit), "--master", "local[2]", str(script), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout

    assert "1 failed, " in submit("digest", athletes, tmp_path / "digests")
    said = submit("analyse", tmp_path / "digests", tmp_path / "seasons", "--today", TODAY, "--buckets", 2)
    assert f"{ATHLETES + 1} athletes, 1 of them without a season" in said and "nobody: " in said
