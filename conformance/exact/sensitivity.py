"""How far an ordinary adaptive Runge-Kutta solver in doubles ends up from the exact course: the ground for the tolerances.

    python conformance/exact/sensitivity.py        (standard library only; reads recorded/exact)

Solves the non-linear cases with the method of Dormand & Prince (1980), J. Comput. Appl. Math. 6:19-26, order 5(4), steps limited
to the time step, error per sub-step below tolerance * (1 + |x|). Equations are written again here, in plain arithmetic.
"""

import json
import sys
from math import e, exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from case_files import FOLDER, load_runs  # noqa: E402

A = (
    (),
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
ERROR = (71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)


class Solver:
    """Keeps its sub-step size from one time step to the next."""

    def __init__(self, tolerance, step):
        self.tolerance = tolerance
        self.size = step

    def advance(self, f, x, duration):
        done = 0.0
        while done < duration * (1 - 1e-15):
            size = min(self.size, duration - done)
            slopes = [f(x)]
            for row in A[1:]:
                at = [xi + size * sum(a * k[i] for a, k in zip(row, slopes) if a) for i, xi in enumerate(x)]
                slopes.append(f(at))
            error = max(
                abs(size * sum(c * k[i] for c, k in zip(ERROR, slopes) if c)) / (self.tolerance * (1 + abs(xi)))
                for i, xi in enumerate(x)
            )
            if error <= 1:
                x, done = at, done + size
            factor = min(5.0, max(0.2, 0.9 * (error if error > 0 else 1e-10) ** -0.2))
            if error > 1 or size == self.size:
                self.size = min(duration, size * factor)
        return x


def iaf_cond_alpha(p):
    d = {"C_m": 250, "g_L": 16.6667, "E_L": -70, "refr_T": 2, "V_th": -55, "V_reset": -60, "E_exc": 0, "E_inh": -85}
    d |= {"tau_syn_exc": 0.2, "tau_syn_inh": 2, "I_e": 0} | p
    te, ti = d["tau_syn_exc"], d["tau_syn_inh"]

    def f(x, current, held):
        v, g, dg, i, di = x
        rate = (current + d["I_e"] - d["g_L"] * (v - d["E_L"]) - g * (v - d["E_exc"]) - i * (v - d["E_inh"])) / d["C_m"]
        return [0.0 if held else rate, dg - g / te, -dg / te, di - i / ti, -di / ti]

    def spike(x, before, held):
        return not held and x[0] >= d["V_th"]

    def reset(x):
        x[0] = d["V_reset"]

    jumps = {"exc_spikes": (2, e / te), "inh_spikes": (4, e / ti)}
    return [d["E_L"], 0.0, 0.0, 0.0, 0.0], f, jumps, spike, reset, d["refr_T"], {"V_m": 0, "g_syn_exc": 1, "g_syn_inh": 3}


def aeif_cond_exp(p):
    d = {"C_m": 281, "refr_T": 2, "V_reset": -60, "g_L": 30, "E_L": -70.6, "a": 4, "b": 80.5, "Delta_T": 2, "tau_w": 144}
    d |= {"V_th": -50.4, "V_peak": 0, "E_exc": 0, "E_inh": -85, "tau_syn_exc": 0.2, "tau_syn_inh": 2, "I_e": 0} | p

    def f(x, current, held):
        v, w, g, i = x
        v = min(v, d["V_peak"])
        upswing = d["g_L"] * d["Delta_T"] * exp((v - d["V_th"]) / d["Delta_T"])
        total = current + d["I_e"] - d["g_L"] * (v - d["E_L"]) + upswing - g * (v - d["E_exc"]) - i * (v - d["E_inh"]) - w
        adaptation = (d["a"] * (v - d["E_L"]) - w) / d["tau_w"]
        return [0.0 if held else total / d["C_m"], adaptation, -g / d["tau_syn_exc"], -i / d["tau_syn_inh"]]

    def spike(x, before, held):
        return not held and x[0] >= d["V_peak"]

    def reset(x):
        x[0] = d["V_reset"]
        x[1] += d["b"]

    jumps = {"exc_spikes": (2, 1.0), "inh_spikes": (3, 1.0)}
    seen = {"V_m": 0, "w": 1, "g_syn_exc": 2, "g_syn_inh": 3}
    return [d["E_L"], 0.0, 0.0, 0.0], f, jumps, spike, reset, d["refr_T"], seen


def izhikevich(p):
    d = {"a": 0.02, "b": 0.2, "c": -65, "d": 8, "V_m_init": -65, "V_th": 30, "I_e": 0} | p

    def f(x, current, held):
        v, u = x
        return [0.04 * v * v + 5 * v + 140 - u + current + d["I_e"], d["a"] * (d["b"] * v - u)]

    def spike(x, before, held):
        return x[0] >= d["V_th"]

    def reset(x):
        x[0] = d["c"]
        x[1] += d["d"]

    initial = [d["V_m_init"], d["b"] * d["V_m_init"]]
    return initial, f, {"spikes": (0, 1.0)}, spike, reset, 0.0, {"V_m": 0, "U_m": 1}


def hh_psc_alpha(p):
    d = {"V_m_init": -65, "refr_T": 2, "C_m": 100, "g_Na": 12000, "g_K": 3600, "g_L": 30, "E_Na": 50, "E_K": -77}
    d |= {"E_L": -54.402, "tau_syn_exc": 0.2, "tau_syn_inh": 2, "V_spike": 0, "I_e": 0} | p
    te, ti = d["tau_syn_exc"], d["tau_syn_inh"]

    def gates(v):
        return (
            (0.1 * (v + 40) / (1 - exp(-(v + 40) / 10)), 4 * exp(-(v + 65) / 18)),
            (0.07 * exp(-(v + 65) / 20), 1 / (1 + exp(-(v + 35) / 10))),
            (0.01 * (v + 55) / (1 - exp(-(v + 55) / 10)), 0.125 * exp(-(v + 65) / 80)),
        )

    def f(x, current, held):
        v, m, h, n, i, di, j, dj = x
        ionic = d["g_Na"] * m**3 * h * (v - d["E_Na"]) + d["g_K"] * n**4 * (v - d["E_K"]) + d["g_L"] * (v - d["E_L"])
        opening = [a * (1 - y) - b * y for (a, b), y in zip(gates(v), (m, h, n))]
        return [(current + d["I_e"] + i - j - ionic) / d["C_m"], *opening, di - i / te, -di / te, dj - j / ti, -dj / ti]

    def spike(x, before, held):
        return not held and x[0] > d["V_spike"] and before > x[0]

    initial = [d["V_m_init"], *(a / (a + b) for a, b in gates(d["V_m_init"])), 0.0, 0.0, 0.0, 0.0]
    jumps = {"exc_spikes": (5, e / te), "inh_spikes": (7, e / ti)}
    seen = {"V_m": 0, "Act_m": 1, "Inact_h": 2, "Act_n": 3, "I_syn_exc": 4, "I_syn_inh": 6}
    return initial, f, jumps, spike, lambda x: None, d["refr_T"], seen


MODELS = {f.__name__: f for f in (iaf_cond_alpha, aeif_cond_exp, izhikevich, hh_psc_alpha)}


def simulate(run, tolerance):
    parameters = {name: float(value) for name, value in run.parameters.items()}
    x, f, jumps, spike, reset, refractory, seen = MODELS[run.model](parameters)
    x = [float(v) for v in x]
    solver, left, spikes = Solver(tolerance, run.step_ms), 0, []
    course = {name: [] for name in run.record}
    arrivals, currents = run.arrivals(), run.current_steps()
    for step in range(1, run.steps + 1):
        current = sum(float(value) for value, first, last in currents if first <= step <= last)
        held, before = left > 0, x[0]
        x = solver.advance(lambda y: f(y, current, held), x, run.step_ms)
        left -= 1 if held else 0
        for port, weight in arrivals.get(step, []):
            x[jumps[port][0]] += jumps[port][1] * float(weight)
        if spike(x, before, left > 0):
            left = -(-round(refractory * 1e6) // run.step_ns)
            reset(x)
            spikes.append(step)
        for name, series in course.items():
            series.append(x[seen[name]])
    return course, spikes


def report(run, tolerance):
    exact = json.loads((FOLDER / "recorded" / "exact" / run.file_name).read_text())
    course, spikes = simulate(run, tolerance)
    expected_spikes = [round(t * 1e6 / run.step_ns) for t in exact["spikes_ms"]]
    figures = []
    for name, series in course.items():
        stride = round(exact["record"][name]["every_ms"] * 1e6) // run.step_ns
        pairs = zip(exact["record"][name]["values"], series[stride - 1 :: stride], strict=True)
        figures.append(f"{name} {max(abs(a - b) for a, b in pairs):.1e}")
    return f"| {run.file_name[:-5]} | {tolerance:g} | {'equal' if spikes == expected_spikes else 'DIFFER'} | {', '.join(figures)} |"


def main():
    print("| run | solver tolerance | spikes | largest difference |\n| --- | --- | --- | --- |")
    for run in load_runs("exact"):
        if run.model in MODELS:
            for tolerance in (1e-6, 1e-12):
                print(report(run, tolerance), flush=True)


if __name__ == "__main__":
    main()
