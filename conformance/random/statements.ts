import { constant, type Draft, normalised, quantity, type Signal, state, threshold } from './draft.ts';
import type { Feature } from './features.ts';
import { digits } from './quantities.ts';
import { sizeText } from './synapses.ts';

/** Adds statements to `update`: registers that they change, each a signal or a term of a membrane's current. */
export function createRegisters(draft: Draft): void {
  const { choose } = draft;
  const count = choose.below(5);
  for (let index = 0; index < count; index += 1) choose.pick(registers)(draft);
}

type Register = (draft: Draft) => void;

function place(draft: Draft, lines: readonly string[], ...features: readonly Feature[]): void {
  const { choose, before, behind } = draft;
  for (const feature of features) draft.features.add(feature);
  (choose.chance(0.5) ? before : behind).push(...lines);
}

/** A register of plain numbers of the order of 1. */
function newRegister(draft: Draft, stem: string): string {
  const name = draft.fresh(stem);
  state(draft, name, draft.choose.between(-1, 1), '1');
  draft.signals.push({ text: name, unit: '1', scale: 1 });
  return name;
}

function newInteger(draft: Draft, stem: string, initial: number): string {
  const name = draft.fresh(stem);
  draft.blocks.state.push(`${name} integer = ${initial}`);
  return name;
}

const normal: Register = (draft) => {
  const { choose } = draft;
  const name = draft.fresh('I_noise');
  state(draft, name, 0, 'pA');
  draft.signals.push({ text: name, unit: 'pA', scale: 50 });
  const spread = constant(draft, 'sigma', choose.between(10, 80), 'pA');
  const lines = [
    `${name} = random_normal(${constant(draft, 'mu', choose.between(-20, 60), 'pA')}, ${spread})`,
    `${name} = 0.9 * ${name} + 0.4 * random_normal(${quantity(draft, 0, 'pA')}, ${spread})`,
  ];
  place(draft, [choose.pick(lines)], 'random_normal');
};

const uniform: Register = (draft) => {
  const { choose } = draft;
  const name = newRegister(draft, 'r');
  const lines = choose.pick([
    [`${name} = random_uniform(-1, 2)`],
    [
      `if random_uniform(0, 1) < ${digits(choose.between(0.1, 0.9))}:`,
      `    ${name} = random_uniform(0, 1) - 0.5`,
    ],
    [`${name} = 0.8 * ${name} + random_uniform(-0.2, 0.4) * random_uniform(0, 1)`],
  ]);
  if (lines.length > 1) draft.features.add('if');
  place(draft, lines, 'random_uniform');
};

const poisson: Register = (draft) => {
  const { choose } = draft;
  const name = newRegister(draft, 'r');
  const mean = digits(choose.pick([0.3, 2.5, 9.9, 14, 60]));
  place(draft, [`${name} = 0.9 * ${name} + 0.1 * random_poisson(${mean}) / ${mean}`], 'random_poisson');
};

const integers: Register = (draft) => {
  const { choose } = draft;
  const n = newInteger(draft, 'n', choose.below(20));
  const name = newRegister(draft, 'r');
  const steps = choose.pick([
    `${n} = (${n} * 5 + 3) % 1021`,
    `${n} = ${n} * 7 // 3 % 97 + 1`,
    `${n} = (${n} + 17) % 64 - 20`,
    `${n} = ${n} > 900 ? ${n} // 3 : 2 * ${n} + 1`,
  ]);
  const value = choose.pick([`${n} % 7 / 7`, `(${n} // 2) % 5 / 5 - 0.4`, `-${n} % 9 / 9`, `${n} / 1021`]);
  place(draft, [steps, `${name} = ${value}`], 'integer arithmetic');
};

const bits: Register = (draft) => {
  const { choose } = draft;
  const n = newInteger(draft, 'n', choose.below(200));
  const name = newRegister(draft, 'r');
  const next = choose.pick([
    `${n} = ((${n} << 3) ^ (${n} >> 2) ^ 5) & 1023`,
    `${n} = ((~${n} & 255) | 6) ^ (${n} >> 1)`,
    `${n} = (${n} & 15) + (${n} >> 4 & 15) * 3 + 1`,
  ]);
  place(draft, [next, `${name} = (${n} & 63) / 64`], 'bits');
};

const booleans: Register = (draft) => {
  const { choose, blocks } = draft;
  const flag = draft.fresh('is_on');
  blocks.state.push(`${flag} boolean = ${choose.pick(['true', 'false'])}`);
  const n = newInteger(draft, 'n', 0);
  const name = newRegister(draft, 'r');
  const next = choose.pick([
    `${flag} = not ${flag}`,
    `${flag} = ${n} % 3 == 0 or (${flag} and ${n} % 5 != 1)`,
    `${flag} = not (${n} % 4 < 2)`,
    `${flag} = (${n} // 3) % 2 == 0 and ${n} > 6`,
  ]);
  draft.flags.push(flag);
  const value = choose.pick([
    [`${name} = ${flag} ? 0.7 : -0.2`],
    [`if ${flag}:`, `    ${name} = 0.5`, 'else:', `    ${name} *= 0.8`],
    [
      `if not ${flag} and ${n} > 4:`,
      `    ${name} -= 0.1`,
      `elif ${flag}:`,
      `    ${name} = 0.9 * ${name}`,
      'else:',
      `    ${name} = 0.3`,
    ],
  ]);
  if (value.length > 1) draft.features.add('if');
  else draft.features.add('conditional expression');
  // Without a bound, a register that only falls would go on falling.
  place(draft, [`${n} = (${n} + 1) % 60`, next, ...value, `${name} = max(${name}, -2)`], 'boolean state');
};

const time: Register = (draft) => {
  const { choose } = draft;
  const name = newRegister(draft, 'r');
  const period = quantity(draft, choose.between(2, 20), 'ms');
  const value = choose.pick([
    `sin(2 * pi * t / ${period})`,
    `t / ${period} - floor(t / ${period})`,
    `cos(t / ${period})**2`,
    `(t > ${period} ? 0.6 : -0.3)`,
  ]);
  place(draft, [`${name} = ${value}`], 'time');
};

const resolutions: Register = (draft) => {
  const { choose } = draft;
  const name = newRegister(draft, 'r');
  const call = choose.pick(['resolution()', 'timestep()']);
  const tau = constant(draft, 'tau_r', choose.between(1, 10), 'ms');
  const input = normalised(draft, choose.pick(draft.signals));
  const decay = draft.fresh('decay');
  draft.features.add('local variable');
  place(
    draft,
    [
      `${decay} real = exp(-${call} / ${tau})`,
      `${name} = ${decay} * ${name} + (1 - ${decay}) * sin(${input})`,
    ],
    'resolution',
  );
};

const stepCounts: Register = (draft) => {
  const { choose } = draft;
  const n = newInteger(draft, 'n', 0);
  const name = newRegister(draft, 'r');
  const period = quantity(draft, choose.between(2, 6), 'ms');
  place(
    draft,
    [
      `${n} += 1`,
      `if ${n} % steps(${period}) == 0:`,
      `    ${name} = -${name}`,
      `${name} = clip(0.999 * ${name}, -1, 1)`,
    ],
    'steps',
    'if',
    'min, max or clip',
  );
};

const vectors: Register = (draft) => {
  const { choose, blocks, features } = draft;
  const size = 2 + choose.below(3);
  const [a, name] = [draft.fresh('a'), newRegister(draft, 'r')];
  blocks.state.push(`${a}${sizeText(draft, size)} real = ${digits(choose.between(0, 1))}`);
  const factors = choose.chance(0.5) ? draft.fresh('p') : undefined;
  if (factors !== undefined) {
    features.add('vector of parameters');
    blocks.parameters.push(`${factors}[${size}] real = ${digits(choose.between(0.5, 0.99))}`);
    const values = Array.from({ length: size }, () => Number(digits(choose.between(0.4, 0.99))));
    draft.vectorSettings.push([factors, values, 'vector set']);
  }
  const k = draft.fresh('k');
  const factor = factors === undefined ? `0.9 ** (${k} + 1)` : `${factors}[${k}]`;
  const input = normalised(draft, choose.pick(draft.signals));
  const loops = choose.pick([
    [
      `for ${k} in 0 ... ${size} step 1:`,
      `    ${a}[${k}] = ${factor} * ${a}[${k}] + 0.1 * cos(${input} + ${k})`,
    ],
    [
      `for ${k} in ${size - 1} ... -1 step -1:`,
      `    ${a}[${k}] *= ${factor}`,
      `    ${a}[${k}] += 0.1 * ${k}`,
    ],
  ]);
  const total = Array.from({ length: size }, (_, index) => `${a}[${index}]`).join(' + ');
  features.add('local variable');
  place(draft, [`${k} integer = 0`, ...loops, `${name} = tanh(${total})`], 'vector of states', 'for');
};

const whileLoop: Register = (draft) => {
  const n = newInteger(draft, 'n', 0);
  const name = newRegister(draft, 'r');
  const k = draft.fresh('k');
  draft.features.add('local variable');
  place(
    draft,
    [
      `${n} = (${n} + 1) % 11`,
      `${k} integer = 0`,
      `while ${k} < ${n} % 4:`,
      `    ${name} = 0.7 * ${name} + 0.1`,
      `    ${k} += 1`,
      `${name} = ${name} - 0.2`,
    ],
    'while',
  );
};

/** Weights of the spikes of this step, counted by a leaky register; of a vector port in a loop. */
const spikeCounts: Register = (draft) => {
  const { choose, ports } = draft;
  const port = choose.pick(ports.filter(({ kind }) => kind !== 'continuous'));
  const name = newRegister(draft, 'r');
  const k = draft.fresh('k');
  const gain = digits(0.2 / port.scale);
  const lines =
    port.size === undefined
      ? [`${name} = 0.9 * ${name} + ${gain} * ${port.name} * 1 s`]
      : [
          `${k} integer = 0`,
          `for ${k} in 0 ... ${port.size} step 1:`,
          `    if ${port.name}[${k}] != ${quantity(draft, 0, '1/ms')}:`,
          `        ${name} += ${gain} * ${port.name}[${k}] * 1 s`,
          `${name} *= 0.9`,
        ];
  place(draft, lines, 'port in update');
};

/** A function that reads states and parameters of the model. */
const stateFunction: Register = (draft) => {
  const { choose, further } = draft;
  const name = newRegister(draft, 'r');
  const [fraction, mean] = [draft.fresh('fraction'), draft.fresh('mean_of')];
  const input = normalised(
    draft,
    choose.pick(draft.signals.filter(({ text }) => !text.startsWith('I_stim'))),
  );
  const share = constant(draft, 'share', choose.between(0.1, 0.9), '1');
  further.push([
    `function ${mean}(x real) real:`,
    `    ${fraction} real = ${share}`,
    '    if x > 0:',
    `        if ${fraction} > 0.5:`,
    `            return ${fraction} * x + (1 - ${fraction}) * tanh(${input})`,
    '        x *= 0.5',
    `    return x * ${fraction} - (1 - ${fraction}) * sin(${input})`,
  ]);
  place(draft, [`${name} = ${mean}(${name})`], 'function that reads states', 'function');
};

/** Draws in a loop, of which some may not happen. */
const drawsInLoop: Register = (draft) => {
  const { choose } = draft;
  const name = newRegister(draft, 'r');
  const n = newInteger(draft, 'n', 0);
  const k = draft.fresh('k');
  const draw = choose.pick([
    'random_normal(0, 0.2)',
    'random_uniform(-0.2, 0.4)',
    `0.1 * random_poisson(1.5 + ${k})`,
  ]);
  const lines = [
    `${k} integer = 0`,
    `${n} = (${n} + 1) % 5`,
    `for ${k} in 0 ... ${n} step 1:`,
    `    ${name} = 0.5 * ${name} + ${draw}`,
    `if ${n} > 2:`,
    `    ${name} += ${draw.replace(k, '1')}`,
  ];
  place(draft, lines, 'draw in a loop', 'for', 'if');
};

/** Draws by a function that only statements call. */
const drawsByFunction: Register = (draft) => {
  const { choose, further } = draft;
  const name = newRegister(draft, 'r');
  const noise = draft.fresh('noise');
  const draw = choose.pick(['random_normal(0 * x, spread)', 'random_uniform(-spread, 2 * spread)']);
  further.push([`function ${noise}(x real, spread real) real:`, `    return 0.8 * x + ${draw}`]);
  place(
    draft,
    [`${name} = ${noise}(${name}, 0.1)`, `${name} = ${noise}(${name}, 0.2 + 0.1 * cos(${name}))`],
    'draw in a function',
    'function',
  );
};

/** A handler that depends on time and steps alone, and may draw and emit. */
const timedCondition: Register = (draft) => {
  const { choose, further, features } = draft;
  const name = newRegister(draft, 'r');
  const n = newInteger(draft, 'n', 0);
  const begin = quantity(draft, choose.between(1, 5), 'ms');
  features.add('condition on time');
  features.add('draw in a handler');
  further.push([
    `onCondition(t > ${begin} and ${n} % 7 == 3):`,
    `    ${name} = 0.5 * ${name} + random_uniform(-0.3, 0.6)`,
    ...choose.pick([[], ['    emit_spike()'], [`    if ${name} > 0:`, '        emit_spike(2)']]),
  ]);
  place(draft, [`${n} += 1`], 'integer arithmetic');
};

const emissionInUpdate: Register = (draft) => {
  const n = newInteger(draft, 'n', 0);
  place(draft, [`${n} += 1`, `if ${n} % 40 == 39:`, '    emit_spike()'], 'emission in update', 'if');
};

/** All assignments that compute. */
const assignments: Register = (draft) => {
  const { choose } = draft;
  const n = newInteger(draft, 'n', 3 + choose.below(50));
  const name = newRegister(draft, 'r');
  place(
    draft,
    [
      `${n} *= 3`,
      `${n} += 7`,
      `if ${n} > 500:`,
      `    ${n} //= 11`,
      `    if ${n} % 2 == 1:`,
      `        ${n} -= 4`,
      `elif ${n} > 200:`,
      `    ${n} -= 2`,
      `${name} = ${n}`,
      `${name} /= 700`,
    ],
    'integer arithmetic',
    'if',
  );
};

/** A decision upon a continuous state, which a parameter of its own makes. */
const decision: Register = (draft) => {
  const { choose, signals } = draft;
  const states = signals.filter(({ text }) => draft.integrated.includes(text));
  if (states.length === 0) return;
  const signal = choose.pick(states);
  const name = newRegister(draft, 'r');
  const border = threshold(draft, signal.scale * choose.between(-0.5, 0.9), signal.unit);
  const lines = choose.pick([
    [`if ${signal.text} > ${border}:`, `    ${name} = 0.5`, 'else:', `    ${name} = 0.9 * ${name}`],
    [`${name} = (${signal.text} < ${border} ? 0.8 * ${name} : 0.8 * ${name} + 0.1)`],
    [`if not (${signal.text} <= ${border}):`, `    ${name} = -0.5`, `${name} *= 0.9`],
  ]);
  draft.features.add(lines.length > 1 ? 'if' : 'conditional expression');
  place(draft, lines);
};

const registers: readonly Register[] = [
  normal,
  uniform,
  poisson,
  integers,
  bits,
  booleans,
  time,
  resolutions,
  stepCounts,
  vectors,
  whileLoop,
  spikeCounts,
  stateFunction,
  assignments,
  drawsInLoop,
  drawsByFunction,
  timedCondition,
  emissionInUpdate,
  decision,
];

/** Lets the registers act on the current of a membrane. */
export function registerCurrents(draft: Draft, signals: readonly Signal[]): readonly string[] {
  const { choose } = draft;
  const switched = draft.flags.map((flag) => {
    draft.features.add('boolean in an equation');
    return `+ (${flag} ? ${quantity(draft, choose.between(20, 80), 'pA')} : ${quantity(draft, -20, 'pA')})`;
  });
  const driven = signals.map((signal) => {
    const amount = constant(draft, 'I_r', choose.between(20, 150), 'pA');
    return `${choose.pick(['+', '-'])} ${amount} * ${operand(normalised(draft, signal))}`;
  });
  return [...driven, ...switched];
}

function operand(text: string): string {
  return text.includes(' ') ? `(${text})` : text;
}
