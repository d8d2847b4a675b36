"""Makes test/reference/varying-intervals.json with mpmath: x(D) for systems x' = A x + b, x(0) = x0, over intervals D from 1e-3 to 1e5 ms.

For each system: name, size, matrix (rows one after the other, 1/ms), drive b, start x0, whether the states act on each other in no circle
(hasRates), and for each interval: end x(D) to 17 digits, and for each component the condition number
    kappa_i = sum over all numbers p of A, b, x0, and D of |p dx_i/dp| / |x_i|,
by differences with a relative change of 1e-40. All with 400 digits; x(D) again with 450, which must agree to 30 digits in each component
above 1e-290; smaller ones are 0.
Run from packages/dynamics with a Python that has mpmath: python test/reference/varying-intervals.py
"""

import json
import math

import mpmath as mp

INTERVALS = [1e-3, 0.1, 0.7, 1.0, 3.3, 20.0, 47.1, 1e3, 1e5]
NEGLIGIBLE = mp.mpf(10) ** -290
CHANGE = mp.mpf(10) ** -40


def product(left, right):
    return [[mp.fdot(row, column) for column in zip(*right)] for row in left]


def exponential(x):
    """exp(X) by halving, the series and doubling."""
    n = len(x)
    norm = max(mp.fsum(abs(v) for v in row) for row in x)
    halvings = max(0, int(mp.ceil(mp.log(norm, 2))) + 30) if norm > 0 else 0
    x = [[v * mp.mpf(2) ** -halvings for v in row] for row in x]
    total = [[mp.mpf(i == j) for j in range(n)] for i in range(n)]
    power, k = total, 0
    while any(abs(v) > mp.eps for row in power for v in row):
        k += 1
        power = [[v / k for v in row] for row in product(power, x)]
        total = [[p + q for p, q in zip(a, b)] for a, b in zip(total, power)]
    for _ in range(halvings):
        total = product(total, total)
    return total


def end(matrix, drive, start, interval):
    n = len(start)
    rows = [[matrix[i * n + j] * interval for j in range(n)] + [drive[i] * interval] for i in range(n)]
    propagator = exponential([*rows, [mp.mpf(0)] * (n + 1)])
    return [mp.fdot(propagator[i][:n], start) + propagator[i][n] for i in range(n)]


def solve(matrix, drive, start, interval):
    numbers = [*matrix, *drive, *start, interval]
    n = len(start)

    def at(values):
        return end(values[: n * n], values[n * n : n * n + n], values[n * n + n : -1], values[-1])

    with mp.workdps(450):
        precise = at([mp.mpf(v) for v in numbers])
    with mp.workdps(400):
        numbers = [mp.mpf(v) for v in numbers]
        plain = at(numbers)
        for p, q in zip(plain, precise):
            assert abs(p - q) <= max(abs(q), NEGLIGIBLE) * mp.mpf(10) ** -30
        sensitivity = [mp.mpf(0)] * n
        for place, value in enumerate(numbers):
            if value == 0:
                continue
            changed = at([v * (1 + CHANGE) if i == place else v for i, v in enumerate(numbers)])
            sensitivity = [s + abs(c - p) / CHANGE for s, c, p in zip(sensitivity, changed, plain)]
        kappa = [s / abs(p) if abs(p) >= NEGLIGIBLE else mp.mpf(0) for s, p in zip(sensitivity, plain)]
    return {
        "interval": interval,
        "end": [float(v) if abs(v) >= NEGLIGIBLE else 0.0 for v in precise],
        "kappa": [float(mp.nstr(k, 3)) for k in kappa],
    }


def cascade(rates, couplings=None):
    """Each state reads the one before."""
    n = len(rates)
    matrix = [0.0] * (n * n)
    for i, rate in enumerate(rates):
        matrix[i * n + i] = rate
        if i > 0:
            matrix[i * n + i - 1] = couplings[i - 1] if couplings else 1.0
    return matrix


systems = []


def add(name, matrix, start, drive=None, has_rates=True):
    n = len(start)
    assert len(matrix) == n * n
    drive = drive or [0.0] * n
    courses = [solve(matrix, drive, start, interval) for interval in INTERVALS]
    kind = {"name": name, "size": n, "hasRates": has_rates, "matrix": matrix, "drive": drive, "start": start}
    systems.append({**kind, "courses": courses})
    print(name, flush=True)


for tau in (0.2, 20.0, 1e4):
    add(f"a trace of {tau} ms", [-1 / tau], [1.3])
add("a driven trace", [-1 / 20], [0.4], [0.02])
add("a trace that grows", [1e-4], [0.4], [-1e-5])
add("an integrator", [0.0], [0.4], [0.3])
add("three traces", [-1 / 16.8, 0.0, 0.0, 0.0, -1 / 101, 0.0, 0.0, 0.0, -1 / 125], [1.0, 0.25, 2.5])
for distance in (0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1e-1):
    add(f"an alpha function, rates 1 and 1 + {distance}", cascade([-0.5, -0.5 * (1 + distance)]), [1.0, 0.5])
for distance in (1e-15, 1e-7, 1e-2):
    rates = [-1 / 3, -1 / 3 * (1 + distance), -1 / 3 * (1 - distance)]
    add(f"three rates, {distance} apart, driven", cascade(rates, [0.7, 1.9]), [1.0, 0.5, 0.1], [0.1, 0.0, 0.2])
add("four equal rates", cascade([-0.05] * 4), [1.0, 0.0, 0.0, 0.0])
add("six equal rates, driven", cascade([-2.0] * 6, [2.0] * 5), [1.0] + [0.0] * 5, [1.0] + [0.0] * 5)
add("an alpha current into a membrane", cascade([-0.5, -0.5, -0.1], [1.0, 0.004]), [2.7, 0.3, 1.5], [0.0, 0.0, 1.2])
add("six rates at equal distances", cascade([-0.1, -0.9, -0.5, -0.3, -1.1, -0.7]), [1.0] + [0.0] * 5)
add("rates far apart", cascade([-1e3, -1e-3, -1.0], [3.0, 0.1]), [1.0, 0.3, 0.2], [0.0, 0.1, 0.0])
add("a trace and its integral", cascade([-0.05, 0.0]), [1.0, 0.25])
add("integrals of an input", cascade([0.0, 0.0, 0.0]), [1.0, 0.25, 0.0], [0.1, 0.0, 0.0])
add(
    "two ways of opposite sign",
    [-0.2, 0, 0, 0, 1.0, -0.3, 0, 0, -0.7, 0, -0.2, 0, 0.4, 0.5, 0.6, -0.2000001],
    [1.0, 0.2, 0.3, 0.1],
    [0.1, 0.0, 0.0, 0.0],
)
for name, matrix in {
    "an oscillator": [0.0, 0.3, -0.3, 0.0],
    "a fast oscillator, damped": [-0.01, 6.0, -6.0, -0.01],
    "an equation of second order": [0.0, 1.0, -0.25, -0.1],
    "the same, critically damped": [0.0, 1.0, -0.25, -1.0],
    "the same, nearly critically damped": [0.0, 1.0, -0.25, -1.0 - 1e-9],
    "an exchange that conserves": [-0.3, 0.1, 0.3, -0.1],
}.items():
    add(name, matrix, [1.0, 0.5], has_rates=False)
    add(f"{name}, driven", matrix, [1.0, 0.5], [0.1, -0.05], has_rates=False)
add(
    "a trace that drives an oscillator",
    [-0.2, 0.0, 0.0, 0.4, -0.05, 0.9, 0.0, -0.9, -0.05],
    [1.0, 0.0, 0.0],
    [0.0, 0.1, 0.0],
    has_rates=False,
)
add("three states in a circle", [-0.9, 0.2, 0.1, 0.3, -0.8, 0.2, 0.1, 0.4, -0.7], [1.0, 0.0, 0.3], has_rates=False)

assert all(math.isfinite(v) for s in systems for c in s["courses"] for v in c["end"])
with open("test/reference/varying-intervals.json", "w") as file:
    json.dump(systems, file, indent=2)
print(len(systems), "systems; lay the file out with the formatter")
