"""Reads conformance cases and writes recorded values. The layout of both is described in README.md.

Times are integers of 1 ns from here on, so that steps are counted exactly.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CANONICAL_UNITS = {"mV", "ms", "pA", "nS", "pF", "GOhm"}


def nanoseconds(milliseconds) -> int:
    """Time in ns of a number or decimal text in ms; finer times are rounded to 1 ns."""
    return int((Decimal(str(milliseconds)) * 1_000_000).to_integral_value())


def number_of(quantity: str) -> str:
    """Decimal text of a quantity such as "2.5 pA" or "0.02". Cases use canonical units only, so no factor is needed."""
    number, _, unit = quantity.strip().partition(" ")
    if unit and unit not in CANONICAL_UNITS:
        raise ValueError(f"{quantity!r}: cases use the canonical units {sorted(CANONICAL_UNITS)} only")
    Decimal(number)
    return number


@dataclass(frozen=True)
class Run:
    """One case at one step size."""

    model: str
    name: str
    step_ns: int
    stop_ns: int
    parameters: dict  # name -> decimal text, in the canonical unit
    currents: list  # (decimal text in pA, from ns, to ns)
    spikes: list  # (port, time in ns, decimal text of the weight)
    record: list  # names of recorded variables, V_m first
    expected: list  # sources of expected values: "exact", "nest"

    @property
    def steps(self) -> int:
        return self.stop_ns // self.step_ns

    @property
    def step_ms(self) -> float:
        return float(Decimal(self.step_ns) / 1_000_000)

    @property
    def file_name(self) -> str:
        return f"{self.model}.{self.name}.{Decimal(self.step_ns).scaleb(-6).normalize()}ms.json"

    def on_grid(self, time_ns: int) -> int:
        """Number of the step that ends at this time."""
        step, rest = divmod(time_ns, self.step_ns)
        if rest or step < 0:
            raise ValueError(f"{self.model}/{self.name}: {time_ns} ns is not on the grid of {self.step_ns} ns")
        return step

    def current_steps(self):
        """(decimal text in pA, first step, last step), steps counted from 1. A current from a to b acts on the steps
        (t, t + h] with a <= t < b."""
        return [(value, self.on_grid(start) + 1, self.on_grid(stop)) for value, start, stop in self.currents]

    def arrivals(self):
        """step -> list of (port, decimal text of the weight). A spike at time t arrives in the step that ends at t."""
        found = {}
        for port, time, weight in self.spikes:
            found.setdefault(self.on_grid(time), []).append((port, weight))
        return found


def load_runs(source: str):
    """All runs whose case asks for expected values of this source, in the order of files and cases."""
    for path in sorted((FOLDER / "cases").glob("*.json")):
        document = json.loads(path.read_text(), parse_float=str, parse_int=str)
        for case in document["cases"]:
            if source not in case["expected"]:
                continue
            for step in case["steps_ms"]:
                yield Run(
                    model=document["model"],
                    name=case["name"],
                    step_ns=nanoseconds(step),
                    stop_ns=nanoseconds(case["stop_ms"]),
                    parameters={name: number_of(value) for name, value in case["set"].items()},
                    currents=[
                        (number_of(c["value"]), nanoseconds(c["from_ms"]), nanoseconds(c["to_ms"]))
                        for c in case["currents"]
                    ],
                    spikes=[
                        (s["port"], nanoseconds(t), weight)
                        for s in case["spikes"]
                        for t, weight in zip(s["times_ms"], s["weights"], strict=True)
                    ],
                    record=case["record"],
                    expected=case["expected"],
                )


def milliseconds(run: Run, step: int) -> float:
    """End of a step in ms, the double nearest the decimal."""
    return float(Decimal(step * run.step_ns) / 1_000_000)


def sampling_steps(run: Run, variable: str, source: str) -> int:
    """How many steps lie between two recorded values: V_m every 0.1 ms (0.2 ms in exact runs at finer steps), others every 1 ms."""
    if variable != "V_m":
        return nanoseconds(1) // run.step_ns
    every = nanoseconds("0.1")
    if source == "exact" and run.step_ns < every:
        every *= 2
    return max(1, every // run.step_ns)


def write_recording(run: Run, source: str, header: dict, values: dict, spike_steps: list, extra: dict | None = None):
    """Writes recorded/<source>/<file name>. `values` holds one number for every step; doubles are written in their shortest
    decimal form, which determines all 17 digits."""
    record = {}
    for variable, series in values.items():
        stride = sampling_steps(run, variable, source)
        record[variable] = {"every_ms": milliseconds(run, stride), "values": [float(x) for x in series[stride - 1 :: stride]]}
    document = {
        "version": 1,
        "source": source,
        **header,
        "model": run.model,
        "case": run.name,
        "step_ms": run.step_ms,
        "stop_ms": milliseconds(run, run.steps),
        "spikes_ms": [milliseconds(run, step) for step in spike_steps],
        **(extra or {}),
        "record": record,
    }
    folder = FOLDER / "recorded" / source
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in document.items() if key != "record"]
    inner = ",\n".join(f"{json.dumps(name)}: {json.dumps(series)}" for name, series in record.items())
    lines.append('"record": {' + (f"\n{inner}\n" if inner else "") + "}")
    (folder / run.file_name).write_text("{\n" + ",\n".join(lines) + "\n}\n")
