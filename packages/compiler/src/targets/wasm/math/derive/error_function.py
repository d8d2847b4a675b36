"""Tables of erf and erfc.

erf x = x + x p(x^2) for |x| <= 1. For larger x, (1 + 2 x) e^(x^2) erfc(x) is a polynomial in t = (x - k)/(x + k), the
mapping of Shepherd and Laframboise (1981), Mathematics of Computation 36:249, here for a bounded interval.
"""
import os

from approximation import minimax, write_table
from mpmath import erf, erfc, exp, mpf, sqrt, pi

HERE = os.path.dirname(os.path.abspath(__file__))
TINY = mpf(10) ** -10
LOW, HIGH = mpf("0.49"), mpf("27.5")
K = mpf(4)


def small(z):
    if z < TINY:
        return 2 / sqrt(pi) * (1 - z / 3 + z**2 / 10 - z**3 / 42) - 1
    x = sqrt(z)
    return erf(x) / x - 1


def scaled(t):
    x = K * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def mapped(x):
    return (x - K) / (x + K)


if __name__ == "__main__":
    e, be = minimax(small, lambda z: 1 / (1 + small(z)), 0, mpf("1.001"), 12, samples=300)
    print("erf", be, flush=True)
    c, bc = minimax(scaled, lambda t: 1 / scaled(t), mapped(LOW), mapped(HIGH), 22, samples=400, two_part_constant=True)
    print("erfc", bc, flush=True)
    write_table(
        os.path.join(HERE, "..", "error-function.table.ts"),
        "error_function.py",
        "Remez exchange, coefficients rounded to doubles; lowest power first.",
        [
            ("ERF_SMALL", f"p of erf x = x + x p(x²), |x| ≤ 1; relative error at most {be:.2g}.", e),
            ("ERFC_SCALED", f"(1 + 2x) e^(x²) erfc x as a polynomial in (x − k)/(x + k), {float(LOW)} ≤ x ≤ {float(HIGH)}; relative error at most {bc:.2g}.", c[:1] + c[2:]),
            ("ERFC_SCALED_LOW", "Low part of the constant of ERFC_SCALED.", c[1]),
            ("ERFC_CENTRE", "k of ERFC_SCALED.", float(K)),
        ],
    )
