"""Makes test/reference/random-affine-systems.json with mpmath: x(h) for 300 random systems x' = A x + b, x(0) = x0.

Rates are between 1e-3 and 1e3, intervals h between 1e-3 and 1e3, |Im lambda| h is at most 1e4. For each system: name, size, matrix
(rows one after the other), drive b, start x0, interval h, end x(h) to 17 digits, and the relative condition number of the exponential at X = h M,
    kappa = max ||L(X, E)|| / ||E|| * ||X|| / ||exp X||,   M = [[A, b], [0, 0]],
in the Frobenius norm, where L(X, E) is the Frechet derivative of exp at X in direction E. The maximum is found by the power method on
L* L, L*(X, W) = L(X^T, W), which can only make kappa too small. x(h) is computed with 110 and with 160 digits, which must agree to 30.
Run from packages/dynamics with a Python that has mpmath: python test/reference/random-affine-systems.py
"""

import json
import math
import random

import mpmath as mp

random.seed(2006)
NUMBER = 300
PHASE_LIMIT = 1e4
NEGLIGIBLE = mp.mpf(10) ** -290


def short(value, digits=5):
    return float(f"{value:.{digits}g}")


def log_uniform(low, high):
    return short(10 ** random.uniform(math.log10(low), math.log10(high)))


def rate():
    return log_uniform(1e-3, 1e3)


def coupling(scale=1.0):
    return short(random.choice([-1, 1]) * scale * 10 ** random.uniform(-2, 1))


def zeros(n):
    return [[0.0] * n for _ in range(n)]


def product(left, right):
    return [[mp.fdot(row, column) for column in zip(*right)] for row in left]


def shuffled(rows):
    order = list(range(len(rows)))
    random.shuffle(order)
    return [[rows[i][j] for j in order] for i in order]


def similar(rows):
    """S A S^-1 for a random S with entries in -1 ... 1 and a safe distance from singular matrices, rounded to doubles."""
    n = len(rows)
    with mp.workdps(60):
        while True:
            s = mp.matrix([[random.uniform(-1, 1) + (1.5 if i == j else 0) for j in range(n)] for i in range(n)])
            if abs(mp.det(s)) > 0.1:
                break
        result = s * mp.matrix(rows) * s**-1
    return [[float(result[i, j]) for j in range(n)] for i in range(n)]


def stable(n):
    """Dense, each state decays faster than the others can drive it."""
    rows = zeros(n)
    for i in range(n):
        own = rate()
        for j in range(n):
            rows[i][j] = -own if i == j else short(own * random.uniform(-1, 1) / n)
    return rows


def cascade(n):
    """Each state decays and reads some of the earlier ones."""
    rows = zeros(n)
    for i in range(n):
        rows[i][i] = -rate()
        for j in range(i):
            rows[i][j] = coupling(abs(rows[i][i])) if random.random() < 0.6 else 0.0
    return shuffled(rows)


def defective(n):
    """Chains with equal rates, or rates that differ by a relative 1e-15 ... 1e-3."""
    rows = zeros(n)
    own = rate()
    spread = random.choice([0.0, 0.0, 10 ** random.uniform(-15, -3)])
    for i in range(n):
        rows[i][i] = -own * (1 + spread * random.randint(-3, 3))
        if i > 0:
            rows[i][i - 1] = coupling(own)
        if i > 1 and random.random() < 0.3:
            rows[i][random.randrange(i - 1)] = coupling(own)
    return shuffled(rows)


def oscillating(n):
    """Pairs of states that turn, damped or not, as rotations or as equations of second order, with a cascade between them."""
    rows = zeros(n)
    i = 0
    while i < n:
        if i + 1 == n or random.random() < 0.15:
            rows[i][i] = -rate()
            i += 1
            continue
        omega, damping = rate(), random.choice([0.0, rate(), rate() * 1e-3])
        if random.random() < 0.5:
            rows[i][i], rows[i][i + 1], rows[i + 1][i], rows[i + 1][i + 1] = -damping, omega, -omega, -damping
        else:
            rows[i][i + 1], rows[i + 1][i], rows[i + 1][i + 1] = 1.0, -short(omega**2), -2 * damping
        for k in (i, i + 1):
            for j in range(i):
                rows[k][j] = coupling(omega) if random.random() < 0.3 else 0.0
        i += 2
    return shuffled(rows)


def stiff(n):
    """Rates from 1e-3 to 1e3, mixed by a change of basis."""
    rows = zeros(n)
    for i in range(n):
        rows[i][i] = -(1e-3 if i == 0 else 1e3 if i == 1 else rate())
    return similar(rows)


def mixed(n):
    """Pairs that turn and equal or different rates, mixed by a change of basis."""
    rows = zeros(n)
    scale = rate()
    for i in range(n):
        rows[i][i] = -scale * random.choice([1.0, 1.0, 0.1, random.uniform(0.01, 1)])
    for i in range(0, n - 1, 2):
        kind = random.random()
        if kind < 0.5:
            omega = scale * random.uniform(0.1, 3)
            rows[i + 1][i + 1] = rows[i][i]
            rows[i][i + 1], rows[i + 1][i] = omega, -omega
        elif kind < 0.8:
            rows[i + 1][i + 1] = rows[i][i]
            rows[i + 1][i] = scale
    return similar(rows)


def singular(n):
    """Integrators among decaying states."""
    rows = cascade(n)
    for i in range(n):
        if random.random() < 0.4:
            rows[i] = [v * 1e-2 if i != j else 0.0 for j, v in enumerate(rows[i])]
    return rows


KINDS = [stable, cascade, defective, oscillating, stiff, mixed, singular]


def taylor_exponential(x, direction):
    """exp(X) and L(X, E) by scaling, the series and doubling, all with the working precision."""
    n = len(x)
    norm = max(mp.fsum(abs(v) for v in row) for row in x)
    halvings = max(0, int(mp.ceil(mp.log(norm, 2))) + 1) if norm > 0 else 0
    factor = mp.mpf(2) ** -halvings
    x = [[v * factor for v in row] for row in x]
    direction = [[v * factor for v in row] for row in direction]
    power = [[mp.mpf(i == j) for j in range(n)] for i in range(n)]
    change = [[mp.mpf(0)] * n for _ in range(n)]
    total, total_change = [row[:] for row in power], [row[:] for row in change]
    for k in range(1, 30):
        left, right = product(change, x), product(power, direction)
        change = [[(p + q) / k for p, q in zip(a, b)] for a, b in zip(left, right)]
        power = [[v / k for v in row] for row in product(power, x)]
        total = [[p + q for p, q in zip(a, b)] for a, b in zip(total, power)]
        total_change = [[p + q for p, q in zip(a, b)] for a, b in zip(total_change, change)]
    for _ in range(halvings):
        left, right = product(total, total_change), product(total_change, total)
        total_change = [[p + q for p, q in zip(a, b)] for a, b in zip(left, right)]
        total = product(total, total)
    return total, total_change


def frobenius(rows):
    return mp.sqrt(mp.fsum(v * v for row in rows for v in row))


def condition(x):
    with mp.workdps(35):
        direction = [[mp.mpf(random.uniform(-1, 1)) for _ in row] for row in x]
        transposed = [list(column) for column in zip(*x)]
        largest = mp.mpf(0)
        for _ in range(4):
            size = frobenius(direction)
            direction = [[v / size for v in row] for row in direction]
            exponential, change = taylor_exponential(x, direction)
            largest = max(largest, frobenius(change))
            direction = taylor_exponential(transposed, change)[1]
        return largest * frobenius(x) / frobenius(exponential)


def extended(matrix, drive, h):
    rows = [[mp.mpf(v) * mp.mpf(h) for v in [*row, b]] for row, b in zip(matrix, drive)]
    return [*rows, [mp.mpf(0)] * (len(drive) + 1)]


def end(x, start, digits):
    with mp.workdps(digits):
        propagator = mp.expm(mp.matrix(x))
        n = len(start)
        return [mp.fsum(propagator[i, j] * start[j] for j in range(n)) + propagator[i, n] for i in range(n)]


def interval(matrix):
    h = log_uniform(1e-3, 1e3)
    phase = max(abs(mp.im(v)) for v in mp.eig(mp.matrix(matrix), left=False, right=False)) * h
    return h if phase <= PHASE_LIMIT else short(h * PHASE_LIMIT / float(phase) * random.uniform(0.1, 0.99))


def create(number):
    kind = KINDS[number % len(KINDS)]
    n = random.randint(2, 8) if number % 12 else 1
    matrix = kind(n) if n > 1 else [[-rate()]]
    drive = [0.0] * n if random.random() < 0.4 else [coupling(abs(matrix[i][i]) or 1.0) for i in range(n)]
    start = [short(random.uniform(-1, 1)) if random.random() < 0.8 else 0.0 for _ in range(n)]
    if not any(start):
        start[-1] = 1.0
    h = interval(matrix)
    x = extended(matrix, drive, h)
    low, high = end(x, start, 110), end(x, start, 160)
    size = max(abs(v) for v in high)
    assert max(abs(p - q) for p, q in zip(low, high)) <= max(size, NEGLIGIBLE) * mp.mpf(10) ** -30
    return {
        "name": f"{number}: {kind.__name__}, {n} states",
        "size": n,
        "matrix": [v for row in matrix for v in row],
        "drive": drive,
        "start": start,
        "interval": h,
        "end": [float(v) if abs(v) >= NEGLIGIBLE else 0.0 for v in high],
        "kappa": float(mp.nstr(condition(x), 3)),
    }


systems = [create(number) for number in range(NUMBER)]
assert all(math.isfinite(v) for s in systems for v in s["end"])
with open("test/reference/random-affine-systems.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(s, separators=(",", ":")) for s in systems) + "\n]\n")
print(len(systems), "systems")
