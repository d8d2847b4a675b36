"""Makes two files with mpmath:

- src/expression/error-function.table.ts: Chebyshev coefficients of (1 + 2x) exp(x^2) erfc(x) on x >= 0 in
  u = (x - 3.75) / (x + 3.75), and Taylor coefficients of erf(x) / x in x^2;
- test/reference/error-function.json: values of erf and erfc to 17 digits.

Run from packages/dynamics with a Python that has mpmath: python test/reference/error-function.py
"""

import json

import mpmath as mp

mp.mp.dps = 60
CENTRE = mp.mpf("3.75")
DEGREE = 33
TAYLOR_TERMS = 22


def scaled_erfc(u):
    if u == 1:
        return 2 / mp.sqrt(mp.pi)
    x = CENTRE * (1 + u) / (1 - u)
    if x > 60:
        series = mp.nsum(lambda k: (-1) ** int(k) * mp.fac2(2 * k - 1) / (2 * x * x) ** k, [0, 30])
        return (1 + 2 * x) * series / (x * mp.sqrt(mp.pi))
    return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)


def chebyshev(f, degree, points=120):
    nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / points) for k in range(points)]
    values = [f(node) for node in nodes]
    result = []
    for j in range(degree + 1):
        total = mp.fsum(v * mp.cos(j * mp.pi * (k + mp.mpf(1) / 2) / points) for k, v in enumerate(values))
        result.append(total * (1 if j == 0 else 2) / points)
    return result


def table(name, comment, numbers):
    lines = ",\n".join(f"  {float(x)!r}" for x in numbers)
    return f"/** {comment} */\nexport const {name}: readonly number[] = Object.freeze([\n{lines},\n]);\n"


coefficients = chebyshev(scaled_erfc, DEGREE)
taylor = [2 / mp.sqrt(mp.pi) * (-1) ** n / (mp.factorial(n) * (2 * n + 1)) for n in range(TAYLOR_TERMS)]
with open("src/expression/error-function.table.ts", "w") as file:
    file.write("// Made by test/reference/error-function.py.\n\n")
    file.write(
        table(
            "SCALED_ERFC",
            "Chebyshev coefficients of (1 + 2x) exp(x²) erfc(x), x ≥ 0, in u = (x − 3.75)/(x + 3.75).",
            coefficients,
        )
    )
    file.write("\n")
    file.write(table("ERF_TAYLOR", "Taylor coefficients of erf(x)/x in x².", taylor))

points = [0.0, 1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.25, 0.4999, 0.5, 0.75, 0.9999, 1.0, 1.25, 1.5, 2.0, 2.25, 2.5]
points += [k / 16 + 0.013 for k in range(0, 96)] + [6.5, 7.25, 8.1, 10.3, 13.7, 17.9, 20.2, 23.4, 25.8, 26.5]
points += [-x for x in points if x > 0]
rows = [[x, mp.nstr(mp.erf(mp.mpf(x)), 17), mp.nstr(mp.erfc(mp.mpf(x)), 17)] for x in points]
with open("test/reference/error-function.json", "w") as file:
    json.dump({"columns": ["x", "erf", "erfc"], "rows": [[x, float(a), float(b)] for x, a, b in rows]}, file)
    file.write("\n")
