"""Computes the exact course of every case that asks for it, into recorded/exact/.

    python conformance/exact/compute.py            (needs the packages of requirements.txt)
    python conformance/exact/compute.py --check    computes again with other orders and more digits, and compares

Linear models advance by the exact matrix exponential, the others by power series; at least 20 digits hold throughout.
"""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import gmpy2
from gmpy2 import mpfr

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import taylor  # noqa: E402
from case_files import FOLDER, Run, load_runs, write_recording  # noqa: E402
from neurons import NEURONS  # noqa: E402

HEADER = {"made_by": "conformance/exact/compute.py"}


def simulate(run: Run):
    """Values of the recorded variables at the end of every step, spike steps, and the closest approach to a decision."""
    taylor.set_precision()
    neuron = NEURONS[run.model](run.parameters, run.step_ns)
    arrivals = {step: [(port, mpfr(w)) for port, w in found] for step, found in run.arrivals().items()}
    currents = [(mpfr(value), first, last) for value, first, last in run.current_steps()]
    values = {name: [] for name in run.record}
    spikes = []
    for step in range(1, run.steps + 1):
        current = sum((value for value, first, last in currents if first <= step <= last), mpfr(0))
        if neuron.advance(current, arrivals.get(step, [])):
            spikes.append(step)
        for name, series in values.items():
            series.append(neuron.read(name))
    return values, spikes, {f"closest_decision_{neuron.distance_unit}": float(f"{float(neuron.distance):.2g}")}


def record(run: Run):
    values, spikes, margins = simulate(run)
    write_recording(run, "exact", HEADER, values, spikes, margins)
    return f"{run.file_name}: {len(spikes)} spikes, {margins}"


def check(run: Run):
    """Largest difference between the default and a finer computation, over all recorded variables and steps."""
    values, spikes, _ = simulate(run)
    taylor.ORDER, taylor.LOCAL_ERROR, taylor.BITS = 37, "1e-33", 260
    finer, finer_spikes, _ = simulate(run)
    taylor.ORDER, taylor.LOCAL_ERROR, taylor.BITS = 30, "1e-26", 200
    worst = max((abs(a - b) for n in values for a, b in zip(values[n], finer[n], strict=True)), default=mpfr(0))
    return f"{run.file_name}: spikes {'equal' if spikes == finer_spikes else 'DIFFER'}, largest difference {float(worst):.1e}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with a finer computation instead of recording")
    parser.add_argument("--only", default="", help="only files whose name starts with this")
    options = parser.parse_args()
    runs = [run for run in load_runs("exact") if run.file_name.startswith(options.only)]
    with ProcessPoolExecutor(max_workers=2) as pool:
        for line in pool.map(check if options.check else record, runs):
            print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
