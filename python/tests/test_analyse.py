"""The same numbers as the program, in every form."""

import json
from datetime import date

import freshlegs
import pyarrow
import pytest
from conftest import TODAY


def plain(value):
    """A cell as it stands in JSON."""
    return value.isoformat() if isinstance(value, date) else value


def rows(table, leave_out=()):
    found = pyarrow.table(table).to_pylist()
    return [{name: plain(value) for name, value in row.items() if name not in leave_out} for row in found]


@pytest.fixture(scope="module")
def report(program, samples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program") / "report"
    program("analyse", samples, "-o", folder, "--today", TODAY, "--no-store", "--quiet")
    return folder


@pytest.mark.parametrize("name", ["runs", "activities", "days", "weeks"])
def test_tables_are_those_of_the_program(season, report, name):
    # Times are instants in Arrow and text with an offset in JSON.
    expected = json.loads((report / f"{name}.json").read_text())[name]
    expected = [{key: value for key, value in row.items() if key != "started"} for row in expected]
    assert expected
    assert rows(getattr(season, name), {"started"}) == expected


def test_starts_are_the_same_instants(season, report):
    from datetime import datetime

    expected = json.loads((report / "runs.json").read_text())["runs"]
    starts = [row["started"] for row in pyarrow.table(season.runs).to_pylist()]
    assert starts == [datetime.fromisoformat(row["started"]) for row in expected]


def test_the_plan_is_that_of_the_program(season, report):
    days = json.loads((report / "plan.json").read_text())["days"]
    assert [day["date"] for day in days] == [row["date"] for row in rows(season.plan)]
    assert [day["kind"] for day in days] == [row["kind"] for row in rows(season.plan)]


def test_digests_give_the_same_as_the_files(season, samples):
    files = [path for path in sorted(samples.iterdir()) if path.name.endswith((".fit.gz", ".gpx.gz", ".tcx.gz", ".fit", ".gpx", ".tcx", ".zip"))]
    digests = [freshlegs.digest(path.name, path.read_bytes()) for path in files]
    from_digests = freshlegs.analyse(digests, samples / "profile.toml", TODAY)
    for name in freshlegs.Analysis.TABLES:
        left_out = {"file"}
        assert rows(getattr(from_digests, name), left_out) == rows(getattr(season, name), left_out), name


def test_digests_of_the_program_are_taken_too(season, program, samples, tmp_path):
    program("digest", samples, "-o", tmp_path / "all.parquet", "--no-store", "--quiet")
    again = freshlegs.analyse(tmp_path / "all.parquet", samples / "profile.toml", TODAY)
    assert rows(again.runs) == rows(season.runs)
    table = pyarrow.parquet.read_table(tmp_path / "all.parquet") if hasattr(pyarrow, "parquet") else None
    assert table is None or set(table.column("athlete").to_pylist()) == {"samples"}


def test_explanations_are_those_of_the_program(season, program, samples):
    said = program("explain", "2026-04-15", samples, "--today", TODAY, "--no-store", "--format", "json", "--quiet")
    assert dict(season.explain("2026-04-15")) == json.loads(said)["explained"][0]
    text = program("explain", "2026-04-15", samples, "--today", TODAY, "--no-store", "--quiet")
    assert str(season.explain("2026-04-15")).strip() == text.strip()


def test_evidence_is_that_of_the_explanations(season):
    evidence = rows(season.evidence)
    for day in ("2026-04-15", "last"):
        explained = season.explain(day)
        found = [row for row in evidence if row["session_id"] == explained["session_id"]]
        expected = [{"session_id": explained["session_id"], "date": explained["date"], **row} for row in explained["evidence"]]
        assert found and found == expected


def test_the_report_is_written_like_the_programs(season, report, tmp_path):
    page = season.report(tmp_path / "report")
    assert page.name == "index.html"
    names = sorted(str(path.relative_to(report)) for path in report.rglob("*") if path.is_file())
    assert sorted(str(path.relative_to(page.parent)) for path in page.parent.rglob("*") if path.is_file()) == names
    for name in ("runs.csv", "days.csv", "plan.csv", "charts/fitness.svg"):
        assert (page.parent / name).read_bytes() == (report / name).read_bytes()
    with pytest.raises(freshlegs.FreshlegsError, match="nothing of yours is overwritten"):
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "letter.txt").write_text("dear")
        season.report(tmp_path / "mine")


def test_it_shows_itself(season):
    assert repr(season) == f"<freshlegs.Analysis as of {TODAY}: {len(season.runs)} runs, {len(season.plan)} days ahead>"
    assert "recovery" in season._repr_html_() and "<script" not in season._repr_html_()
    assert "recovery" in str(season)


def test_mistakes_are_errors_in_the_words_of_the_program(samples, tmp_path):
    for arguments, words in [
        ({"source": tmp_path}, "no"),
        ({"source": samples, "rule": "mine"}, "is not a recovery rule"),
        ({"source": samples, "today": "22.6."}, "write the date as YYYY-MM-DD"),
        ({"source": samples, "today": "2020-01-01"}, "no activity has a possible date"),
        ({"source": samples, "profile": tmp_path / "none.toml"}, "cannot read the profile"),
        ({"source": b"something else"}, "this is no digest by freshlegs"),
    ]:
        with pytest.raises(freshlegs.FreshlegsError, match=words):
            freshlegs.analyse(**arguments, store=False)


def test_other_libraries_take_the_tables(season):
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(season.runs).height == len(season.runs)
    duckdb = pytest.importorskip("duckdb")
    runs = season.runs
    assert duckdb.sql("select count(*) from runs").fetchall() == [(len(runs),)]
    pandas = pytest.importorskip("pandas", minversion="3.0")
    assert len(pandas.DataFrame.from_arrow(season.days)) == len(season.days)


def test_other_threads_go_on_meanwhile(samples):
    import threading
    import time

    beats, done = [], threading.Event()

    def beat():
        while not done.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=beat)
    thread.start()
    start = time.perf_counter()
    freshlegs.analyse(samples, today=TODAY, store=False)
    took = time.perf_counter() - start
    done.set()
    thread.join()
    longest = max(later - earlier for earlier, later in zip(beats, beats[1:]))
    assert longest < 0.8 * took, (longest, took)
