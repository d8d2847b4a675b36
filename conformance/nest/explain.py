"""Shows why NEST's aeif_cond_exp, izhikevich and hh_psc_alpha differ from the exact course: changes the one thing that is said to
be the reason, and prints how little remains. The figures stand in README.md.

    python conformance/nest/explain.py        (needs the packages of both requirements.txt)
"""

import dataclasses
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "exact")]
import compute  # noqa: E402
import neurons  # noqa: E402
import record  # noqa: E402
from case_files import load_runs, nanoseconds  # noqa: E402


class ResetInsideTheStep(neurons.AeifCondExp):
    """As the built-in: at the instant of the peak V_m is reset and held and w jumps, not at the end of the step."""

    def advance(self, current, arrivals):
        p, left = self.p, 0
        if self.is_refractory():
            self.integrate("held", current, self.h)
            self.timer_ns -= self.step_ns
        else:
            left = self.integrate("free", current, self.h, ("V_m", p["V_peak"]))
            if left > 0:
                self.x["V_m"] = p["V_reset"]
                self.x["w"] += p["b"]
                self.integrate("held", current, left)
                self.timer_ns = self.refractory_ns
        for port, weight in arrivals:
            self.x[{"exc_spikes": "g_exc", "inh_spikes": "g_inh"}[port]] += weight
        return left > 0


def forward_euler(run):
    """The Izhikevich equations by the forward Euler method in doubles, for cases with currents only."""
    a, b, c, d = 0.02, 0.2, -65.0, 8.0
    v, u, course = -65.0, -13.0, []
    for step in range(1, run.steps + 1):
        current = sum(float(value) for value, first, last in run.current_steps() if first <= step <= last)
        slope_v, slope_u = 0.04 * v * v + 5.0 * v + 140.0 - u + current, a * (b * v - u)
        v, u = v + run.step_ms * slope_v, u + run.step_ms * slope_u
        if v >= 30.0:
            v, u = c, u + d
        course.append(v)
    return course


def largest(a, b):
    return max(abs(float(x) - float(y)) for x, y in zip(a, b, strict=True))


def main():
    runs = {run.file_name: run for run in load_runs("exact")}
    coarse = [run for run in runs.values() if run.step_ns == nanoseconds("0.1")]
    neurons.NEURONS["aeif_cond_exp"] = ResetInsideTheStep
    record.ALIGNED["aeif_cond_exp"]["gsl_error_tol"] = 1e-12
    for run in (r for r in coarse if r.model == "aeif_cond_exp"):
        values, spikes, _ = compute.simulate(run)
        potential, nest_spikes = record.simulate(run)
        same = "equal" if spikes == nest_spikes else "differ"
        print(f"{run.file_name}: reset inside the step, NEST at 1e-12: spikes {same}, {largest(values['V_m'], potential):.1e} mV")
    for name in ("izhikevich.current-step.0.1ms.json", "izhikevich.current-step.0.05ms.json"):
        potential, _ = record.simulate(runs[name])
        print(f"{name}: forward Euler against NEST: {largest(forward_euler(runs[name]), potential):.1e} mV")
        values, _, _ = compute.simulate(runs[name])
        early = nanoseconds(75) // runs[name].step_ns
        print(f"{name}: NEST to 75 ms, below threshold: {largest(values['V_m'][:early], potential[:early]):.1e} mV")
    for run in (r for r in coarse if r.model == "hh_psc_alpha"):
        values, _, _ = compute.simulate(run)
        fine = dataclasses.replace(run, step_ns=nanoseconds("0.005"))
        potential, _ = record.simulate(fine)
        print(f"{run.file_name}: NEST in steps of 0.005 ms: {largest(values['V_m'], potential[19::20]):.1e} mV")


if __name__ == "__main__":
    main()
