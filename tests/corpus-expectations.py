#!/usr/bin/env python3
"""Write tests/corpus.toml: what independent readers find in every file of the test corpus.

    python3 -m venv ../venv
    ../venv/bin/pip install garmin-fit-sdk==21.218.0 fitdecode==0.11.0 fitparse==1.2.0 gpxpy==1.6.2 lxml==6.1.3
    ../venv/bin/python tests/corpus-expectations.py CORPUS_DIR > tests/corpus.toml

Run once with Python 3.11; freshlegs takes no part in it. FIT files are decoded by Garmin's SDK, fitdecode and fitparse, and the
table notes where they differ; GPX and TCX by lxml, GPX checked against gpxpy. Developer fields of FIT are left aside: native fields
only. Only totals are written: no positions, no names of people. What was decided by looking at the bytes is in DECIDED.
The rules of the table itself are in HEADER.
"""
import datetime as dt, gzip, hashlib, io, logging, math, struct, sys, warnings
from collections import Counter
from pathlib import Path

import fitdecode, fitparse, gpxpy
from garmin_fit_sdk import Decoder, Stream
from garmin_fit_sdk.crc_calculator import CrcCalculator
from lxml import etree

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
FIT_EPOCH_S = 631065600
EARTH_RADIUS_M = 6371000.0

HEADER = """\
# What every file of the test corpus holds, by readers other than freshlegs. Written by tests/corpus-expectations.py; see there for how.
#
# outcome  read      everything in it was read
#          salvaged  part of it is damaged (`reason`), but records precede the damage or survive it
#          skipped   sound, but not an activity; `kind` is the FIT file_id type, or for GPX
#                    route (points, none with a time), waypoints (only <wpt>), empty (no point and no track)
#          failed    nothing to be had (`reason`); unknown_format: a text, table or checksum lying among the activities
# reason   bad_crc, truncated, garbage_after_end, undefined_message, no_samples, unknown_format
# runs     one per activity: FIT session, GPX track with a timed point, TCX activity
#   sport                FIT session sport, without a session that of the sport message; TCX Sport; GPX <type> (9 is Strava's number for a run); unknown where not named
#   records              FIT record messages with a timestamp (all but DeveloperData.fit's have one); GPX track points with a time; TCX track points with a time.
#                        With several sessions a record belongs to the last session started at or before it; one at the very second
#                        of a start may be counted on either side.
#   distance_m           FIT session total, else last record's; TCX sum of laps; GPX haversine sum, R = 6371000 m, within segments
#   record_distance_m    the last distance seen in a record of this run (cumulative over the file in multisport)
#   timer_s, elapsed_s   FIT session totals. No session: timer from its events, elapsed last minus first record.
#                        TCX: timer is the sum of laps; GPX has none. Both: elapsed is last minus first record.
#   mean_hr_bpm          plain mean over records with heart rate > 0, before any cleaning
#   session_mean_hr_bpm  as the device states it (TCX: mean of laps weighted by time)
#   start, first_record  the device's start; the first record, where it differs
#   repeated_times       records with the time of the record before
#   record_from_m        the last distance seen in the runs before this one, where the counter of a multisport file goes on from there
# Where the totals are of another kind than what the records say, what the records say, by methods.md §1.1 to §1.3:
#   stamped_timer_s      FIT: from the timer's starts to its stops or to the next session (whole seconds; a device's own total leaves out some time
#                        between laps). TCX and broken FIT: time between points of a track, gaps of over 25 s left out. Where over 1 s from timer_s
#   stamped_elapsed_s    from the first start or point to the last stop or point, points alone at either end (nothing else within 25 s) left out:
#                        a device's elapsed time goes on until the activity is saved. Where over 1 s from elapsed_s
#   kept_distance_m      haversine sum without positions that would need over 12.5 m/s (or 40 where another sport is named) and without pauses.
#                        Where over 0.5 % from distance_m
#   weighted_mean_hr_bpm mean over time (straight line between records up to 25 s apart). Where over 0.5 bpm from mean_hr_bpm
#   Last and first are in file order, also where times run backwards. Heart rates of FIT `hr` messages stand in for missing ones.
# facts    what makes the file interesting; gap_s, backwards and repeated_times are of consecutive records of one run;
#          sections are chained FIT files; developer_for_record_field gives the native record fields (3 heart rate, 4 cadence, 5 distance,
#          6 speed, 7 power, 39 vertical oscillation, 41 ground contact) a developer field claims to stand for: the native one counts
# same     the same bytes under several names, or one run in several files (of equal bytes only the first name is listed)
# note     where readers differ, or what was decided by looking at the bytes
# Absent means: not stated, not determinable.
"""

# Decided by looking at the bytes.
CRC_NOTE = "the stored CRC is wrong but every message decodes; all records are kept"
EOF_NOTE = "the last 3 bytes are missing: the activity message and the CRC; records, lap and session are whole"
DECIDED = {
    "activity-activity-filecrc.fit": ("salvaged", "bad_crc", "two sections with the same 14 records; only the second's CRC is wrong; " + CRC_NOTE),
    "activity-filecrc.fit": ("salvaged", "bad_crc", CRC_NOTE),
    "activity-unexpected-eof.fit": ("salvaged", "truncated", EOF_NOTE),
    "activity-settings-nodata.fit": ("salvaged", "truncated", "the activity section is whole, the settings section after it breaks off"),
    "activity-settings-corruptheader.fit": ("salvaged", "garbage_after_end", "the activity section is whole, the header after it is damaged (one byte too many)"),
    "activity-settings.fit": ("read", None, "an activity section, then a settings section, which is passed over"),
    "nick.fit": ("salvaged", "truncated", "14391 records, then it breaks off inside the trailer: no session, no final timer stop"),
    "strava-android-app-201.10-b1218918.fit": ("salvaged", "undefined_message",
        "every CR LF pair lost its CR (19 bytes missing), so decoding derails at byte 7451; 472 records are sound, and the 473rd, which all readers "
        "return, is misread (its time is in 2085); the session, written first, is whole"),
    "empty_name_tag.gpx": ("failed", "no_samples", "a track without a single point: of an activity nothing is left"),
    "unicode2.gpx": ("failed", "no_samples", "a track without a single point: of an activity nothing is left"),
    "DeveloperData.fit": ("failed", "no_samples", "three records without any timestamp, no session: nothing to place in time"),
    "malformed.tcx": ("read", None, "the root element is Activities and the xsi prefix is undeclared: no validating parser takes it, but tags balance and "
        "every track point is there, one more (time only) than in basic.tcx"),
    "Mojstrovka.gpx": ("read", None, "all 184 points have one and the same time in 1901: the track is there, its times are worthless"),
    "coros-pace-2-cycling-misaligned-fields.fit": ("read", None, "a uint32 field is declared 1 byte long: fitparse gives up after 1785 records, the others read on"),
    "dual-developer-index.fit": ("read", None, "developer fields state base type 8 (float32 without its 0x80 flag): fitdecode and fitparse "
        "give up, Garmin's SDK reads all; two developers use the same field names and numbers"),
    "gpx1.0_with_all_fields.gpx": ("read", None, "one timed point, no zone: taken as UTC"),
    "gpx1.1_with_all_fields.gpx": ("read", None, "one timed point, no zone: taken as UTC"),
    "activity-large-fenxi2-multisport.fit": ("read", None, "the first session's start is later than the file's first records and its end minus its elapsed time"),
    "sample_mulitple_header.fit": ("read", None, "the three later sections have no file_id and hold only heart rates stored by the strap, for the swim: one activity"),
    "antfs-dump.63.fit": ("read", None, "the clock was not set (1990); only activity.local_timestamp tells the true date"),
    "compressed-speed-distance.fit": ("read", None, "the clock was not set (1990); only activity.local_timestamp tells the true date"),
    "gpx-with-node-with-comments.gpx": ("read", None, "a single timed point"),
    "720bf570-d855-4303-87c2-74d85429e52d.gpx": ("read", None, "left recording for a day, with one gap of 15 hours"),
    "556160e9-d74c-440c-b0af-363efb753430.gpx": ("read", None, "positions jump by up to 90 m within a second, so the summed distance is far too long"),
    "event_timestamp.fit": ("read", None, "the four later sections have no file_id and hold only heart rates stored by the strap, for the swim: one activity"),
}

# Where the rules go further than the readers of files (methods §1.1 and §1.3): by hand, with the functions below; None leaves a field out.
BY_RULE = {
    # The session's timer says that the run ended with its last record, not with the stop 29 and 35 s later.
    "20210218_zwift_bike_race.fit": {0: {"stamped_timer_s": None, "stamped_elapsed_s": None}},
    "null_compressed_speed_dist.fit": {0: {"stamped_timer_s": None, "stamped_elapsed_s": None}},
    # No sport is named and most of it is a car: kept_line(points, 40).
    "around-visnjan-with-car.gpx": {0: {"kept_distance_m": 2724.738}},
    # The drive of the next day, from 85,152 s on, is no part of the run: the points before it.
    "720bf570-d855-4303-87c2-74d85429e52d.gpx": {
        0: {"kept_distance_m": 8248.135, "stamped_elapsed_s": 85151.768, "weighted_mean_hr_bpm": 169.044}},
    # The strap's heart rates, each at the records up to five seconds after it that have none of their own.
    "sample_mulitple_header.fit": {0: {"mean_hr_bpm": 165.037, "weighted_mean_hr_bpm": 165.172}},
    "event_timestamp.fit": {0: {"mean_hr_bpm": 138.253, "weighted_mean_hr_bpm": None}},
}


def utc(seconds):
    """Unix seconds as RFC 3339, with milliseconds only where there are any."""
    t = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=round(seconds * 1000))
    return t.isoformat(timespec="milliseconds" if t.microsecond else "seconds") + "Z"


def mean(values):
    values = [v for v in values if v]
    return sum(values) / len(values) if values else None


def gap_facts(times):
    steps = [b - a for a, b in zip(times, times[1:])]
    facts = []
    if any(s > 10 for s in steps):
        facts.append(f"gap_s:{max(steps):.0f} (over 10 s: {sum(s > 10 for s in steps)})")
    if any(s < 0 for s in steps):
        facts.append(f"backwards:{sum(s < 0 for s in steps)}")
    if any(s == 0 for s in steps):
        facts.append(f"repeated_times:{sum(s == 0 for s in steps)}")
    if times and not 946684800 <= times[0] <= 1798761600:
        facts.append("start_outside_2000_to_2026")
    return facts


# --- FIT -----------------------------------------------------------------------------------------------------------------------------

def sections(data):
    """Chained FIT sections, each a slice with header and CRC; stops where no header follows."""
    at = 0
    while len(data) - at >= 12 and data[at] in (12, 14) and data[at + 8:at + 12] == b".FIT":
        size = data[at] + struct.unpack_from("<I", data, at + 4)[0] + 2
        yield data[at:at + size]
        at += size


def seconds(value):
    """FIT or Python time as Unix seconds."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=value.tzinfo or dt.timezone.utc).timestamp()
    return value + FIT_EPOCH_S if isinstance(value, (int, float)) else None


def by_sdk(data):
    messages, _ = Decoder(Stream.from_byte_array(bytearray(data))).read(convert_datetimes_to_dates=False, merge_heart_rates=False)
    return {k.removesuffix("_mesgs"): v for k, v in messages.items() if isinstance(k, str)}


def by_fitdecode(data):
    out = {}
    options = dict(error_handling=fitdecode.ErrorHandling.IGNORE, check_crc=fitdecode.CrcCheck.DISABLED)
    try:
        for frame in fitdecode.FitReader(io.BytesIO(data), **options):
            if isinstance(frame, fitdecode.FitDataMessage):
                native = [f for f in frame.fields if not isinstance(f.field_def, fitdecode.types.DevFieldDefinition)]
                out.setdefault(frame.name, []).append({f.name: f.value for f in reversed(native)})
    except Exception:  # whatever came before the break counts
        pass
    return out


def by_fitparse(data):
    out = {}
    try:
        for m in fitparse.FitFile(io.BytesIO(data), check_crc=False).get_messages():
            native = [f for f in m.fields if not isinstance(f.field_def, fitparse.records.DevFieldDefinition)]
            out.setdefault(m.name, []).append({f.name: f.value for f in reversed(native)})
    except Exception:
        pass
    return out


def plain(messages):
    """The few fields used here, with times in Unix seconds."""
    times = ("timestamp", "start_time", "local_timestamp")
    return {name: [{k: seconds(v) if k in times else v for k, v in m.items()} for m in messages.get(name, [])]
            for name in ("file_id", "record", "session", "event", "activity", "sport")}


def structure_facts(data):
    """What only the definitions tell: byte order, compressed timestamps, developer fields and what they stand for."""
    facts, developer = set(), {}
    try:
        for f in fitdecode.FitReader(io.BytesIO(data), error_handling=fitdecode.ErrorHandling.IGNORE, check_crc=fitdecode.CrcCheck.DISABLED):
            if isinstance(f, fitdecode.FitDefinitionMessage) and f.endian == ">":
                facts.add("big_endian")
            if isinstance(f, fitdecode.FitDataMessage) and f.time_offset is not None:
                facts.add("compressed_timestamps")
            if isinstance(f, fitdecode.FitDataMessage) and f.has_field("compressed_speed_distance"):
                facts.add("compressed_speed_distance")
    except Exception:
        pass
    for d in by_sdk(data).get("field_description", []):
        name = d.get("field_name") or "?"
        native = d.get("native_field_num") if d.get("native_mesg_num") == 20 else None
        name = str(name[0] if isinstance(name, list) else name).strip("\0 ")
        developer[name] = native if native is not None else developer.get(name)  # one name may serve record, lap and session
    natives = sorted({v for v in developer.values() if v not in (None, 255)})
    if natives:
        facts.add("developer_for_record_field:" + ",".join(map(str, natives)))
    if developer:
        facts.add("developer_fields:" + ",".join(sorted(developer)))
    return facts


def timer_from_events(events, last):
    total, since = 0.0, None
    for e in events:
        if e.get("event") in ("timer", 0) and e.get("timestamp"):
            if e.get("event_type") == "start":
                since = e["timestamp"] if since is None else since
            elif str(e.get("event_type", "")).startswith("stop") and since is not None:
                total, since = total + e["timestamp"] - since, None
    return total + (last - since if since is not None else 0) or None


def weighted_mean(times, hearts):
    """Mean heart rate over time; a mean over records counts the busy parts of a smart recording more."""
    points = sorted({t: h for t, h in zip(times, hearts) if h}.items())
    steps = [(b[0] - a[0], (a[1] + b[1]) / 2) for a, b in zip(points, points[1:]) if b[0] - a[0] <= 25]
    breaks = [a for a, b in zip(points, points[1:] + [(math.inf, 0)]) if b[0] - a[0] > 25]
    steps += [(1, h) for _, h in breaks]  # both ends of a line belong to it
    seconds = sum(s for s, _ in steps)
    return sum(s * h for s, h in steps) / seconds if seconds else None


def timer_spans(events, begin, end):
    """(on, off) from the timer's events, cut to one session; a stop without a start before it was started with the session."""
    spans, since, seen = [], None, False
    for e in events:
        if e.get("event") in ("timer", 0) and e.get("timestamp"):
            if e.get("event_type") == "start":
                since, seen = (e["timestamp"] if since is None else since), True
            elif str(e.get("event_type", "")).startswith("stop"):
                if since is not None or not seen:
                    spans.append((begin if since is None else since, e["timestamp"]))
                since, seen = None, True
    if since is not None:
        spans.append((since, end))
    cut = [(max(a, begin), min(b, end)) for a, b in spans]
    return [(a, b) for a, b in cut if b > a]


def fit_run(session, records, events, until, sport):
    records = [r for r in records if r.get("timestamp")]
    times = [r["timestamp"] for r in records]
    distance = next((r["distance"] for r in reversed(records) if r.get("distance") is not None), None)
    start = session.get("start_time") or (times[0] if times else None)
    total = session.get("total_distance")
    sane = [t for t, before in zip(times, [None, *times]) if before is None or t - before <= 86400]
    own_start = min([t for t in (session.get("start_time"), times[0] if times else None) if t], default=None)
    spans = timer_spans(events, own_start, until if until else sane[-1] + 60) if times else []
    if until is None and spans and not any(e.get("timestamp") == spans[-1][1] for e in events):
        spans[-1] = (spans[-1][0], max(sane[-1], spans[-1][0]))  # never stopped: until the last record
    return {
        "sport": str(session.get("sport") or sport or "unknown"),
        "sub_sport": session.get("sub_sport"),
        "records": len(records),
        "distance_m": total if total is not None else distance,
        "record_distance_m": distance,
        "first_distance_m": next((r["distance"] for r in records if r.get("distance") is not None), None),
        "timer_s": session.get("total_timer_time") if session else timer_from_events(events, times[-1]),
        "elapsed_s": session.get("total_elapsed_time") if session else times[-1] - times[0],
        "mean_hr_bpm": mean([r.get("heart_rate") for r in records]),
        "session_mean_hr_bpm": session.get("avg_heart_rate") or None,
        "start": start, "first_record": times[0] if times else None, "times": times,
        "stamped_timer_s": sum(b - a for a, b in spans) or None,
        "stamped_elapsed_s": spans[-1][1] - spans[0][0] if spans else None,
        "weighted_mean_hr_bpm": weighted_mean(times, [r.get("heart_rate") for r in records]),
    }


def fit_section(data):
    """(type, runs, facts, notes) of one section; type is None where it has no file_id (it continues the one before)."""
    tools = {"sdk": plain(by_sdk(data)), "fitdecode": plain(by_fitdecode(data)), "fitparse": plain(by_fitparse(data))}
    counts = {n: len([r for r in t["record"] if r.get("timestamp")]) for n, t in tools.items()}
    best = max(tools, key=lambda n: counts[n])  # the first of equals: Garmin's own
    m, notes = tools[best], []
    if len(set(counts.values())) > 1:
        notes.append("records by reader: " + ", ".join(f"{n} {c}" for n, c in counts.items()))
    file_type = next((str(f["type"]) for f in m["file_id"] if f.get("type") is not None), None)
    facts = structure_facts(data)
    if file_type != "activity":
        return file_type, [], set(), []
    sessions = sorted((s for s in m["session"] if s.get("start_time")), key=lambda s: s["start_time"])
    shares = [[] for _ in sessions] or [[]]
    for r in m["record"]:
        if r.get("timestamp"):
            shares[max([i for i, s in enumerate(sessions) if s["start_time"] <= r["timestamp"]], default=0)].append(r)
    sport = None if sessions else next((s["sport"] for s in m["sport"] if s.get("sport")), None)
    untils = [s["start_time"] for s in sessions[1:]] + [None]
    runs = [fit_run(s, rs, m["event"], u, sport) for s, rs, u in zip(sessions or [{}], shares, untils) if rs or s]
    for before, run in zip(runs, runs[1:]):
        if before["record_distance_m"] and (run["first_distance_m"] or 0) >= before["record_distance_m"]:
            run["record_from_m"] = before["record_distance_m"]
    for name, other in tools.items():
        compare(runs, other, name, counts[name] == counts[best], notes)
    facts |= {"no_session"} if not sessions else set()
    stops = sum(e.get("event") == "timer" and str(e.get("event_type", "")).startswith("stop") for e in m["event"])
    facts |= {f"timer_stops:{stops}"} if stops > len(runs) else set()
    for a in m["activity"]:
        if a.get("local_timestamp") and a.get("timestamp"):
            offset = a["local_timestamp"] - a["timestamp"]
            facts.add(f"utc_offset_s:{offset:.0f}" if abs(offset) <= 50400 else "utc_offset_implausible")
    return file_type, runs, facts, notes


def compare(runs, other, name, same_count, notes):
    """Where a second reader has the records too, mean heart rate and last distance must agree."""
    rs = [r for r in other["record"] if r.get("timestamp")]
    if not same_count or not rs or not runs:
        return
    n = sum(bool(r.get("heart_rate")) for r in rs)
    mine = [(u["mean_hr_bpm"], u["records"]) for u in runs if u["mean_hr_bpm"]]
    theirs = mean([r.get("heart_rate") for r in rs])
    if bool(mine) != bool(n) or (len(runs) == 1 and mine and abs(mine[0][0] - theirs) > 0.01):
        notes.append(f"mean heart rate by {name}: {theirs}")
    last = next((r["distance"] for r in reversed(rs) if r.get("distance") is not None), None)
    own = next((u["record_distance_m"] for u in reversed(runs) if u["record_distance_m"] is not None), None)
    if (last is None) != (own is None) or (own is not None and abs(own - last) > 0.05):
        notes.append(f"last record distance by {name}: {last}")


def fit_file(data):
    entry, chained, rest = {"runs": [], "facts": set(), "notes": []}, list(sections(data)), data
    kinds = []
    for s in chained:
        kind, runs, facts, notes = fit_section(s)
        size = s[0] + struct.unpack_from("<I", s, 4)[0] + 2
        kinds.append(kind or ("broken" if len(s) < size else "continued"))
        entry["runs"] += runs
        entry["facts"] |= facts
        entry["notes"] += notes
        if len(s) < size:
            entry["damage"] = "truncated"
        elif CrcCalculator.calculate_crc(s, 0, size - 2) != struct.unpack_from("<H", s, size - 2)[0]:
            entry["damage"] = "bad_crc"
        if s[0] == 14 and s[12:14] == b"\0\0":
            entry["facts"].add("header_crc_zero")  # allowed: not computed
    if any(rest[sum(map(len, chained)):]):
        entry["damage"] = "garbage_after_end"
    if len(chained) > 1:
        entry["facts"].add("sections:" + "+".join(kinds))
    if len(entry["runs"]) > 1 and kinds.count("activity") == 1:
        entry["facts"].add("multisport")
    entry["kind"] = kinds[0] if kinds else None
    return entry


# --- GPX and TCX ---------------------------------------------------------------------------------------------------------------------

def name_of(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def every(element, name):
    return [e for e in element.iter() if name_of(e) == name]


def child_text(element, name):
    return next(((c.text or "").strip() for c in element if name_of(c) == name), None)


def xml_seconds(text):
    if not text:
        return None
    t = dt.datetime.fromisoformat(text[:26].rstrip("Z") + "+00:00" if text.endswith("Z") else text)
    return t.replace(tzinfo=t.tzinfo or dt.timezone.utc).timestamp()


def haversine_m(a, b):
    (la, lo), (lb, lp) = (map(math.radians, p) for p in (a, b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(h))


def kept_line(points, limit_mps):
    """(distance, elapsed time, timer) of points (time, place, starts a segment) by methods.md §1.1 and §1.3."""
    points = [p for p, before in zip(points, [None, *points]) if before is None or p[0] > before[0]]

    def is_break(a, b):
        gap, metres = b[0] - a[0], haversine_m(a[1], b[1])
        return b[2] and gap > 2 or gap > 25 and not (gap <= 120 and 0.8 <= metres / gap <= 6.5)

    stretches = []
    for p in points:
        if stretches and not is_break(stretches[-1][-1], p):
            stretches[-1].append(p)
        else:
            stretches.append([p])
    stretches = [s for s in stretches if len(s) > 1]
    total, end = 0.0, None
    for stretch in stretches:
        last, rejected = stretch[0], 0
        if end and not last[2] and haversine_m(end[1], last[1]) <= 50:
            total += haversine_m(end[1], last[1])
        for p in stretch[1:]:
            metres = haversine_m(last[1], p[1])
            too_fast = metres > limit_mps * (p[0] - last[0])
            if too_fast and rejected < 10:
                rejected += 1
                continue
            total, last, rejected = total + (0 if too_fast else metres), p, 0
        end = last
    if not stretches:
        return None, 0.0, None  # every point stands alone
    return total, stretches[-1][-1][0] - stretches[0][0][0], sum(s[-1][0] - s[0][0] for s in stretches)


def gpx_run(track):
    times, hearts, distance, line, beats = [], [], 0.0, [], []
    for segment in every(track, "trkseg"):
        timed = [p for p in every(segment, "trkpt") if child_text(p, "time")]
        places = [(float(p.get("lat")), float(p.get("lon"))) for p in timed]
        distance += sum(map(haversine_m, places, places[1:]))
        times += [xml_seconds(child_text(p, "time")) for p in timed]
        line += [(t, place, i == 0 and bool(line)) for i, (t, place) in enumerate(zip(times[-len(timed):], places))] if timed else []
        hearts += [float(h.text) for p in timed for h in every(p, "hr")[:1]]
        beats += [(float(every(p, "hr")[0].text) if every(p, "hr") else None) for p in timed]
    if not times:
        return None
    kind = (child_text(track, "type") or "unknown").lower()
    sport = {"9": "running", "run": "running"}.get(kind, kind)
    kept, elapsed, _ = kept_line(line, 12.5 if sport in ("running", "walking", "unknown") else 40)
    return {"sport": sport, "records": len(times), "distance_m": distance,
            "elapsed_s": times[-1] - times[0], "mean_hr_bpm": mean(hearts), "start": times[0], "times": times,
            "kept_distance_m": kept, "stamped_elapsed_s": elapsed, "weighted_mean_hr_bpm": weighted_mean(times, beats)}


def gpx_file(root, data):
    tracks = [t for t in root if name_of(t) == "trk"]
    runs = [r for r in map(gpx_run, tracks) if r]
    entry = {"runs": runs, "facts": set(), "notes": []}
    segments = [len([s for s in every(t, "trkseg") if len(s)]) for t in tracks]
    entry["facts"] |= {f"tracks:{len(tracks)} (timed: {len(runs)})"} if len(tracks) > 1 else set()
    entry["facts"] |= {f"segments:{max(segments)}"} if max(segments, default=0) > 1 else set()
    entry["facts"] |= {"no_namespace"} if root.tag == "gpx" else set()
    entry["facts"] |= {"bom"} if data.startswith(b"\xef\xbb\xbf") else set()
    entry["kind"] = "route" if every(root, "trkpt") + every(root, "rtept") else "waypoints" if every(root, "wpt") else "empty"
    try:  # a second opinion on how many points have a time
        theirs = sum(p.time is not None for t in gpxpy.parse(data.decode("utf-8-sig")).tracks for s in t.segments for p in s.points)
        if theirs != sum(r["records"] for r in runs):
            entry["notes"].append(f"gpxpy finds {theirs} timed points")
    except Exception as e:
        entry["notes"].append(f"gpxpy refuses it ({type(e).__name__})")
    return entry


def tcx_run(activity):
    points = [p for p in every(activity, "Trackpoint") if child_text(p, "Time")]
    laps = [x for x in activity if name_of(x) == "Lap"]
    lap_time = [float(child_text(x, "TotalTimeSeconds") or 0) for x in laps]
    lap_mean = [float(h[0][0].text) if (h := [c for c in x if name_of(c) == "AverageHeartRateBpm"]) else None for x in laps]
    stated = sum(t * h for t, h in zip(lap_time, lap_mean)) / sum(lap_time) if all(lap_mean) and sum(lap_time) else None
    times = [xml_seconds(child_text(p, "Time")) for p in points]
    covered = [d for p in points if (d := child_text(p, "DistanceMeters"))]
    hearts = [float(v.text) for p in points for c in p if name_of(c) == "HeartRateBpm" for v in every(c, "Value")]
    start = xml_seconds(laps[0].get("StartTime")) if laps else times[0]
    tracks = [[xml_seconds(child_text(p, "Time")) for p in every(t, "Trackpoint") if child_text(p, "Time")] for t in every(activity, "Track")]
    starts = [xml_seconds(x.get("StartTime")) for x in laps]
    if len(tracks) == len(laps):  # a track for every lap: laps, not pauses, unless the timer stood still between them
        joined = tracks[:1]
        for i in range(1, len(laps)):
            stood_still = starts[i] - starts[i - 1] - lap_time[i - 1] > 2 and tracks[i][0] - joined[-1][-1] > 2
            joined = joined + [tracks[i]] if stood_still else joined[:-1] + [joined[-1] + tracks[i]]
        tracks = joined
    stamped = sum(b - a for t in tracks for a, b in zip(t, t[1:]) if b - a <= 25)
    beats = [next((float(v.text) for c in p if name_of(c) == "HeartRateBpm" for v in every(c, "Value")), None) for p in points]
    return {"sport": {"Running": "running", "Biking": "cycling"}.get(activity.get("Sport"), "other"), "records": len(points),
            "distance_m": sum(float(child_text(x, "DistanceMeters") or 0) for x in laps), "timer_s": sum(lap_time),
            "record_distance_m": float(covered[-1]) if covered else None, "elapsed_s": times[-1] - times[0],
            "mean_hr_bpm": mean(hearts), "session_mean_hr_bpm": stated, "start": start, "first_record": times[0], "times": times,
            "stamped_timer_s": stamped, "weighted_mean_hr_bpm": weighted_mean(times, beats)}


def tcx_file(root):
    runs = [tcx_run(a) for a in every(root, "Activity")]
    return {"runs": runs, "facts": {f"laps:{len(every(root, 'Lap'))}"} if len(every(root, "Lap")) > 1 else set(), "notes": []}


# --- the table -----------------------------------------------------------------------------------------------------------------------

def examine(path):
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if data[8:12] == b".FIT":
        entry = fit_file(data)
    else:
        try:
            root = etree.fromstring(data, etree.XMLParser(recover=path.suffix in (".gpx", ".tcx"), huge_tree=True))
            assert root is not None and name_of(root) in ("gpx", "TrainingCenterDatabase", "Activities")
        except (etree.XMLSyntaxError, AssertionError, ValueError):
            return {"outcome": "failed", "reason": "unknown_format", "runs": [], "facts": [], "notes": []}
        entry = gpx_file(root, data) if name_of(root) == "gpx" else tcx_file(root)
    for run in entry["runs"]:
        entry["facts"] |= set(gap_facts(run["times"]))
    entry["outcome"] = "read" if entry["runs"] else "skipped"
    if entry.get("damage"):
        entry["outcome"], entry["reason"] = "salvaged", entry["damage"]
    if path.name in DECIDED:
        entry["outcome"], entry["reason"], note = DECIDED[path.name]
        entry["notes"].insert(0, note)
    if entry["outcome"] == "failed":
        entry["runs"] = []
    return entry


def same_runs(entries):
    """Groups of files with the same bytes, and of files whose runs cover the same time (overlap at least 80 % of both)."""
    digests, groups = {}, []
    for file, e in entries.items():
        digests.setdefault(e["sha256"], []).append(file)
    groups += [("bytes", sorted(fs)) for fs in digests.values() if len(fs) > 1 and entries[fs[0]]["outcome"] != "failed"]
    seen = []
    for file in sorted(fs[0] for fs in digests.values()):
        for run in entries[file]["runs"]:
            if len(run["times"]) < 2 or max(run["times"]) <= min(run["times"]):
                continue
            a, b = min(run["times"]), max(run["times"])
            for g in seen:
                both = min(b, g[1]) - max(a, g[0])
                if both >= 0.8 * max(b - a, g[1] - g[0]):
                    g[2].append(file)
                    break
            else:
                seen.append((a, b, [file]))
    groups += [("run", sorted(set(g[2]))) for g in seen if len(set(g[2])) > 1]
    return sorted(set((k, tuple(f)) for k, f in groups))


def toml(value):
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, float):
        return repr(round(value, 3))
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, (list, tuple)) else str(value)


def write(entries, out):
    order = ("sport", "sub_sport", "records", "distance_m", "record_distance_m", "timer_s", "elapsed_s", "mean_hr_bpm",
             "session_mean_hr_bpm", "start", "first_record", "repeated_times", "record_from_m", "stamped_timer_s", "stamped_elapsed_s",
             "kept_distance_m", "weighted_mean_hr_bpm")
    out.write(HEADER)
    for file, e in entries.items():
        out.write(f"\n[[file]]\nfile = {toml(file)}\noutcome = {toml(e['outcome'])}\n")
        if e["outcome"] == "skipped":
            out.write(f"kind = {toml(e['kind'])}\n")
        if e.get("reason"):
            out.write(f"reason = {toml(e['reason'])}\n")
        if e["facts"]:
            out.write(f"facts = {toml(sorted(e['facts']))}\n")
        if e["notes"]:
            out.write(f"note = {toml('; '.join(dict.fromkeys(e['notes'])))}\n")
        for run in e["runs"]:
            row = {k: run[k] for k in order if run.get(k) is not None}
            if row.get("first_record") == row.get("start"):
                row.pop("first_record", None)
            for other, plain_one, off in (("stamped_timer_s", "timer_s", 1), ("stamped_elapsed_s", "elapsed_s", 1),
                                      ("kept_distance_m", "distance_m", 0.005 * row.get("distance_m", 0)), ("weighted_mean_hr_bpm", "mean_hr_bpm", 0.5)):
                if other in row and plain_one in row and abs(row[other] - row[plain_one]) <= off:
                    row.pop(other)
            repeats = sum(a == b for a, b in zip(run["times"], run["times"][1:]))
            row = {k: row.get(k, repeats) for k in order if k in row or (k == "repeated_times" and repeats)}
            for k in row.keys() - {"sport", "sub_sport", "records", "repeated_times", "start", "first_record"}:
                row[k] = float(row[k])
            row.update({k: utc(row[k]) for k in ("start", "first_record") if k in row})
            out.write("[[file.runs]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in row.items()))
    for how, files in same_runs(entries):
        out.write(f"\n[[same]]\nhow = {toml(how)}\nfiles = {toml(files)}\n")


def main(folder):
    entries = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        entry = examine(path) | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for run, fields in BY_RULE.get(path.name, {}).items():
            entry["runs"][run].update(fields)
        entries[path.relative_to(folder).as_posix()] = entry
    write(entries, sys.stdout)
    print(Counter(e["outcome"] for e in entries.values()), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
