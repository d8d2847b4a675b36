"""Makes test/reference/eigenvalues.json with mpmath: the eigenvalues of matrices, to 17 digits.

For each matrix: name, size, matrix (rows one after the other), re and im of the eigenvalues sorted by (re, im), and tolerance: how far
each may move if the entries change by relative 2^-52 in the worst direction of eight random ones, at least 4e-15 of its size.
Run from packages/dynamics with a Python that has mpmath: python test/reference/eigenvalues.py
"""

import json
import random

import mpmath as mp

mp.mp.dps = 120
random.seed(6)
EPSILON = mp.mpf(2) ** -52


def spectrum(rows):
    values = mp.eig(mp.matrix(rows), left=False, right=False)
    return sorted(values, key=lambda value: (mp.re(value), mp.im(value)))


def nearest(values, value):
    return min(abs(other - value) for other in values)


matrices = []


def add(name, rows, tolerance=None):
    rows = [[float(v) for v in row] for row in rows]
    values = spectrum(rows)
    size = max(abs(v) for v in values)
    norm = max(sum(abs(v) for v in row) for row in rows)
    moved = mp.mpf(0)
    for _ in range(8):
        changed = [[mp.mpf(v) + EPSILON * mp.mpf(norm) * random.choice([-1, 1]) for v in row] for row in rows]
        moved = max(moved, *(nearest(spectrum(changed), value) for value in values))
    matrices.append(
        {
            "name": name,
            "size": len(rows),
            "matrix": [v for row in rows for v in row],
            "re": [float(mp.re(v)) for v in values],
            "im": [float(mp.im(v)) for v in values],
            "tolerance": float(mp.nstr(max(10 * moved, 4e-15 * size), 3)) if tolerance is None else tolerance,
        }
    )


def dense(n, low=-1.0, high=1.0):
    return [[round(random.uniform(low, high), 6) for _ in range(n)] for _ in range(n)]


for n in range(2, 11):
    add(f"dense, {n} states", dense(n))
for n in (3, 6, 8):
    rows = dense(n)
    add(f"symmetric, {n} states", [[rows[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)])
    add(f"stable, {n} states", [[v - (n if i == j else 0) for j, v in enumerate(row)] for i, row in enumerate(rows)])
    add(f"companion, {n} states", [[1.0 if j == i + 1 else 0.0 for j in range(n)] for i in range(n - 1)] + [rows[0]])
    add(f"cyclic, {n} states", [[1.0 if j == (i + 1) % n else 0.0 for j in range(n)] for i in range(n)])
for omega, damping in ((1.0, 0.0), (6.3, 0.1), (0.01, 0.0), (100.0, 0.5)):
    add(f"oscillator, omega = {omega}, damping = {damping}", [[0, 1], [-(omega**2), -2 * damping]])
add("two coupled oscillators", [[0, 1, 0, 0], [-2, -0.1, 1, 0], [0, 0, 0, 1], [1, 0, -3, -0.2]])
add("stiff feedback", [[-1e6, 1e6], [0.5, -1]])
add("stiff ring", [[-1000, 3, 0], [0, -1, 2], [0.001, 0, -0.001]])
add("critically damped", [[0, 1], [-1, -2]])
add("three equal rates, dense", [[-3, 1, 0], [-1, -1, 1], [0, 0, -2]])
add("real pair from a symmetric coupling", [[0, 4], [9, 0]])
add("zero by cancellation", [[1, -1], [1, -1]])

with open("test/reference/eigenvalues.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(m) for m in matrices) + "\n]\n")
print(len(matrices), "matrices")
