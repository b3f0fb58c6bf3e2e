#!/usr/bin/env python3
"""Expected numbers of the second edition of the rules (docs/methods.md §3 to §6), worked out without the program.

Run once; its output is kept beside it:  python3 tests/reference/second.py > tests/reference/second.json
"""

import json
import math


def ramp(x, full, none):
    return 1.0 if x <= full else min(max((none - x) / (none - full), 0.0), 1.0)


def ceiling(preset, hr_max, rest, lthr, age):
    candidates = {
        "balanced": [0.85 * lthr, 0.76 * hr_max, rest + 0.70 * (hr_max - rest)],
        "pfitzinger": [0.76 * hr_max, rest + 0.70 * (hr_max - rest)],
        "friel": [0.85 * lthr],
        "daniels": [0.79 * hr_max],
        "maf": [180 - age] if age is not None else [0.85 * lthr, 0.76 * hr_max, rest + 0.70 * (hr_max - rest)],
    }[preset]
    candidates.sort()
    return candidates[(len(candidates) - 1) // 2]


def score(run):
    """Methods §6.3. None: not known."""
    g = run.get
    parts, weights = {}, {}
    seeing = g("hr") is not None
    if seeing:
        to_ceiling = ramp(run["hr"] / run["ceiling"], 1.00, 1.06)
        if g("usual_hr") is None:
            parts["I"] = to_ceiling
        else:
            parts["I"] = 0.4 * to_ceiling + 0.6 * ramp(run["hr"] / run["usual_hr"], 0.96, 1.03)
        weights["I"] = 30
    share = g("above_lt1") if seeing else g("fast_share")
    if share is not None:
        parts["X"], weights["X"] = ramp(share, 0.05, 0.20), 15
    pace = []
    if g("v") is not None:
        if g("usual_v") is not None:
            pace.append(ramp(run["v"] / run["usual_v"], 0.95, 1.03))
        if g("v_thr") is not None:
            pace.append(ramp(run["v"] / run["v_thr"], 0.78, 0.86))
    if pace:
        parts["P"], weights["P"] = sum(pace) / len(pace), 25 if seeing else 45
    if g("usual_min") is not None and run["base_runs"] >= 5:
        parts["D"] = ramp(run["minutes"] / run["usual_min"], 0.8, 1.2)
    else:
        parts["D"] = ramp(run["minutes"], 30, 60)
    weights["D"] = 15 if seeing else 20
    parts["L"], weights["L"] = ramp(run["load"] / max(run["ctl"], 25), 0.7, 1.2), 10
    hours = g("hours_since_hard")
    parts["C"] = 0.0 if hours is None else 1.0 if hours <= 36 else 0.7 if hours <= 60 else 0.4 if hours <= 72 else 0.0
    weights["C"] = 5 if seeing else 10
    points = 100 * sum(parts[k] * weights[k] for k in parts) / sum(weights.values())
    if g("rpe") is not None:
        points += 5 if run["rpe"] <= 3 else -10 if run["rpe"] >= 5 else 0
    points += 5 if g("titled") else 0
    return {"score": min(max(points, 0.0), 100.0), "parts": parts}


def fitness(loads):
    start = sum(loads[:28]) / 28
    ctl = atl = start
    for load in loads:
        ctl += (load - ctl) * (1 - math.exp(-1 / 42))
        atl += (load - atl) * (1 - math.exp(-1 / 7))
    return {"start": start, "ctl_last": ctl, "atl_last": atl}


def phi(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


def v60(v, t):
    return v * (3600 / t) ** (1 / 1.06 - 1)


CLEAR = dict(hr=131, usual_hr=141, ceiling=144.4, above_lt1=0.02, v=2.6, usual_v=2.9, v_thr=3.7, minutes=32, usual_min=45,
             base_runs=20, load=24, ctl=45, hours_since_hard=20)
RUNS = {
    "clear": CLEAR,
    "as_usual": {**CLEAR, "hr": 141, "v": 2.9, "minutes": 45, "load": 38, "hours_since_hard": 70},
    "over_the_ceiling": {**CLEAR, "hr": 148, "above_lt1": 0.16},
    "no_base": {**CLEAR, "usual_hr": None, "usual_v": None, "usual_min": None, "base_runs": 0, "minutes": 40},
    "few_runs": {**CLEAR, "base_runs": 4, "minutes": 50},
    "blind": {**CLEAR, "hr": None, "above_lt1": None, "fast_share": 0.03},
    "blind_indoors": {**CLEAR, "hr": None, "above_lt1": None, "v": None, "fast_share": None},
    "indoors": {**CLEAR, "v": None},
    "felt_hard": {**CLEAR, "rpe": 6},
    "felt_gentle_and_titled": {**CLEAR, "hr": 144, "rpe": 2, "titled": True},
    "long_and_heavy": {**CLEAR, "minutes": 70, "load": 62, "hours_since_hard": 50},
    "newcomer": {**CLEAR, "ctl": 3, "load": 26, "hours_since_hard": None},
}
CEILINGS = [[p, m, r, t, a] for p in ("balanced", "pfitzinger", "friel", "daniels", "maf")
            for m, r, t, a in ((190, 50, 170, 35), (178, 62, 150, None), (201, 48, 188, 22), (165, 55, 151, 63))]
LOADS = [[60], [0, 60, 0, 45, 80] * 3, [40, 0, 55, 0, 30, 90, 0] * 20, [0] * 10 + [70] * 30]
SIGMAS = [-3.0, -1.0, -0.3853, 0.0, 0.3853, 0.5, 1.0364, 1.5, 2.5, 4.0]
EFFORTS = [[2.75, 1800], [3.92, 2570], [3.5, 1200], [2.5, 3600]]

print(json.dumps({
    "score": {name: {"in": run, "out": score(run)} for name, run in RUNS.items()},
    "ceilings": {"in": CEILINGS, "out": [ceiling(*row) for row in CEILINGS]},
    "fitness": {"in": LOADS, "out": [fitness(loads) for loads in LOADS]},
    "phi": {"in": SIGMAS, "out": [phi(z) for z in SIGMAS]},
    # Threshold speed of a runner of whom only such runs are known.
    "usual_pace": {"in": EFFORTS, "out": [v60(v, t) / 0.82 for v, t in EFFORTS]},
}, indent=1))
