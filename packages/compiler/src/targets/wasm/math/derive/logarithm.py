"""Tables of log, log1p, log10 and of the logarithm inside pow, with s = f / (2 + f), z = s^2, f in [sqrt(1/2)-1, sqrt(2)-1]."""
import os

from approximation import head, minimax, write_table
from mpmath import atanh, log, log10, mpf, sqrt

HERE = os.path.dirname(os.path.abspath(__file__))
Z = (3 - 2 * sqrt(2)) ** 2 * (1 + mpf(2) ** -20)


def tail(z, terms):
    """(2 atanh(s)/s - 2 - ... ) / z^terms: the series of 2 atanh(s)/s from the power z^terms on."""
    if z < mpf(10) ** -8:
        return sum(mpf(2) / (2 * (terms + j) + 1) * z**j for j in range(5))
    s = sqrt(z)
    return (2 * atanh(s) / s - sum(mpf(2) / (2 * j + 1) * z**j for j in range(terms))) / z**terms


short, b_short = minimax(lambda z: tail(z, 1), lambda z: z + mpf(10) ** -9, 0, Z, 6)
long, b_long = minimax(lambda z: tail(z, 2), lambda z: z**2 + mpf(10) ** -9, 0, Z, 7)
two_thirds = mpf(2) / 3
log10_2_high = head(log10(2), 40)
inverse_ln10_high = head(1 / log(10), 26)
write_table(
    os.path.join(HERE, "..", "logarithm.table.ts"),
    "logarithm.py",
    "Remez exchange, coefficients rounded to doubles; lowest power first.",
    [
        ("LOG_TAIL", f"p of 2 atanh(s)/s = 2 + z p(z), z = s² ≤ 0.0295; absolute error of the quotient at most {b_short:.2g}.", short),
        ("POW_LOG_TAIL", f"p of 2 atanh(s)/s = 2 + z (2/3 + z p(z)), z = s² ≤ 0.0295; absolute error of the quotient at most {b_long:.2g}.", long),
        ("TWO_THIRDS_HIGH", "2/3 rounded.", float(two_thirds)),
        ("TWO_THIRDS_LOW", "2/3 − TWO_THIRDS_HIGH.", float(two_thirds - mpf(float(two_thirds)))),
        ("LOG10_2_HIGH", "Leading 40 bits of lg 2: products with exponents are exact.", float(log10_2_high)),
        ("LOG10_2_LOW", "lg 2 − LOG10_2_HIGH.", float(log10(2) - log10_2_high)),
        ("INVERSE_LN10_HIGH", "Leading 26 bits of 1 / ln 10.", float(inverse_ln10_high)),
        ("INVERSE_LN10_LOW", "1 / ln 10 − INVERSE_LN10_HIGH.", float(1 / log(10) - inverse_ln10_high)),
    ],
)
print("log", b_short, "pow", b_long)
