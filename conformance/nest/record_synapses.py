"""Records the weights of NEST's built-in synapses under random spike trains, into recorded/nest-synapses/.

    python conformance/nest/record_synapses.py            (needs the packages of requirements.txt)
    python conformance/nest/record_synapses.py --check    simulates again and compares with what is recorded

Two parrot neurons repeat the two trains; the synapse between them has the receptor 1, which a parrot does not repeat. The trains hold
1,000 spikes each; every 20th presynaptic spike meets a postsynaptic one at the synapse, that is one delay after it was emitted. One weight
is recorded for each presynaptic spike, the one that it is sent with.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import nest

FOLDER = Path(__file__).resolve().parents[1] / "recorded" / "nest-synapses"
STEP_MS = 0.1
SPIKES = 1000
MEAN_INTERVAL_STEPS = 100
FIRST_STEP = 5

# Built-in model: names of the library's model in terms of the built-in's; of the postsynaptic neuron with a dot.
RULES = {
    "stdp": {
        "built_in": "stdp_synapse",
        "names": {
            "lambda": "lambda",
            "alpha": "alpha",
            "mu_plus": "mu_plus",
            "mu_minus": "mu_minus",
            "tau_tr_pre": "tau_plus",
            "tau_tr_post": ".tau_minus",
            "Wmax": "Wmax",
            "w": "weight",
        },
        "sets": [
            {"lambda": 0.005, "alpha": 0.9, "mu_plus": 0.4, "mu_minus": 0.6, "tau_tr_pre": 16.8, "tau_tr_post": 33.7, "w": 30.0},
            {"lambda": 0.0005, "alpha": 1.05, "mu_plus": 0.0, "mu_minus": 0.0, "tau_tr_pre": 20.0, "tau_tr_post": 20.0, "w": 50.0},
        ],
    },
    "stdp_triplet": {
        "built_in": "stdp_triplet_synapse",
        "names": {
            "A2_plus": "Aplus",
            "A3_plus": "Aplus_triplet",
            "A2_minus": "Aminus",
            "A3_minus": "Aminus_triplet",
            "tau_plus": "tau_plus",
            "tau_x": "tau_plus_triplet",
            "tau_minus": ".tau_minus",
            "tau_y": ".tau_minus_triplet",
            "Wmax": "Wmax",
            "w": "weight",
        },
        "sets": [
            {"A2_plus": 5e-3, "A3_plus": 9.3e-4, "A2_minus": 7e-3, "A3_minus": 2.3e-4, "tau_plus": 16.8, "tau_x": 101.0, "tau_minus": 33.7, "tau_y": 125.0, "w": 50.0},
        ],
    },
    "tsodyks": {
        "built_in": "tsodyks_synapse",
        "names": {"U": "U", "tau_psc": "tau_psc", "tau_fac": "tau_fac", "tau_rec": "tau_rec", "w": "weight", "u": "u"},
        "sets": [
            {"U": 0.4, "tau_psc": 3.0, "tau_fac": 0.0, "tau_rec": 120.0, "w": 250.0, "u": 0.0},
            {"U": 0.1, "tau_psc": 2.0, "tau_fac": 500.0, "tau_rec": 60.0, "w": 250.0, "u": 0.0},
        ],
    },
    "neuromodulated_stdp": {
        "built_in": "stdp_dopamine_synapse",
        "names": {
            "A_plus": "A_plus",
            "A_minus": "A_minus",
            "tau_tr_pre": "tau_plus",
            "tau_tr_post": ".tau_minus",
            "tau_c": "tau_c",
            "tau_n": "tau_n",
            "b": "b",
            "Wmax": "Wmax",
            "Wmin": "Wmin",
            "w": "weight",
        },
        # The weight stays inside its bounds.
        "sets": [
            {"A_plus": 0.01, "A_minus": 0.005, "tau_tr_pre": 16.8, "tau_tr_post": 33.7, "tau_c": 500.0, "tau_n": 150.0, "b": 0.003, "w": 100.0},
        ],
    },
}
# The weight of tsodyks depends on no postsynaptic spike.
DELAYS_STEPS = {"stdp": [1, 10, 30], "stdp_triplet": [1, 10, 30], "tsodyks": [1], "neuromodulated_stdp": [1, 10, 30]}


def train(seed: int):
    """Steps at whose end a spike is emitted, all different, with exponential intervals."""
    generator = random.Random(seed)
    step = FIRST_STEP
    steps = []
    for _ in range(SPIKES):
        step += 1 + int(generator.expovariate(1 / MEAN_INTERVAL_STEPS))
        steps.append(step)
    return steps


def modulatory_train(pre, post, delay_steps: int):
    """Arrivals at the synapses: at random, and some together with each of the other two."""
    own = train(3)[::4]
    return sorted({*own, *pre[10::100], *[step + delay_steps for step in post[30::100]]})


def trains(delay_steps: int):
    pre = train(1)
    meeting = [step - delay_steps for step in pre[::20] if step - delay_steps > FIRST_STEP]
    post = sorted(set(train(2)[: SPIKES - len(meeting)] + meeting))
    return pre, post


def parrot(steps):
    """A neuron that emits at the ends of these steps."""
    neuron = nest.Create("parrot_neuron")
    generator = nest.Create("spike_generator", params={"spike_times": [round((step - 1) * STEP_MS, 1) for step in steps]})
    nest.Connect(generator, neuron, syn_spec={"delay": STEP_MS})
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    return neuron, recorder


def emitted_steps(recorder):
    return [round(float(time) / STEP_MS) for time in recorder.events["times"]]


def volume_transmitter(arrivals):
    """Hands modulatory spikes that arrive at these steps to the synapses, one slice of one step each."""
    neuron, _ = parrot([step - 1 for step in arrivals])
    transmitter = nest.Create("volume_transmitter", params={"deliver_interval": 1})
    nest.Connect(neuron, transmitter, syn_spec={"delay": STEP_MS})
    return transmitter


def simulate(rule: str, parameters: dict, delay_steps: int, pre, post, mod):
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = STEP_MS
    source, source_recorder = parrot(pre)
    target, target_recorder = parrot(post)
    names = RULES[rule]["names"]
    target.set({names[name][1:]: value for name, value in parameters.items() if names[name].startswith(".")})
    weights = nest.Create("weight_recorder")
    synapse = {names[name]: value for name, value in parameters.items() if not names[name].startswith(".")}
    if mod:
        synapse["volume_transmitter"] = volume_transmitter(mod)
    initial = {name: synapse.pop(name) for name in ("weight", "u") if name in synapse}
    nest.CopyModel(RULES[rule]["built_in"], "recorded_synapse", {**synapse, "weight_recorder": weights})
    nest.Connect(
        source,
        target,
        syn_spec={"synapse_model": "recorded_synapse", "delay": delay_steps * STEP_MS, "receptor_type": 1, **initial},
    )
    nest.Simulate((max(pre[-1], post[-1]) + 100) * STEP_MS)
    assert emitted_steps(source_recorder) == pre and emitted_steps(target_recorder) == post
    events = weights.events
    assert [round(float(time) / STEP_MS) for time in events["times"]] == pre
    return [float(weight) for weight in events["weights"]]


def runs():
    for rule, delays in DELAYS_STEPS.items():
        for number, parameters in enumerate(RULES[rule]["sets"]):
            for delay_steps in delays:
                pre, post = trains(delay_steps)
                mod = modulatory_train(pre, post, delay_steps) if rule == "neuromodulated_stdp" else []
                recording = {
                    "version": 1,
                    "source": "nest",
                    "made_by": "conformance/nest/record_synapses.py",
                    "nest_version": nest.__version__,
                    "model": rule,
                    "built_in": RULES[rule]["built_in"],
                    "step_ms": STEP_MS,
                    "delay_steps": delay_steps,
                    "set": parameters,
                    "pre_steps": pre,
                    "post_steps": post,
                    **({"mod_steps": mod} if mod else {}),
                    "weights": simulate(rule, parameters, delay_steps, pre, post, mod),
                }
                yield f"{rule}.{number}.{delay_steps}steps.json", recording


# Another machine's mathematical functions may differ in the last digit.
TOLERANCE = 1e-12


def check() -> int:
    failed = 0
    for name, recording in runs():
        recorded = json.loads((FOLDER / name).read_text())
        pairs = zip(recording.pop("weights"), recorded.pop("weights"), strict=True)
        worst = max(abs(new - old) / abs(old) for new, old in pairs)
        if recording != recorded or worst > TOLERANCE:
            failed += 1
            print(f"{name}: differs, weights by {worst} of their size", file=sys.stderr)
    print(f"NEST {nest.__version__} against conformance/recorded/nest-synapses: {failed} files differ")
    return 0 if failed == 0 else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the recorded weights instead of recording")
    if parser.parse_args().check:
        return check()
    for name, recording in runs():
        (FOLDER / name).write_text(json.dumps(recording) + "\n")
        print(name, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
