import { defineMessages } from '@nestml/diagnostics';
import { capital, didYouMean, exampleModel, listOf } from './usage.ts';

const run = 'simulate MODEL --for "1 ms"';

/** A state that is divided by something in each step. */
const ratio = (divisor: string): string =>
  `model ratio_neuron:\n    state:\n        x real = 1  # changes in every step\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        x = 1 / (${divisor})\n`;

/** A gate with a non-linear equation and this time constant. */
const gate = (tau: string): string =>
  `model gate_neuron:\n    state:\n        x real = 0  # gate\n    equations:\n        x' = (1 - x**2) / tau\n    parameters:\n        tau ms = ${tau}  # time constant\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        integrate_odes()\n`;

/** Stimuli, settings and recordings that do not fit the model, and runs that end early (exit status 1). */
export const simulationMessages = defineMessages({
  'not-a-neuron': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is a synapse; a neuron is needed here.`,
    page: {
      title: 'A synapse where a neuron is needed',
      explanation:
        'A model whose name ends in `synapse` is a synapse. This command, or this option, takes a neuron; rename the model if it is one.',
      failing: {
        model:
          'model copy_synapse:\n    input:\n        pre <- spike\n    output:\n        spike\n    onReceive(pre):\n        emit_spike(1)\n',
        command: 'psp MODEL --port pre --for "1 ms"',
      },
      repaired: { model: exampleModel, command: 'psp MODEL --port exc_spikes --for "1 ms"' },
    },
  },
  'unknown-variable': {
    class: 'error',
    text: (p: { name: string; model: string; suggestion: string | undefined; known: readonly string[] }) =>
      `\`${p.model}\` has no parameter or state \`${p.name}\`.${didYouMean(p.suggestion) || ` It has ${listOf(p.known)}.`}`,
    page: {
      title: 'A model has no parameter or state of this name',
      explanation:
        'Only parameters and initial states can be set. Names are case sensitive: `v_m` is not `V_m`.',
      failing: { model: exampleModel, command: `${run} --set "tau = 15 ms"` },
      repaired: { model: exampleModel, command: `${run} --set "tau_m = 15 ms"` },
    },
  },
  'variable-not-settable': {
    class: 'error',
    text: (p: { name: string; role: string; uses: readonly string[] }) =>
      `\`${p.name}\` is ${p.role} and cannot be set${p.uses.length === 0 ? '' : `; it follows from ${listOf(p.uses)}`}.`,
    page: {
      title: 'A derived value cannot be set',
      explanation:
        'Internals and inlines are computed from parameters and states. Set those instead: everything that depends on them is derived anew.',
      failing: {
        model: exampleModel.replace(
          '    input:',
          '    internals:\n        g_L nS = C_m / tau_m  # leak conductance\n    input:',
        ),
        command: `${run} --set "g_L = 5 nS"`,
      },
      repaired: { model: exampleModel, command: `${run} --set "C_m = 100 pF"` },
    },
  },
  'unknown-port': {
    class: 'error',
    text: (p: {
      name: string;
      kind: string;
      model: string;
      suggestion: string | undefined;
      known: readonly string[];
    }) =>
      `\`${p.model}\` has no ${p.kind} port \`${p.name}\`.${didYouMean(p.suggestion) || ` It has ${listOf(p.known)}.`}`,
    page: {
      title: 'A model has no such input port',
      explanation:
        '`--current` feeds a continuous port, `--spikes` and `--poisson` feed a spike port; their names stand in the `input:` block of the model.',
      failing: { model: exampleModel, command: `${run} --current "I_stin = 100 pA"` },
      repaired: { model: exampleModel, command: `${run} --current "I_stim = 100 pA"` },
    },
  },
  'element-needed': {
    class: 'error',
    text: (p: { name: string; size: number | undefined; given: string | undefined }) => {
      if (p.size === undefined) return `\`${p.name}\` is not a vector: write it without an index.`;
      const range = p.size === 1 ? 'index 0' : `an index from 0 to ${p.size - 1}`;
      return p.given === undefined
        ? `\`${p.name}\` is a vector of ${p.size}: give ${range}, as in \`${p.name}[0]\`.`
        : `\`${p.name}[${p.given}]\` does not exist: give ${range}.`;
    },
    page: {
      title: 'An element of a vector is needed',
      explanation:
        'A vector port or a vector variable is addressed by element, counted from 0: `p[1]`. Others take no index.',
      failing: { model: exampleModel, command: `${run} --current "I_stim[1] = 100 pA"` },
      repaired: { model: exampleModel, command: `${run} --current "I_stim = 100 pA"` },
    },
  },
  'value-unit-mismatch': {
    class: 'error',
    text: (p: { name: string; found: string; foundWords: string; expected: string; expectedWords: string }) =>
      `${nameOrWords(p.name)} takes ${p.expected} (${p.expectedWords}), not ${p.found} (${p.foundWords}).`,
    page: {
      title: 'A given value has the wrong unit',
      explanation:
        'A value may be given in any unit of the right dimension, or as a plain number, which is then in the declared unit.',
      failing: { model: exampleModel, command: `${run} --set "tau_m = 15 mV"` },
      repaired: { model: exampleModel, command: `${run} --set "tau_m = 0.015 s"` },
    },
  },
  'value-kind-mismatch': {
    class: 'error',
    text: (p: { name: string; found: string; expected: string }) =>
      `\`${p.name}\` takes ${p.expected}, not \`${p.found}\`.`,
    page: {
      title: 'A given value is of the wrong kind',
      explanation:
        'An integer takes a whole number, a boolean `true` or `false`, everything else a number with or without a unit.',
      failing: { model: exampleModel, command: `${run} --set "tau_m = true"` },
      repaired: { model: exampleModel, command: `${run} --set "tau_m = 12 ms"` },
    },
  },
  'off-grid-time': {
    class: 'error',
    text: (p: { what: string; time: string; step: string; nearest: string }) =>
      `${capital(p.what)} ${p.time} is not a multiple of the step ${p.step}; the nearest is ${p.nearest} (--round moves it there).`,
    page: {
      title: 'A time does not lie on the time grid',
      explanation:
        'A run advances in steps; stimuli begin, end and arrive at their borders. Give a multiple of the step, a finer `--step`, or `--round`, which moves each time to the nearest border.',
      failing: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0.25 ms"` },
      repaired: { model: exampleModel, command: `${run} --round --spikes "exc_spikes = 0.25 ms"` },
    },
  },
  'time-out-of-range': {
    class: 'error',
    text: (p: { what: string; time: string; rule: string }) => `${capital(p.what)} ${p.time}: ${p.rule}.`,
    page: {
      title: 'A time lies outside the possible range',
      explanation:
        'A run begins at 0 ms. The first step ends at the step length, so the first spike can arrive then; a current must end after it begins; durations and steps are positive, and a step is a whole number of nanoseconds.',
      failing: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0 ms"` },
      repaired: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0.1 ms"` },
    },
  },
  'unknown-recordable': {
    class: 'error',
    text: (p: { name: string; model: string; suggestion: string | undefined; known: readonly string[] }) =>
      `\`${p.model}\` has nothing called \`${p.name}\` to record.${didYouMean(p.suggestion) || ` It has ${listOf(p.known)}.`}`,
    page: {
      title: 'There is nothing of this name to record',
      explanation:
        "States, inlines, parameters and internals are recorded by the name they are written with, also `V_m'`, `a[0]` and `convolve(K, exc_spikes)`.",
      failing: { model: exampleModel, command: `${run} --record V` },
      repaired: { model: exampleModel, command: `${run} --record V_m` },
    },
  },
  'value-out-of-range': {
    class: 'error',
    text: (p: { what: string; value: string; rule: string }) => `${capital(p.what)} ${p.value}: ${p.rule}.`,
    page: {
      title: 'A given number is out of range',
      explanation:
        'Rates are not negative, weights are finite numbers, seeds are whole numbers from 0 to 2^53 − 1.',
      failing: { model: exampleModel, command: `${run} --poisson "exc_spikes = -5 Hz"` },
      repaired: { model: exampleModel, command: `${run} --poisson "exc_spikes = 5 Hz"` },
    },
  },
  'guard-violated': {
    class: 'error',
    text: (p: { name: string; guard: string; value: string }) =>
      `\`${p.name}\` = ${p.value} violates its guard \`${p.guard}\`; nothing was set.`,
    page: {
      title: 'A given value violates a guard',
      explanation:
        'The model states a condition in double brackets that the values must fulfil. All values are checked together before the run; if one fails, none is set.',
      failing: {
        model: exampleModel.replace('tau_m ms = 10 ms', 'tau_m ms = 10 ms [[tau_m > 0 ms]]'),
        command: `${run} --set "tau_m = -1 ms"`,
      },
      repaired: {
        model: exampleModel.replace('tau_m ms = 10 ms', 'tau_m ms = 10 ms [[tau_m > 0 ms]]'),
        command: `${run} --set "tau_m = 1 ms"`,
      },
    },
  },
  'not-finite': {
    class: 'error',
    text: (p: { model: string; variable: string; value: string; time: string; lastGood: string }) =>
      `\`${p.variable}\` of \`${p.model}\` became ${p.value} at ${p.time}; last good state: ${p.lastGood}.`,
    page: {
      title: 'A value became infinite or not a number',
      explanation:
        'The run was stopped when a state lost its meaning. Usual causes: a division by zero (a time constant or capacitance of 0), a logarithm or a power of a negative number, or an equation that diverges because nothing resets the variable. The last good state shows which term grew. In rates of channels it is often x / (1 - exp(-x)), which is 0/0 where x = 0, that is at some round potential: give it its limit there, `abs(x) < 0.002 ? 1 + x / 2 + x**2 / 12 : x / (1 - exp(-x))`, as the function `exp_linear` of the library neuron `hh_psc_alpha` does.',
      failing: { model: ratio('x - 1'), command: run },
      repaired: { model: ratio('x + 1'), command: run },
    },
  },
  'step-too-small': {
    class: 'error',
    text: (p: { model: string; variable: string; time: string; lastGood: string }) =>
      `The equation of \`${p.variable}\` in \`${p.model}\` cannot be integrated beyond ${p.time}: the solution changes faster than any step can follow; last good state: ${p.lastGood}.`,
    page: {
      title: 'An equation cannot be integrated any further',
      explanation:
        'The integrator reduced its step until time no longer advanced. Usually the solution runs to infinity within the step: an exponential or quadratic term without a limit. Limit the variable (`min(V_m, V_peak)`), add the threshold condition that resets it, or use a shorter `--step`, so that the reset comes in time.',
      failing: {
        model:
          "model runaway_neuron:\n    state:\n        x real = 1  # grows without limit at 1 ms\n    equations:\n        x' = x**2 / 1 ms\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        integrate_odes()\n",
        command: 'simulate MODEL --for "3 ms" --step "0.3 ms"',
      },
      repaired: {
        model:
          "model limited_neuron:\n    state:\n        x real = 1  # grows until its limit\n    equations:\n        x' = min(x, 3.)**2 / 1 ms\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        integrate_odes()\n",
        command: 'simulate MODEL --for "3 ms" --step "0.3 ms"',
      },
    },
  },
  'execution-failed': {
    class: 'error',
    text: (p: { model: string; reason: string; time: string }) =>
      `\`${p.model}\` was stopped at ${p.time}: ${p.reason}.`,
    page: {
      title: 'A statement cannot be executed',
      explanation:
        'An index lies outside its vector, a vector has no element, a loop does not end, or a function calls itself without end. The message names the statement.',
      failing: {
        model:
          'model loop_neuron:\n    state:\n        n integer = 0  # counts\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        while n >= 0:\n            n = 1 - n\n',
        command: run,
      },
      repaired: {
        model:
          'model loop_neuron:\n    state:\n        n integer = 0  # counts\n    input:\n        spikes <- spike  # not used\n    output:\n        spike\n    update:\n        while n < 3:\n            n += 1\n',
        command: run,
      },
    },
  },
  'many-substeps': {
    class: 'lint',
    text: (p: { model: string; substeps: number; time: string; cure: string | undefined }) =>
      `The integrator of \`${p.model}\` needed ${p.substeps} sub-steps in the step that ends at ${p.time}; the equations are stiff or a value diverges: check time constants and units, ${p.cure === undefined ? '' : `try \`--solver ${p.cure}\`, `}or use a shorter step.`,
    page: {
      title: 'The integrator needs very many sub-steps',
      explanation:
        'More than 1,000 sub-steps in one step mean that something in the equations is much faster than the step: a time constant that is far too small (often a slip of units), or a diverging variable. Where a fast time constant is meant, the implicit method of `--solver rosenbrock` takes long sub-steps all the same.',
      failing: { model: gate('0.00001 ms'), command: `${run} --solver dormand-prince` },
      repaired: { model: gate('0.01 ms'), command: run },
    },
  },
  'integrated-twice': {
    class: 'lint',
    text: (p: { model: string; variable: string; time: string }) =>
      `\`${p.variable}\` of \`${p.model}\` was integrated twice in the step that ends at ${p.time}: it advanced by two steps, and arriving spikes acted in the first call.`,
    page: {
      title: 'A variable is integrated twice in one step',
      explanation:
        'Each `integrate_odes` advances its variables by a whole step. Call it once per step for each variable, or name different variables in the two calls.',
      failing: {
        model: exampleModel.replace(
          '        integrate_odes()\n',
          '        integrate_odes(V_m)\n        integrate_odes()\n',
        ),
        command: run,
      },
      repaired: { model: exampleModel, command: run },
    },
  },
  'stimulus-after-end': {
    class: 'lint',
    text: (p: { what: string; end: string }) =>
      `${capital(p.what)} would act after the end of the run at ${p.end} and ${/^\d+ spikes/.test(p.what) ? 'have' : 'has'} no effect.`,
    page: {
      title: 'A stimulus lies after the end of the run',
      explanation: 'The run ends before the stimulus begins. Give a longer `--for`, or an earlier time.',
      failing: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0.5 ms, 5 ms"` },
      repaired: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0.5 ms"` },
    },
  },
  'too-much-to-record': {
    class: 'error',
    text: (p: { values: number; most: number; every: string }) =>
      `The run would record ${p.values} values, more than ${p.most}; record at an interval such as \`--every "${p.every}"\`, or fewer things.`,
    page: {
      title: 'A run would record more than fits into memory',
      explanation:
        'Everything that is recorded is kept in memory until the run ends. Record at a larger interval (`--every`), record fewer things (`--record`), or make the run shorter.',
      failing: { model: exampleModel, command: 'simulate MODEL --for "1000 s" --step "0.0001 ms"' },
      repaired: { model: exampleModel, command: `${run} --every "0.5 ms"` },
    },
  },
  'rounded-time': {
    class: 'note',
    text: (p: { what: string; time: string; nearest: string }) =>
      `${capital(p.what)} ${p.time} was moved to ${p.nearest}.`,
    page: {
      title: 'A time was moved to the time grid',
      explanation: 'With `--round`, a time between two borders of steps acts at the nearest one.',
      failing: { model: exampleModel, command: `${run} --round --spikes "exc_spikes = 0.26 ms"` },
      repaired: { model: exampleModel, command: `${run} --spikes "exc_spikes = 0.3 ms"` },
    },
  },
  'runs-on-reference': {
    class: 'note',
    text: (p: { model: string; reason: string }) =>
      `\`${p.model}\` cannot be compiled and runs on the reference interpreter, which is slow and integrates with a tolerance of 1e-12. ${p.reason}`,
    page: {
      title: 'A model runs on the reference interpreter',
      explanation:
        'Models are compiled to WebAssembly. A few things cannot be: models that print, texts as values, kernels that follow no linear equations. Such a model runs on the reference interpreter, with the same meaning, a thousand times slower. `--reference` asks for it and silences the note.',
      failing: {
        model: exampleModel.replace(
          '        integrate_odes()\n',
          '        integrate_odes()\n        println("{V_m}")\n',
        ),
        command: run,
      },
      repaired: { model: exampleModel, command: run },
    },
  },
  'solver-needs-engine': {
    class: 'error',
    text: (p: { model: string; solver: string; reason: string }) =>
      `\`--solver ${p.solver}\` chooses a method of compiled models, and \`${p.model}\` cannot be compiled. ${p.reason}`,
    page: {
      title: 'A solver is chosen for a model that cannot be compiled',
      explanation:
        'A model that cannot be compiled runs on the reference interpreter, which has one method, Dormand–Prince with a tolerance of 1e-12. Remove what cannot be compiled, or the option.',
      failing: {
        model: exampleModel.replace(
          '        integrate_odes()\n',
          '        integrate_odes()\n        println("{V_m}")\n',
        ),
        command: `${run} --solver rk4`,
      },
      repaired: { model: gate('5 ms'), command: `${run} --solver rk4` },
    },
  },
  'solver-without-effect': {
    class: 'note',
    text: (p: { model: string; solver: string }) =>
      `\`--solver ${p.solver}\` changes nothing: all equations of \`${p.model}\` are solved exactly.`,
    page: {
      title: 'A solver has nothing to do',
      explanation:
        'Linear equations with constant coefficients are solved exactly whatever `--solver` says; it chooses the method for all others. `nestml analyse` shows which equations are which.',
      failing: { model: exampleModel, command: `${run} --solver rk4` },
      repaired: { model: exampleModel, command: run },
    },
  },
  'implicit-solver': {
    class: 'note',
    text: (p: { model: string; states: readonly string[]; explicit: number; implicit: number }) =>
      `The equations of ${listOf(p.states)} in \`${p.model}\` are stiff and are integrated by the Rosenbrock method, whose sub-steps are ${stepText(p.implicit)} long on average at the default parameters; ${Number.isFinite(p.explicit) ? `those of an explicit method would be ${stepText(p.explicit)} long` : 'an explicit method makes none'}. \`--solver dormand-prince\` chooses that all the same.`,
    page: {
      title: 'Stiff equations are integrated by an implicit method',
      explanation:
        'Before a model runs, its equations without exact solution are tested at the default parameters: an explicit and an implicit method follow 10 ms with spikes at all ports. Where the implicit one needs far fewer sub-steps, it is used. Often a time constant that is far too small is behind it, perhaps by a slip of units. `nestml analyse` has the figures; `--solver` overrides the choice.',
      failing: { model: gate('0.00001 ms'), command: run },
      repaired: { model: gate('0.01 ms'), command: run },
    },
  },
});

/** The length of a sub-step. */
function stepText(milliseconds: number): string {
  return `${Number(milliseconds.toPrecision(2))} ms`;
}

/** A name of the model in backquotes; words such as `the duration` as they are, at the beginning of a sentence. */
function nameOrWords(text: string): string {
  return text.includes(' ') ? capital(text) : `\`${text}\``;
}
