"""Records exact values of the mathematical functions at many points: ../accuracy/expected-values.json.

Points of a range come from a Weyl sequence that the test repeats, so only the results are stored: 8 bytes of the
nearest double and one byte with the rest in 1/254 of its last place. Hard points are stored as they are: borders of
ranges and of reductions, neighbours of multiples of pi/2, arguments near 1 for logarithms, tiny numbers.
"""
import base64
import json
import math
import os
import struct

import mpmath as m
from mpmath import mp, mpf

mp.dps = 45
HERE = os.path.dirname(os.path.abspath(__file__))
WEYL = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03)
SMALLEST = 2.0**-1022


def word(i, stream):
    return ((i * WEYL[stream]) % 2**64) >> 11


def bits(x):
    return struct.unpack("<q", struct.pack("<d", x))[0]


def point(scale, low, high, i, stream):
    if scale == "linear":
        return low + (high - low) * (word(i, stream) / 2.0**53)
    return struct.unpack("<d", struct.pack("<q", bits(low) + (((bits(high) - bits(low)) * word(i, stream)) >> 53)))[0]


def around(*centres, steps=3):
    values = []
    for c in centres:
        below = above = float(c)
        values.append(float(c))
        for _ in range(steps):
            below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
            values += [below, above]
    return values


def hardest_angles():
    """Doubles up to 1e5 closest to multiples of pi/2, by search over all multiples, and some beyond."""
    found = []
    half = m.pi / 2
    for n in list(range(1, 63662)) + [10**7 + 1, 10**9 + 7, 10**11 + 3]:
        exact = n * half
        x = float(exact)
        found.append((abs(mpf(x) - exact) / x, x))
    found.sort()
    return [x for _, x in found[:120]]


def exprelr(x):
    return x / m.expm1(x) if x != 0 else mpf(1)


LN2 = math.log(2)
REDUCTION = around(*[(k + 0.5) * LN2 for k in (-1000, -54, -2, -1, 0, 1, 2, 53, 54, 1000)])
TINY = [s * 2.0**-e for e in (1, 2, 5, 10, 20, 27, 28, 40, 52, 53, 54, 60, 200, 1000) for s in (1, -1, 1.9)]
NEAR_ONE = around(1.0, 0.5**0.5, 2**0.5, steps=8) + [1 + s * 2.0**-e for e in range(3, 52, 3) for s in (1, -1)]
LIN, LOG = "linear", "log"
TRIG = ([(LIN, -4, 4, 700), (LIN, -1e5, 1e5, 700), (LOG, 1e-10, 1e5, 300), (LOG, 1e5, 1e12, 150)], around(*hardest_angles()[:40], steps=1) + hardest_angles()[40:] + TINY)
HYPERBOLIC = ([(LIN, -2, 2, 800), (LIN, -25, 25, 600), (LIN, -710, 710, 250), (LOG, 1e-8, 1, 200)], REDUCTION[14:] + TINY)
CASES = {
    "exp": (m.exp, [(LIN, -708.39, 709.78, 900), (LIN, -1, 1, 500), (LIN, -40, 40, 400)], REDUCTION + TINY + around(709.782712893384, -708.3964185322641)),
    "expm1": (m.expm1, [(LIN, -2, 2, 900), (LIN, -40, 709, 500), (LOG, 1e-10, 1, 400)], REDUCTION[14:] + TINY + [709.782712893384, -45.0]),
    "exprelr": (exprelr, [(LIN, -2, 2, 900), (LIN, -40, 40, 500), (LIN, -700, 700, 200), (LOG, 1e-10, 1, 300)], REDUCTION[14:] + TINY),
    "log": (m.log, [(LOG, 2.0**-1022, 1.7e308, 700), (LIN, 0.5, 2, 700), (LIN, 0.9, 1.1, 300)], NEAR_ONE + [5e-324, 1e-310, 2.0**-1022, 1.7976931348623157e308]),
    "log1p": (m.log1p, [(LIN, -0.999, 1, 700), (LOG, 1e-10, 1e10, 600), (LIN, -0.3, 0.42, 400)], TINY + around(2**0.5 - 1, 0.5**0.5 - 1, -0.999999) + [1e300]),
    "log10": (m.log10, [(LOG, 2.0**-1022, 1.7e308, 700), (LIN, 0.5, 2, 700), (LIN, 0.9, 1.1, 300)], NEAR_ONE + [10.0**e for e in range(-20, 309, 4)]),
    "sinh": (m.sinh, *HYPERBOLIC), "cosh": (m.cosh, *HYPERBOLIC),
    "tanh": (m.tanh, [(LIN, -1, 1, 800), (LIN, -22, 22, 500), (LOG, 1e-8, 1, 300)], REDUCTION[14:] + TINY),
    "sin": (m.sin, *TRIG), "cos": (m.cos, *TRIG), "tan": (m.tan, *TRIG),
    "erf": (m.erf, [(LIN, -1, 1, 900), (LIN, -6, 6, 500), (LOG, 1e-8, 1, 300)], TINY + around(1, -1)),
    "erfc": (m.erfc, [(LIN, -1, 1, 500), (LIN, 0.5, 26.54, 700), (LIN, 0.5, 4, 400), (LIN, -6, 0, 200)], TINY + around(0.5, -0.5, 1) + [26.54325845425098]),
}
POW_RANGES = [(LOG, 1e-3, 1e3, LIN, -100, 100, 700), (LIN, 0.5, 2, LIN, -1000, 1000, 600), (LOG, 1e-300, 1e300, LIN, -1, 1, 300), (LIN, 0.99, 1.01, LIN, -7e4, 7e4, 300)]
POW_HARD = [(x, y) for x in (2.0, 10.0, 0.1, 1.0000000000000002, 0.9999999999999999, 1.4142135623730951, 5e-324) for y in (0.5, -0.5, 1.0, 2.0, 3.0, -7.0, 22.0, 1 / 3, 300.0)] + [(1.0000000000000002, 3e18), (0.9999999999999999, 6e18), (-3.0, 5.0), (-2.5, -4.0)]


def encode(results):
    doubles, rest = b"", b""
    for value in results:
        y = float(value)
        doubles += struct.pack("<d", y)
        rest += struct.pack("<b", int(m.nint((value - mpf(y)) / mpf(math.ulp(y)) * 254)))
    return base64.b64encode(doubles + rest).decode()


def is_recorded(value):
    return value != 0 and SMALLEST <= abs(value) < mpf(1.7976931348623157e308)


def main():
    recorded = {}
    for name, (f, ranges, hard) in CASES.items():
        hard = [x for x in dict.fromkeys(hard) if is_recorded(m.re(f(mpf(x)))) and m.im(f(mpf(x))) == 0]
        xs = [point(*r[:3], i, 0) for r in ranges for i in range(1, r[3] + 1)] + hard
        recorded[name] = {
            "ranges": [{"scale": s, "low": lo, "high": hi, "count": n} for s, lo, hi, n in ranges],
            "hard": hard,
            "expected": encode([f(mpf(x)) for x in xs]),
        }
    pairs = [(point(a, b, c, i, 0), point(d, e, g, i, 1)) for a, b, c, d, e, g, n in POW_RANGES for i in range(1, n + 1)]
    hard = [(x, y) for x, y in POW_HARD if is_recorded(mpf(x) ** mpf(y))]
    recorded["pow"] = {
        "ranges": [{"scale": a, "low": b, "high": c, "count": n, "second": {"scale": d, "low": e, "high": g}} for a, b, c, d, e, g, n in POW_RANGES],
        "hard": hard,
        # Points whose result is not a normal number are recorded as NaN and skipped by the test.
        "expected": encode_pow(pairs + hard),
    }
    path = os.path.join(HERE, "..", "accuracy", "expected-values.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(recorded, file, separators=(",", ":"))
        file.write("\n")
    print(os.path.getsize(path))


def encode_pow(pairs):
    doubles, rest = b"", b""
    for x, y in pairs:
        value = mpf(x) ** mpf(y)
        if not is_recorded(value):
            doubles += struct.pack("<d", math.nan)
            rest += b"\0"
            continue
        encoded = base64.b64decode(encode([value]))
        doubles += encoded[:8]
        rest += encoded[8:]
    return base64.b64encode(doubles + rest).decode()


if __name__ == "__main__":
    main()
