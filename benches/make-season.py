#!/usr/bin/env python3
"""Makes a long season of the samples: make-season.py FORMAT COUNT FOLDER

Writes COUNT runs of a FORMAT (fit, gpx or tcx) into FOLDER, each round of the samples 119 days before the last one, so
that no two are the same run. A season begins in 2001 at the earliest, as watches do: of FIT files more than that holds
go over the same days again, 29 hours later: a copy nearer than that is told from a run with a wrong clock. The samples
are made up, and so is the season.
"""

import datetime
import gzip
import pathlib
import re
import struct
import sys

SAMPLES = pathlib.Path(__file__).parent.parent / "samples"
ROUND = datetime.timedelta(days=119)
# So many rounds lead from the samples' spring back to 2001; what is longer goes over the same days again, this much later.
LAP = 75
LATER = datetime.timedelta(hours=29)
TIMESTAMP = 253
# Message and field numbers of further times: file_id, session, lap, activity.
TIMES = {(0, 4), (18, 2), (19, 2), (34, 5)}
TABLE = [0] * 256
for _byte in range(256):
    _crc = _byte
    for _ in range(8):
        _crc = (_crc >> 1) ^ 0xA001 if _crc & 1 else _crc >> 1
    TABLE[_byte] = _crc


def checksum(data):
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ TABLE[(crc ^ byte) & 255]
    return crc


def times(fit):
    """Where the times of a little-endian FIT file stand, and where its data end."""
    at, end, layouts, places = fit[0], fit[0] + struct.unpack_from("<I", fit, 4)[0], {}, []
    while at < end:
        header = fit[at]
        if header & 0xC0 == 0x40:
            message, count = struct.unpack_from("<H", fit, at + 3)[0], fit[at + 5]
            at, size, own = at + 6, 0, []
            for _ in range(count):
                number, length = fit[at], fit[at + 1]
                if length == 4 and (number == TIMESTAMP or (message, number) in TIMES):
                    own.append(size)
                size, at = size + length, at + 3
            if header & 0x20:
                developer, at = fit[at], at + 1
                for _ in range(developer):
                    size, at = size + fit[at + 1], at + 3
            layouts[header & 15] = (own, size)
        else:
            own, size = layouts[header >> 5 & 3 if header & 0x80 else header & 15]
            places += [at + 1 + offset for offset in own]
            at += 1 + size
    return places, end


def earlier_fit(fit, back):
    places, end = times(fit)
    out = bytearray(fit)
    for place in places:
        time = struct.unpack_from("<I", out, place)[0]
        struct.pack_into("<I", out, place, time - int(back.total_seconds()))
    struct.pack_into("<H", out, end, checksum(out[:end]))
    return out


def earlier_xml(text, back):
    day = lambda found: (datetime.date.fromisoformat(found.group()) - back).isoformat()
    return re.sub(r"20\d\d-\d\d-\d\d", day, text.decode()).encode()


def main(form, count, folder):
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted([*SAMPLES.glob(f"*.{form}"), *SAMPLES.glob(f"*.{form}.gz")])
    plain = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    earlier = earlier_fit if form == "fit" else earlier_xml
    for i in range(count):
        turn, which = divmod(i, len(files))
        name = f"{turn:03}-{files[which].name.split('.')[0]}.{form}"
        lap, rounds = divmod(turn, LAP) if form == "fit" else (0, turn)
        (folder / name).write_bytes(earlier(plain[which], rounds * ROUND - lap * LATER))


main(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))
