"""The calendar and the workouts of a plan, read by programs of others: two calendar readers, two FIT decoders."""

import datetime as dt
import json
import os

import pytest

icalendar = pytest.importorskip("icalendar")
vobject = pytest.importorskip("vobject")
fitdecode = pytest.importorskip("fitdecode")
garmin_fit_sdk = pytest.importorskip("garmin_fit_sdk")

from conftest import ROOT  # noqa: E402

CORPUS = os.environ.get("FRESHLEGS_CORPUS", ROOT.parent / "shared" / "corpus")
SEASONS = {"samples": ROOT / "samples", "real": os.path.join(CORPUS, "season-runpandas")}
# Days of the plan that the second one makes gentler.
UNWELL = ["--ill"]


class Made:
    """A plan as JSON and what stands in its files."""

    def __init__(self, program, runs, folder, *more):
        ics, workouts = folder / "plan.ics", folder / "workouts"
        asked = ["plan", runs, "-q", "--no-store", "--days", "28", *more]
        self.days = json.loads(program(*asked, "--format", "json", "--ics", ics, "--workouts", workouts))["days"]
        # Bytes: a text reader would turn the line ends of the calendar into others.
        self.calendar = ics.read_bytes().decode()
        self.workouts = {path.name: path.read_bytes() for path in sorted(workouts.iterdir())}


@pytest.fixture(scope="module", params=SEASONS)
def plans(request, program, tmp_path_factory):
    """A plan, and one of the same morning after a check-in that replaces its files."""
    runs = SEASONS[request.param]
    if not os.path.isdir(runs):
        pytest.skip(f"no corpus at {CORPUS}")
    folder = tmp_path_factory.mktemp("plan")
    return Made(program, runs, folder), Made(program, runs, folder, *UNWELL)


def by_icalendar(text):
    """UID, day, SEQUENCE, status, title and words of every event."""
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [
        (str(e["UID"]), e["DTSTART"].dt, int(e["SEQUENCE"]), str(e["STATUS"]), str(e["SUMMARY"]), str(e["DESCRIPTION"]))
        for e in events
    ]


def by_vobject(text):
    events = vobject.readOne(text, validate=True).vevent_list
    return [
        (e.uid.value, e.dtstart.value, int(e.sequence.value), e.status.value, e.summary.value, e.description.value)
        for e in events
    ]


def test_two_readers_see_every_planned_day_in_the_calendar(plans):
    plan = plans[0]
    events = by_icalendar(plan.calendar)
    assert events == by_vobject(plan.calendar)
    planned = [day for day in plan.days if day["kind"] != "rest"]
    assert [str(day) for _, day, *_ in events] == [day["date"] for day in planned]
    for (_, _, _, status, title, words), day in zip(events, planned):
        assert status == "CONFIRMED" and "\n" not in title and len(title) < 60
        spoken = {"cross_train": "cross-training", "walk_jog": "walk and jog"}.get(day["kind"], day["kind"])
        assert title.lower().startswith(spoken)
        # The whole prescription: why, and the ceiling of heart rate.
        assert day["reasons"][0][1:] in words and words.endswith("not medical advice.")
        if bpm := day["heart_rate_ceiling_bpm"]:
            assert f"at most {round(bpm)} bpm" in words or f"at most {int(bpm)} bpm" in words


def test_a_second_import_updates_and_doubles_nothing(plans):
    first, second = (by_icalendar(plan.calendar) for plan in plans)
    kept = {uid: event for uid, *event in first}
    imported = kept | {uid: event for uid, *event in second}
    assert len(kept) == len(first) and len({uid for uid, *_ in second}) == len(second)
    changed = [uid for uid in kept if kept[uid] != imported[uid]]
    assert changed and all(imported[uid][1] > kept[uid][1] for uid in changed)
    assert all(imported[uid][1] == kept[uid][1] for uid in kept if uid not in changed)
    # What stands in the calendar afterwards is the second plan and nothing else.
    active = {str(event[0]) for event in imported.values() if event[2] != "CANCELLED"}
    assert active == {day["date"] for day in plans[1].days if day["kind"] != "rest"}
    dropped = {day["date"] for day in plans[0].days if day["kind"] != "rest"} - active
    assert dropped == {str(event[0]) for event in imported.values() if event[2] == "CANCELLED"}


def test_events_at_an_hour_stand_on_the_clock_of_the_runner(program, samples, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Vienna")
    plan = Made(program, samples, tmp_path, "--at", "6:30")
    for read in (by_icalendar, by_vobject):
        starts = [event[1] for event in read(plan.calendar)]
        assert starts and all((at.hour, at.minute, at.utcoffset()) == (6, 30, dt.timedelta(hours=2)) for at in starts)


def broken_calendars(text):
    yield text[: len(text) // 2]
    yield text.replace("END:VEVENT", "", 1)
    yield text.replace("BEGIN:VEVENT", "", 1)
    yield text.replace("\r\n ", "\r\n", 1)
    yield text.replace("VALUE=DATE:2", "VALUE=DATE:x", 1)


def test_a_wrong_calendar_is_noticed(plans):
    for broken in broken_calendars(plans[0].calendar):
        for read in (by_icalendar, by_vobject):
            with pytest.raises(Exception):
                assert read(broken) == read(plans[0].calendar)


def steps_by_garmin(data):
    def decoder():
        return garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data)))

    # Checking reads the whole stream, so that reading needs another one.
    assert decoder().is_fit() and decoder().check_integrity()
    messages, errors = decoder().read()
    assert not errors, errors
    return messages["file_id_mesgs"][0], messages["workout_mesgs"][0], messages["workout_step_mesgs"]


def steps_by_fitdecode(data):
    found = {"file_id": [], "workout": [], "workout_step": []}
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found[frame.name].append({field.name: field.value for field in frame.fields})
    return found["file_id"][0], found["workout"][0], found["workout_step"]


READERS = [steps_by_garmin, steps_by_fitdecode]


def flat(day):
    """The steps of a planned day in the order of a workout file: turns are followed by one that says how often."""
    for part in day["steps"]:
        if "times" in part:
            yield from part["steps"]
            yield part["times"]
        else:
            yield part


def of_day(plan, day):
    return plan.workouts[f"{day['date']}-{day['kind'].replace('_', '-')}.fit"]


@pytest.mark.parametrize("read", READERS)
def test_every_run_is_a_workout_with_the_steps_of_its_day(plans, read):
    for plan in plans:
        runs = [day for day in plan.days if day["kind"] not in ("rest", "cross_train", "race")]
        seconds = [day for day in runs if day["second_run_s"]]
        assert len(plan.workouts) == len(runs) + len(seconds)
        for day in runs:
            _, workout, found = read(of_day(plan, day))
            planned = list(flat(day))
            assert workout["sport"] == "running" and workout["num_valid_steps"] == len(planned) == len(found)
            for step, told in zip(planned, found):
                if isinstance(step, int):
                    assert told["duration_type"] == "repeat_until_steps_cmplt"
                    assert told.get("repeat_steps", told.get("target_value")) == step
                    continue
                assert told["duration_type"] == "time" and told["duration_time"] == step["duration_s"]
                assert len(told["wkt_step_name"]) <= 15
                if bpm := step["heart_rate_ceiling_bpm"]:
                    assert told["target_type"] == "heart_rate"
                    # Beats stand 100 higher in the file, whether a reader knows it or not.
                    high = told["custom_target_heart_rate_high"]
                    assert int(high) - 100 == int(bpm) and int(told["custom_target_heart_rate_low"]) == 101
                elif pace := step["pace_ceiling_s_per_km"]:
                    assert told["target_type"] == "speed"
                    assert abs(told["custom_target_speed_high"] - 1000 / pace) < 0.002


@pytest.mark.parametrize("read", READERS)
def test_no_two_workouts_are_taken_for_one(plans, read):
    files = plans[0].workouts | {f"later {name}": data for name, data in plans[1].workouts.items()}
    distinct = set(files.values())
    ids = {(head["serial_number"], head["time_created"]) for head, *_ in map(read, distinct)}
    assert len(ids) == len(distinct)


@pytest.mark.parametrize("read", READERS)
def test_a_wrong_workout_is_noticed(plans, read):
    data = next(iter(plans[0].workouts.values()))
    for place in (1, 12, len(data) // 2, len(data) - 1):
        broken = bytearray(data)
        broken[place] ^= 0x10
        with pytest.raises(Exception):
            assert read(bytes(broken)) == read(data)
    for broken in (data[: len(data) // 2], b"BEGIN:VCALENDAR", b""):
        with pytest.raises(Exception):
            assert read(broken) == read(data)
