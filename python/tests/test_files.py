"""Single files."""

import freshlegs
import pyarrow
import pytest


@pytest.fixture(scope="module")
def run(samples):
    return next(path for path in sorted(samples.iterdir()) if path.name.endswith(".fit.gz"))


def test_the_seconds_are_the_recording(run):
    series = freshlegs.read(run)
    table = pyarrow.table(series)
    assert table.num_rows == series.timer_s == len(series)
    metres = sum(speed or 0.0 for speed in table.column("speed_mps").to_pylist())
    assert abs(metres - series.distance_m) < 0.02 * series.distance_m
    assert freshlegs.read(run.read_bytes()).start == series.start


def test_what_was_mended_is_said(samples):
    mended = [freshlegs.read(path).mended for path in sorted(samples.glob("*.fit.gz"))]
    assert any(mended) and all(isinstance(sentence, str) for sentences in mended for sentence in sentences)


def test_a_digest_depends_on_the_bytes_alone(run):
    data = run.read_bytes()
    one = freshlegs.describe(freshlegs.digest("a.fit", data))[0]
    assert (one["status"], one["activities"]) == ("read", 1)
    assert freshlegs.digest("a.fit", data) == freshlegs.digest("a.fit", data)


def test_damaged_digests_and_other_versions_are_refused(run):
    sent = bytearray(freshlegs.digest("a.fit", run.read_bytes()))
    head, rest = bytes(sent).split(b"\n", 1)
    version = freshlegs.DIGEST_VERSION
    older = head.replace(b" 1 %d " % version, b" 1 %d " % (version - 1)) + b"\n" + rest
    with pytest.raises(freshlegs.FreshlegsError, match="older freshlegs.*make it again from the files"):
        freshlegs.describe(older)
    sent[-1] ^= 1
    with pytest.raises(freshlegs.FreshlegsError, match="damaged"):
        freshlegs.describe(bytes(sent))


def test_what_cannot_be_read_is_an_error_with_the_reason(tmp_path):
    for data, words in [(b"hello", "not a FIT, GPX or TCX file"), (b"<gpx></gpx>", "a document without a track")]:
        with pytest.raises(freshlegs.FreshlegsError, match=words):
            freshlegs.read(data)
    with pytest.raises(FileNotFoundError):
        freshlegs.read(tmp_path / "none.fit")


def test_several_activities_ask_which(samples, tmp_path, run):
    import zipfile

    others = [path for path in sorted(samples.iterdir()) if path.name.endswith(".fit.gz")][:2]
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for path in others:
            archive.write(path, path.name)
    with pytest.raises(freshlegs.FreshlegsError, match="holds 2 activities; choose one"):
        freshlegs.read(tmp_path / "two.zip")
    assert len(freshlegs.read(tmp_path / "two.zip", activity=1)) > 0
    assert sum(file["activities"] for file in freshlegs.describe(freshlegs.digest("two.zip", (tmp_path / "two.zip").read_bytes()))) == 2
