"""Tables of exp and expm1: e^r = 1 + r + r^2 q(r) for |r| <= ln(2)/2."""
import os

from approximation import head, minimax, write_table
from mpmath import exp, expm1, log, mpf

HERE = os.path.dirname(os.path.abspath(__file__))
R = log(2) / 2 * (1 + mpf(2) ** -20)


def remainder(r):
    return (expm1(r) - r) / r**2 if abs(r) > mpf(10) ** -12 else mpf(1) / 2 + r / 6


e9, b9 = minimax(remainder, lambda r: r**2 / exp(r) + mpf(10) ** -9, -R, R, 9)
e10, b10 = minimax(remainder, lambda r: abs(r) + mpf(10) ** -9, -R, R, 10)
ln2_high = head(log(2), 32)
write_table(
    os.path.join(HERE, "..", "exponential.table.ts"),
    "exponential.py",
    "Remez exchange, coefficients rounded to doubles; lowest power first.",
    [
        ("EXP_REMAINDER", f"q of e^r = 1 + r + r² q(r), |r| ≤ ln(2)/2; relative error of e^r at most {b9:.2g}.", e9),
        ("EXPM1_REMAINDER", f"q of e^r − 1 = r + r² q(r), |r| ≤ ln(2)/2; relative error at most {b10:.2g}.", e10),
        ("LN2_HIGH", "Leading 32 bits of ln 2: products with integers below 2^21 are exact.", float(ln2_high)),
        ("LN2_LOW", "ln 2 − LN2_HIGH.", float(log(2) - ln2_high)),
    ],
)
print("exp", b9, "expm1", b10)
