"""Records what NEST's built-in models answer to the stimuli of cases/*.json, into recorded/nest/.

    python conformance/nest/record.py            (needs the packages of requirements.txt)
    python conformance/nest/record.py --check    simulates again and compares with what is recorded

The built-ins are independent implementations. README.md says how accurate each is; only the linear ones are exact.

Translation of times: over a connection with delay d a spike stamped s acts at the end of the step that ends at s + d, and a
generator active from a to b drives the steps inside (a + d, b + d]. With d of one step, a spike due at t is stamped t - d and a
current from a to b is generated from a - d to b - d.
"""

import argparse
import json
import sys
from pathlib import Path

import nest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from case_files import FOLDER, Run, load_runs, milliseconds, sampling_steps, write_recording  # noqa: E402

RENAMED = {
    "refr_T": "t_ref",
    "tau_syn_exc": "tau_syn_ex",
    "tau_syn_inh": "tau_syn_in",
    "E_exc": "E_ex",
    "E_inh": "E_in",
}

# Settings that make the built-in obey the equations of the library model; all other defaults agree.
ALIGNED = {
    "iaf_psc_delta": {"refractory_input": False},
    "aeif_cond_exp": {"t_ref": 2.0},
    "izhikevich": {"consistent_integration": True},
}


def connect_stimuli(run: Run, neuron):
    delay = run.step_ns
    for value, start, stop in run.currents:
        generator = nest.Create(
            "dc_generator",
            params={"amplitude": float(value), "start": (start - delay) / 1e6, "stop": (stop - delay) / 1e6},
        )
        nest.Connect(generator, neuron, syn_spec={"delay": run.step_ms})
    # A generator multiplies each spike by its weight; the sign picks the port, so inhibitory weights are negated.
    for port in sorted({port for port, _, _ in run.spikes}):
        sign = -1.0 if port == "inh_spikes" else 1.0
        events = sorted((time, float(weight)) for p, time, weight in run.spikes if p == port)
        generator = nest.Create(
            "spike_generator",
            params={
                "spike_times": [(time - delay) / 1e6 for time, _ in events],
                "spike_weights": [sign * weight for _, weight in events],
            },
        )
        nest.Connect(generator, neuron, syn_spec={"weight": 1.0, "delay": run.step_ms})


def simulate(run: Run):
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = run.step_ms
    parameters = {RENAMED.get(name, name): float(value) for name, value in run.parameters.items()}
    neuron = nest.Create(run.model, params={**ALIGNED.get(run.model, {}), **parameters})
    connect_stimuli(run, neuron)
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": run.step_ms})
    nest.Connect(meter, neuron)
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    # The multimeter hands over a value one slice late.
    nest.Simulate(milliseconds(run, run.steps) + 2.0)
    potential = [float(v) for v in meter.events["V_m"][: run.steps]]
    times = [float(t) for t in meter.events["times"][: run.steps]]
    assert len(potential) == run.steps and abs(times[0] - run.step_ms) < 1e-9 and abs(times[-1] * 1e6 - run.stop_ns) < 1
    spikes = sorted(round(t / run.step_ms) for t in recorder.events["times"])
    return potential, [step for step in spikes if step <= run.steps]


def record_all():
    header = {"made_by": "conformance/nest/record.py", "nest_version": nest.__version__}
    for run in load_runs("nest"):
        potential, spikes = simulate(run)
        values = {"V_m": potential} if "V_m" in run.record else {}
        write_recording(run, "nest", header, values, spikes)
        print(f"{run.file_name}: {len(spikes)} spikes", file=sys.stderr)


# Another machine's mathematical functions may differ in the last digit, which adaptive solvers can enlarge.
TOLERANCE_MV = 1e-6


def difference(run: Run, potential, spikes) -> str:
    """What is wrong with a new simulation compared with the recorded one; empty if nothing is."""
    recorded = json.loads((FOLDER / "recorded" / "nest" / run.file_name).read_text())
    expected_spikes = [round(t / run.step_ms) for t in recorded["spikes_ms"]]
    if spikes != expected_spikes:
        return f"spikes in steps {spikes} instead of {expected_spikes}"
    if "V_m" not in run.record:
        return ""
    stride = sampling_steps(run, "V_m", "nest")
    values, expected = potential[stride - 1 :: stride], recorded["record"]["V_m"]["values"]
    if len(values) != len(expected):
        return f"{len(values)} values instead of {len(expected)}"
    worst = max(abs(value - wanted) for value, wanted in zip(values, expected, strict=True))
    return "" if worst <= TOLERANCE_MV else f"V_m differs by {worst} mV, allowed {TOLERANCE_MV}"


def check_all() -> int:
    """Compares all runs; prints one line for each that differs and a count. Returns the exit status."""
    passed = failed = 0
    for run in load_runs("nest"):
        problem = difference(run, *simulate(run))
        passed, failed = (passed, failed + 1) if problem else (passed + 1, failed)
        if problem:
            print(f"{run.file_name}: {problem}", file=sys.stderr)
    print(f"NEST {nest.__version__} against conformance/recorded/nest:\n{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the recorded values instead of recording")
    if parser.parse_args().check:
        return check_all()
    record_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
