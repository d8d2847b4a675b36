"""Measures scipy's solvers on the problems of packages/dynamics/test/reference/work-problems.py for measure.ts; prints JSON.

Each entry: problem, method, relative tolerance, states at the end, evaluations of the right-hand side, time in ms (best of the repeats).
"""

import importlib.util
import json
import sys
import time
from pathlib import Path

import scipy
from scipy.integrate import solve_ivp

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "packages" / "dynamics" / "test" / "reference" / "work-problems.py"
specification = importlib.util.spec_from_file_location("work_problems", SOURCE)
work_problems = importlib.util.module_from_spec(specification)
specification.loader.exec_module(work_problems)

METHODS = ("RK45", "DOP853", "LSODA", "Radau", "BDF")
EXPLICIT = ("RK45", "DOP853")
REPEATS = 3


def measure(name, method, relative):
    slopes, jacobian, start, end, sizes = work_problems.scipy_problems[name]
    options = {"jac": jacobian} if jacobian is not None and method not in EXPLICIT else {}
    absolute = [relative * size for size in sizes]
    best = float("inf")
    for _ in range(REPEATS):
        begin = time.perf_counter()
        solution = solve_ivp(slopes, (0, end), start, method=method, rtol=relative, atol=absolute, **options)
        best = min(best, time.perf_counter() - begin)
    return {
        "problem": name,
        "method": method,
        "tolerance": relative,
        "states": [float(state) for state in solution.y[:, -1]],
        "isDone": bool(solution.success),
        "evaluations": int(solution.nfev),
        "ms": 1000 * best,
    }


def main(names):
    entries = []
    for name in names:
        for method in METHODS:
            # An explicit method takes minutes where a problem is stiff.
            if method in EXPLICIT and name in work_problems.STIFF:
                continue
            entries += [measure(name, method, 10.0**-digits) for digits in range(3, 13)]
    json.dump({"version": scipy.__version__, "entries": entries}, sys.stdout)


main(sys.argv[1:])
