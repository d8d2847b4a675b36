"""The library's neurons in numbers of many digits, written from their equations and the rules of a time step, without any part of
the toolchain.

A step from t to t + h:
1. what is integrated goes from its value at t over h; the current of the step is constant;
2. pulses move the membrane at the end of the step, if the membrane was integrated;
3. synaptic variables, which always advance, receive their increments;
4. the conditions are evaluated once, spikes are emitted at t + h.
The refractory timer is an integer number of ns, so it reaches 0 after exactly ceil(T / h) steps.
"""

import gmpy2
import mpmath
from gmpy2 import mpfr

from taylor import System, Variable, exp

DIGITS = 55


def exact_propagator(matrix, step):
    """exp(matrix * step) as rows of numbers; scaling and Taylor series in mpmath, with twice the digits kept."""
    with mpmath.workdps(2 * DIGITS):
        rows = mpmath.expm(mpmath.matrix(matrix) * step, method="taylor")
        return [[mpfr(mpmath.nstr(rows[i, j], DIGITS)) for j in range(rows.cols)] for i in range(rows.rows)]


def apply(rows, values):
    return [sum(p * x for p, x in zip(row, values, strict=True) if p != 0) for row in rows]


class Neuron:
    """Parameters as decimal texts on top of `defaults`; `step_ns` the time step. Subclasses hold the states."""

    defaults = {}

    def __init__(self, parameters, step_ns):
        unknown = set(parameters) - set(self.defaults)
        if unknown:
            raise ValueError(f"unknown parameters {sorted(unknown)}")
        self.text = {**self.defaults, **parameters}
        self.p = {name: mpfr(value) for name, value in self.text.items()}
        self.step_ns = step_ns
        self.h = mpfr(step_ns) / 1_000_000
        self.timer_ns = 0
        self.refractory_ns = int(mpmath.nint(mpmath.mpf(self.text.get("refr_T", "0")) * 1_000_000))
        # smallest distance to a decision, the room that errors of an implementation have, in `distance_unit`
        self.distance = mpfr("inf")

    distance_unit = "mV"

    def observe_threshold(self, value, threshold):
        self.distance = min(self.distance, abs(value - threshold))

    def is_refractory(self):
        return self.timer_ns > 0


class LinearNeuron(Neuron):
    """Membrane with linear synapses: states U = V_m - E_L, synaptic variables, and the constant current as a last state."""

    synaptic = 0  # number of synaptic variables

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        with mpmath.workdps(2 * DIGITS):
            q = {name: mpmath.mpf(value) for name, value in self.text.items()}
            size = self.synaptic + 2
            matrix = [[mpmath.mpf(0)] * size for _ in range(size)]
            self.fill(matrix, q)
            matrix[0][0] = -1 / q["tau_m"]
            matrix[0][size - 1] = 1 / q["C_m"]
            step = mpmath.mpf(step_ns) / 1_000_000
        self.rows = exact_propagator(matrix, step)
        self.state = [mpfr(0)] * (size - 1)

    def fill(self, matrix, q):
        """Writes the synaptic rows and what they do to the membrane."""

    def receive(self, arrivals):
        """Adds the increments of arriving spikes to the synaptic variables."""

    def pulses(self, arrivals):
        """Jump of the membrane potential in this step."""
        return mpfr(0)

    def advance(self, current, arrivals):
        p = self.p
        following = apply(self.rows, [*self.state, current + p["I_e"]])[:-1]
        if self.is_refractory():
            following[0] = self.state[0]
            self.timer_ns -= self.step_ns
        else:
            following[0] += self.pulses(arrivals)
        self.state = following
        self.receive(arrivals)
        if self.is_refractory():
            return False
        v = p["E_L"] + self.state[0]
        self.observe_threshold(v, p["V_th"])
        if v < p["V_th"]:
            return False
        self.timer_ns = self.refractory_ns
        self.state[0] = p["V_reset"] - p["E_L"]
        return True

    def read(self, name):
        if name == "V_m":
            return self.p["E_L"] + self.state[0]
        return self.read_synapse(name)


INTEGRATE_AND_FIRE = {
    "C_m": "250",
    "tau_m": "10",
    "refr_T": "2",
    "E_L": "-70",
    "V_reset": "-70",
    "V_th": "-55",
    "I_e": "0",
}
TWO_SYNAPSES = {"tau_syn_exc": "2", "tau_syn_inh": "2"}


class IafPscDelta(LinearNeuron):
    defaults = INTEGRATE_AND_FIRE

    def pulses(self, arrivals):
        return sum((weight for _, weight in arrivals), mpfr(0))


class IafPscExp(LinearNeuron):
    defaults = {**INTEGRATE_AND_FIRE, **TWO_SYNAPSES}
    synaptic = 2

    def fill(self, matrix, q):
        matrix[1][1] = -1 / q["tau_syn_exc"]
        matrix[2][2] = -1 / q["tau_syn_inh"]
        matrix[0][1] = 1 / q["C_m"]
        matrix[0][2] = -1 / q["C_m"]

    def receive(self, arrivals):
        for port, weight in arrivals:
            self.state[{"exc_spikes": 1, "inh_spikes": 2}[port]] += weight

    def read_synapse(self, name):
        return self.state[{"I_syn_exc": 1, "I_syn_inh": 2}[name]]


class IafPscAlpha(LinearNeuron):
    """An alpha function I obeys I' = D - I / tau, D' = -D / tau; a spike adds weight * e / tau to D."""

    defaults = {**INTEGRATE_AND_FIRE, **TWO_SYNAPSES}
    synaptic = 4

    def fill(self, matrix, q):
        for at, tau, sign in ((1, q["tau_syn_exc"], 1), (3, q["tau_syn_inh"], -1)):
            matrix[at][at] = matrix[at + 1][at + 1] = -1 / tau
            matrix[at][at + 1] = mpmath.mpf(1)
            matrix[0][at] = sign / q["C_m"]

    def receive(self, arrivals):
        for port, weight in arrivals:
            at, tau = {"exc_spikes": (2, "tau_syn_exc"), "inh_spikes": (4, "tau_syn_inh")}[port]
            self.state[at] += weight * gmpy2.exp(mpfr(1)) / self.p[tau]

    def read_synapse(self, name):
        return self.state[{"I_syn_exc": 1, "I_syn_inh": 3}[name]]


class NonlinearNeuron(Neuron):
    """States by name; `free` and `held` are the systems outside and inside the refractory period, built anew whenever the
    current changes."""

    order = ()  # names of the states

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        self.x = dict.fromkeys(self.order, mpfr(0))
        self.systems = {}

    def system(self, kind, current):
        if (kind, current) not in self.systems:
            variables = {name: Variable() for name in self.order}
            rates = self.rates(kind, variables, current + self.p["I_e"])
            self.systems[kind, current] = System(list(variables.values()), [rates.get(n, mpfr(0) * v) for n, v in variables.items()])
        return self.systems[kind, current]

    def integrate(self, kind, current, duration, until=None):
        level = None if until is None else (self.order.index(until[0]), until[1])
        values, left = self.system(kind, current).advance([self.x[n] for n in self.order], duration, level)
        self.x = dict(zip(self.order, values, strict=True))
        return left

    def alpha_rates(self, v, kind):
        """Rates of the alpha functions g and their auxiliary variables d, for both ports."""
        rates = {}
        for port in ("exc", "inh"):
            tau = self.p[f"tau_syn_{port}"]
            rates[f"{kind}_{port}"] = v[f"d_{port}"] - v[f"{kind}_{port}"] / tau
            rates[f"d_{port}"] = -v[f"d_{port}"] / tau
        return rates

    def receive_alpha(self, arrivals):
        for port, weight in arrivals:
            which = {"exc_spikes": "exc", "inh_spikes": "inh"}[port]
            self.x[f"d_{which}"] += weight * gmpy2.exp(mpfr(1)) / self.p[f"tau_syn_{which}"]

    def read(self, name):
        return self.x[name.replace("g_syn_", "g_").replace("I_syn_", "I_")]


class IafCondAlpha(NonlinearNeuron):
    defaults = {
        **INTEGRATE_AND_FIRE,
        **{"g_L": "16.6667", "V_reset": "-60", "E_exc": "0", "E_inh": "-85", "tau_syn_exc": "0.2", "tau_syn_inh": "2"},
    }
    order = ("V_m", "g_exc", "d_exc", "g_inh", "d_inh")

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        self.x["V_m"] = self.p["E_L"]

    def rates(self, kind, v, current):
        p = self.p
        rates = self.alpha_rates(v, "g")
        if kind == "free":
            drive = v["g_exc"] * (v["V_m"] - p["E_exc"]) + v["g_inh"] * (v["V_m"] - p["E_inh"])
            rates["V_m"] = (current - p["g_L"] * (v["V_m"] - p["E_L"]) - drive) / p["C_m"]
        return rates

    def advance(self, current, arrivals):
        p = self.p
        if self.is_refractory():
            self.integrate("held", current, self.h)
            self.timer_ns -= self.step_ns
        else:
            self.integrate("free", current, self.h)
        self.receive_alpha(arrivals)
        if self.is_refractory():
            return False
        self.observe_threshold(self.x["V_m"], p["V_th"])
        if self.x["V_m"] < p["V_th"]:
            return False
        self.timer_ns = self.refractory_ns
        self.x["V_m"] = p["V_reset"]
        return True


class AeifCondExp(NonlinearNeuron):
    """Inside a step the membrane runs to V_peak, where the equations change: from there on they hold min(V_m, V_peak).
    The membrane passes V_peak so steeply that the distance to a decision is counted in time."""

    distance_unit = "ms"

    defaults = {
        **{"C_m": "281", "refr_T": "2", "V_reset": "-60", "g_L": "30", "E_L": "-70.6", "a": "4", "b": "80.5", "Delta_T": "2"},
        **{"tau_w": "144", "V_th": "-50.4", "V_peak": "0", "E_exc": "0", "E_inh": "-85", "tau_syn_exc": "0.2"},
        **{"tau_syn_inh": "2", "I_e": "0"},
    }
    order = ("V_m", "w", "g_exc", "g_inh")

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        self.x["V_m"] = self.p["E_L"]

    def rates(self, kind, v, current):
        p = self.p
        # "above": beyond V_peak only w and the conductances matter, V_m just stays above
        bounded = p["V_peak"] + 0 * v["V_m"] if kind == "above" else v["V_m"]
        rates = {name: -v[name] / p[f"tau_syn_{name[2:]}"] for name in ("g_exc", "g_inh")}
        rates["w"] = (p["a"] * (bounded - p["E_L"]) - v["w"]) / p["tau_w"]
        if kind == "free":
            synaptic = v["g_exc"] * (bounded - p["E_exc"]) + v["g_inh"] * (bounded - p["E_inh"])
            upswing = p["g_L"] * p["Delta_T"] * exp((bounded - p["V_th"]) / p["Delta_T"])
            leak = p["g_L"] * (bounded - p["E_L"])
            rates["V_m"] = (current - leak + upswing - synaptic - v["w"]) / p["C_m"]
        return rates

    def upswing_at_peak(self, current):
        """Net current at V_peak in pA; while it is positive the membrane cannot come back below V_peak."""
        p, x = self.p, self.x
        upswing = p["g_L"] * p["Delta_T"] * gmpy2.exp((p["V_peak"] - p["V_th"]) / p["Delta_T"])
        leak = p["g_L"] * (p["V_peak"] - p["E_L"])
        inhibition = x["g_inh"] * (p["V_peak"] - p["E_inh"])
        return current + p["I_e"] + upswing - leak - inhibition - x["w"]

    def advance(self, current, arrivals):
        p = self.p
        fired = False
        if self.is_refractory():
            self.integrate("held", current, self.h)
            self.timer_ns -= self.step_ns
        else:
            left = self.integrate("free", current, self.h, ("V_m", p["V_peak"]))
            fired = left > 0
            if fired:
                if self.upswing_at_peak(current) <= 0:
                    raise ArithmeticError("the membrane could fall below V_peak again inside the step")
                self.integrate("above", current, left)
                self.distance = min(self.distance, left)
            else:
                self.observe_time_to_peak(current)
        for port, weight in arrivals:
            self.x[{"exc_spikes": "g_exc", "inh_spikes": "g_inh"}[port]] += weight
        if fired:
            self.timer_ns = self.refractory_ns
            self.x["V_m"] = p["V_reset"]
            self.x["w"] += p["b"]
        return fired

    def observe_time_to_peak(self, current):
        """Goes on for one more step, on trial, if the membrane is on its way up: by how much did this step miss the peak?"""
        if self.x["V_m"] > self.p["V_th"] + self.p["Delta_T"]:
            kept = dict(self.x)
            left = self.integrate("free", current, self.h, ("V_m", self.p["V_peak"]))
            self.distance = min(self.distance, self.h - left)
            self.x = kept


class Izhikevich(NonlinearNeuron):
    defaults = {"a": "0.02", "b": "0.2", "c": "-65", "d": "8", "V_m_init": "-65", "V_th": "30", "I_e": "0"}
    order = ("V_m", "U_m")

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        self.x = {"V_m": self.p["V_m_init"], "U_m": self.p["b"] * self.p["V_m_init"]}

    def rates(self, kind, v, current):
        p = self.p
        return {
            "V_m": mpfr("0.04") * (v["V_m"] * v["V_m"]) + 5 * v["V_m"] + 140 - v["U_m"] + current,
            "U_m": p["a"] * (p["b"] * v["V_m"] - v["U_m"]),
        }

    def advance(self, current, arrivals):
        p = self.p
        self.integrate("free", current, self.h)
        for _, weight in arrivals:
            self.x["V_m"] += weight
        self.observe_threshold(self.x["V_m"], p["V_th"])
        if self.x["V_m"] < p["V_th"]:
            return False
        self.x["V_m"] = p["c"]
        self.x["U_m"] += p["d"]
        return True


def gate_rates(v, exponential):
    """Opening and closing rates per ms of the three gates at v in mV; Hodgkin & Huxley 1952 with shifted potential."""
    n, m, l = v + 55, v + 40, v + 65
    tenth = mpfr(1) / 10
    return {
        "Act_n": (n / 100 / (1 - exponential(n * -tenth)), mpfr("0.125") * exponential(l * (mpfr(-1) / 80))),
        "Act_m": (m / 10 / (1 - exponential(m * -tenth)), 4 * exponential(l * (mpfr(-1) / 18))),
        "Inact_h": (mpfr("0.07") * exponential(l * (mpfr(-1) / 20)), 1 / (1 + exponential((v + 35) * -tenth))),
    }


class HhPscAlpha(NonlinearNeuron):
    defaults = {
        **{"V_m_init": "-65", "refr_T": "2", "C_m": "100", "g_Na": "12000", "g_K": "3600", "g_L": "30", "E_Na": "50"},
        **{"E_K": "-77", "E_L": "-54.402", "tau_syn_exc": "0.2", "tau_syn_inh": "2", "V_spike": "0", "I_e": "0"},
    }
    order = ("V_m", "Act_m", "Inact_h", "Act_n", "I_exc", "d_exc", "I_inh", "d_inh")

    def __init__(self, parameters, step_ns):
        super().__init__(parameters, step_ns)
        self.x["V_m"] = self.p["V_m_init"]
        for gate, (opening, closing) in gate_rates(self.p["V_m_init"], gmpy2.exp).items():
            self.x[gate] = opening / (opening + closing)

    def rates(self, kind, v, current):
        p = self.p
        rates = self.alpha_rates(v, "I")
        m, n = v["Act_m"], v["Act_n"]
        sodium = p["g_Na"] * (m * m * m * v["Inact_h"] * (v["V_m"] - p["E_Na"]))
        square = n * n
        potassium = p["g_K"] * (square * square * (v["V_m"] - p["E_K"]))
        leak = p["g_L"] * (v["V_m"] - p["E_L"])
        rates["V_m"] = (current + v["I_exc"] - v["I_inh"] - sodium - potassium - leak) / p["C_m"]
        for gate, (opening, closing) in gate_rates(v["V_m"], exp).items():
            rates[gate] = opening * (1 - v[gate]) - closing * v[gate]
        return rates

    def advance(self, current, arrivals):
        p = self.p
        before = self.x["V_m"]
        self.integrate("free", current, self.h)
        if self.is_refractory():
            self.timer_ns -= self.step_ns
        self.receive_alpha(arrivals)
        if self.is_refractory():
            return False
        now = self.x["V_m"]
        if max(now, before) > p["V_spike"] - 1:
            # two decisions: the membrane is above V_spike, and it falls
            self.observe_threshold(now, p["V_spike"])
            if now > p["V_spike"]:
                self.observe_threshold(now, before)
        if not (now > p["V_spike"] and before > now):
            return False
        self.timer_ns = self.refractory_ns
        return True


NEURONS = {
    "iaf_psc_delta": IafPscDelta,
    "iaf_psc_exp": IafPscExp,
    "iaf_psc_alpha": IafPscAlpha,
    "iaf_cond_alpha": IafCondAlpha,
    "aeif_cond_exp": AeifCondExp,
    "izhikevich": Izhikevich,
    "hh_psc_alpha": HhPscAlpha,
}
