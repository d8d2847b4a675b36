"""Makes test/reference/work-problems.json with scipy: end states of the problems of test/work-problems.ts.

For each problem: the states at its end, integrated by two methods of scipy at its smallest tolerances; `difference` is the largest
relative difference of the two, so that what is tested against the values must not be tested more strictly. The same equations stand in
test/work-problems.ts in the same order. `scipy_problems` is also what benchmarks/work-precision measures scipy on.
Run from packages/dynamics with a Python that has scipy: python test/reference/work-problems.py
"""

import json
import math
from pathlib import Path

import numpy as np


def exp(x):
    return math.exp(x) if x < 709 else math.inf


def hodgkin_huxley(_, s):
    V, m, h, n = s
    return [
        (12000 * m**3 * h * (50 - V) + 3600 * n**4 * (-77 - V) + 30 * (-54.402 - V) + 650) / 100,
        0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)) * (1 - m) - 4 * exp(-(V + 65) / 18) * m,
        0.07 * exp(-(V + 65) / 20) * (1 - h) - 1 / (1 + exp(-(V + 35) / 10)) * h,
        0.01 * (V + 55) / (1 - exp(-(V + 55) / 10)) * (1 - n) - 0.125 * exp(-(V + 65) / 80) * n,
    ]


def adex(_, s):
    V, w = s
    return [(-30 * (V + 70.6) + 60 * exp((V + 50.4) / 2) - w + 800) / 281, (4 * (V + 70.6) - w) / 144]


def izhikevich(_, s):
    v, u = s
    return [0.04 * v**2 + 5 * v + 140 - u + 10, 0.02 * (0.2 * v - u)]


def van_der_pol(mu):
    def slopes(_, s):
        x, y = s
        return [y, mu * (1 - x**2) * y - x]

    def jacobian(_, s):
        x, y = s
        return [[0, 1], [-2 * mu * x * y - 1, mu * (1 - x**2)]]

    return slopes, jacobian


def robertson(_, s):
    a, b, c = s
    return [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - 3e7 * b**2, 3e7 * b**2]


def robertson_jacobian(_, s):
    _a, b, c = s
    return [[-0.04, 1e4 * c, 1e4 * b], [0.04, -1e4 * c - 6e7 * b, -1e4 * b], [0, 6e7 * b, 0]]


def oregonator(_, s):
    x, y, z = s
    return [77.27 * (y + x * (1 - 8.375e-6 * x - y)), (z - (1 + x) * y) / 77.27, 0.161 * (x - z)]


def oregonator_jacobian(_, s):
    x, y, _z = s
    return [
        [77.27 * (1 - 2 * 8.375e-6 * x - y), 77.27 * (1 - x), 0],
        [-y / 77.27, -(1 + x) / 77.27, 1 / 77.27],
        [0.161, 0, -0.161],
    ]


def linear_stiff(_, s):
    x, y = s
    return [998 * x + 1998 * y, -999 * x - 1999 * y]


RELAXED, VAN_DER_POL = van_der_pol(1), van_der_pol(1000)
HH_START = [-65, 0.052932485257250, 0.596120753508460, 0.317676914060697]

# Name: slopes, Jacobian (None: by differences), start, end, sizes.
scipy_problems = {
    "hodgkinHuxley": (hodgkin_huxley, None, HH_START, 50, [1, 1, 1, 1]),
    "adex": (adex, None, [-70.6, 0], 17.6, [1, 1]),
    "izhikevich": (izhikevich, None, [-65, -13], 3.3, [1, 1]),
    "relaxed": (*RELAXED, [2, 0], 20, [1, 1]),
    "vanDerPol": (*VAN_DER_POL, [2, 0], 2000, [1, 1e-3]),
    "robertson": (robertson, robertson_jacobian, [1, 0, 0], 40, [1, 1e-4, 1]),
    "oregonator": (oregonator, oregonator_jacobian, [1, 2, 3], 360, [1, 1, 1]),
    "linearStiff": (linear_stiff, lambda _t, _s: [[998, 1998], [-999, -1999]], [1, 0], 5, [1, 1]),
}
STIFF = ("vanDerPol", "robertson", "oregonator", "linearStiff")


def end_states(name, method, relative):
    from scipy.integrate import solve_ivp

    slopes, jacobian, start, end, sizes = scipy_problems[name]
    options = {"jac": jacobian} if jacobian is not None and method in ("Radau", "BDF") else {}
    absolute = [relative * size for size in sizes]
    solution = solve_ivp(slopes, (0, end), start, method=method, rtol=relative, atol=absolute, **options)
    if not solution.success:
        raise RuntimeError(f"{name}: {solution.message}")
    return solution.y[:, -1]


def main():
    result = {}
    for name in scipy_problems:
        best, other = ("Radau", "LSODA") if name in STIFF else ("DOP853", "Radau")
        states, check = end_states(name, best, 3e-14), end_states(name, other, 1e-12)
        difference = float(np.max(np.abs(states - check) / np.abs(states)))
        print(name, difference)
        result[name] = {"states": [float(state) for state in states], "difference": difference}
    path = Path(__file__).with_name("work-problems.json")
    path.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
