"""Records expected-values.json: exact solutions of the systems of linear-accuracy.test.ts, by matrix exponentials with 60 digits.

Every system is x' = A x + b from x(0); its last state is compared. Parameters are the doubles that the test passes on. The exponential
of the augmented matrix [[A, b], [0, 0]] times t gives the course exactly, for equal eigenvalues as well.

Run: python record_expected_values.py; then format what it wrote with `npx biome check --write`.
"""

import json
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 60

# Times in ms between steps, among which the largest value is looked for.
BETWEEN = [0, 1, 2, 5, 10, 20, 50, 100]
STEPS = [1, 2, 3, 10, 30, 100, 300, 1000]
WIDTHS = [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0]
RATIOS = [1.0, 1.0 + 1e-12, 1.0 + 1e-6, 1.0 + 1e-3]
DAMPING = [0.0, 0.01, 1.0, 3.0]

TAU = 10.0
CAPACITANCE = 250.0
CURRENT = 100.0


def exponential_current(ratio):
    """I' = -I / tau_s, V' = -V / tau + (I + I_e) / C."""
    tau_s = mpf(TAU * ratio)
    a = [[-1 / tau_s, 0], [1 / mpf(CAPACITANCE), -1 / mpf(TAU)]]
    return a, [0, mpf(CURRENT) / mpf(CAPACITANCE)], [mpf(300), 0]


def cascade(ratio):
    """x' = -x / tau, y' = (x - y) / tau_s, V' = -V / tau_l + (y + I_e) / C with three constants of that ratio."""
    tau_s, tau_l = mpf(TAU * ratio), mpf(TAU * ratio * ratio)
    a = [
        [-1 / mpf(TAU), 0, 0],
        [1 / tau_s, -1 / tau_s, 0],
        [0, 1 / mpf(CAPACITANCE), -1 / tau_l],
    ]
    return a, [0, 0, mpf(CURRENT) / mpf(CAPACITANCE)], [mpf(300), 0, 0]


def alpha_current(ratio):
    """A spike of weight 300 through K = (e / tau_s) t exp(-t / tau_s), into V' = -V / tau + K / C, from the spike on."""
    tau_s = mpf(TAU * ratio)
    a = [[-1 / tau_s, 0, 0], [1, -1 / tau_s, 0], [0, 1 / mpf(CAPACITANCE), -1 / mpf(TAU)]]
    return a, [0, 0, 0], [300 * mp.e / tau_s, 0, 0]


def oscillator(omega, damping):
    """x'' = -omega^2 x - 2 gamma x' with gamma = damping omega, from x = 1 at rest; states x', x."""
    gamma = mpf(damping * omega)
    return [[-2 * gamma, -mpf(omega) ** 2], [1, 0]], [0, 0], [0, 1]


def course(system, times):
    """Last state at these times, and its largest size at them and between them, as doubles."""
    a, b, start = system
    size = len(b)
    augmented = mp.zeros(size + 1)
    for row in range(size):
        for column in range(size):
            augmented[row, column] = a[row][column]
        augmented[row, size] = b[row]
    state = mp.matrix([*start, 1])

    def last(time):
        return float((mp.expm(augmented * time) * state)[size - 1])

    values = [last(time) for time in times]
    between = [last(mpf(time)) for time in BETWEEN if time <= times[-1]]
    return {"values": values, "largest": max(map(abs, values + between))}


def cases():
    for width in WIDTHS:
        times = [step * mpf(width) for step in STEPS]
        # The spike counts from the end of the first step on.
        since_spike = [time - mpf(width) for time in times]
        for ratio in RATIOS:
            parameters = {"ratio": ratio}
            yield "exponential current", width, parameters, course(exponential_current(ratio), times)
            yield "cascade", width, parameters, course(cascade(ratio), times)
            yield "alpha current", width, parameters, course(alpha_current(ratio), since_spike)
        for damping in DAMPING:
            for omega in [0.625, 0.1 / width]:
                parameters = {"omega": omega, "damping": damping}
                yield "oscillator", width, parameters, course(oscillator(omega, damping), times)


def main():
    entries = [
        {"system": system, "width": width, "parameters": parameters, **recorded}
        for system, width, parameters, recorded in cases()
    ]
    path = Path(__file__).with_name("expected-values.json")
    path.write_text(json.dumps({"steps": STEPS, "cases": entries}) + "\n")


main()
