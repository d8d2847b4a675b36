"""Minimax polynomials by the Remez exchange in multiple precision, and their TypeScript tables.

A polynomial p of given degree minimises the largest |weight(x) (f(x) - p(x))| on [low, high]. The coefficients are
rounded to doubles one after the other, lowest power first, each followed by a new fit of the higher ones, so that
rounding costs little. The stated bound is that of the rounded polynomial, by dense sampling; it excludes the rounding
of its evaluation, which the accuracy tests measure.
"""
from mpmath import cos, fabs, lu_solve, matrix, mp, mpf, pi

mp.dps = 50


def _nodes(low, high, count):
    return [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def _horner(coefficients, x):
    value = mpf(0)
    for c in reversed(coefficients):
        value = value * x + c
    return value


def _remez(samples, powers, iterations=8):
    """Coefficients of the given powers that level the weighted error; samples are (x, f, weight)."""
    count = len(powers)
    middle = (len(samples) - 1) / mpf(2)
    indices = sorted({int(middle - middle * cos(pi * i / count)) for i in range(count + 1)})
    coefficients = None
    for _ in range(iterations):
        rows, right = [], []
        for j, i in enumerate(indices):
            x, f, w = samples[i]
            rows.append([x**p for p in powers] + [(-1) ** j / w])
            right.append(f)
        solution = lu_solve(matrix(rows), matrix(right))
        coefficients = [solution[i] for i in range(count)]
        errors = [w * (f - sum(c * x**p for c, p in zip(coefficients, powers))) for x, f, w in samples]
        extrema = []
        for i, e in enumerate(errors):
            if extrema and (errors[extrema[-1]] > 0) == (e > 0):
                if fabs(e) > fabs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > count + 1:
            end = 0 if fabs(errors[extrema[0]]) < fabs(errors[extrema[-1]]) else -1
            extrema.pop(end)
        if len(extrema) < count + 1 or extrema == indices:
            break
        indices = extrema
    return coefficients


def minimax(f, weight, low, high, degree, samples=600, two_part_constant=False):
    """Rounded coefficients, lowest power first, and the largest weighted error.

    With two_part_constant the constant is the sum of the first two numbers returned.
    """
    low, high = mpf(low), mpf(high)
    points = []
    for x in _nodes(low, high, samples):
        points.append((x, f(x), weight(x)))
    fixed = []
    while len(fixed) <= degree:
        remaining = list(range(len(fixed), degree + 1))
        rest = [(x, v - _horner(fixed, x), w) for x, v, w in points]
        fitted = _remez(rest, remaining)
        # Only the leading coefficients matter at the level of their rounding; the rest is rounded at once.
        take = 1 if len(fixed) < 4 else len(remaining)
        if two_part_constant and not fixed:
            constant = [float(fitted[0]), float(fitted[0] - mpf(float(fitted[0])))]
            fixed = [mpf(constant[0]) + mpf(constant[1])] + [mpf(float(c)) for c in fitted[1:]]
            break
        fixed += [mpf(float(c)) for c in fitted[:take]]
    error = max(fabs(w * (v - _horner(fixed, x))) for x, v, w in points)
    leading = constant if two_part_constant else [float(fixed[0])]
    return leading + [float(c) for c in fixed[1:]], float(error)


def write_table(path, script, comment, entries):
    """Writes a TypeScript table; entries are (name, docstring, list of doubles or a double)."""
    lines = [f"// Made by derive/{script}; do not edit by hand.", f"// {comment}", ""]
    for name, doc, value in entries:
        lines.append(f"/** {doc} */")
        if isinstance(value, list):
            lines.append(f"export const {name} = Object.freeze([")
            lines += [f"  {v!r}," for v in value]
            lines.append("] as const);")
        else:
            lines.append(f"export const {name} = {value!r};")
        lines.append("")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines).rstrip("\n") + "\n")


def head(x, bits):
    """The leading bits of x, so that products with short integers are exact in double precision."""
    from mpmath import floor, frexp, ldexp

    mantissa, exponent = frexp(x)
    return ldexp(floor(ldexp(mantissa, bits)), exponent - bits)
