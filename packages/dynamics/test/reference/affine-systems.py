"""Makes test/reference/affine-systems.json with mpmath: x(h) for x' = A x + b, x(0) = x0, to 17 digits.

For each system: size, matrix (rows one after the other), drive b, start x0, interval h, end x(h), and the condition number
kappa = (a + b) / max|x(h)| with
  a = largest change of x(h) per relative change of the entries of A, b, x0, over four random patterns of signs,
  b = max (|P - I| |x0| + |x0| + |R| |b|), the size of the summands of x0 + (P - I) x0 + R b.
Run from packages/dynamics with a Python that has mpmath: python test/reference/affine-systems.py
"""

import json
import math
import random

import mpmath as mp

mp.mp.dps = 90
PERTURBATION = mp.mpf(10) ** -30
random.seed(20)


def augmented(matrix, drive, h, signs=None):
    n = len(drive)
    result = mp.zeros(n + 1)
    for i in range(n):
        row = [*matrix[i], drive[i]]
        for j, entry in enumerate(row):
            factor = 1 if signs is None else 1 + PERTURBATION * signs[i][j]
            result[i, j] = mp.mpf(entry) * factor * mp.mpf(h)
    return result


def end(propagator, start):
    n = len(start)
    return [mp.fsum(propagator[i, j] * start[j] for j in range(n)) + propagator[i, n] for i in range(n)]


def response(matrix, h):
    """R = integral of exp(A s) from 0 to h, from the exponential of [[A, I], [0, 0]] h."""
    n = len(matrix)
    block = mp.zeros(2 * n)
    for i in range(n):
        block[i, n + i] = mp.mpf(h)
        for j in range(n):
            block[i, j] = mp.mpf(matrix[i][j]) * mp.mpf(h)
    return mp.expm(block)[:n, n:]


def kappa(matrix, drive, start, h, propagator, x):
    n = len(start)
    change = mp.mpf(0)
    for _ in range(4):
        signs = [[random.choice([-1, 1]) for _ in range(n + 1)] for _ in range(n)]
        moved = [s * (1 + PERTURBATION * random.choice([-1, 1])) for s in map(mp.mpf, start)]
        other = end(mp.expm(augmented(matrix, drive, h, signs)), moved)
        change = max(change, *(abs(p - q) / PERTURBATION for p, q in zip(other, x)))
    r = response(matrix, h) if any(drive) else None
    formula = mp.mpf(0)
    for i in range(n):
        size = abs(mp.mpf(start[i]))
        for j in range(n):
            size += abs(propagator[i, j] - (1 if i == j else 0)) * abs(start[j])
            size += abs(r[i, j]) * abs(drive[j]) if r is not None else 0
        formula = max(formula, size)
    return (change + formula) / max(abs(v) for v in x)


systems = []


def add(name, matrix, drive, start, h):
    matrix = [[float(v) for v in row] for row in matrix]
    start = [float(v) for v in start]
    drive = [float(v) for v in drive]
    propagator = mp.expm(augmented(matrix, drive, h))
    x = end(propagator, [mp.mpf(v) for v in start])
    systems.append(
        {
            "name": name,
            "size": len(start),
            "matrix": [v for row in matrix for v in row],
            "drive": drive,
            "start": start,
            "interval": float(h),
            "end": [float(v) for v in x],
            "kappa": float(mp.nstr(kappa(matrix, drive, start, h, propagator, x), 3)),
        }
    )


def uniform(n, low=-1.0, high=1.0):
    return [round(random.uniform(low, high), 6) for _ in range(n)]


def alpha_neuron(tau_syn, tau_m, h, c=250.0):
    matrix = [[-1 / tau_syn, 0, 0], [1, -1 / tau_syn, 0], [0, 1 / c, -1 / tau_m]]
    add(f"alpha current, tau_m / tau_syn - 1 = {tau_m / tau_syn - 1:.3g}", matrix, [0, 0, 1.5], [500.0, 120.0, -4.2], h)


for tau_syn in (0.5, 2.0):
    for ratio in (0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1, 9):
        alpha_neuron(tau_syn, tau_syn * (1 + ratio), 0.1)
for h in (0.001, 1.0, 10.0):
    alpha_neuron(2.0, 2.0, h)
    alpha_neuron(2.0, 2.0 * (1 + 1e-12), h)

for n in (2, 4, 6, 8, 10, 12):
    tau = 1.7
    chain = [[-1 / tau if i == j else 1.0 if i == j + 1 else 0.0 for j in range(n)] for i in range(n)]
    add(f"chain of {n} equal rates", chain, [0.0] * n, [1.0] + [0.0] * (n - 1), 0.1)
    add(f"chain of {n} equal rates, driven", chain, uniform(n), uniform(n), 3.0)
    near = [[v * (1 + 1e-12 * i) if i == j else v for j, v in enumerate(row)] for i, row in enumerate(chain)]
    add(f"chain of {n} nearly equal rates", near, uniform(n), uniform(n), 1.0)

for omega, damping in ((1.0, 0.0), (6.3, 0.0), (6.3, 0.1), (0.01, 0.0), (30.0, 2.0), (100.0, 0.5), (1.0, 1.0)):
    oscillator = [[0, 1], [-(omega**2), -2 * damping]]
    add(f"oscillator, omega = {omega}, damping = {damping}", oscillator, [0, 0], [1, 0.5], 0.1)
    add(f"driven oscillator, omega = {omega}, damping = {damping}", oscillator, [0.2, 1], [1, 0.5], 1.0)
coupled = [[0, 1, 0, 0], [-2, -0.1, 1, 0], [0, 0, 0, 1], [1, 0, -3, -0.2]]
for h in (0.1, 1, 10):
    add("two coupled oscillators", coupled, [0, 1, 0, 0], uniform(4), h)

for n in range(1, 13):
    dense = [uniform(n) for _ in range(n)]
    add(f"dense, {n} states", dense, uniform(n), uniform(n), 0.3)
    stable = [[v - (n if i == j else 0) for j, v in enumerate(row)] for i, row in enumerate(dense)]
    add(f"dense and stable, {n} states", stable, uniform(n), uniform(n), 2.0)
    lower = [[v if j <= i else 0.0 for j, v in enumerate(row)] for i, row in enumerate(dense)]
    add(f"triangular, {n} states", lower, uniform(n), uniform(n), 1.0)
    lost = [row if i % 3 else [0.0] * n for i, row in enumerate(dense)]
    add(f"singular, {n} states", lost, uniform(n), uniform(n), 1.0)

for fast in (1e2, 1e4, 1e6):
    for h in (0.1, 1.0):
        add(f"stiff chain, fastest rate {fast:g}", [[-fast, 0, 0], [1, -1, 0], [0, 0.01, -0.001]], [1, 0, 0.1], [1, 2, 3], h)
        add(f"stiff feedback, fastest rate {fast:g}", [[-fast, fast], [0.5, -1]], [1, 0], [1, 2], h)
for h in (1e3, 1e6, 1e9, 1e15):
    add(f"long interval {h:g}", [[-0.5, 0, 0], [1, -0.5, 0], [0, 0.004, -0.1]], [1, 0, 0.3], [5, 6, 7], h)
    add(f"long interval {h:g}, with an integrator", [[-0.5, 0], [1, 0]], [0, 0], [5, 6], h)
    add(f"long interval {h:g}, dense", [[-2, 0.5, 0.1], [0.3, -3, 0.2], [0.7, 0.1, -4]], [1, 2, 3], [5, 6, 7], h)
add("large couplings", [[-1, 0, 0], [1e6, -1, 0], [0, 1e6, -1]], [0, 0, 0], [1e-6, 1, 1], 0.1)
add("small couplings", [[-1, 0, 0], [1e-9, -1, 0], [0, 1e-9, -1]], [1, 0, 0], [1, 0, 0], 0.1)
add("countdown", [[0, 0], [0, -0.1]], [-1, 0.5], [2.5, 1], 0.1)
add("growing", [[0.5, 0], [1, 0.2]], [1, 1], [1, 1], 20.0)

STEPS = 1000
for name, matrix, drive, start, h in (
    ("alpha current, equal rates", [[-0.5, 0, 0], [1, -0.5, 0], [0, 0.004, -0.5]], [0, 0, 1.5], [500, 120, -4.2], 0.1),
    ("alpha current, nearly equal rates", [[-0.5, 0, 0], [1, -0.5, 0], [0, 0.004, -0.5 * (1 + 1e-12)]], [0, 0, 1.5], [500, 120, -4.2], 0.1),
    ("oscillator", [[0, 1], [-1, 0]], [0, 0], [1, 0.5], 0.1),
    ("driven oscillator", [[0, 1], [-1, -0.01]], [0, 0.3], [1, 0.5], 0.1),
    ("coupled oscillators", coupled, [0, 1, 0, 0], [1, 0.2, -1, 0.3], 0.05),
):
    total = STEPS * mp.mpf(h)
    x = end(mp.expm(augmented(matrix, drive, total)), [mp.mpf(v) for v in start])
    systems.append(
        {
            "name": f"{name}, {STEPS} steps",
            "size": len(start),
            "matrix": [float(v) for row in matrix for v in row],
            "drive": [float(v) for v in drive],
            "start": [float(v) for v in start],
            "interval": h,
            "steps": STEPS,
            "end": [float(v) for v in x],
            "kappa": 1,
        }
    )

assert all(math.isfinite(v) for s in systems for v in s["end"])
with open("test/reference/affine-systems.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(s) for s in systems) + "\n]\n")
print(len(systems), "systems")
