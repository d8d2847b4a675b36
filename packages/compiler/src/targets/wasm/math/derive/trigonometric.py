"""Tables of sin and cos on [-pi/4, pi/4], and pi/2 in parts."""
import os

from approximation import head, minimax, write_table
from mpmath import cos, mpf, pi, sin, sqrt

HERE = os.path.dirname(os.path.abspath(__file__))
Z = (pi / 4) ** 2 * (1 + mpf(2) ** -16)
TINY = mpf(10) ** -8


def sine(z):
    if z < TINY:
        return -mpf(1) / 6 + z / 120 - z**2 / 5040 + z**3 / 362880
    x = sqrt(z)
    return (sin(x) - x) / (x * z)


def cosine(z):
    if z < TINY:
        return mpf(1) / 24 - z / 720 + z**2 / 40320 - z**3 / 3628800
    return (cos(sqrt(z)) - 1 + z / 2) / z**2


s, bs = minimax(sine, lambda z: z + mpf(10) ** -9, 0, Z, 5)
c, bc = minimax(cosine, lambda z: z**2 + mpf(10) ** -9, 0, Z, 5)
parts, rest = [], pi / 2
for _ in range(2):
    part = mpf(float(rest))
    parts.append(part)
    rest -= part
split = [(head(p, 26) if p > 0 else -head(-p, 26)) for p in parts]
write_table(
    os.path.join(HERE, "..", "trigonometric.table.ts"),
    "trigonometric.py",
    "Remez exchange, coefficients rounded to doubles; lowest power first.",
    [
        ("SIN_TAIL", f"p of sin x = x + x³ p(x²), |x| ≤ π/4; relative error at most {bs:.2g}.", s),
        ("COS_TAIL", f"p of cos x = 1 − x²/2 + x⁴ p(x²), |x| ≤ π/4; absolute error at most {bc:.2g}.", c),
        ("TWO_OVER_PI", "2 / π.", float(2 / pi)),
        ("HALF_PI", "π/2 as a sum of three doubles, the error is below 2^-160.", [float(p) for p in parts] + [float(rest)]),
        ("HALF_PI_HEADS", "Leading 26 bits of the first two summands of HALF_PI.", [float(p) for p in split]),
    ],
)
print("sin", bs, "cos", bc, float(rest))
