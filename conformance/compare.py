"""Prints how far NEST's built-in models are from the exact course, per recorded pair: the table of README.md.

    python conformance/compare.py        (standard library only)

"before" is the largest difference of V_m up to the first spike that does not fall into the same step in both, "whole" over the
whole run; a shift counts in steps, NEST minus exact.
"""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "recorded"


def potentials(document):
    record = document["record"].get("V_m")
    if record is None:
        return {}
    every = round(record["every_ms"] * 1e6)
    return {(i + 1) * every: value for i, value in enumerate(record["values"])}


def compare(name):
    exact = json.loads((FOLDER / "exact" / name).read_text())
    nest = json.loads((FOLDER / "nest" / name).read_text())
    step = round(exact["step_ms"] * 1e6)
    pairs = list(zip(exact["spikes_ms"], nest["spikes_ms"]))
    shifts = [round((b - a) * 1e6 / step) for a, b in pairs]
    unequal = [min(a, b) for (a, b), shift in zip(pairs, shifts) if shift]
    if len(exact["spikes_ms"]) != len(nest["spikes_ms"]):
        unequal.append(min((exact["spikes_ms"] + nest["spikes_ms"])[len(pairs) :] + [exact["stop_ms"]]))
    first = min(unequal, default=exact["stop_ms"] + 1) * 1e6
    ours, theirs = potentials(exact), potentials(nest)
    differences = {t: abs(ours[t] - theirs[t]) for t in ours if t in theirs}
    before = max((d for t, d in differences.items() if t < first - step / 2), default=0.0)
    whole = max(differences.values(), default=0.0)
    counts = f"{len(exact['spikes_ms'])}/{len(nest['spikes_ms'])}"
    shifted = sum(1 for s in shifts if s)
    extreme = max(shifts, key=abs, default=0)
    return f"| {name[:-5]} | {counts} | {shifted} | {extreme} | {before:.1e} | {whole:.1e} |"


def main():
    print("| run | spikes exact/NEST | shifted | largest shift | before, mV | whole, mV |")
    print("| --- | --- | --- | --- | --- | --- |")
    for path in sorted((FOLDER / "nest").glob("*.json")):
        if (FOLDER / "exact" / path.name).exists():
            print(compare(path.name))


if __name__ == "__main__":
    main()
